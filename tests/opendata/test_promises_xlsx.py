"""The promises as a workbook: the lines of the CSV, their codes as words."""

import pytest

from tests.opendata.tables import code_rows, table
from tests.pages.xlsx import read

pytestmark = pytest.mark.django_db

PATH = "/data/promises.xlsx"


def test_the_lines_of_the_csv_with_words_for_codes(client, made):
    (row,) = code_rows(client, PATH, "promises")
    words = {"milestone": "竣工", "first_basis": "原文明说", "promised_state": "有日期", "verdict": "逾期"}
    (line,) = table(client, "/data/promises.csv")
    assert row == line | {name: row[name] for name in words}
    assert {name: row[name] for name in words} == words
    assert code_rows(client, f"/en{PATH}", "promises")[0]["verdict"] == "Late"


def test_its_sheets(client, made):
    assert list(read(client.get(PATH).content)) == ["promises", "columns", "head"]
