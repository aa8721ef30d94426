"""Cells with a drop-down take a word of its list, else nothing; the lists as the file says them."""

from datetime import date

import pytest

from projects.choices import Funding, Stage, Topic
from projects.claims import projection
from projects.core.money import Money
from projects.imports import form_cells, sheet_file
from projects.imports.rules import sheet_limits as limits
from tests import cast
from tests.imports.test_filled_form import fill, kept
from tests.imports.workbooks import MAIN, OFFICE, XML, _links, sheet_xml, workbook

pytestmark = pytest.mark.django_db

HEADS = ["项目名称", "建设阶段", "资金性质", "总投资（亿元）"]
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"


def listed(formula: str, area: str = "B2:B9", kind: str = "list") -> str:
    return f'<dataValidation type="{kind}" sqref="{area}"><formula1>{formula}</formula1></dataValidation>'


def form(*lists: str, rows=(HEADS,), more: str = "", words=None, is_hidden=False, names="") -> bytes:
    """A form whose second sheet holds words, a column."""
    own = f'<dataValidations count="{len(lists)}">{"".join(lists)}</dataValidations>'
    sheet = sheet_xml(rows).replace("</worksheet>", f"{own}{more}</worksheet>")
    if words is None:
        return workbook([], sheet=sheet)
    state = ' state="hidden"' if is_hidden else ""
    parts = {
        "xl/workbook.xml": f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        f'<sheet name="表一" sheetId="1" r:id="rId1"/><sheet name="字 典" sheetId="2" r:id="rId3"{state}/>'
        f"</sheets>{names}</workbook>",
        "xl/_rels/workbook.xml.rels": _links(
            [
                ("rId1", "worksheet", "worksheets/sheet1.xml"),
                ("rId2", "styles", "styles.xml"),
                ("rId3", "worksheet", "worksheets/sheet2.xml"),
            ]
        ),
        "xl/worksheets/sheet2.xml": sheet_xml([[one] for one in words]),
    }
    return workbook([], sheet=sheet, more=parts)


def words_at(data: bytes, row: int = 2, column: int = 2) -> tuple[str, ...] | None:
    return sheet_file.read(data)[0].listed(row, column)


@pytest.fixture
def factory(people):
    """Under construction, paid for by the government."""
    one = cast.project("某厂", funding=Funding.GOVERNMENT)
    of = {"as_of": "2026-02-01", "known_on": date(2026, 2, 3)}
    cast.published(one, Topic.STAGE, Stage.BUILDING, **of)
    cast.published(one, Topic.TOTAL_INVESTMENT, Money(3 * 10**8, "yi", 0), **of)
    projection.rebuild(one)
    return one


INNER = "谋划,建设中,竣工"


@pytest.mark.parametrize(
    "data",
    [
        form(listed(f'"{INNER}"')),
        form(listed('"谋划, 建设中 ,竣工"')),
        form(listed("$F$2:$H$2"), rows=[HEADS, [None] * 5 + INNER.split(",")]),
        form(listed("'字 典'!$A$1:$A$3"), words=INNER.split(",")),
        form(listed("'字 典'!$A$1:$A$9"), words=[*INNER.split(","), None], is_hidden=True),
        form(
            listed("阶段"),
            words=INNER.split(","),
            names="<definedNames><definedName name=\"阶段\">'字 典'!$A$1:$A$3</definedName></definedNames>",
        ),
        form(
            more=f'<extLst><ext xmlns:x14="{X14}"><x14:dataValidations xmlns:xm="{XM}">'
            '<x14:dataValidation type="list"><x14:formula1>'
            "<xm:f>'字 典'!$A$1:$A$3</xm:f></x14:formula1><xm:sqref>D2 B2:B9</xm:sqref>"
            "</x14:dataValidation></x14:dataValidations></ext></extLst>",
            words=INNER.split(","),
        ),
    ],
    ids=["inline", "blanks", "row", "sheet", "hidden", "name", "of 2010"],
)
def test_a_list_stands_in_the_file_or_in_a_range_of_it(data):
    assert words_at(data) == ("谋划", "建设中", "竣工")
    assert words_at(data, 1) is None and words_at(data, 2, 3) is None


@pytest.mark.parametrize(
    "data",
    [
        form(),
        form(listed("1", kind="whole")),
        form(listed('INDIRECT("表二!A1")')),
        form(listed("无此表!$A$1:$A$3")),
        form(listed("无此名")),
        form(listed("$A$1:$B$3")),
        form(listed('"' + ",".join(map(str, range(limits.MAX_WORDS + 1))) + '"')),
        form(listed('"a,b"', " ".join(f"B{row}" for row in range(9, limits.MAX_AREAS + 10)))),
    ],
    ids=["none", "numbers", "computed", "no sheet", "no name", "two columns", "long", "many areas"],
)
def test_what_says_no_list_is_none(data):
    assert words_at(data) is None


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("未开工,建设中", "建设中"),
        ("建设中,在建", "在建"),
        ("未开工,施工中", "施工中"),
        ("building,done", "building"),
    ],
    ids=["alias", "own word", "another alias", "code"],
)
def test_a_cell_with_a_drop_down_takes_the_word_of_the_form(factory, people, words, written):
    done = fill(kept(people, form(listed(f'"{words}"'))))
    sheet = sheet_file.read(done.file())[0]
    assert (sheet.cell(2, 2).text, done.unsaid) == (written, [])


def test_what_its_list_does_not_hold_is_left_empty_and_named(factory, people):
    lists = (listed('"未开工,已竣工"'), listed('"政府投资,社会投资"', "C2:C9"), listed('"5,6"', "D2:D9"))
    done = fill(kept(people, form(*lists)))
    sheet = sheet_file.read(done.file())[0]
    assert [(row, column.code) for row, column in done.unsaid] == [(2, "stage"), (2, "total_investment")]
    assert {at: cell.text for at, cell in sheet.rows[2].items()} == {1: "某厂", 3: "政府投资"}


def test_control_where_lists_are_not_looked_at_a_word_of_ours_is_written(factory, people, monkeypatch):
    write = form_cells.CellWriter.written
    monkeypatch.setattr(form_cells.CellWriter, "written", lambda *told: write(*told[:3]))
    done = fill(kept(people, form(listed('"未开工,已竣工"'))))
    assert done.rows[0][2][2] == "在建" and done.unsaid == []


def test_a_number_of_a_list_stays_a_number(factory, people):
    done = fill(kept(people, form(listed('"3,6"', "D2:D9"))))
    assert done.rows[0][4][0] == "number"


def test_rows_that_are_added_have_the_list_of_the_row_they_are_like(factory, people):
    for name in ("乙厂", "丙厂"):
        one = cast.project(name)
        cast.published(one, Topic.STAGE, Stage.BUILDING, as_of="2026-02-01", known_on=date(2026, 2, 3))
        projection.rebuild(one)
    rows = [HEADS, [None], ["合计"]]
    done = fill(kept(people, form(listed('"未开工,建设中"', "B2"), rows=rows)))
    assert done.added == 2
    assert [row[2][2] for row in done.rows] == ["建设中"] * 3
