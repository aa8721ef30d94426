"""The figures about the district as a table: the columns of the JSON."""

import pytest

from tests.opendata.tables import table
from tests.opendata.test_projects_csv import flat
from tests.opendata.test_statistics_json import KEYS
from tests.public.portfolio import figures

pytestmark = pytest.mark.django_db


def test_cell_by_cell_it_is_the_json(client, made):
    figures(made)
    told = client.get("/data/statistics.json").json()["statistics"]
    rows = table(client, "/data/statistics.csv")
    assert list(rows[0]) == KEYS
    assert rows == [{name: flat(value) for name, value in one.items()} for one in told]
