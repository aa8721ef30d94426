"""The same rows as the CSV, as a workbook."""

from urllib.parse import urlencode

import pytest

from tests.opendata.tables import code_rows
from tests.opendata.test_comparison_csv import EVERY, rows

pytestmark = pytest.mark.django_db


def test_the_rows_of_the_csv(client, made):
    answer = client.get("/data/comparison.xlsx", EVERY)
    assert answer["Content-Disposition"] == 'attachment; filename="comparison.xlsx"'
    found = code_rows(client, f"/data/comparison.xlsx?{urlencode(EVERY)}", "comparison")
    assert [row["project"] for row in found] == [row["project"] for row in rows(client)]
