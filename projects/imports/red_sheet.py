"""A sheet to send back: its wrong cells red with a note in each, and a list of what is wrong.

Into a workbook they are written as it was sent, with its formats and pictures; a table of text becomes a
workbook, and so does what was parsed of a file that is no longer kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from projects.choices import CellOutcome
from projects.imports import sheet_file
from projects.imports.rules import cells
from projects.imports.rules.cells import Sheet
from projects.imports.rules.compared import ComparedRow
from projects.models import Batch, Workbook
from projects.pages import excel_file
from projects.pages.excel_file import WorkbookSheet, WrongCell
from projects.pages.excel_notes import CellNote
from projects.words.refusals import sentence


def notes_of(sheet: Sheet, rows: Iterable[ComparedRow]) -> dict[str, str]:
    """By the addresses of cells, what is wrong; what is wrong with a row stands in its first cell."""
    notes: dict[str, str] = {}
    for row in rows:
        if row.is_skipped:
            continue
        if row.faults:
            notes[sheet.address(row.number, 1)] = " ".join(map(sentence, row.faults))
        for one in row.cells:
            if one.outcome == CellOutcome.REFUSED:
                said = " ".join(map(sentence, one.faults))
                notes[one.cell] = f"{notes[one.cell]} {said}" if one.cell in notes else said
    return notes


def workbook(batch: Batch, sheet: Sheet, rows: Iterable[ComparedRow], at: datetime) -> bytes:
    notes = notes_of(sheet, rows)
    kept = Workbook.objects.filter(digest=batch.digest).first()
    return _marked(bytes(kept.data), sheet, notes) if kept else _anew(sheet.as_sent(), notes, at)


def _marked(data: bytes, sheet: Sheet, notes: dict[str, str]) -> bytes:
    rows = [[_("Cell"), _("What is wrong")], *([cell, said] for cell, said in notes.items())]
    told = {"sheet": sheet.name, "red": notes, "listed": {"name": _("What is wrong"), "rows": rows}}
    return sheet_file.written(data, told)


def _anew(sheet: Sheet, notes: dict[str, str], at: datetime) -> bytes:
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
