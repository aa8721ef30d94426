"""How a report reads beside the record, in both languages."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from projects.choices import Condition, Kind, RecordType, Stage, Topic
from projects.core import fuzzy_dates
from projects.core.money import Money
from projects.core.statements import Series, Statement
from projects.models import Project
from projects.reports import diff_words
from projects.reports.rules import soft_checks
from projects.reports.rules.content import Content, Held, Pause, Promise
from projects.reports.rules.report_diff import Difference, compared, of_amount
from projects.words import deadlines
from tests.words.codes import raised_with

YI = 10**8


def read(one: Difference, language: str) -> tuple[str, ...]:
    with override(language):
        line = diff_words.line(one)
        return line.field, line.before, line.after, line.change, line.why


def promise(before: str | None, after: str, **fields) -> Difference:
    return Difference(
        "promises",
        before and fuzzy_dates.parse(before),
        fuzzy_dates.parse(after),
        milestone="completed",
        **fields,
    )


@pytest.mark.parametrize(
    ("one", "english", "chinese"),
    [
        (
            Difference("stage", "building", "completed"),
            ("stage", "under construction", "completed", "", ""),
            ("阶段", "在建", "竣工", "", ""),
        ),
        (
            Difference("to_date", Money(10 * YI, "yi", 0), Money(1012345678, "yuan", 0)),
            ("invested to date", "CNY 1.0 billion", "1,012,345,678 yuan", "+CNY 12.345678 million", ""),
            ("开工以来累计完成投资", "10 亿元", "1,012,345,678 元", "+1,234.5678 万元", ""),
        ),
        (
            Difference("this_year", Money(2 * YI, "yi", 0), Money(5000 * 10**4, "wan", 0)),
            ("invested in the year", "CNY 200 million", "CNY 50.00 million", "−CNY 150 million", ""),
            ("当年累计完成投资", "2 亿元", "5,000 万元", "−1.5 亿元", ""),
        ),
        (
            Difference("progress", Decimal(40), Decimal("60.00")),
            ("physical progress", "40%", "60.00%", "+20 percentage points", ""),
            ("完成比例", "40%", "60.00%", "+20 个百分点", ""),
        ),
        (
            promise("2026-12", "2027-03", reason="funding", words="等待放款"),
            (
                "promised date of completion",
                "December 2026",
                "March 2027",
                "3 months later",
                "funding: 等待放款",
            ),
            ("竣工承诺日期", "2026年12月", "2027年3月", "推迟 3 个月", "资金：等待放款"),
        ),
        (
            promise("2026-12", "2026-11", scope="一期"),
            ("promised date of completion (一期)", "December 2026", "November 2026", "31 days earlier", ""),
            ("竣工承诺日期（一期）", "2026年12月", "2026年11月", "提前 31 天", ""),
        ),
        (
            promise("2026", "2026-12"),
            ("promised date of completion", "2026", "December 2026", "the last day stays", ""),
            ("竣工承诺日期", "2026年", "2026年12月", "最后期限不变", ""),
        ),
        (
            Difference("works", None, "主体封顶"),
            ("works", "", "主体封顶", "", ""),
            ("本月工程进展", "", "主体封顶", "", ""),
        ),
    ],
)
def test_a_field_the_values_and_the_difference(one, english, chinese):
    assert (read(one, "en"), read(one, "zh-hans")) == (english, chinese)


def test_what_is_the_same_has_no_difference():
    assert read(Difference("to_date", Money(YI, "yi", 0), Money(YI, "yi", 0)), "en")[3] == ""


FULL = Content(
    stage=Stage.BUILDING.value,
    condition=Condition.PAUSED.value,
    this_year=Money(YI, "yi", 0),
    to_date=Money(YI, "yi", 0),
    progress=Decimal(1),
    works="一",
    next_steps="二",
    promises=(Promise("completed", fuzzy_dates.parse("2027")),),
    pause=Pause("三", fuzzy_dates.parse("2027"), "四"),
)


def test_every_field_has_a_name_in_both_languages():
    lines = compared(FULL, Held())
    assert {one.field for one in lines} == {*diff_words.FIELDS, "promises"}
    for one in lines:
        assert read(one, "en")[0] != read(one, "zh-hans")[0], one.field
    with override("zh-hans"):
        said = {one.field: diff_words.line(one) for one in lines}
    assert {name for name, line in said.items() if line.is_wordy} == diff_words.WORDY
    assert {name for name, line in said.items() if line.is_internal} == diff_words.INTERNAL


def test_every_check_that_may_be_waved_through_has_its_words():
    """The control is that the codes are found in the source of the checks."""
    codes = _codes_of_doubts()
    assert {"beyond_total", "first_figure"} <= codes <= raised_with("Fault")
    assert set(diff_words._CHECKS) == codes
    assert diff_words.checks({"gone_since": "因故"}) == [("gone_since", "因故")]


def _codes_of_doubts() -> set[str]:
    names = {
        name
        for check in soft_checks.SOFT_CHECKS
        for name in check.__code__.co_consts
        if isinstance(name, str)
    }
    return names & raised_with("Fault")


@pytest.mark.parametrize(
    ("days", "english", "chinese"),
    [
        (3, "3 days left", "还剩 3 天"),
        (1, "1 day left", "还剩 1 天"),
        (0, "due today", "今天截止"),
        (-1, "1 day late", "已逾期 1 天"),
        (-90, "3 months late", "已逾期 3 个月"),
    ],
)
def test_how_much_time_is_left(days, english, chinese):
    with override("en"):
        assert deadlines.left(days) == english
    with override("zh-hans"):
        assert deadlines.left(days) == chinese


def test_of_a_project_stages_and_steps_are_called_by_its_kind_as_on_its_page():
    bid = Project(name="国家高新区创建", kind=Kind.INDUSTRIAL, record_type=RecordType.BID)
    with override("zh-hans"):
        stage = diff_words.line(Difference("stage", "preparing", "completed"), bid)
        alike = diff_words.line(Difference("stage", "preparing", "building"), bid)
        step = diff_words.line(promise(None, "2027"), bid)
    assert (stage.before, stage.after) == ("申报中", "已获批")
    assert (alike.before, alike.after) == ("申报中 (前期)", "申报中 (在建)"), "a change is seen"
    assert step.field != "竣工承诺日期" and step.field.endswith("承诺日期")


def test_what_stands_beside_a_figure_on_record_is_said_of_it():
    about = Statement(
        ref="a",
        series=Series(Topic.INVESTED_TO_DATE),
        value=Money(10 * YI, "yi", 0),
        as_of=fuzzy_dates.parse("2026-01"),
        known_on=date(2026, 2, 1),
        source="s",
        qualifier="about",
    )
    with override("zh-hans"):
        line = diff_words.line(of_amount("to_date", about, Money(11 * YI, "yi", 0)))
    assert (line.before, line.after) == ("约 10 亿元", "11 亿元")
