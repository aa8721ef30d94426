"""What stands above or below a table of the day of which its figures are: 数据截至2026年10月底.

A day by which something is to be sent in (报送截止) is none of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from projects.core import chinese_dates, fuzzy_dates
from projects.core.fuzzy_dates import Fuzzy
from projects.core.numbers import narrow
from projects.core.refusals import Refused
from projects.imports.rules.cells import Sheet
from projects.imports.rules.layout import Layout
from projects.imports.rules.left_out import NOTE, SECTION

_SENT_IN = "".join(f"(?<!{word})" for word in ("报送", "上报", "填报", "申报", "提交", "反馈", "报名"))
_NOTE = re.compile(
    rf"{_SENT_IN}(?:截[至止][到至]?(?:日期|时间|日)?|(?:统计|数据)(?:日期|时间|时点))[为是]?:?"
)
_DATE = re.compile(r"[0-9〇零一二三四五六七八九十年月日号旬季度半初中底末上下第今去本/.-]+")
_OF_NEXT_WORD = "一二三四五六七八九十第本"
_OF_ROWS = (NOTE, SECTION)  # that are no rows of the table


@dataclass(frozen=True, slots=True)
class AsOfNote:
    """A cell that says it, as it stands there, and the day that it names."""

    cell: str
    text: str
    as_of: Fuzzy


def notes_of(sheet: Sheet, layout: Layout, on: date) -> list[AsOfNote]:
    """Of the rows above the heading, and of the notes below it; none names a day after `on`."""
    above = (row for row in sorted(sheet.rows) if row < layout.heading[0])
    below = (row for row, why in layout.left_out if why in _OF_ROWS)
    found = (_in_row(sheet, row, on) for row in (*above, *below))
    return [one for one in found if one]


def agreed(notes: list[AsOfNote]) -> Fuzzy | None:
    """The day that all of them name."""
    said = {one.as_of.text: one.as_of for one in notes}
    return next(iter(said.values())) if len(said) == 1 else None


def _in_row(sheet: Sheet, row: int, on: date) -> AsOfNote | None:
    """Behind its label, or in the cell beside that."""
    cells = list(sheet.rows[row].items())
    for (column, cell), beside in zip(cells, [*cells[1:], None], strict=True):
        text = narrow(cell.text)
        if (label := _NOTE.search(text)) is None:
            continue
        is_alone = label.end() == len(text) and beside is not None
        told = narrow(beside[1].text) if is_alone and beside else text[label.end() :]
        if as_of := _read(told, on):
            return AsOfNote(sheet.address(row, column), cell.text.strip(), as_of)
    return None


def _read(text: str, on: date) -> Fuzzy | None:
    """The last day of the date that it begins with; 一 in 10月底一批 is none of it."""
    found = _DATE.match(text)
    for told in (found[0], found[0].rstrip(_OF_NEXT_WORD)) if found else ():
        try:
            last = chinese_dates.read(told, on).latest
        except Refused:
            continue
        is_running = (last.year, last.month) == (on.year, on.month)  # a month whose figures are of today
        return fuzzy_dates.day(min(last, on)) if last <= on or is_running else None
    return None
