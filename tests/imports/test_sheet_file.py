"""Files into cells: workbooks and tables of text as offices send them, and every bad file an answer."""

import io
import time
import zipfile
from datetime import UTC, date, datetime

import pytest

from projects.core.refusals import Refused
from projects.imports import sheet_file
from projects.imports.rules import sheet_limits
from projects.imports.rules.cells import Area, sheet_of
from projects.pages import excel_file
from projects.pages.excel_file import WorkbookSheet
from tests.imports.workbooks import (
    MAIN,
    XML,
    Failed,
    Formula,
    Month,
    Styled,
    csv_text,
    sheet_xml,
    workbook,
    zipped,
)

pytestmark = pytest.mark.own_process
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


def test_formulas_of_a_program_that_computes_nothing_have_no_value():
    calc = '<calcPr fullCalcOnLoad="1"/>'
    assert _kinds(workbook([HEAD, ["甲", Formula("1+1", "0")]], calc=calc))[1] == ("formula", "")
    assert _kinds(workbook([HEAD, ["甲", Formula("1+1", "0")]]))[1] == ("number", "0")


def test_texts_that_cells_share_are_whole_and_without_their_sounds():
    sheet = sheet_xml([]).replace("<sheetData>", '<sheetData><row r="1"><c r="A1" t="s"><v>1</v></c></row>')
    shared = f'{XML}<sst xmlns="{MAIN}"><si><t>别</t></si><si><r><t>藻渡</t></r><r><t>水库</t></r>'
    shared += '<rPh sb="0" eb="1"><t>zaodu</t></rPh></si></sst>'
    links = workbook([])
    with zipfile.ZipFile(io.BytesIO(links)) as parts:
        text = parts.read("xl/_rels/workbook.xml.rels").decode()
    link = text.replace("styles.xml", "sharedStrings.xml").replace("/styles", "/sharedStrings")
    more = {"xl/sharedStrings.xml": shared, "xl/_rels/workbook.xml.rels": link}
    assert _texts(workbook([], sheet=sheet, more=more)) == {1: {1: "藻渡水库"}}


def test_merged_cells_hidden_sheets_and_prefixes_are_read():
    sheet = sheet_xml([["甲", None, "乙"]], ["A1:B1"]).replace("<worksheet xmlns=", "<x:worksheet xmlns:x=")
    for name in ("sheetData", "row", "mergeCells", "mergeCell", "worksheet", "c", "is", "t"):
        sheet = sheet.replace(f"<{name} ", f"<x:{name} ").replace(f"<{name}>", f"<x:{name}>")
        sheet = sheet.replace(f"</{name}>", f"</x:{name}>")
    (read,) = sheet_file.read(workbook([], sheet=sheet))
    assert read.merged == (Area(1, 1, 1, 2),)
    assert read.cell(1, 3).text == "乙"
    assert sheet_of(read.as_plain()) == read


def test_our_own_workbooks_come_back_as_they_were_written():
    rows = [["藻渡_x0041_水库", "第一行\n第二行", "<&>\"'", "=1+1", 12.5, date(2026, 3, 1)]]
    own = WorkbookSheet("项目", [f"列{at}" for at in range(6)], rows, {})
    data = excel_file.workbook([own], datetime(2026, 3, 2, tzinfo=UTC))
    (cells,) = [found for row, found in _texts(data).items() if row == 2]
    assert list(cells.values()) == [*rows[0][:4], "12.5", "2026-03-01"]


def test_characters_that_nobody_types_are_left_out():
    assert _texts(workbook([["甲_x0000_乙_xD800__x000D_\n丙"]])) == {1: {1: "甲乙\n丙"}}


