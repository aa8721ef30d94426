"""Workbooks: each value as what it is, text as nothing but text."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.pages.excel_file import MAX_CHARACTERS, WorkbookSheet, workbook
from tests.pages.xlsx import Page, read

AT = datetime(2026, 3, 2, tzinfo=UTC)


def written(*rows: list[object], columns: tuple[str, ...] = ("a", "b", "c")) -> Page:
    return read(workbook([WorkbookSheet("rows", list(columns), rows, {"b": 40})], AT))["rows"]


def test_the_header_is_frozen_and_columns_have_their_widths():
    page = written(["x", "y", "z"])
    assert page.row(1) == ["a", "b", "c"] and page.row(2) == ["x", "y", "z"]
    assert page.frozen_rows == 1
    assert page.widths[1] > page.widths[0]


def test_numbers_and_days_are_numbers_and_the_unknown_is_an_empty_cell():
    page = written([4_000_000_000, None, 1.5], [0, "", False], [date(2024, 10, 31), "2024-10-31", True])
    assert page.cells["A2"] == ("n", "4000000000") and page.cells["C2"] == ("n", "1.5")
    assert "B2" not in page.cells and "B3" not in page.cells
    assert page.cells["A3"] == ("n", "0") and page.cells["C3"] == ("b", "0")
    assert page.cells["A4"] == ("n", "45596")  # Excel's number of the day
    assert page.cells["B4"] == ("inlineStr", "2024-10-31") and page.cells["C4"] == ("b", "1")


HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", " =1", "{=1}", "http://example.org", "mailto:a@b.c"]
HOSTILE += ["internal:A1", "00123", "1e5", "<b>&\"'", "a\nb"]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_a_string_cell_whatever_it_looks_like(text):
    page = written([text, "x", "x"])
    assert page.cells["A2"] == ("inlineStr", text)
    assert not page.has_formula_or_link


@given(st.text(min_size=1, max_size=40))
def test_no_text_at_all_breaks_the_file_or_becomes_a_formula(text):
    page = written([text, "x", "x"])
    assert page.cells["A2"][0] == "inlineStr" and page.cells["B2"] == ("inlineStr", "x")
    assert not page.has_formula_or_link


def test_a_text_longer_than_a_cell_may_be_ends_with_a_sign_of_it():
    _, text = written(["长" * 40_000, "x", "x"]).cells["A2"]
    assert len(text) == MAX_CHARACTERS and text.endswith("长…")


def test_the_same_rows_at_the_same_moment_give_the_same_bytes():
    sheets = [WorkbookSheet("rows", ["a"], [["x"]], {})]
    assert workbook(sheets, AT) == workbook(sheets, AT)


def test_a_sheet_without_rows_has_its_header():
    assert written().row(1) == ["a", "b", "c"]
