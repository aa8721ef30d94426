"""Cells that are merged over several rows of a table."""

import pytest

from projects.core.refusals import Refused
from projects.imports.draft_sheet import DraftSheet
from projects.imports.rules.cells import TEXT, Area, Cell, Sheet
from projects.imports.rules.merged import spread
from tests.cast import AT, department, project
from tests.imports.workbooks import take_in, workbook

pytestmark = pytest.mark.django_db


MERGED = [
    ["项目名称", "责任单位", "计划竣工时间", "总投资（万元）", "年度计划投资（万元）"],
    ["甲厂", "发展改革委", "2027年6月", 1, 500],
    ["乙厂", None, None, 2, None],
    ["丙厂", None, None, 3],
]


def test_what_is_merged_over_rows_is_of_each_and_a_figure_of_none(people):
    department()
    data = workbook(MERGED, merged=["B2:B4", "C2:C3", "E2:E3", "A7:A9"])
    (batch,) = take_in("合并.xlsx", data, "a" * 64, sender="", by=people.editor, at=AT)
    rows = DraftSheet(batch).rows(AT)
    assert [[one.column for one in row.facts] for row in rows] == [["name", "department"]] * 3
    said = [[one.column for one in row.claims] for row in rows]
    assert said == [["promised_completed", "total_investment"]] * 2 + [["total_investment"]]
    assert [[(one.cell, one.code) for one in row.faults] for row in rows] == [
        [("E2", "cell_shared")],
        [("E3", "cell_shared")],
        [],
    ]
    batch.choices = [["annual_plan", "500", "=—"]]
    assert not any(row.faults for row in DraftSheet(batch).rows(AT))


def test_the_name_over_the_rows_of_a_project_is_that_of_each_statement(people):
    known = project("藻渡水库")
    table = [["项目名称", "指标", "数值"], ["藻渡水库", "总投资", "5亿"], [None, "进展阶段", "在建"]]
    data = workbook(table, merged=["A2:A3"])
    (batch,) = take_in("逐条.xlsx", data, "a" * 64, sender="", by=people.editor, at=AT)
    assert {(row.project, row.faults) for row in DraftSheet(batch).rows(AT)} == {(known.code, ())}


def test_merging_makes_no_rows_and_no_more_cells_than_a_sheet_may_have():
    rows = {row: {1: Cell(TEXT, "甲")} for row in range(1, 2_001)}
    rows[2] = {at: Cell(TEXT, "乙") for at in range(1, 101)}
    merged = tuple(Area(2, at, 10**6, at) for at in range(1, 101))
    found = spread(Sheet("", rows, merged[:2]), 1)
    assert set(found.rows) == set(rows) and len(found.shared) == 2 * 1_999
    with pytest.raises(Refused) as refused:
        spread(Sheet("", rows, merged), 1)
    assert refused.value.code == "sheet_too_full"
