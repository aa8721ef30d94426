"""Cells of CSV files: text stays text, in any spreadsheet."""

import csv
import io
from collections.abc import Iterable

# A cell that begins so, after blanks, would be read as a formula; the full-width forms too.
FORMULA_MARKS = "=+-@＝＋－＠"
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


def csv_text(columns: list[str], rows: Iterable[dict]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([safe(row[column]) for column in columns])
    return BOM + out.getvalue()
