"""Where the table of a sheet is, and what is no part of it; which column is which, and remembered."""

import pytest
from django.utils.translation import override

from projects.core import fuzzy_dates
from projects.core.refusals import Refused
from projects.imports import reading
from projects.imports.rules import mapping
from projects.imports.rules.cells import TEXT, Area, Cell, Sheet, area_of
from projects.imports.rules.mapping import SURE, UNSURE
from projects.words.columns import COLUMNS


def sheet(*rows: str, merged: str = "") -> Sheet:
    """Rows with `|` between their cells; a number is one, whatever else is text."""
    return Sheet(
        "表",
        {
            number: cells
            for number, row in enumerate(rows, 1)
            if (cells := {at: _cell(text) for at, text in enumerate(row.split("|"), 1) if text.strip()})
        },
        tuple(map(area_of, merged.split())),
    )


def _cell(text: str) -> Cell:
    return Cell("number" if text.replace(".", "").isdecimal() else TEXT, text)


def _codes(found: Sheet) -> list[str]:
    return [one.code for one in mapping.propose(reading.layout_of(found))]


def test_titles_above_totals_and_notes_below_are_no_rows():
    layout = reading.layout_of(
        sheet(
            "綦江区2026年重点项目表",
            "|||单位：亿元",
            "序号|项目名称|总投资|责任单位",
            "|合计|7|",
            "|一、产业项目|3|",
            "1|示范工厂|3|经信委",
            "序号|项目名称|总投资|责任单位",
            "2|甲水库|4|水利局",
            "3|||",
            "",
            "小计|||",
            "单位：亿元",
            "备注：数据由各单位报送",
            "填表人：某某||审核人：某某",
        )
    )
    assert (layout.heading, layout.body, layout.unit) == ((3,), (6, 8), "yi")
    assert dict(layout.left_out) == {
        4: "total",
        5: "section",
        7: "again",
        9: "blank",
        11: "total",
        12: "note",
        13: "note",
        14: "note",
    }


def test_a_row_that_only_looks_like_a_note_or_a_total_is_kept():
    layout = reading.layout_of(
        sheet("项目名称|总投资（万元）", "合计大厦建设|3", "联系一号桥|4", "说明书印刷厂")
    )
    assert layout.body == (2, 3, 4)
    rows = ["项目名称|责任单位|总投资（万元）", "第一批老旧小区改造|住建委|3", "三、四号桥|交通局|4"]
    assert reading.layout_of(sheet(*rows)).body == (2, 3)


@pytest.mark.parametrize(("numbers", "body"), [("123", (3, 4, 6)), ("   ", (2, 3, 4, 5, 6))])
def test_a_part_with_its_own_sum_is_no_project_where_projects_are_numbered(numbers, body):
    """Where none has a number, 一 and 二 may be those of projects."""
    heads = "序号|项目名称|总投资（万元）"
    one, two, three = numbers
    rows = ["一|产业项目（2个）|3", f"{one}|甲厂|1", f"{two}|乙厂|2", "二|水利项目|5", f"{three}|丙库|5"]
    assert reading.layout_of(sheet(heads, *rows)).body == body


@pytest.mark.parametrize("merged", ["A1:A2 B1:C1 D1:E1", ""])
def test_two_rows_of_headings_are_joined(merged):
    found = sheet(
        "项目名称|投资||开工时间|",
        "|总投资（万元）|年度计划投资（万元）|计划|实际",
        "甲|1|2|2026-03|2026-02",
        merged=merged,
    )
    layout = reading.layout_of(found)
    assert layout.heading == (1, 2)
    assert [one.text for one in layout.heads][1:4] == [
        "投资 总投资（万元）",
        "投资 年度计划投资（万元）",
        "开工时间 计划",
    ]
    assert _codes(found) == ["name", "total_investment", "annual_plan", "promised_started", "actual_started"]


