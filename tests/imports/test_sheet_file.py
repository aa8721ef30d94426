"""Files into cells: workbooks and tables of text as offices send them, and every bad file an answer."""

from datetime import date

from projects.imports import sheet_file
from tests.imports.workbooks import (
    Failed,
    Formula,
    Month,
    Styled,
    workbook,
)

HEAD = ["项目名称", "总投资（万元）"]


def _texts(data: bytes) -> dict[int, dict[int, str]]:
    (sheet,) = sheet_file.read(data)
    return {row: {at: cell.text for at, cell in cells.items()} for row, cells in sheet.rows.items()}


def _kinds(data: bytes) -> list[tuple[str, str]]:
    (sheet,) = sheet_file.read(data)
    return [tuple(cell) for cell in sheet.rows[2].values()]


def test_cells_are_what_the_sheet_shows():
    row = [" 示范工厂 ", 1234.5, 0.1 + 0.2, date(2026, 3, 1), Month(date(2026, 3, 1)), Styled(0.35, "0%")]
    row += [Styled(1.5, "0.00"), Styled(9.9563, "#,##0.00"), True, Failed("#REF!"), 12345678901]
    row += [Formula("SUM(B2:B9)", "42"), Formula("SUM(B2:B9)")]
    assert _kinds(workbook([HEAD, row])) == [
        ("text", " 示范工厂 "),
        ("number", "1234.5"),
        ("number", "0.3"),
        ("date", "2026-03-01"),
        ("date", "2026-03"),
        ("number", "35%"),
        ("number", "1.50"),
        ("number", "9.9563"),
        ("flag", "true"),
        ("error", "#REF!"),
        ("number", "12345678901"),
        ("number", "42"),
        ("formula", ""),
    ]
