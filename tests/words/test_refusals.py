"""Every refusal says what is wrong and what is taken, in both languages."""

import re
from datetime import date

import pytest
from django.utils.translation import override

from projects.choices import Milestone, ReportState, Stage, Topic, ValueKind
from projects.claims.rules import faults_of, lacks_note
from projects.core import chinese_dates, fuzzy_dates, money
from projects.core.refusals import Fault, Refused
from projects.core.statements import Series, Statement
from projects.imports.rules.lookups import UNKNOWN
from projects.pages.rules import pdf_refusals
from projects.reports.rules.attachments import NOT_KEPT
from projects.words import refusals
from tests.words.codes import raised_with

VALUES = {
    "text": "乱写",
    "ref": "d004-c012",
    "kind": ValueKind.MONEY.value,
    "stage": Stage.BUILDING.value,
    "value": "2024-10",
    "known_on": "2024-10-17",
    "today": "2026-11-20",
    "since": "2026-01-31",
    "amount": "1000000000",
    "percent": "37.5",
    "meant": "3750",
    "count": "3",
    "most": "2000",
    "milestone": Milestone.COMPLETED.value,
    "earlier": Milestone.STRUCTURE.value,
    "state": ReportState.APPROVED.value,
    "number": "12",
    "size": "10485760",
    "pixels": "25000000",
    "now": "2027-04-06T01:00:00+00:00",
    "newest": "2026-03-02T01:00:00+00:00",
    "new": "总投资（亿元）",
    "gone": "总投资（万元）",
}
CODES = sorted(
    raised_with("Fault")
    | raised_with("Refused")
    | raised_with("_fault_in", 2)
    | raised_with("CellFault", 3)
    | set(UNKNOWN.values())
    | set(NOT_KEPT.values())
    | {"changed_meanwhile", *pdf_refusals.REFUSED, "paper_too_many_pages"}
)
BAD_DATES = ("unreadable_date", "no_such_day", "year_out_of_range", "reversed", "lies_after")
BAD_DATES += ("ambiguous", "no_beginning")
BAD_SUMS = ("unreadable_sum", "no_unit", "fraction_of_yuan", "negative_sum", "too_large")


def _both(say, refusal):
    with override("en"):
        english = say(refusal)
    with override("zh-hans"):
        chinese = say(refusal)
    return english, chinese


def _reads_well(english, chinese):
    assert re.search(r"[.?]$", english)
    assert chinese.endswith("。")
    assert "%(" not in english + chinese
    assert "%%" not in english + chinese


@pytest.mark.parametrize("code", CODES)
def test_each_code_has_a_sentence(code):
    _reads_well(*_both(refusals.sentence, Fault(code, "value", VALUES)))


def test_no_sentence_is_left_over():
    assert set(refusals.SENTENCES) == set(CODES)


@pytest.mark.parametrize(
    ("code", "values", "english", "chinese"),
    [
        ("known_in_future", {"today": "2026-11-20"}, "today, 20 November 2026,", "今天（2026年11月20日）"),
        ("actual_as_of_differs", {"value": "2024-10"}, "give October 2024", "填为2024年10月"),
        ("wrong_kind_of_value", {"kind": "money"}, "amount of money", "金额"),
        ("step_back_without_note", {"stage": "building"}, "“under construction”", "“在建”"),
        ("beyond_hundred", {}, "100%.", "100%。"),
        ("unknown_topic", {"text": "100%(s)"}, "“100%(s)”", "“100%(s)”"),
        ("figure_fell", {"amount": "1000000000", "since": "2026-01-31"}, "31 January 2026", "2026年1月31日"),
        ("beyond_total", {"amount": "1000000000"}, "CNY 1.0 billion", "10 亿元"),
        ("progress_fell", {"percent": "37.5"}, "37.5%", "37.5%"),
        (
            "dates_out_of_order",
            {"milestone": "completed", "earlier": "structure"},
            "“completion” cannot come before “main structure finished”",
            "“主体完工”",
        ),
    ],
)
def test_values_read_as_people_write_them(code, values, english, chinese):
    in_english, in_chinese = _both(refusals.sentence, Fault(code, "value", values))
    assert english in in_english
    assert chinese in in_chinese


def test_the_values_that_checks_give_fill_the_sentences():
    known_on = date(2024, 10, 17)
    period = Series(Topic.ACTUAL, "nonsense", "", "never")
    draft = Statement(
        "r", period, fuzzy_dates.parse("2024-11"), fuzzy_dates.parse("2024-12"), known_on, corrects="x"
    )
    faults = faults_of(draft, project="QJ-0001", measures=frozenset(), today=date(2024, 10, 1))
    back = Statement("r", Series(Topic.STAGE), "planned", fuzzy_dates.parse("2024"), known_on)
    faults += lacks_note(back, "", Stage.BUILDING)
    assert len(faults) > 5
    for fault in faults:
        _reads_well(*_both(refusals.sentence, fault))


@pytest.mark.parametrize("why", BAD_DATES)
def test_each_bad_date_has_a_sentence_with_an_example(why):
    english, chinese = _both(refusals.in_words, Refused(why, text="2025年前"))
    _reads_well(english, chinese)
    assert "2025年前" in english
    assert "2025年前" in chinese
    if why != "lies_after":  # there what was typed is a good date, of another time
        assert re.search(r"2021|2024", english)
        assert re.search(r"2021|2024", chinese)


@pytest.mark.parametrize("why", BAD_SUMS)
def test_each_bad_sum_has_a_sentence_with_an_example(why):
    english, chinese = _both(refusals.in_words, Refused(why, text="一大笔"))
    _reads_well(english, chinese)
    assert "“一大笔”" in english
    assert "“一大笔”" in chinese
    assert re.search("[0-9]+[万亿]?元", english)
    assert re.search("[0-9]+[万亿]?元", chinese)


def test_a_field_has_examples_of_its_own():
    bad = Refused("unreadable_date", text="早晚")
    with override("en"):
        assert refusals.in_words(bad, ["2027-06", "2027年底"]).endswith(
            "write for example 2027-06, 2027年底."
        )


@pytest.mark.parametrize(
    "text", ["2024年10月17日", "2024-10", "2025年底前", "2024-10-17", "2024-09/2024-12", "2021-01"]
)
def test_the_dates_given_as_examples_are_taken(text):
    assert chinese_dates.read(text, date(2024, 10, 17))


@pytest.mark.parametrize("text", ["99.56亿元", "约300万元", "300万元", "12345元", "40亿元"])
def test_the_sums_given_as_examples_are_taken(text):
    assert money.parse(text)
