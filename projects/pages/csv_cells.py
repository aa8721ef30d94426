"""Cells of CSV files: text stays text, in any spreadsheet."""

import csv
import io
from collections.abc import Iterable, Iterator

from projects.words.column import TOGETHER, Column, ColumnType

# A cell that begins so, after blanks, would be read as a formula; the full-width forms too.
FORMULA_MARKS = "=+-@＝＋－＠"
PIECE = 2**15  # characters that are sent at once
BOM = "\ufeff"  # without it Excel takes UTF-8 for the local code page


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
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\r\n").writerow
    out.write(BOM)
    write([one.code for one in columns])
    yield _taken(out)
    changes = [(number, CHANGES[one.type]) for number, one in enumerate(columns) if one.type in CHANGES]
    for row in rows:
        cells = list(row)
        for number, change in changes:
            if cells[number] is not None:
                cells[number] = change(cells[number])
        write(cells)
        if out.tell() > PIECE:
            yield _taken(out)
    yield _taken(out)


def _text(value: object) -> object:
    # What begins with a letter or a digit, as nearly all do, begins no formula.
    return value if value == "" or str(value)[0].isalnum() else safe(value)


# Codes, their words, dates and amounts stand as they are.
CHANGES = {
    ColumnType.TEXT: _text,
    ColumnType.VALUE: _text,
    ColumnType.LIST: lambda value: safe(TOGETHER.join(value)),
    ColumnType.FLAG: lambda value: "true" if value else "false",
}


def _taken(out: io.StringIO) -> bytes:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text.encode()
