"""The rows of a file as CSV, as a workbook, as JSON: they go on as they come.

Which columns a file has is `opendata.export_files`; the rows come from `opendata.export_projects` and
`opendata.export_assertions`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import chain

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from projects.core.clocks import Clocks
from projects.opendata.export_files import FILES
from projects.pages import csv_cells, excel_file
from projects.pages.excel_file import WorkbookSheet
from projects.words.column import TOGETHER, Column, ColumnType, described, name_of, words_of

BEFORE_ANYTHING = datetime(2000, 1, 1, tzinfo=UTC)  # was published
PIECE = 2**16  # characters that are sent at once
CHANGES = {ColumnType.LIST: TOGETHER.join, ColumnType.DAY: date.fromisoformat}
USUAL_WIDTH = 24
WIDTHS = {
    ColumnType.CODE: 16,
    ColumnType.YUAN: 20,
    ColumnType.FLAG: 12,
    ColumnType.DAY: 14,
    ColumnType.DAYS: 14,
}
WORDS = [
    Column(code, "", ColumnType.LIST if code == "synonyms" else ColumnType.TEXT)
    for code in (
        *("list", "code", "name", "name_en", "unit", "unit_en", "meaning", "meaning_en"),
        *("type", "codes", "topic", "synonyms"),
    )
]


def head(clocks: Clocks, published_at: datetime | None) -> dict:
    """What a file says first of itself: of which days it speaks, and when its data were last published.

    The moment is that of the first row; rows that change while the file is sent stand as they were read.
    """
    return {
        "as_of": clocks.asof.isoformat(),
        "known": clocks.known.isoformat(),
        "generated": published_at and published_at.isoformat(),
        "licence": None,
    }


def flat(row: tuple) -> list:
    """Its cells: what many rows share is a tuple in it."""
    cells: list = []
    for piece in row:
        if type(piece) is tuple:
            cells += piece
        else:
            cells.append(piece)
    return cells


def csv_file(name: str, rows: Iterable[tuple]) -> Iterator[bytes]:
    return csv_cells.csv_stream(FILES[name].table, rows)


def json_file(name: str, head: dict, count: Callable[[], int], rows: Iterable[tuple]) -> Iterator[bytes]:
    """One row a line, so that two files can be compared; the head goes out before anything is counted."""
    names = [one.code for one in FILES[name].columns]
    encode = json.JSONEncoder(ensure_ascii=False, default=str).encode
    yield encode(head)[:-1].encode()
    before = f', "count": {count()}, "{name}": ['
    piece, size = [], 0
    for row in rows:
        text = f"{before}\n{encode(dict(zip(names, flat(row), strict=True)))}"
        before = ","
        piece.append(text)
        size += len(text)
        if size > PIECE:
            yield "".join(piece).encode()
            piece, size = [], 0
    ends = "\n]}\n" if before == "," else f"{before}]}}\n"
    yield f"{''.join(piece)}{ends}".encode()


def xlsx_file(
    tables: dict[str, Iterable[tuple]], head: dict, count: Callable[[], int | None]
) -> Iterator[bytes]:
    """A sheet of each file, then what their columns mean, and of which day they speak.

    The words are those of the reader's language, of the moment in which it is asked for.
    """
    sheets = [_sheet(FILES[name].table, name, rows) for name, rows in tables.items()]
    explained = [(name, one.head, one.code, str(one.meaning)) for name in tables for one in FILES[name].table]
    heads = [_("Sheet"), _("Column"), _("Code"), _("What it means")]
    sheets.append(WorkbookSheet("columns", heads, explained, {heads[1]: 28, heads[2]: 24, heads[3]: 90}))
    lines = chain(head.items(), (("count", one()) for one in [count]))
    sheets.append(WorkbookSheet("head", ["field", "value"], lines, {"field": 14, "value": 36}))
    made_at = datetime.fromisoformat(head["generated"]) if head["generated"] else BEFORE_ANYTHING
    return excel_file.stream(sheets, made_at)


def _sheet(of: list[Column], name: str, rows: Iterable[tuple]) -> WorkbookSheet:
    heads = [one.head for one in of]
    widths = {head: WIDTHS.get(one.type, USUAL_WIDTH) for head, one in zip(heads, of, strict=True)}
    changes = {number: change for number, one in enumerate(of) if (change := _change(one))}
    return WorkbookSheet(name, heads, _cells(rows, changes), widths)


def _change(of: Column) -> Callable | None:
    """How its values stand in a cell: a list as one text, a code that has no words beside it as its word."""
    if of.type in CHANGES:
        return CHANGES[of.type]
    if of.codes and not of.has_words:
        words = {one.value: capfirst(str(one.label)) for one in of.codes}
        return lambda code: words.get(code, code)
    return None


def _cells(rows: Iterable[tuple], changes: dict[int, Callable]) -> Iterator[list]:
    for row in rows:
        cells = flat(row)
        for number, change in changes.items():
            if cells[number] is not None:
                cells[number] = change(cells[number])
        yield cells


def words_file() -> Iterator[bytes]:
    """Every column and every code with its words in both languages."""
    listed = ((one.name, *row) for one in FILES.values() for row in described(one.explained))
    return csv_cells.csv_stream(WORDS, chain(listed, _codes()))


def _codes() -> Iterator[tuple]:
    used = {one.codes for file in FILES.values() for one in file.columns if one.codes}
    for vocabulary in sorted(used, key=name_of):
        for code, chinese, english in words_of(vocabulary).values():
            yield name_of(vocabulary), code, chinese, english, *[None] * (len(WORDS) - 4)
