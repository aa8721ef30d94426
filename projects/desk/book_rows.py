"""The rows of a report book that came back, whatever was done with it: moved, sorted, some added by hand.

Columns are found by their headings, in either language, and reports by the hidden key of each row. What
becomes of them is `report_book`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import override

from projects.desk import book_file
from projects.desk.book_file import ENTRY, BookKey
from projects.desk.report_fields import AMOUNTS, ReportForm
from projects.imports.rules import cells
from projects.imports.rules.cells import Sheet, address
from projects.reports.report_sheet import ReportSheet

MAX_HEAD = 20  # rows above the headings that somebody may have put there


@dataclass(frozen=True, slots=True)
class BookRow:
    """A row as it was sent: `broken` are the cells of which the file keeps no value."""

    number: int
    key: BookKey | None
    code: str
    name: str
    cells: dict[str, str]
    places: dict[str, str]
    broken: tuple[str, ...]

    @property
    def is_untouched(self) -> bool:
        return self.key is not None and self.key.seen in _seen(self.cells)

    def is_kept(self, sheet: ReportSheet) -> bool:
        """What stands there is what is kept, whatever the version."""
        return bool(_seen(self.cells) & _seen(book_file.written(sheet)))

    def typed(self, sheet: ReportSheet) -> dict[str, str]:
        """By the names of the report form; a cell left alone keeps its text and its unit."""
        kept, told = book_file.written(sheet), {}
        for name, text in self.cells.items():
            if book_file.plain_text(name, text) == book_file.plain_text(name, kept[name]):
                continue
            told[name] = text
            if name in AMOUNTS:
                told[f"{name}_unit"] = "wan"
        if "stage" in told:
            told["stage"] = _stage(told["stage"], sheet)
        return told


def rows_of(sheets: list[Sheet]) -> list[BookRow] | None:
    """None where no sheet has the columns of a book."""
    for sheet in sheets:
        for head in sorted(sheet.rows)[:MAX_HEAD]:
            columns = _columns(sheet, head)
            if {"code", "key", *AMOUNTS} <= set(columns):
                return list(_rows(sheet, head, columns))
    return None


def _columns(sheet: Sheet, head: int) -> dict[str, int]:
    words = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            words |= {text: name for name, text in book_file.heads().items()}
    found = ((words.get(cell.text.strip()), at) for at, cell in sheet.rows[head].items())
    return {name: at for name, at in found if name}


def _rows(sheet: Sheet, head: int, columns: dict[str, int]) -> Iterator[BookRow]:
    for number in sorted(one for one in sheet.rows if one > head):
        found = {name: sheet.cell(number, at) for name, at in columns.items()}
        texts = {name: cell.text.strip() if cell else "" for name, cell in found.items()}
        if any(texts.values()):
            key = texts["key"].split(" ")
            places = {name: address(number, at) for name, at in columns.items()}
            bad = [name for name, cell in found.items() if cell and cell.kind in (cells.ERROR, cells.FORMULA)]
            yield BookRow(
                number,
                BookKey(*key) if len(key) == len(BookKey._fields) else None,
                texts["code"],
                texts.get("name", ""),
                {name: texts[name] for name in ENTRY if name in texts},
                places,
                tuple(places[name] for name in bad if name in ENTRY),
            )


def _seen(texts: dict[str, str]) -> set[str]:
    """In either language, for the words of stages differ."""
    found = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            found.add(book_file.seen(texts))
    return found


def _stage(text: str, sheet: ReportSheet) -> str:
    words = {str(word): code for code, word in ReportForm(sheet).fields["stage"].choices}
    if text in words:
        return words[text]
    for language, _name in settings.LANGUAGES:
        with override(language):
            if (code := book_file.stage_code(text)) != text:
                return code
    return text
