"""Rows of a sheet as what they propose: names looked up, words chosen, all faults at once."""

import time
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from projects.choices import Method
from projects.core import fuzzy_dates
from projects.core.fuzzy_dates import Fuzzy
from projects.core.money import Money
from projects.core.refusals import Fault
from projects.core.statements import Series
from projects.imports import reading, sheet_file
from projects.imports.rules import mapping, totals
from projects.imports.rules.lookups import NEW
from projects.words import refusals
from tests.cast import alias, department, place, project
from tests.imports.workbooks import Failed, Formula, workbook

AS_OF, KNOWN_ON = fuzzy_dates.parse("2026-02-28"), date(2026, 3, 2)

pytestmark = pytest.mark.django_db


def rows_of(table: list[list], choices=None, **more):
    (sheet,) = sheet_file.read(workbook(table))
    layout = reading.layout_of(sheet)
    columns = mapping.propose(layout)
    told = {"as_of": AS_OF, "known_on": KNOWN_ON} | more
    return reading.proposed_rows(sheet, layout, columns, choices or {}, **told)


def row_of(heads: str, *cells, choices=None):
    (row,) = rows_of([heads.split("|"), list(cells)], choices)
    return row


def claims(row) -> list[tuple]:
    return [
        (one.cell, one.series, getattr(one.value, "text", one.value), one.qualifier, one.as_of.text)
        for one in row.claims
    ]


def faults(row) -> list[tuple]:
    return [(one.column, one.cell, one.text, one.code, one.near) for one in row.faults]


def test_a_row_proposes_facts_and_claims_of_the_project_that_it_names():
    known = project("藻渡水库")
    alias(known, "藻渡大型水库")
    department()
    place("park")
    heads = (
        "项目名称|责任单位|建设地点|项目类别|资金来源|总投资（亿元）|2026年计划投资（万元）|进展阶段|目前进展"
    )
    row = row_of(
        heads, "藻渡大型水库", "区发展改革委", "工业园区", "水利", "政府", 1.5, "1,200", "在建", "大坝浇筑"
    )
    assert (row.number, row.project, row.faults) == (2, known.code, ())
    facts = {"department": "fagai", "place": "park", "kind": "water", "funding": "government"}
    assert {one.column: one.value for one in row.facts} == facts
    assert claims(row) == [
        ("F2", Series("total_investment"), Money(150000000, "yi", 1), "", "2026-02-28"),
        ("G2", Series("annual_plan", period="2026"), Money(12000000, "wan", 0), "", "2026-02-28"),
        ("H2", Series("stage"), "building", "", "2026-02-28"),
        ("I2", Series("works"), "大坝浇筑", "", "2026-02-28"),
    ]
    assert {one.known_on for one in row.claims} == {KNOWN_ON}


def test_steps_are_promised_or_actual_as_column_or_day_say():
    heads = "项目名称|计划开工时间|实际开工时间|竣工时间|投产时间|签约时间"
    row = row_of(heads, "新厂", "预计2026年6月", "2026.02", "2027年底", "待定", "2025-05-06")
    assert claims(row) == [
        ("B2", Series("promised", "started"), "2026-06", "expected", "2026-02-28"),
        ("C2", Series("actual", "started"), "2026-02", "", "2026-02"),
        ("D2", Series("promised", "completed"), "2026-02-28/2027-12-31", "", "2026-02-28"),
        ("E2", Series("promised", "operating"), "tbd", "", "2026-02-28"),
        ("F2", Series("actual", "signed"), "2025-05-06", "", "2025-05-06"),
    ]
    assert row.faults == ()


