"""What cells mean in their columns: everything that offices type, and nothing guessed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.core import fuzzy_dates, money
from projects.core.date_words import DateRead
from projects.core.date_words import read as read_date
from projects.core.money import Money
from projects.core.refusals import Refused
from projects.core.statements import Number
from projects.imports.rules.cells import ERROR, FORMULA, NUMBER, Cell
from projects.imports.rules.lookups import ProjectTable, WordTable
from projects.imports.rules.values import is_nothing, read_percent, read_sum, text_of
from tests.imports.workbooks import serial

SAID_ON = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("text", "value", "qualifier", "is_planned"),
    [
        ("2026-03-01", "2026-03-01", "", None),
        ("46082", "2026-03-01", "", None),
        ("2026.10", "2026-10", "", None),
        ("2026年3月", "2026-03", "", None),
        ("２０２６年３月", "2026-03", "", None),
        ("2026/3/1", "2026-03-01", "", None),
        ("三季度", "2026-35", "", None),
        ("2027年一季度", "2027-33", "", None),
        ("年底", "2026-03-31/2026-12-31", "", None),
        ("2026年底前", "2026-03-31/2026-12-31", "", None),
        ("上半年", "2026-40", "", None),
        ("预计2027年6月", "2027-06", "expected", True),
        ("计划2027年6月开工", "2027-06", "", True),
        ("拟于2027年6月开工建设", "2027-06", "", True),
        ("力争2026年12月底前建成投用", "2026-03-31/2026-12-31", "", True),
        ("已于2025年3月开工", "2025-03", "", False),
        ("2025年3月正式开工", "2025-03", "", None),
        ("2027年6月竣工验收", "2027-06", "", None),
    ],
)
def test_dates_are_read_with_the_words_around_them(text, value, qualifier, is_planned):
    found = read_date(text, SAID_ON)
    assert (found.value.text, found.qualifier, found.is_planned) == (value, qualifier, is_planned)


@pytest.mark.parametrize("text", ["待定", "未定", "暂未确定", "另行确定", "预计待定", "TBD"])
def test_that_no_date_stands_is_read(text):
    assert read_date(text, SAID_ON) == DateRead(None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026.1", "ambiguous"),
        ("2026-02-30", "no_such_day"),
        ("尽快", "unreadable_date"),
        ("计划", "unreadable_date"),
        ("开工", "unreadable_date"),
        ("手续办理完成后6个月", "unreadable_date"),
        ("2026年3月和2027年6月", "unreadable_date"),
        ("12345.6", "unreadable_date"),
    ],
)
def test_a_date_in_doubt_is_refused_as_it_stands(text, code):
    with pytest.raises(Refused) as refused:
        read_date(text, SAID_ON)
    assert (refused.value.code, refused.value.faults[0].values["text"]) == (code, text)


@pytest.mark.parametrize(
    ("text", "unit", "yuan", "qualifier"),
    [
        ("1,234.50", "wan", 12345000, ""),
        ("１２３４．５", "wan", 12345000, ""),
        ("1.2亿", "wan", 120000000, ""),
        ("3000万", "yi", 30000000, ""),
        ("约3000万元", "", 30000000, "about"),
        ("超1.5", "yi", 150000000, "over"),
        ("0", "wan", 0, ""),
    ],
)
def test_sums_are_read_in_their_own_unit_or_the_headings(text, unit, yuan, qualifier):
    found, word = read_sum(text, unit)
    assert (found.yuan, word) == (yuan, qualifier)


@pytest.mark.parametrize(
    ("text", "unit", "code"),
    [
        ("100", "", "no_unit"),
        ("100", "%", "no_unit"),
        ("一大笔", "wan", "unreadable_sum"),
        ("1-2亿", "wan", "unreadable_sum"),
        ("-5", "wan", "negative_sum"),
        ("0.00001", "wan", "fraction_of_yuan"),
        ("9" * 20, "wan", "too_large"),
    ],
)
def test_a_sum_in_doubt_is_refused(text, unit, code):
    with pytest.raises(Refused, match=code):
        read_sum(text, unit)


def test_per_cents_are_read_and_nothing_else():
    assert (
        read_percent("35%") == read_percent("３５％") == read_percent("完成35%") == Number(Decimal(35), "%")
    )
    for text in ("35公里", "过半", "3" * 20):
        with pytest.raises(Refused, match="unreadable_number"):
            read_percent(text)


def test_failed_formulas_and_those_without_value_are_named():
    with pytest.raises(Refused, match="cell_error"):
        text_of(Cell(ERROR, "#REF!"))
    with pytest.raises(Refused, match="cell_formula"):
        text_of(Cell(FORMULA, ""))
    assert text_of(Cell(NUMBER, " 3 ")) == "3"


@pytest.mark.parametrize("text", ["", "-", "—", "——", "/", "／", "无", "N/A", "、", "*", "不变"])
def test_marks_of_an_empty_cell_say_nothing(text):
    assert is_nothing(text)


@pytest.mark.parametrize("text", ["0", "无锡路", "-5", "待定"])
def test_what_says_something_is_no_such_mark(text):
    assert not is_nothing(text)


DAYS = st.dates(date(1991, 1, 1), date(2100, 12, 31))


@given(DAYS)
def test_every_way_of_writing_a_day_is_that_day(on):
    for text in (str(serial(on)), on.isoformat(), f"{on.year}年{on.month}月{on.day}日", f"{on:%Y%m%d}"):
        assert read_date(text, SAID_ON).value.earliest == read_date(text, SAID_ON).value.latest == on
    assert read_date(f"{on.year}年{on.month}月{on.day}日开工", SAID_ON).value.latest == on


@given(DAYS)
def test_the_next_serial_number_is_another_day(on):
    """The control: a reader that is off by one is seen."""
    assert read_date(str(serial(on) + 1), SAID_ON).value.latest == on + timedelta(1)


@given(st.integers(0, 10**14), st.sampled_from(["yuan", "wan", "yi"]), st.booleans())
def test_every_way_of_writing_a_sum_is_that_sum(yuan, unit, is_wide):
    text = money.figure(Money(yuan, unit, {"yuan": 0, "wan": 4, "yi": 8}[unit]))
    whole, _, part = text.partition(".")
    text = f"{int(whole):,}" + (f".{part}" if part else "")
    if is_wide:
        text = text.translate({at: at + 0xFEE0 for at in range(0x21, 0x7F)})
    assert read_sum(text, unit)[0].yuan == yuan


POINTS = ["2026", "2026-33", "2026-40", "2026-12", "2026-12~", "2026-09/2027-03", "2026-10-17/2026-12-31~"]


@pytest.mark.parametrize("text", POINTS)
def test_dates_of_our_own_workbooks_come_back_as_they_were_written(text):
    assert read_date(text, SAID_ON) == DateRead(fuzzy_dates.parse(text))
    assert read_date(f"预计{text}", SAID_ON) == DateRead(fuzzy_dates.parse(text), "expected", True)


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused_in_a_code(text):
    for read in (lambda: read_date(text, SAID_ON), lambda: read_sum(text, "wan"), lambda: read_percent(text)):
        try:
            read()
        except Refused as refused:
            assert refused.code


def test_words_are_found_exactly_and_those_alike_are_offered():
    stages = WordTable.of([("在建", "building"), ("竣工", "completed"), ("前期工作", "preparing")])
    assert stages.code(" 在 建 ") == "building"
    for text in ("在建中", "基本竣工", "好"):
        with pytest.raises(Refused, match="unknown_word"):
            stages.code(text)
    assert (stages.near("在建中"), stages.near("前期")) == (("building",), ("preparing",))
    assert stages.near("好") == ()


def test_units_are_found_with_or_without_their_district():
    units = WordTable.of(
        [("发展改革委", "fagai"), ("綦江区交通局", "jiaotong")], "unknown_department", is_of_district=True
    )
    for text in ("区发展改革委", "重庆市綦江区发展改革委", "发展改革委", "发展改革委（牵头）"[:5]):
        assert units.code(text) == "fagai"
    assert units.code("交通局") == "jiaotong"
    with pytest.raises(Refused, match="unknown_department"):
        units.code("发改委")
    assert units.near("发改委") == ("fagai",)


def test_projects_alike_are_offered_and_others_are_not():
    table = ProjectTable()
    table.add("QJ-0001", "a", 1, ["藻渡水库工程", "Zaodu Reservoir"])
    table.add("QJ-0002", "b", 1, ["赶水铁路物流园"])
    assert table.named("藻 渡水库工程") == "QJ-0001"
    assert table.named("藻渡水库") is None
    assert table.near("重庆市綦江区藻渡水库") == ("QJ-0001",)
    assert table.near("石壕煤矿") == ()
    assert table.near("") == ()
