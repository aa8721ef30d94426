"""Forms in sections, with tables of Excel's own, with frozen panes and choices: filled, nothing damaged."""

import re
from datetime import date

import pytest

from projects.choices import Stage, Topic
from projects.claims import projection, standings
from projects.core.clocks import Clocks
from projects.core.money import Money
from projects.core.refusals import Refused
from projects.imports import filled_form, sheet_file
from projects.imports.filled_form import BlankForm
from tests import cast
from tests.cast import AT, TODAY
from tests.imports.forms import members
from tests.imports.workbooks import MAIN, OFFICE, PACKAGE, XML, Formula, sheet_xml, workbook

pytestmark = pytest.mark.django_db

CLOCKS = Clocks(TODAY, TODAY, TODAY)
SHEET, TABLE = "xl/worksheets/sheet1.xml", "xl/tables/table1.xml"
HEADS = ["序号", "项目名称", "总投资（万元）"]


def on_record(*named: tuple[str, str], stage=Stage.BUILDING) -> None:
    for number, (name, kind) in enumerate(named, 1):
        one = cast.project(name, kind=kind)
        told = {"as_of": "2026-02-01", "known_on": date(2026, 2, 3)}
        cast.published(one, Topic.STAGE, stage, **told)
        cast.published(one, Topic.TOTAL_INVESTMENT, Money(number * 10**6, "wan", 0), **told)
        projection.rebuild(one)


@pytest.fixture
def five() -> None:
    on_record(
        ("甲厂", "industrial"),
        ("乙库", "water"),
        ("丙厂", "industrial"),
        ("丁路", "transport"),
        ("戊厂", "industrial"),
    )


def fill(people, data: bytes):
    blank = BlankForm(filled_form.keep("表.xlsx", data, sender="市发改委", by=people.editor, at=AT))
    return filled_form.filled(blank, standings.rectangles_on(CLOCKS), CLOCKS)


def shown(done) -> list[list[str]]:
    """The rows of the filled form as texts, from the heading on."""
    (sheet,) = sheet_file.read(done.file())
    return [[cell.text for _at, cell in sorted(row.items())] for _row, row in sorted(sheet.rows.items())]


def formulas(done) -> list[str]:
    return re.findall(r"<f>([^<]*)</f>", members(done.file())[SHEET].decode())


@pytest.mark.parametrize(
    ("one", "other", "is_again"),
    [
        (["一、产业项目（3个）"], ["二、水利工程"], False),
        (["一", "工业类项目"], ["二", "水利类"], False),
        ([None, "（一）工业项目"], [None, "（二）水利"], True),
    ],
)
def test_each_project_goes_to_its_section_and_sums_grow_with_them(people, five, one, other, is_again):
    again = [HEADS] if is_again else []
    rows = [["统计表"], HEADS, one, *again, [1], [2], ["小计", None, Formula("SUM(C1:C1)", "0")]]
    top = 4 + len(again)
    rows[-1] = ["小计", None, Formula(f"SUM(C{top}:C{top + 1})", "0")]
    rows += [other, *again, [1], ["合计", None, Formula(f"C{top + 2}*2", "0")]]
    done = fill(people, workbook(rows))
    told = [row for row in shown(done) if len(row) == 3 and row[0].isdigit()]
    assert told == [["1", "甲厂", "100"], ["2", "丙厂", "300"], ["3", "戊厂", "500"], ["1", "乙库", "200"]]
    assert formulas(done) == [f"SUM(C{top}:C{top + 2})", f"C{top + 3}*2"]
    assert [one.name for one in done.left_out] == ["丁路"]


def test_numbers_go_on_where_the_form_counts_on_and_the_rest_goes_to_others(people, five):
    rows = [HEADS, ["一、工业项目"], [1], ["二、文物项目"], [2], ["三、其他项目"], [3]]
    done = fill(people, workbook(rows))
    assert [row[:2] for row in shown(done)[1:]] == [
        ["一、工业项目"],
        *(["1", "甲厂"], ["2", "丙厂"], ["3", "戊厂"]),
        ["二、文物项目"],
        ["2"],
        ["三、其他项目"],
        *(["4", "乙库"], ["5", "丁路"]),
    ]
    assert done.left_out == [] and done.unknown == ["文物项目"]