@pytest.mark.parametrize(
    ("head", "text", "code"),
    [
        ("实际开工时间", "2027年6月", "lies_after"),
        ("实际开工时间", "预计2026年6月", "promised_or_actual"),
        ("实际开工时间", "待定", "promised_or_actual"),
        ("计划开工时间", "已于2025年6月开工", "promised_or_actual"),
        ("开工时间", "2026年", "promised_or_actual"),
        ("开工时间", "尽快", "unreadable_date"),
        ("总投资", "100", "no_unit"),
        ("总投资（万元）", "若干", "unreadable_sum"),
        ("完成进度", "过半", "unreadable_number"),
        ("目前进展", Failed("#REF!"), "cell_error"),
        ("总投资（万元）", Formula("A1"), "cell_formula"),
        ("目前进展", "长" * 501, "cell_too_long"),
        ("进展阶段", "在建中", "unknown_word"),
        ("责任单位", "没有这个局", "unknown_department"),
        ("建设地点", "某处", "unknown_place"),
        ("隶属于", "某个总项目", "unknown_project"),
    ],
)
def test_each_fault_names_its_cell_and_reads_in_words(head, text, code):
    row = row_of(f"项目名称|{head}", "新厂", text)
    (fault,) = row.faults
    assert (fault.cell, fault.code, row.claims) == ("B2", code, ())
    assert [one.value for one in row.facts] == ["新厂"]
    for language in ("en", "zh-hans"):
        with override(language):
            assert "%(" not in refusals.sentence(Fault(fault.code, fault.column, {"text": fault.text}))


def test_a_date_past_beyond_the_stage_of_its_own_row_is_asked_about():
    """Taken as come true it would carry the project further than the row says."""
    heads = "项目名称|进展阶段|开工时间|竣工时间"
    row = row_of(heads, "新厂", "前期", "2025.10", "2027年底")
    assert faults(row) == [("date_started", "C2", "2025.10", "actual_beyond_stage", ())]
    assert [one.cell for one in row.claims] == ["B2", "D2"]
    (late,) = row_of(heads, "新厂", "在建", "2025.10", "2025年12月").faults
    assert (late.cell, late.code) == ("D2", "actual_beyond_stage")


@pytest.mark.parametrize(
    ("stage", "text", "series"),
    [
        ("在建", "2025.10", Series("actual", "started")),
        ("", "2025.10", Series("actual", "started")),
        ("前期", "已于2025年10月开工", Series("actual", "started")),
        ("前期", "计划2025年10月", Series("promised", "started")),
        ("前期", "2027年", Series("promised", "started")),
    ],
)
def test_a_date_that_says_itself_what_it_is_or_fits_the_stage_is_taken(stage, text, series):
    row = row_of("项目名称|进展阶段|开工时间", "新厂", stage, text)
    assert row.faults == () and row.claims[-1].series == series


def test_a_column_of_actual_dates_is_meant_and_years_are_asked_about_too():
    assert row_of("项目名称|进展阶段|实际开工时间", "新厂", "前期", "2025.10").faults == ()
    (doubt,) = row_of("项目名称|进展阶段|建设年限", "新厂", "前期", "2024-2027").faults
    assert (doubt.cell, doubt.code) == ("C2", "years_in_doubt")
    assert row_of("项目名称|进展阶段|建设年限", "新厂", "前期", "计划2024-2027").faults == ()
    assert row_of("项目名称|进展阶段|建设年限", "新厂", "前期", "已于2024-2027").faults == ()


def test_all_faults_come_at_once_and_what_can_be_read_is_proposed():
    row = row_of(
        "项目名称|进展阶段|总投资（万元）|开工时间|责任单位", "新厂", "在建中", 100, "尽快", "无名局"
    )
    assert [one.code for one in row.faults] == ["unknown_word", "unreadable_date", "unknown_department"]
    assert [one.cell for one in row.claims] == ["C2"]


def test_words_that_an_editor_chose_are_read_as_chosen():
    department()
    row = row_of("项目名称|进展阶段|责任单位", "新厂", "在建中", "发改委")
    assert faults(row) == [
        ("stage", "B2", "在建中", "unknown_word", ("building",)),
        ("department", "C2", "发改委", "unknown_department", ("fagai",)),
    ]
    choices = {("stage", "在建中"): "building", ("department", "发改委"): "fagai"}
    row = row_of("项目名称|进展阶段|责任单位", "新厂", "在建中", "发改委", choices=choices)
    assert (row.faults, row.claims[0].value, row.facts[1].value) == ((), "building", "fagai")


