"""Cells of CSV files: text stays text, in any spreadsheet.

Rows are written as `csv` writes them. Where nothing in a row wants quotes, as nearly always, its texts are
only put together; what many rows share, a code with its words, is a tuple in the row and made a text once.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice

from projects.words.column import TOGETHER, Column, ColumnType

# A cell that begins so, after blanks, would be read as a formula; the full-width forms too.
FORMULA_MARKS = "=+-@＝＋－＠"
PIECE = 2**15  # characters that are sent at once
BOM = "\ufeff"  # without it Excel takes UTF-8 for the local code page
MARK = "\x1f"  # between cells, until it is known whether one of them wants quotes
MAX_SHARED = 2_000  # pieces whose text is remembered while a file is written


def safe(value: object) -> object:
    """Numbers stay numbers; text that would start a formula gets a leading apostrophe.

    So does text that has one already, so that `unsafe` cannot take off what was there before.
    """
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    return f"'{value}" if _starts_formula(value.lstrip("'")) else value


def _starts_formula(text: str) -> bool:
    first = text.lstrip()[:1]
    return bool(first) and (first in FORMULA_MARKS or text[0] in "\t\r")


def unsafe(text: str) -> str:
    """Takes exactly that apostrophe off again, so that export and import change nothing."""
    return text[1:] if text.startswith("'") and safe(text[1:]) == text else text


def csv_stream(columns: list[Column], rows: Iterable[tuple]) -> Iterator[bytes]:
    """The header at once, then the rows as they come."""
    yield f"{BOM}{_quoted([one.code for one in columns])}".encode()
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    line, piece, size = _Line(columns, first), [], 0
    for row in chain([first], rows):
        piece.append(text := line.of(row))
        size += len(text)
        if size > PIECE:
            yield "".join(piece).encode()
            piece, size = [], 0
    yield "".join(piece).encode()


class _Line:
    """How rows of a file become lines: all of them have their tuples where the first has them."""

    def __init__(self, columns: list[Column], first: tuple):
        self.marks = len(columns) - 1
        writers = iter([WRITERS.get(one.type, _plain) for one in columns])
        self.writers = [list(islice(writers, len(_cells(piece)))) for piece in first]
        self.changes: list[tuple[int, Callable]] = []  # of all that does not stand as it is
        for number, (own, piece) in enumerate(zip(self.writers, first, strict=True)):
            if type(piece) is tuple:
                self.changes.append((number, _Shared(own).__getitem__))
            elif own != [_plain]:
                self.changes.append((number, own[0]))

    def of(self, row: tuple) -> str:
        texts = list(row)
        for number, change in self.changes:
            texts[number] = change(texts[number])
        line = MARK.join(["" if one is None else one if type(one) is str else str(one) for one in texts])
        wants_quotes = '"' in line or "," in line or "\n" in line or "\r" in line or not line
        if wants_quotes or line.count(MARK) != self.marks:
            together = zip(self.writers, row, strict=True)
            return _quoted([text for own, piece in together for text in _texts(own, piece)])
        return f"{line.replace(MARK, ',')}\r\n"


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
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def _plain(value: object) -> str:
    """Codes, their words, dates and amounts stand as they are."""
    return "" if value is None else str(value)


def _text(value: object) -> str:
    # What begins with a letter or a digit, as nearly all do, begins no formula.
    if isinstance(value, str) and (not value or value[0].isalnum()):
        return value
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