def test_a_group_says_promised_or_actual_for_its_columns():
    found = sheet(
        "项目名称|计划||实际|", "|开工时间|竣工时间|开工时间|竣工时间", "甲|2026-03|2027-03|2026-02|"
    )
    steps = ["promised_started", "promised_completed", "actual_started", "actual_completed"]
    assert _codes(found) == ["name", *steps]


def test_a_first_row_of_words_is_no_second_heading():
    assert reading.layout_of(sheet("项目名称|责任单位|备注", "甲厂|经信委|", "乙厂|水利局|好")).body == (2, 3)


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (["甲|1", "乙|2"], "heading_missing"),
        (["通知", "各单位："], "heading_missing"),
        (["项目名称", "甲"], "heading_missing"),
        (["项目名称|总投资"], "sheet_without_rows"),
        (["项目名称|总投资", "合计|3"], "sheet_without_rows"),
        (["项目名称|总投资", "甲|3", "项目名称|责任单位", "乙|经信委"], "heading_twice"),
        (
            ["项目名称|甲水库", "责任单位|水利局", "总投资（万元）|3", "计划竣工时间|2027-06"],
            "form_downwards",
        ),
        (
            ["项目信息表", "项目名称|甲水库|责任单位|水利局", "总投资（万元）|3|开工时间|2025", "备注"],
            "form_downwards",
        ),
    ],
)
def test_a_sheet_without_one_table_is_refused(rows, code):
    with pytest.raises(Refused, match=code):
        reading.layout_of(sheet(*rows))


def test_labels_of_a_sheet_of_statements_are_no_form():
    rows = ["甲水库|责任单位|水利局", "甲水库|总投资|3", "甲水库|计划竣工时间|2027-06"]
    assert reading.layout_of(sheet("项目名称|指标|数值", *rows)).body == (2, 3, 4)


@pytest.mark.parametrize("head", ["项目状态", "角色", "未知"])
def test_cells_that_are_words_of_headings_are_no_form(head):
    rows = ["已开工|甲厂", "已竣工|乙厂", "施工单位|丙厂"]
    assert reading.layout_of(sheet(f"{head}|项目名称", *rows)).body == (2, 3, 4)


@pytest.mark.parametrize(
    ("cells", "code"),
    [(["35%", "100"], "progress"), (["主体施工", "平场"], "works"), (["35", "平场"], ""), ([], "")],
)
def test_a_heading_for_figures_or_words_is_what_its_cells_are(cells, code):
    rows = [f"甲{at}|{text}" for at, text in enumerate(cells)] or ["甲|"]
    assert _codes(sheet("项目名称|形象进度", *rows)) == ["name", code]


def test_two_columns_of_one_meaning_are_asked_about():
    columns = mapping.propose(reading.layout_of(sheet("项目名称|总投资（万元）|投资总额（亿元）", "甲|1|2")))
    assert [one.certainty for one in columns] == [SURE, UNSURE, UNSURE]


LAST = sheet("项目名称|责任单位|2026年1-2月完成投资（万元）|联系电话", "甲|经信委|1|2")


def _kept() -> list[dict[str, object]]:
    columns = mapping.chosen(mapping.propose(reading.layout_of(LAST)), {4: mapping.NOTHING})
    return mapping.as_plain(columns)


@pytest.mark.parametrize(
    "head",
    [
        "项目名称|责任单位|2026年1-2月完成投资（万元）|联系电话",
        "项目名称|责任单位|2026年1-3月完成投资（万元）|联系电话",
        "联系电话|2027年1-12月完成投资(万元)|项目 名称|责任单位",
    ],
)
def test_a_mapping_is_replayed_on_the_same_columns(head):
    columns = mapping.replay(_kept(), reading.layout_of(sheet(head, "1|1|1|1")))
    codes = {one.head: one.code for one in columns}
    assert codes["联系电话"] == mapping.NOTHING
    assert sorted(codes.values()) == ["", "department", "invested_in_period", "name"]
    assert {one.certainty for one in columns} == {SURE}