def test_a_name_alike_is_offered_and_never_guessed():
    known = project("藻渡水库工程")
    row = row_of("项目名称|总投资（万元）", "綦江区藻渡水库", 1)
    assert (row.project, faults(row)) == (
        None,
        [("name", "A2", "綦江区藻渡水库", "name_alike", (known.code,))],
    )
    row = row_of(
        "项目名称|总投资（万元）", "綦江区藻渡水库", 1, choices={("name", "綦江区藻渡水库"): known.code}
    )
    assert (row.project, row.faults, row.facts) == (known.code, (), ())
    row = row_of("项目名称|总投资（万元）", "綦江区藻渡水库", 1, choices={("name", "綦江区藻渡水库"): NEW})
    assert (row.project, row.faults, row.facts[0].value) == (None, (), "綦江区藻渡水库")


def test_a_record_comes_back_by_its_number_with_its_version():
    known = project("旧名")
    row = row_of("项目编号|版本|项目名称", known.code, 3, "新名")
    assert (row.project, row.version, row.facts[0].value, row.faults) == (known.code, 3, "新名", ())
    row = row_of("网址简称|项目名称", known.slug, "旧名")
    assert (row.project, row.version, row.faults) == (known.code, None, ())
    row = row_of("项目编号|版本|项目名称", "QJ-9999", "三", "旧名")
    assert [one.code for one in row.faults] == ["unknown_project", "not_whole"]


@pytest.mark.parametrize("text", ["qj-0001", "ＱＪ－０００１", " ｑｊ-0001 ", "QJ−0001"])
def test_a_number_is_the_same_in_small_letters_and_full_width(text):
    known = project("旧名")
    assert known.code == "QJ-0001"
    row = row_of("项目编号|项目名称", text, "旧名")
    assert (row.project, row.faults) == (known.code, ())
    assert row_of("项目名称|隶属于", "一期厂房", text).facts[1].value == known.code
    (fault,) = row_of("项目编号|项目名称", text.replace("1", "12").replace("１", "１２"), "旧名").faults
    assert fault.code == "unknown_project"


def test_a_project_stands_in_one_row():
    known = project("藻渡水库")
    alias(known, "藻渡大型水库")
    read = rows_of(
        [
            ["项目名称", "总投资（万元）"],
            ["藻渡水库", 1],
            ["藻渡大型水库", 2],
            ["新厂", 1],
            ["新厂", 2],
            [None, 3],
        ]
    )
    found = [[one.code for one in row.faults] for row in read]
    assert found == [[], ["project_twice"], [], ["project_twice"], ["name_missing"]]
    assert read[1].faults[0].cell == "A3"


def test_which_row_of_a_project_counts_is_said_by_leaving_the_other_out():
    table = [["项目名称", "总投资（万元）"], ["新厂", 1], ["新厂", 2]]
    for skipped in ([2], [3]):
        assert [one.faults for one in rows_of(table, skipped=skipped)] == [(), ()]


def test_a_figure_is_of_the_time_and_by_the_book_of_its_heading():
    heads = "项目名称|2025年完成投资（万元）|本月完成投资（统计口径，万元）|截至1月底今年完成投资（万元）"
    assert [(one.series, one.as_of.text) for one in row_of(heads, "新厂", 1, 2, 3).claims] == [
        (Series("invested_in_period", period="2025"), "2026-02-28"),
        (Series("invested_in_period", period="2026-02", method=Method.STATISTICS.value), "2026-02-28"),
        (Series("invested_in_period", period="2026"), "2026-01"),
    ]


def test_where_it_stands_in_the_named_document_comes_from_columns():
    row = row_of("项目名称|总投资（万元）|章节|段落|备注说明", "新厂", 1, 2, 5, "按批复")
    assert (row.claims[0].place, row.claims[0].note) == ((2, 5, None), "按批复")


def test_a_row_below_is_a_part_of_a_project_on_record():
    whole = project("南州总项目")
    assert row_of("项目名称|隶属于", "一期厂房", "南州总项目").facts[1].value == whole.code
    assert row_of("项目名称|隶属于", "一期厂房", whole.code).facts[1].value == whole.code
    (fault,) = row_of("项目名称|隶属于", "一期厂房", "南州总").faults
    assert (fault.code, fault.near) == ("unknown_project", (whole.code,))


