"""Excel workbooks: sheets of rows, each under a frozen header. The one door to xlsxwriter, loaded on first
use.
"""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}
MOST_CHARACTERS = 32767  # of a cell; Excel refuses the file otherwise
USUAL_WIDTH = 14


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """A name, the columns with their widths, and the rows as plain values."""

    name: str
    columns: list[str]
    rows: Iterable[Iterable[object]]
    widths: dict[str, int]


def workbook(sheets: Iterable[WorkbookSheet], made_at: datetime) -> bytes:
    """The same rows at the same moment of the data give the same bytes."""
    import xlsxwriter  # noqa: PLC0415 (on first use)

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties({"created": made_at.replace(tzinfo=None)})
    bold = book.add_format({"bold": True, "bottom": 1})
    for sheet in sheets:
        _write(book.add_worksheet(sheet.name), sheet, bold)
    book.close()
    return out.getvalue()


def _write(page, sheet: WorkbookSheet, bold) -> None:
    page.freeze_panes(1, 0)
    for number, name in enumerate(sheet.columns):
        page.set_column(number, number, sheet.widths.get(name, USUAL_WIDTH))
        page.write_string(0, number, name, bold)
    last = 0
    for last, row in enumerate(sheet.rows, start=1):
        for number, value in enumerate(row):
            _cell(page, last, number, value)
    page.autofilter(0, 0, last, len(sheet.columns) - 1)


def _cell(page, row: int, column: int, value: object) -> None:
    """What is unknown stays an empty cell, never 0."""
    if value is None or value == "":
        return
    if isinstance(value, bool):
        page.write_boolean(row, column, value)
    elif isinstance(value, (int, float)):
        page.write_number(row, column, value)
    elif isinstance(value, date):
        page.write_datetime(row, column, value)
    else:
        page.write_string(row, column, _fitting(str(value)))


def _fitting(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS else f"{text[: MOST_CHARACTERS - 1]}…"


EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