ROWS = [HEAD, ["綦江，“示范”;工厂", "1,234.50"], ["乙", "3000万"]]
GB18030 = ["gb18030", "gbk"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", *GB18030])
def test_tables_of_text_are_read_in_every_usual_encoding(encoding, separator):
    read = _texts(csv_text(ROWS, separator).encode(encoding))
    assert read == {row: dict(enumerate(cells, 1)) for row, cells in enumerate(ROWS, 1)}


def test_what_keeps_a_program_from_reading_a_formula_is_no_part_of_the_text():
    assert _texts('名称,代码\n\'=甲,"=""0012"""\n'.encode())[2] == {1: "=甲", 2: "0012"}


def test_an_apostrophe_of_its_own_stays():
    assert _texts("名称\n'甲公司\n".encode())[2] == {1: "'甲公司"}


def _ole(*, is_locked: bool) -> bytes:
    start = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
    return start + ("EncryptedPackage".encode("utf-16-le") if is_locked else b"Workbook")


def _bomb() -> bytes:
    """70 MB of blanks in 70 KB."""
    return workbook([], sheet=sheet_xml([HEAD]).replace("</sheetData>", "</sheetData>" + " " * 70 * 2**20))


def _elements() -> bytes:
    return workbook([], sheet=sheet_xml([HEAD]).replace("</sheetData>", "</sheetData>" + "<a/>" * 3 * 10**6))


def _cell_at(place: str) -> bytes:
    row = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    far = f'<row r="{row}"><c r="{place}"><v>1</v></c></row></sheetData>'
    return workbook([], sheet=sheet_xml([HEAD]).replace("</sheetData>", far))


def _unfolding() -> bytes:
    kind = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    return workbook([], sheet=sheet_xml([HEAD]).replace(XML, XML + kind))


def _locked_entry() -> bytes:
    data = bytearray(workbook([HEAD]))
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


GOOD = workbook([HEAD, ["甲", 1]])
MACRO = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
BINARY = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
TEXT_FILE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
LINES = "名称,总投资\n" + "某某项目,3\n" * 5
BAD = {
    "nothing": (b"", "file_empty"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "sheet_file_unknown"),
    "a PDF": (b"%PDF-1.7\n\x00\x01\x02", "sheet_file_unknown"),
    "a zip of something else": (zipped({"a.txt": "甲"}), "sheet_file_unknown"),
    "a Word file": (workbook([HEAD], main=TEXT_FILE), "sheet_file_unknown"),
    "an .xls": (_ole(is_locked=False), "sheet_file_old"),
    "an .xlsb": (workbook([HEAD], main=BINARY.replace("macroEnabled.", "")), "sheet_file_old"),
    "a web page": ("<html><table><tr><td>名称</td></tr></table>".encode(), "sheet_file_old"),
    "a password": (_ole(is_locked=True), "sheet_file_locked"),
    "a password of the zip": (_locked_entry(), "sheet_file_locked"),
    "macros": (workbook([HEAD], main=MACRO), "sheet_file_macro"),
    "the half of a zip": (GOOD[: len(GOOD) // 2], "sheet_file_broken"),
    "a damaged part": (GOOD.replace(GOOD[200:240], bytes(40)), "sheet_file_broken"),
    "a part that is gone": (workbook([HEAD], without=["xl/worksheets/sheet1.xml"]), "sheet_file_broken"),
    "no workbook in it": (workbook([HEAD], without=["xl/workbook.xml"]), "sheet_file_broken"),
    "a cell before the first": (
        workbook([], sheet=sheet_xml([HEAD]).replace('r="1"', 'r="-1"').replace('r="A1"', "")),
        "sheet_file_broken",
    ),
    "half a sheet": (workbook([], sheet=sheet_xml([HEAD])[:-20]), "sheet_file_broken"),
    "entities that unfold": (_unfolding(), "sheet_file_broken"),
    "a bomb": (_bomb(), "sheet_file_unpacks"),
    "millions of elements": (_elements(), "sheet_elements"),
    "16,000 columns": (workbook([["名称"] * 16_000]), "sheet_too_wide"),
    "a cell at the very end": (_cell_at("XFD1048576"), "sheet_too_wide"),
    "a cell far below": (_cell_at("A1048576"), "sheet_too_long"),
    "too many cells": (workbook([[1] * 150] * 700), "sheet_too_full"),
    "too many rows of text": (LINES.encode() + b"1,2\n" * 20_000, "sheet_too_long"),
    "too large": (bytes(sheet_limits.MAX_FILE + 1), "sheet_file_too_large"),
    "encodings mixed": (LINES.encode() + LINES.encode("gbk"), "sheet_text_mixed"),
    "encodings mixed the other way": (LINES.encode("gbk") + LINES.encode(), "sheet_text_mixed"),
    "no encoding": ("名称,".encode() + b"\xff\xff\x81,\n", "sheet_text_mixed"),
    "an empty sheet": (workbook([]), "sheet_empty"),
    "blanks alone": (workbook([[" ", "\u3000"]]), "sheet_empty"),
    "blank lines": (b"\n\n,,\n", "sheet_empty"),
}


@pytest.mark.parametrize("name", BAD)
def test_every_bad_file_gets_its_answer(name):
    data, code = BAD[name]
    began = time.monotonic()
    with pytest.raises(Refused) as refused:
        sheet_file.read(data)
    assert refused.value.code == code
    # Two seconds on a machine with nothing else to do; here others run beside.
    assert time.monotonic() - began < 8


def test_the_file_that_the_bad_ones_are_made_from_is_good():
    assert _texts(GOOD) == {1: dict(enumerate(HEAD, 1)), 2: {1: "甲", 2: "1"}}


def test_a_refusal_names_its_limit():
    with pytest.raises(Refused) as refused:
        sheet_file.read(_cell_at("A1048576"))
    (fault,) = refused.value.faults
    assert fault.values == {"text": "A1048576", "number": str(sheet_limits.MAX_ROWS)}
    with pytest.raises(Refused) as refused:
        sheet_file.read(bytes(sheet_limits.MAX_FILE + 1))
    assert refused.value.faults[0].values == {"size": str(sheet_limits.MAX_FILE)}


def test_a_million_blank_rows_are_no_rows():
    began = time.monotonic()
    blank = "".join(f'<row r="{row}" ht="20"/>' for row in range(3, 2**20))
    cell = '<row r="{0}"><c r="A{0}" s="1"/><c r="B{0}" s="1"/></row>'
    styled = "".join(map(cell.format, range(3, 90_000)))
    sheet = sheet_xml([HEAD, ["甲", 1]])
    for rows in (blank, styled):
        data = workbook([], sheet=sheet.replace("</sheetData>", rows + "</sheetData>"))
        assert list(_texts(data)) == [1, 2]
    assert time.monotonic() - began < 16


def test_a_reader_that_takes_too_much_is_stopped(monkeypatch):
    monkeypatch.setattr(sheet_file, "READER", "tests.imports.greedy")
    with pytest.raises(Refused, match="sheet_file_unreadable"):
        sheet_file.read(GOOD)
