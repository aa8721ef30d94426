"""A day and a unit that stand in columns of their own hold for the figures of their row."""

from datetime import date

import pytest

from projects.core.money import Money
from projects.core.statements import Series
from projects.imports import comparison, reading, sheet_file
from projects.imports.rules import mapping
from tests.cast import AT, project
from tests.imports.test_reading import claims, faults, row_of, rows_of
from tests.imports.workbooks import workbook

pytestmark = pytest.mark.django_db

TOTAL = Series("total_investment")


def columns_of(heads: str, *rows: list) -> list[tuple[str, str]]:
    (sheet,) = sheet_file.read(workbook([heads.split("|"), *rows]))
    return [(one.code, one.certainty) for one in mapping.propose(reading.layout_of(sheet))]


# Which column it is


@pytest.mark.parametrize("head", ["截至日期", "数据日期", "数据截至日期", "时点"])
def test_a_column_of_the_day_is_found(head):
    assert columns_of(f"项目名称|总投资（万元）|{head}", ["新厂", 1, "2026-01"])[2] == ("said_as_of", "sure")


@pytest.mark.parametrize("head", ["截止日期", "截止时间"])
def test_a_day_that_may_be_the_last_of_the_works_is_asked_about(head):
    assert columns_of(f"项目名称|总投资（万元）|{head}", ["新厂", 1, "2026-12"])[2] == ("", "unsure")


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (["万元", "亿元"], ("said_unit", "sure")),
        (["人民币万元", None], ("said_unit", "sure")),
        (["经信委", "水利局"], ("", "unsure")),
        (["万元", "水利局"], ("", "unsure")),
        ([None, None], ("", "unsure")),
    ],
)
def test_a_column_of_units_is_what_its_cells_are(cells, found):
    rows = [[name, 1, cell] for name, cell in zip(("甲厂", "乙厂"), cells, strict=True)]
    assert columns_of("项目名称|总投资|单位", *rows)[2] == found


# What it says


def test_every_figure_of_a_row_is_of_its_own_day():
    heads = (
        "项目名称|截至日期|总投资（万元）|进展阶段|目前进展|2026年计划投资（万元）|计划竣工时间|实际开工时间"
    )
    cells = 1, "在建", "主体施工", 2, "2027年底", "2025-03"
    row = row_of(heads, "新厂", "2026年1月", *cells)
    assert row.faults == ()
    assert [one.as_of.text for one in row.claims] == [*["2026-01"] * 5, "2025-03"]
    assert claims(row)[4][2] == "2026-01-31/2027-12-31"
    assert row.facts[0].value == "新厂"


def test_a_day_of_excel_is_read_and_an_empty_one_is_that_of_the_sheet():
    table = [["项目名称", "总投资（万元）", "截至日期"], ["甲厂", 1, date(2026, 1, 31)], ["乙厂", 2, "—"]]
    assert [claims(row)[0][4] for row in rows_of(table)] == ["2026-01-31", "2026-02-28"]


def test_a_figure_without_a_year_is_of_the_year_of_its_day():
    row = row_of("项目名称|今年完成投资（万元）|截至日期", "新厂", 1, "2025-12-31")
    assert claims(row)[0][1] == Series("invested_in_period", period="2025")


def test_the_unit_of_a_row_is_that_of_its_sums():
    table = [
        ["项目名称", "总投资", "到位资金", "单位"],
        ["甲厂", 1.5, "3000万", "亿元"],
        ["乙厂", 2, 1, "万元"],
    ]
    found = [[one.value for one in row.claims] for row in rows_of(table)]
    assert found[0] == [Money(150000000, "yi", 1), Money(30000000, "wan", 0)]
    assert found[1] == [Money(20000, "wan", 0), Money(10000, "wan", 0)]


def test_a_heading_with_a_unit_of_its_own_keeps_it():
    row = row_of("项目名称|总投资|年度计划投资（万元）|计量单位|工程进度", "新厂", 1, 2, "亿元", "35%")
    assert [getattr(one.value, "yuan", "") for one in row.claims] == [10**8, 20000, ""]
    assert row.faults == ()


def test_the_unit_of_a_row_goes_before_that_of_the_title():
    table = [
        ["重点项目表"],
        ["单位：万元"],
        ["项目名称", "总投资", "计量单位"],
        ["甲厂", 1, "亿元"],
        ["乙厂", 1, None],
    ]
    assert [row.claims[0].value.yuan for row in rows_of(table)] == [10**8, 10**4]


def test_totals_are_of_rows_in_their_own_units():
    table = [["项目名称", "总投资", "单位"], ["甲厂", 1, "亿元"], ["乙厂", 500, "万元"]]

    def differences(total):
        (sheet,) = sheet_file.read(workbook([*table, ["合计", total, "亿元"]]))
        layout = reading.layout_of(sheet)
        return reading.total_differences(sheet, layout, mapping.propose(layout))

    assert differences(1.05) == ()
    assert [one.cell for one in differences(5.01)] == ["B4"]


# What is asked about

WRONG = {
    "no day": ("总投资（万元）|截至日期", (1, "尽快"), ("said_as_of", "C2", "尽快", "unreadable_date", ())),
    "no unit": ("总投资|计量单位", (1, "公里"), ("said_unit", "C2", "公里", "unit_unfit", ())),
    "no unit of sums": ("总投资|计量单位", (1, "%"), ("said_unit", "C2", "%", "unit_unfit", ())),
    "another than every heading": (
        "总投资（亿元）|计量单位",
        (1, "万元"),
        ("said_unit", "C2", "万元", "unit_unfit", ()),
    ),
    "a day on which two columns are one": (
        "2025年完成投资（万元）|今年完成投资（万元）|截至日期",
        (1, 2, "2025-12-31"),
        ("said_as_of", "D2", "2025-12-31", "columns_the_same", ()),
    ),
}


@pytest.mark.parametrize(("heads", "cells", "fault"), WRONG.values(), ids=WRONG)
def test_a_day_or_a_unit_that_does_not_fit_is_named_in_its_cell(heads, cells, fault):
    assert fault in faults(row_of(f"项目名称|{heads}", "新厂", *cells))


def test_a_day_to_come_is_refused_beside_the_record():
    known = project("藻渡水库")
    row = row_of("项目名称|总投资（万元）|截至日期", "藻渡水库", 1, "2030-01")
    (found,) = comparison.compare([row], source=None, at=AT)
    assert (found.project, found.cells[0].outcome) == (known.code, "refused")


def test_what_only_a_sheet_of_statements_has_is_left_out_still():
    found = columns_of("项目名称|总投资（万元）|数值|所属期|数据项名", ["新厂", 1, 2, 2026, "甲"])
    assert [code for code, _ in found] == ["name", "total_investment", "", "", ""]
    assert mapping.out_of_place(["name", "said_as_of", "said_unit", "said_value", "said_period"]) == [
        "said_value",
        "said_period",
    ]