@pytest.mark.parametrize(
    ("head", "new", "gone"),
    [
        ("项目名称|责任单位|联系电话", "—", "2026年1-2月完成投资（万元）"),
        (
            "项目名称|责任单位|1-3月完成投资（亿元）|联系电话",
            "1-3月完成投资（亿元）",
            "2026年1-2月完成投资（万元）",
        ),
        ("项目名称|责任单位|1-3月完成投资（万元）|联系电话|备注", "备注", "—"),
    ],
)
def test_a_mapping_fails_loudly_where_columns_changed(head, new, gone):
    with pytest.raises(Refused) as refused:
        mapping.replay(_kept(), reading.layout_of(sheet(head, "1|1|1|1|1")))
    assert refused.value.code == "columns_changed"
    assert refused.value.faults[0].values == {"new": new, "gone": gone}


TIMES = ["2024", "2025", "2026"], ["1月", "2月", "1-2月"], ["本月", "", "2025年"]


@pytest.mark.parametrize("below", TIMES)
@pytest.mark.parametrize("merged", ["A1:A2 B1:D1", ""])
def test_the_times_of_a_figure_stand_in_a_row_of_their_own(below, merged):
    found = sheet("项目名称|完成投资（万元）||", f"|{'|'.join(below)}", "甲水库|1|2|3", merged=merged)
    columns = [one for one in mapping.propose(reading.layout_of(found)) if one.column > 1]
    assert reading.layout_of(found).body == (3,)
    assert {(one.code, one.certainty) for one in columns} == {("invested_in_period", "sure")}


def test_figures_of_several_times_are_several_columns():
    found = sheet("项目名称|2025年完成投资|今年以来完成投资|本月完成投资|2026年完成投资", "甲水库|1|2|3|4")
    columns = mapping.propose(reading.layout_of(found))
    assert [one.certainty for one in columns] == ["sure"] * 5
    assert mapping.said_twice(columns, fuzzy_dates.parse("2026-02-28")) == ["invested_in_period"]
    assert mapping.said_twice(columns, fuzzy_dates.parse("2027-02-28")) == []
    assert mapping.said_twice(columns[:4], fuzzy_dates.parse("2026-02-28")) == []


def test_which_of_two_columns_of_one_name_was_read_is_replayed():
    layout = reading.layout_of(sheet("项目名称|2024年完成投资|2025年完成投资", "甲水库|1|2"))
    chosen = mapping.chosen(mapping.propose(layout), {2: ""})
    assert [one.code for one in mapping.replay(mapping.as_plain(chosen), layout)][1:] == [
        "",
        "invested_in_period",
    ]


def test_a_mapping_is_kept_as_plain_values():
    columns = mapping.propose(reading.layout_of(LAST))
    assert mapping.mapping_of(mapping.as_plain(columns)) == columns


def test_a_sheet_is_put_right_cell_by_cell():
    right = LAST.with_texts({"A2": "乙", "C2": "", "F9": "新"})
    assert (right.cell(2, 1).text, right.cell(2, 3), right.cell(9, 6).text) == ("乙", None, "新")
    assert LAST.cell(2, 1).text == "甲"
    assert area_of("B2") == Area(2, 2, 2, 2)


@pytest.mark.parametrize("head", ["形象进度", "建设内容", "目前形象进度"])
def test_progress_in_words_goes_by_a_name_that_says_so(head):
    """Whoever matches the columns reads that words of progress belong there, and not only what is built."""
    (_, one) = mapping.propose(reading.layout_of(sheet(f"项目名称|{head}", "甲|主体施工", "乙|平场")))
    with override("zh-hans"):
        assert (one.code, one.certainty) == ("works", SURE) and "进展" in str(COLUMNS[one.code].name)


def test_of_progress_and_of_what_is_built_one_is_read_and_the_other_asked_about():
    found = mapping.propose(reading.layout_of(sheet("项目名称|建设内容|形象进度", "甲|两条线|主体施工")))
    assert [(one.code, one.certainty) for one in found][1:] == [("", UNSURE), ("works", SURE)]
