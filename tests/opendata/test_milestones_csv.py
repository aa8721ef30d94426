"""One line a step of a project: what JSON has within the project."""

import pytest

from tests.opendata.tables import table

pytestmark = pytest.mark.django_db

PATH = "/data/milestones.csv"


def flat(project: str, one: dict) -> dict[str, str]:
    """A milestone of the JSON as a line: its slippage in two columns."""
    one = dict(one)
    least, most = one.pop("slip_days") or (None, None)
    told = {"project": project, **one, "slip_min": least, "slip_max": most}
    return {name: "" if value is None else str(value) for name, value in told.items()}


@pytest.mark.parametrize("query", [{}, {"kind": "industrial"}, {"asof": "2025-01-01"}, {"q": "没有的"}])
def test_line_by_line_it_is_what_the_json_holds(client, made, query):
    projects = client.get("/data/projects.json", query).json()["projects"]
    wanted = [flat(project["code"], one) for project in projects for one in project["milestones"]]
    assert table(client, PATH, **query) == wanted
    assert query or len(wanted) == 3


def test_a_slippage_is_days(client, made):
    late = next(row for row in table(client, PATH) if row["verdict"] == "late")
    assert (late["slip_min"], late["slip_max"], late["promised_state"]) == ("181", "181", "dated")
