"""One line a step of a project: what JSON has within the project."""

from datetime import date

import pytest

from projects.models.standing import facts_from_json
from projects.opendata import told_milestones
from projects.records.project_record import judged
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


def row(ref: str, promised_by: str) -> dict:
    """Promised twice for the same day, by one claim or by two, and reached only afterwards."""
    first, promised = ([one, "2025-06", "2024-01", "", True] for one in (ref, promised_by))
    signs = {"is_reached": True, "is_cancelled": False, "reached": ["c", "2025-09", "2025-09", "", True]}
    return {"milestone": "started", "scope": "", "first": first, "promised": promised} | signs


ROWS = [row("a-1", "a-1"), row("b-1", "b-2"), row("d-7", "d-7")]


def are_told_as_judged_apart(rows: list[dict]) -> bool:
    on = date(2026, 1, 1)
    told_milestones._told.cache_clear()
    told = [told_milestones.told_milestone(one, on) for one in rows]
    apart = [judged(facts_from_json(one), on) for one in rows]
    return [(one.verdict, one.slip) for one in told] == [(one, slip or (None, None)) for one, slip in apart]


def test_milestones_of_which_the_same_was_said_are_told_alike():
    assert are_told_as_judged_apart(ROWS)
    assert told_milestones._told.cache_info().misses == 2, "the names of claims make no difference"


def test_control_whether_one_claim_said_both_does(monkeypatch):
    told = told_milestones._told

    def of_one_claim(said: tuple, *more):
        return told(tuple((name, (0, *one[1:]) if type(one) is tuple else one) for name, one in said), *more)

    of_one_claim.cache_clear = told.cache_clear
    monkeypatch.setattr(told_milestones, "_told", of_one_claim)
    assert not are_told_as_judged_apart(ROWS)
