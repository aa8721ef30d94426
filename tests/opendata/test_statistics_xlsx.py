"""The figures about the district as a workbook: the same numbers as in the other two files."""

import pytest

from tests.opendata.tables import code_rows
from tests.public.portfolio import figures

pytestmark = pytest.mark.django_db


def test_the_numbers_are_those_of_the_json(client, made):
    figures(made)
    told = client.get("/data/statistics.json").json()["statistics"]
    rows = code_rows(client, "/data/statistics.xlsx", "statistics")
    for name in ("ref", "value", "unit", "label", "period"):
        assert [row[name] for row in rows] == ["" if one[name] is None else str(one[name]) for one in told]
    assert [row["is_target"] for row in rows] == [f"{one['is_target']:d}" for one in told]