def test_parties_stand_in_columns_of_their_roles():
    row = row_of("项目名称|建设单位|施工单位", "新厂", "甲公司", "乙公司、丙公司\n乙公司")
    parties = [(one.column, one.cell, one.value) for one in row.facts[1:]]
    assert parties == [("owner", "B2", "甲公司"), ("builder", "C2", "乙公司"), ("builder", "C2", "丙公司")]


def test_a_sheet_of_parties_gives_each_project_its_parties():
    known = project("藻渡水库")
    table = [
        ["项目名称", "单位名称", "角色"],
        ["藻渡水库", "甲公司", "业主单位"],
        ["藻渡水库", "乙公司", "施工单位"],
    ]
    first, second = rows_of([*table, ["新厂", "丙公司", "好人"]])
    assert [(one.column, one.cell, one.value) for one in first.facts] == [
        ("owner", "B2", "甲公司"),
        ("builder", "B3", "乙公司"),
    ]
    assert (first.project, first.claims, first.faults) == (known.code, (), ())
    assert [(one.cell, one.code) for one in second.faults] == [("C4", "unknown_word")]
    (third,) = rows_of([table[0], ["藻渡水库", "甲公司", None]])
    assert [one.code for one in third.faults] == ["role_missing"]


def test_organisations_without_a_role_are_asked_about():
    (sheet,) = sheet_file.read(workbook([["项目名称", "企业名称"], ["新厂", "甲公司"]]))
    column = mapping.propose(reading.layout_of(sheet))[1]
    assert (column.code, column.certainty, column.codes) == ("", "unsure", ("owner", "investor"))


def test_totals_that_the_rows_do_not_add_up_to_are_told():
    table = [["项目名称", "总投资（万元）"], ["甲厂", 1], ["乙厂", 2.5], ["合计", 3.5]]

    def differences(total):
        (sheet,) = sheet_file.read(workbook([*table[:3], ["合计", total]]))
        layout = reading.layout_of(sheet)
        return reading.total_differences(sheet, layout, mapping.propose(layout))

    assert differences(3.5) == ()
    assert differences(4) == ()  # as it is printed, without decimals
    assert differences(None) == ()
    money = Money(50000, "wan", 0), Money(35000, "wan", 0)
    assert differences(5) == (totals.TotalDifference("B4", "总投资（万元）", *money),)


def table(count: int) -> list[list]:
    heads = ["序号", "项目名称", "责任单位", "建设地点", "总投资（万元）", "计划开工时间", "进展阶段"]
    heads += ["目前进展情况", "2026年计划投资（万元）", "累计完成投资额（万元）", "计划竣工时间"]
    row = [
        "发展改革委",
        "工业园区",
        1000.5,
        date(2026, 10, 1),
        "在建",
        "正在推进主体结构施工",
        500,
        100,
        "2027年6月",
    ]
    return [heads, *([at, f"{at:04}号标准厂房", *row] for at in range(1, count + 1))]


def test_lookups_take_as_many_statements_for_one_row_as_for_many():
    department()
    place("park")
    taken = []
    for count in (1, 60):
        for at in range(count):
            project(f"第{at:04}座桥{count}")
        with CaptureQueriesContext(connection) as queries:
            assert len(rows_of(table(count))) == count
        taken.append(len(queries))
    assert taken == [5, 5]


def test_two_thousand_rows_are_read_in_a_few_seconds():
    department()
    place("park")
    data = workbook(table(2000))
    began = time.monotonic()
    (sheet,) = sheet_file.read(data)
    layout = reading.layout_of(sheet)
    read = reading.proposed_rows(sheet, layout, mapping.propose(layout), {}, as_of=AS_OF, known_on=KNOWN_ON)
    assert (len(read), sum(len(row.claims) for row in read)) == (2000, 14000)
    assert not any(isinstance(one.value, Fuzzy) and "~" in one.value.text for one in read[0].claims)
    assert time.monotonic() - began < 10
