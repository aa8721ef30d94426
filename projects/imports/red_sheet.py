"""A sheet to send back: as it was parsed, its wrong cells red with a note in each.

Formats, drawings and charts are not in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from projects.choices import CellOutcome
from projects.imports.rules import cells
from projects.imports.rules.cells import Sheet
from projects.imports.rules.compared import ComparedRow
from projects.pages import excel_file
from projects.pages.excel_file import WorkbookSheet, WrongCell
from projects.pages.excel_notes import CellNote
from projects.words.refusals import sentence

USUAL_WIDTH = 16


def notes_of(rows: Iterable[ComparedRow]) -> dict[str, str]:
    """By the addresses of cells, what is wrong; what is wrong with a row stands in its first cell."""
    notes: dict[str, str] = {}
    for row in rows:
        if row.is_skipped:
            continue
        if row.faults:
            notes[f"A{row.number}"] = " ".join(map(sentence, row.faults))
        for one in row.cells:
            if one.outcome == CellOutcome.REFUSED:
                said = " ".join(map(sentence, one.faults))
                notes[one.cell] = f"{notes[one.cell]} {said}" if one.cell in notes else said
    return notes


def workbook(sheet: Sheet, rows: Iterable[ComparedRow], at: datetime) -> bytes:
    notes = notes_of(rows)
    width = max(column for row in sheet.rows.values() for column in row)
    letters = [cells.letters(column) for column in range(1, width + 1)]
    first = sheet.rows.get(1, {})
    heads = [first[column].text if column in first else "" for column in range(1, width + 1)]
    table = WorkbookSheet(
        sheet.name[:31],
        heads,
        _table(sheet, letters, notes),
        {},
        tuple(CellNote(cell, said) for cell, said in notes.items()),
    )
    listed = WorkbookSheet(
        _("What is wrong"),
        [_("Cell"), _("What is wrong")],
        notes.items(),
        {_("What is wrong"): 90},
    )
    return excel_file.workbook([table, listed], at)


def _table(sheet: Sheet, letters: list[str], notes: dict[str, str]) -> Iterator[list[object]]:
    for number in range(2, max(sheet.rows) + 1):
        row = sheet.rows.get(number, {})
        yield [
            WrongCell(text) if f"{letter}{number}" in notes else text
            for column, letter in enumerate(letters, start=1)
            for text in [row[column].text if column in row else ""]
        ]
