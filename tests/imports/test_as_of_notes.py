"""Of which day a sheet says that its figures are, above its table or below it."""

from datetime import date

import pytest

from projects.core import fuzzy_dates
from projects.imports import reading
from projects.imports.rules import as_of_notes
from projects.imports.rules.as_of_notes import AsOfNote
from tests.imports.test_layout import sheet

ON = date(2026, 11, 29)
TABLE = ["序号|项目名称|总投资（万元）", "1|甲厂|3", "2|乙厂|4"]


def notes(*rows: str, merged: str = "") -> list[AsOfNote]:
    found = sheet(*rows, merged=merged)
    return as_of_notes.notes_of(found, reading.layout_of(found), ON)


def told(*rows: str) -> list[tuple[str, str]]:
    return [(one.cell, one.as_of.text) for one in notes(*rows)]


@pytest.mark.parametrize(
    ("text", "as_of"),
    {
        "数据截至2026年10月底": "2026-10-31",
        "（截至2026年10月31日）": "2026-10-31",
        "截止二〇二六年十月": "2026-10-31",
        "统计截止时间：2026.10.31": "2026-10-31",
        "统计日期：2026-10-31": "2026-10-31",
        "截至10月底一批重点项目进展表": "2026-10-31",
        "截至上月底": "2026-10-31",
        "截至2025年底": "2025-12-31",
        "截至2026年11月底": "2026-11-29",  # true of the day on which it was sent
    }.items(),
)
def test_a_note_names_the_day(text, as_of):
    assert told(text, *TABLE) == [("A1", as_of)]
    assert told(*TABLE, text) == [("A4", as_of)]


@pytest.mark.parametrize(
    "text",
    [
        "报送截止时间：2026年10月31日",
        "截至目前",
        "截至2026年13月",
        "截至2027年3月底",
        "2026年10月重点项目表",
        "数据截至",
    ],
)
def test_what_names_none_is_no_note(text):
    assert told(text, *TABLE) == []


def test_a_label_has_its_day_beside_it():
    assert told("||统计截止日期|2026-10-31", *TABLE) == [("C1", "2026-10-31")]


def test_a_heading_is_no_note():
    rows = ["项目名称|截至2026年3月底累计完成投资（万元）", "甲厂|3"]
    assert told(*rows, *rows) == []


def test_below_the_table_it_is_no_project_whatever_its_column():
    rows = ["项目名称|总投资（万元）", "甲厂|3", "数据截至2026年10月底"]
    assert reading.layout_of(sheet(*rows)).body == (2,)
    assert told(*rows) == [("A3", "2026-10-31")]


def test_two_that_differ_agree_on_nothing():
    same = notes("截至2026年10月底", *TABLE, "截至2026年10月31日")
    assert as_of_notes.agreed(same) == fuzzy_dates.parse("2026-10-31") and len(same) == 2
    assert as_of_notes.agreed(notes("截至2026年9月底", *TABLE, "截至2026年10月底")) is None
    assert as_of_notes.agreed([]) is None


def test_above_a_form_it_is_told_at_its_own_place():
    rows = ["|数据截至2026年10月底", "项目名称|甲厂", "责任单位|经信委", "总投资（万元）|3"]
    found = reading.turned(sheet(*rows))
    (note,) = as_of_notes.notes_of(found, reading.layout_of(found), ON)
    assert note.cell == "B1"
