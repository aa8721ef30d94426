"""Cells of CSV files: text stays text, in any spreadsheet."""

import csv
import io
from collections.abc import Iterable

# A cell that begins so, after blanks, would be read as a formula; the full-width forms too.
FORMULA_MARKS = "=+-@＝＋－＠"
BOM = "\ufeff"  # without it Excel takes UTF-8 for the local code page


def safe(value: object) -> object:
    """Numbers stay numbers; text that would start a formula gets a leading apostrophe."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    starts_formula = value[:1] in ("\t", "\r") or value.lstrip()[:1] in FORMULA_MARKS
    return f"'{value}" if value.strip() and starts_formula else value


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
