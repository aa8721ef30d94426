"""Cells written into workbooks of every make; red ones with their notes; what is not written stays."""

import json

import pytest

from projects.core.refusals import Refused
from projects.imports import sheet_file, sheet_reader
from projects.imports.sheet_xml import SheetXml
from tests.imports.forms import STYLES, members
from tests.imports.workbooks import MAIN, XML, Formula, sheet_xml, workbook

pytestmark = pytest.mark.own_process
SHEET = "xl/worksheets/sheet1.xml"
TOLD = {
    "sheet": "表一",
    "blocks": [
        {"like": 2, "cells": {"2": {"1": ["text", "", "<甲>&_x0041_"], "2": ["number", "12.5", "12.5"]}}}
    ],
}


def _prefixed(sheet: str) -> str:
    for name in ("worksheet", "sheetData", "row", "c", "is", "t", "v", "f", "mergeCells", "mergeCell"):
        for mark in (" ", ">", "/>"):
            sheet = sheet.replace(f"<{name}{mark}", f"<x:{name}{mark}")
        sheet = sheet.replace(f"</{name}>", f"</x:{name}>")
    return sheet.replace("xmlns=", "xmlns:x=")


BARE = f'{XML}<worksheet xmlns="{MAIN}"><sheetData>'
BARE += '<row><c t="inlineStr"><is><t>项目名称</t></is></c><c t="inlineStr"><is><t>总投资</t></is></c></row>'
SHEETS = {
    "as usual": sheet_xml([["项目名称", "总投资"]]),
    "with prefixes": _prefixed(sheet_xml([["项目名称", "总投资"]])),
    "without addresses": BARE + "<row/><row/></sheetData></worksheet>",
    "with a comment": sheet_xml([["项目名称", "总投资"]]).replace(
        "<sheetData>", "<!-- made by hand --><sheetData>"
    ),
    "rows of nothing": sheet_xml([["项目名称", "总投资"]]).replace(
        "</sheetData>", '<row r="2" spans="1:1"><c r="A2" s="1"/></row><row r="9"/></sheetData>'
    ),
}


@pytest.mark.parametrize("name", SHEETS)
def test_cells_are_written_whoever_made_the_file(name):
    data = sheet_file.written(workbook([], sheet=SHEETS[name]), TOLD)
    (sheet,) = sheet_file.read(data)
    assert [cell.text for cell in sheet.rows[2].values()] == ["<甲>&_x0041_", "12.5"]
    assert [cell.text for cell in sheet.rows[1].values()] == ["项目名称", "总投资"]


def test_an_empty_sheet_takes_cells():
    xml = SheetXml(f'{XML}<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'.encode())
    xml.write({})
    assert b"<sheetData></sheetData>" in xml.written()


@pytest.mark.parametrize("more", ["<!DOCTYPE x>", "<![CDATA[<row>]]>"])
def test_what_could_hide_an_element_is_not_written_into(more):
    with pytest.raises(Refused):
        SheetXml(sheet_xml([["甲"]]).replace("<sheetData>", more + "<sheetData>").encode())


def test_red_cells_get_notes_beside_the_choices_of_their_column():
    sheet = sheet_xml([["项目名称", "阶段"], ["甲", "？"]]).replace('r="B2"', 'r="B2" s="2"')
    choices = (
        '<dataValidations count="1"><dataValidation type="list" sqref="B2:B9"><formula1>"在建"</formula1>'
    )
    sheet = sheet.replace("</sheetData>", f"</sheetData>{choices}</dataValidation></dataValidations>")
    before = workbook([], sheet=sheet, more={"xl/styles.xml": STYLES, "xl/media/image1.png": b"\x89PNG"})
    notes = {"B2": 'Nobody knows "？" <here>', "C2": "Nothing stands here"}
    told = {
        "sheet": "表一",
        "red": notes,
        "listed": {"name": "有误", "rows": [["单元格", "问题"], ["B2", "不认识"]]},
    }
    data = sheet_file.written(before, told)
    table, listed = sheet_file.read(data)
    assert (table.name, listed.name, listed.cell(2, 2).text) == ("表一", "有误", "不认识")
    assert table.cell(2, 2).text == "？"
    new = members(data)
    assert new["xl/media/image1.png"] == b"\x89PNG"
    xml, styles = new[SHEET].decode(), new["xl/styles.xml"].decode()
    assert '<c r="B2" t="inlineStr" s="4">' in xml and '<c r="C2" s="5"/>' in xml
    assert (
        'sqref="B3:B9"' in xml
        and 'sqref="B2"/>' in xml
        and xml.index("dataValidations") > xml.index("</sheetData>")
    )
    assert '<xf fillId="2" applyFill="1" borderId="1" numFmtId="2"/><xf fillId="2" applyFill="1"/>' in styles
    assert "FFFFC7CE" in styles


def test_formulas_are_computed_anew_and_a_file_without_stays_as_it_is():
    for cell, is_marked in ((Formula("1+1", "2"), True), (3, False)):
        data = sheet_file.written(workbook([["项目名称", "总投资"], [], [None, cell]]), TOLD)
        assert (b'fullCalcOnLoad="1"' in members(data)["xl/workbook.xml"]) is is_marked


def test_rows_move_in_the_order_of_formulas_and_in_named_areas():
    calc = '<definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">'
    calc += "表一!$A$1:$C$3</definedName></definedNames>"
    links = members(workbook([]))["xl/_rels/workbook.xml.rels"].decode()
    chain = '<Relationship Id="rId9" Type="x/calcChain" Target="calcChain.xml"/></Relationships>'
    more = {"xl/_rels/workbook.xml.rels": links.replace("</Relationships>", chain)}
    more["xl/calcChain.xml"] = '<calcChain><c r="B3" i="1"/><c r="B4"/><c r="B3" i="2"/></calcChain>'
    rows = [["项目名称", "总投资"], [None, None, 1], ["合计", Formula("SUM(B2:B2)")]]
    told = TOLD | {"blocks": [TOLD["blocks"][0] | {"insert": [2, 4]}]}
    new = members(sheet_file.written(workbook(rows, more=more, calc=calc), told))
    assert new["xl/calcChain.xml"] == b'<calcChain><c r="B7" i="1"/><c r="B8"/><c r="B3" i="2"/></calcChain>'
    assert "表一!$A$1:$C$7" in new["xl/workbook.xml"].decode()
    assert b"SUM(B2:B6)" in new[SHEET]


def test_what_reads_cells_says_what_else_a_sheet_holds():
    sheet = sheet_xml([["甲", Formula("1+1", "2")]]).replace("</sheetData>", '</sheetData><drawing id="1"/>')
    (told,) = json.loads(sheet_reader.read(workbook([], sheet=sheet)))["sheets"]
    assert (told["formulas"], told["noted"]) == ([[1, 2]], ["drawing"])