def test_a_section_above_others_has_no_rows_of_its_own(people, five):
    rows = [HEADS, ["一、重点项目"], ["（一）工业项目"], [], ["（二）交通项目"], []]
    done = fill(people, workbook(rows))
    assert [row for row in shown(done) if row[-1] == "400"] == [["1", "丁路", "400"]]
    assert [one.name for one in done.left_out] == ["乙库"]


def test_sections_without_a_free_row_get_theirs(people, five):
    done = fill(people, workbook([HEADS, ["一、工业项目"], ["二、水利项目"], ["三、交通项目"]]))
    assert [row[1] for row in shown(done)[1:] if len(row) == 3] == ["甲厂", "丙厂", "戊厂", "乙库", "丁路"]


def test_sections_that_say_nothing_on_record_are_refused_by_name(people, five):
    with pytest.raises(Refused) as refused:
        fill(people, workbook([HEADS, ["一、某某"], [], ["二、某某某"], []]))
    assert refused.value.code == "form_sections_unknown"
    assert "某某某" in refused.value.faults[0].values["text"]


def test_one_section_takes_all_that_is_asked_for(people, five):
    done = fill(people, workbook([HEADS, ["一、某某"], [], ["合计"]]))
    assert len(done.rows) == 5 and shown(done)[-1] == ["合计"]


def of_excel(rows: list[list], ref: str, totals: str = "") -> bytes:
    """With a table of Excel's own over some of its cells."""
    sheet = sheet_xml(rows).replace("<worksheet ", f'<worksheet xmlns:r="{OFFICE}" ')
    parts = '<tableParts count="1"><tablePart r:id="rId1"/></tableParts>'
    names = "".join(f'<tableColumn id="{at}" name="{one}"/>' for at, one in enumerate(HEADS, 1))
    table = f'{XML}<table xmlns="{MAIN}" id="1" name="表1" displayName="表1" ref="{ref}"{totals}>'
    table += f'<autoFilter ref="{ref}"/><tableColumns count="3">{names}</tableColumns></table>'
    link = f'<Relationship Id="rId1" Type="{OFFICE}/table" Target="../tables/table1.xml"/>'
    more = {
        TABLE: table,
        "xl/worksheets/_rels/sheet1.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{link}'
        "</Relationships>",
    }
    return workbook([], sheet=sheet.replace("</sheetData>", f"</sheetData>{parts}"), more=more)


@pytest.mark.parametrize(
    ("rows", "ref", "totals", "grown"),
    [
        ([HEADS, [1], [2]], "A1:C3", "", "A1:C6"),  # nothing below
        ([HEADS, [1], [2], [], ["备注：无"]], "A1:C4", "", "A1:C6"),  # rows are put in
        ([HEADS, [1], [2], ["汇总"]], "A1:C4", ' totalsRowCount="1"', "A1:C7"),
        ([HEADS, *[[at] for at in range(1, 9)]], "A1:C9", "", "A1:C9"),  # it has room
        ([["甲", "乙"], [], HEADS], "A1:B2", "", "A1:B2"),  # another one, above
    ],
)
def test_a_table_of_excels_own_grows_with_its_rows(people, five, rows, ref, totals, grown):
    done = fill(people, of_excel(rows, ref, totals))
    table = members(done.file())[TABLE].decode()
    assert re.findall(r'ref="([A-Z0-9:]+)"', table) == [grown] * 2
    assert len([row for row in shown(done) if len(row) == 3 and row[0].isdigit()]) == 5


def test_frozen_panes_choices_and_formats_of_the_sheet_stay(people, five):
    view = '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/>'
    view += "</sheetView></sheetViews>"
    choices = '<dataValidations count="1"><dataValidation type="list" sqref="B2:B3"><formula1>$F$7:$F$9'
    choices += "</formula1></dataValidation></dataValidations>"
    sheet = sheet_xml([HEADS, [1], [2], ["合计"]])
    sheet = sheet.replace("<sheetData>", f"{view}<sheetData>")
    sheet = sheet.replace("</sheetData>", f"</sheetData>{choices}")
    new = members(fill(people, workbook([], sheet=sheet)).file())[SHEET].decode()
    assert view in new and '<dataValidation type="list" sqref="B2:B6">' in new and "$F$10:$F$12" in new
