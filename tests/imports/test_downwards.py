"""Forms with labels beside their values: turned into rows, with every cell at its own place."""

import pytest

from projects.core.refusals import Refused
from projects.imports import reading
from projects.imports.rules import cells, mapping
from tests.imports.test_layout import sheet

ONE = [
    "綦江区重点项目信息表",
    "|||单位：万元",
    "一、基本情况",
    "项目名称|甲水库",
    "责任单位|水利局|建设性质|新建",
    "总投资|3|计划竣工时间|2027-06",
    "备注",
    "填表人：某人",
]


def _rows(*rows: str, merged: str = "") -> list[dict[str, str]]:
    """By the codes of the columns, or their headings where they have none."""
    found = reading.turned(sheet(*rows, merged=merged))
    layout = reading.layout_of(found)
    codes = {one.column: one.code or one.head for one in mapping.propose(layout)}
    return [{codes[at]: cell.text for at, cell in found.rows[row].items()} for row in layout.body]


def test_a_form_of_one_project_is_one_row_with_what_nobody_knows_beside():
    found = {"name": "甲水库", "department": "水利局", "建设性质": "新建"}
    assert _rows(*ONE) == [found | {"total_investment": "3", "promised_completed": "2027-06"}]


def test_the_unit_above_it_holds_and_its_title_is_kept():
    layout = reading.layout_of(reading.turned(sheet(*ONE)))
    assert (layout.unit, layout.title) == ("wan", "綦江区重点项目信息表 单位：万元 一、基本情况")


def test_groups_of_labels_at_the_left_are_no_labels():
    rows = ["基本情况|项目名称|甲厂", "|责任单位|经信委", "投资|总投资（万元）|3", "|年度计划投资（万元）|1"]
    (row,) = _rows(*rows, merged="A1:A2 A3:A4")
    assert (row["name"], row["department"], row["total_investment"]) == ("甲厂", "经信委", "3")


def test_forms_below_one_another_are_rows():
    of_two = ["序号|1|项目名称|甲厂", "总投资|3|责任单位|经信委"]
    found = _rows(*of_two, "", *[row.replace("甲", "乙").replace("3", "4") for row in of_two])
    assert [(row["name"], row["total_investment"]) for row in found] == [("甲厂", "3"), ("乙厂", "4")]


def test_projects_beside_one_another_are_rows():
    found = _rows("项目名称|甲厂|乙厂", "总投资（万元）|3|4", "责任单位|经信委|", "计划竣工时间||2027")
    assert [row["name"] for row in found] == ["甲厂", "乙厂"]
    assert [row.get("department") for row in found] == ["经信委", None]
    assert [row.get("promised_completed") for row in found] == [None, "2027"]


def test_what_is_merged_over_projects_is_of_each():
    rows = ["项目名称|甲厂|乙厂", "总投资（万元）|3|4", "责任单位|经信委|"]
    found = reading.turned(sheet(*rows, merged="B3:C3"))
    assert found.merged and [found.address(*one) for one in [(3, 3), (4, 3)]] == ["B3", "B3"]


def test_every_cell_is_told_at_its_own_place_and_may_go_back_there():
    sent = sheet(*ONE[3:6])
    found = reading.turned(sent)
    at = {cell.text: found.address(row, at) for row, told in found.rows.items() for at, cell in told.items()}
    assert (at["甲水库"], at["总投资"], at["2027-06"]) == ("B1", "A3", "D3")
    assert found.as_sent().rows == sent.rows
    assert cells.sheet_of(found.as_plain()) == found


def test_a_hidden_line_of_a_form_is_a_hidden_column():
    hidden = cells.sheet_of(sheet(*ONE).as_plain() | {"hidden_rows": [6]})
    found = reading.turned(hidden)
    heads = [head.text for head in reading.layout_of(found).heads if head.is_hidden]
    assert heads == ["总投资", "计划竣工时间"]


def test_a_hidden_project_beside_others_is_a_hidden_row():
    beside = sheet("项目名称|甲厂|乙厂", "总投资（万元）|3|4", "责任单位|经信委|")
    found = reading.turned(cells.sheet_of(beside.as_plain() | {"hidden_columns": [3]}))
    assert [found.cell(row, 1).text for row in found.hidden_rows] == ["乙厂"]


@pytest.mark.parametrize(
    "rows",
    [
        ["项目名称|甲厂", "责任单位|经信委", "总投资|3|亿元"],  # of what?
        ["项目名称|甲厂|乙厂", "责任单位|经信委", "总投资|3|4|7"],
        ["项目名称|甲厂", "责任单位|经信委", "|综合科", "总投资|3"],
        ["项目名称|", "责任单位|经信委", "总投资|3"],  # and of whom?
    ],
)
def test_a_value_without_label_or_name_is_refused(rows):
    with pytest.raises(Refused, match="form_unclear"):
        reading.turned(sheet(*rows))


@pytest.mark.parametrize(
    "rows",
    [
        ["项目名称|总投资", "甲厂|3", "乙厂|4"],
        ["项目名称|指标|数值", "甲|责任单位|水利局", "甲|总投资|3", "甲|计划竣工时间|2027-06"],
    ],
)
def test_a_table_stays_as_it_is(rows):
    assert reading.turned(found := sheet(*rows)) is found
