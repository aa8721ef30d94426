"""The same rows as the CSV, as a workbook."""

import pytest

from tests.opendata.test_comparison_csv import COLUMNS, EVERY, rows
from tests.pages import xlsx

pytestmark = pytest.mark.django_db


def test_the_rows_of_the_csv(client, made):
    answer = client.get("/data/comparison.xlsx", EVERY)
    assert answer["Content-Disposition"] == 'attachment; filename="comparison.xlsx"'
    sheet = xlsx.read(answer.content)["comparison"]
    assert sheet.row(1) == COLUMNS and sheet.frozen_rows == 1 and not sheet.has_formula_or_link
    told = [text for _, text in sheet.column("B")][1:]
    assert told == [row["project"] for row in rows(client)]
