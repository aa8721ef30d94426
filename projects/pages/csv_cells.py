"""Cells of CSV files: text stays text, in any spreadsheet.

Rows are written as `csv` writes them, some at a time and column by column. Where nothing wants quotes, as
nearly always, texts are only put together; what many rows share, a code with its words, is a tuple in the row
and made a text once.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain, islice

from projects.core import formulas
from projects.words.column import TOGETHER, Column, ColumnType

PIECE = 100  # rows that are written at once
BOM = "\ufeff"  # without it Excel takes UTF-8 for the local code page
END = "\r\n"
MARK = "\x1f"  # between cells, until it is known whether one of them wants quotes
MAX_SHARED = 2_000  # pieces whose text is remembered while a file is written


def safe(value: object) -> object:
    """Numbers stay numbers, and text stays text."""
    if value is None:
        return ""
    return formulas.kept_as_text(value) if isinstance(value, str) else value


def csv_stream(columns: list[Column], rows: Iterable[tuple]) -> Iterator[bytes]:
    """The header at once, then the rows as they come."""
    yield f"{BOM}{_quoted([one.code for one in columns])}".encode()
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    lines, rows = _Lines(columns, first), chain([first], rows)
    while piece := list(islice(rows, PIECE)):
        yield lines.of(piece).encode()


class _Lines:
    """Makes lines of the rows of a file, column by column. All rows have tuples where the first has them."""

    def __init__(self, columns: list[Column], first: tuple):
        self.marks = len(columns) - 1
        writers = iter([WRITERS.get(one.type, _plain) for one in columns])
        self.writers = [list(islice(writers, len(_cells(piece)))) for piece in first]
        self.changes = [
            partial(map, _Shared(own).__getitem__) if type(piece) is tuple else COLUMN_WRITERS[own[0]]
            for own, piece in zip(self.writers, first, strict=True)
        ]

    def of(self, rows: list[tuple]) -> str:
        columns = zip(*rows, strict=True)
        texts = [change(column) for change, column in zip(self.changes, columns, strict=True)]
        lines = list(map(MARK.join, zip(*texts, strict=True)))
        if self._are_bare(text := f"{END.join(lines)}{END}", len(lines)):
            return text.replace(MARK, ",")
        return "".join(map(self._line, lines, rows))

    def _line(self, line: str, row: tuple) -> str:
        if self._are_bare(text := f"{line}{END}", 1):
            return text.replace(MARK, ",")
        together = zip(self.writers, row, strict=True)
        return _quoted([text for own, piece in together for text in _texts(own, piece)])

    def _are_bare(self, text: str, lines: int) -> bool:
        """Whether no cell of so many lines wants quotes, nor has a mark of its own."""
        if '"' in text or "," in text or text.count(MARK) != self.marks * lines:
            return False
        return bool(self.marks) and text.count("\r") == lines == text.count("\n")


class _Shared(dict):
    """The texts of tuples."""

    def __init__(self, writers: list[Callable]):
        super().__init__()
        self.writers = writers

    def __missing__(self, piece: tuple) -> str:
        if len(self) >= MAX_SHARED:
            self.clear()
        self[piece] = text = MARK.join(_texts(self.writers, piece))
        return text


def _cells(piece: object) -> tuple:
    return piece if type(piece) is tuple else (piece,)


def _texts(writers: list[Callable], piece: object) -> list[str]:
    return [write(cell) for write, cell in zip(writers, _cells(piece), strict=True)]


def _quoted(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator=END).writerow(cells)
    return out.getvalue()


def _plain(value: object) -> str:
    """Codes, their words, dates and amounts stand as they are."""
    return "" if value is None else str(value)


def _text(value: object) -> str:
    return _plain(safe(value))


def _list(value: list[str] | None) -> str:
    return _text(TOGETHER.join(value)) if value else ""


def _flag(value: object) -> str:
    return "" if value is None else "true" if value else "false"


WRITERS = {
    ColumnType.TEXT: _text,
    ColumnType.VALUE: _text,
    ColumnType.LIST: _list,
    ColumnType.FLAG: _flag,
}


# Whole columns, what is most common first: a call for each cell would cost more than all the rest.


def _plain_column(values: Iterable) -> list[str]:
    return ["" if one is None else one if type(one) is str else str(one) for one in values]


def _text_column(values: Iterable) -> list[str]:
    """What begins with a letter or a digit, as nearly all do, begins no formula."""
    return [
        "" if one is None else one if type(one) is str and one[:1].isalnum() else _text(one) for one in values
    ]


COLUMN_WRITERS: dict[Callable, Callable[[Iterable], Iterable[str]]] = {
    _plain: _plain_column,
    _text: _text_column,
    _list: lambda values: _text_column([TOGETHER.join(one) if one else None for one in values]),
    _flag: partial(map, _flag),
}
