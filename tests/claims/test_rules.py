"""What a draft must satisfy before it is stored: each fault alone, by its code and the field it is on."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given

from projects.choices import Milestone, Stage, Topic, ValueKind
from projects.claims.rules import Corrected, faults_of, faults_of_statistic, lacks_note
from projects.core import fuzzy_dates
from projects.core.money import Money
from projects.core.refusals import Refused
from projects.core.statements import Number
from tests.core.histories import histories
from tests.core.saying import actual, condition, correction, promised, say, stage, total, withdrawal

TODAY = date(2026, 11, 20)
MEASURES = frozenset({"water"})
FIVE = Money(500_000_000, "yi", 0)
TONNES = Number(Decimal("5"), "吨")


def faults(draft, corrected=None) -> list[tuple[str, str]]:
    found = faults_of(draft, project="QJ-0001", measures=MEASURES, corrected=corrected, today=TODAY)
    return [(fault.code, fault.on) for fault in found]


def of_statistic(draft, corrected=None) -> list[tuple[str, str]]:
    return [(one.code, one.on) for one in faults_of_statistic(draft, corrected=corrected, today=TODAY)]


# A sound draft of every topic.
SOUND = {
    Topic.STAGE: stage("building", "2024-10"),
    Topic.CONDITION: condition("paused", "2024-10"),
    Topic.TOTAL_INVESTMENT: total(40, "2024-10", qualifier="about"),
    Topic.AGREED_INVESTMENT: say(Topic.AGREED_INVESTMENT, FIVE, "2024-10"),
    Topic.INVESTED_TO_DATE: say(Topic.INVESTED_TO_DATE, FIVE, "2024-10", scope="一期"),
    Topic.INVESTED_IN_PERIOD: say(Topic.INVESTED_IN_PERIOD, FIVE, "2024-10", period="2024-10"),
    Topic.ANNUAL_PLAN: say(Topic.ANNUAL_PLAN, FIVE, "2024-10", period="2024"),
    Topic.FUNDS: say(Topic.FUNDS, FIVE, "2024-10", qualifier="over"),
    Topic.CAPACITY: say(Topic.CAPACITY, TONNES, "2024-10", measure="water", qualifier="nearly"),
    Topic.PROGRESS: say(Topic.PROGRESS, Number(Decimal("99.5"), "%"), "2024-10"),
    Topic.PROMISED: promised("2025", "2024-10"),
    Topic.ACTUAL: actual("2024-10"),
    Topic.WORKS: say(Topic.WORKS, "架梁", "2024-10", scope="重庆段"),
}


def test_a_sound_draft_of_every_topic_has_no_fault():
    assert set(SOUND) == set(Topic)
    assert {topic: faults(draft) for topic, draft in SOUND.items()} == dict.fromkeys(Topic, [])


@pytest.mark.parametrize(
    ("draft", "fault"),
    [
        # The series
        (say("weather", "sun", "2024-10"), ("unknown_topic", "topic")),
        (promised("2025", "2024-10", milestone="opening"), ("unknown_milestone", "measure")),
        (promised("2025", "2024-10", milestone=""), ("unknown_milestone", "measure")),
        (say(Topic.CAPACITY, TONNES, "2024-10", measure="gold"), ("unknown_measure", "measure")),
        (say(Topic.CAPACITY, TONNES, "2024-10"), ("unknown_measure", "measure")),
        (total(5, "2024-10", measure="water"), ("measure_unwanted", "measure")),
        (condition("paused", "2024-10", scope="一期"), ("scope_unwanted", "scope")),
        (say(Topic.ANNUAL_PLAN, FIVE, "2024-10"), ("period_missing", "period")),
        (say(Topic.INVESTED_IN_PERIOD, FIVE, "2024-10"), ("period_missing", "period")),
        (say(Topic.ANNUAL_PLAN, FIVE, "2024-10", period="this year"), ("bad_date", "period")),
        # The value
        (say(Topic.STAGE, None, "2024-10"), ("value_missing", "value")),
        (say(Topic.STAGE, FIVE, "2024-10"), ("wrong_kind_of_value", "value")),
        (say(Topic.TOTAL_INVESTMENT, "百亿级", "2024-10"), ("wrong_kind_of_value", "value")),
        (say(Topic.PROMISED, "2025", "2024-10", measure="completed"), ("wrong_kind_of_value", "value")),
        (say(Topic.STAGE, "opening", "2024-10"), ("unknown_code", "value")),
        (say(Topic.CONDITION, "building", "2024-10"), ("unknown_code", "value")),
        (say(Topic.FUNDS, Money(5, "dollar", 0), "2024-10"), ("unknown_unit", "unit")),
        (say(Topic.PROGRESS, Number(Decimal(5), ""), "2024-10"), ("unit_missing", "unit")),
        (say(Topic.FUNDS, Money(-5, "yuan", 0), "2024-10"), ("negative", "value")),
        (say(Topic.PROGRESS, Number(Decimal(-1), "%"), "2024-10"), ("negative", "value")),
        (say(Topic.PROGRESS, Number(Decimal("100.1"), "%"), "2024-10"), ("beyond_hundred", "value")),
        (say(Topic.PROGRESS, Number(Decimal(100), "%"), "2024-10"), None),
        (stage("building", "2024-10", qualifier="about"), ("qualifier_unwanted", "qualifier")),
        (promised("2025", "2024-10", qualifier="about"), ("qualifier_unwanted", "qualifier")),
        (promised("2025", "2024-10", qualifier="expected"), None),
        (actual("2024-10", qualifier="expected"), ("qualifier_unwanted", "qualifier")),
        (total(5, "2024-10", qualifier="expected"), None),
        (stage("completed", "2024-10", qualifier="nearly", is_stated=False), None),
        (stage("completed", "2024-10", qualifier="nearly"), ("nearly_is_inferred", "basis")),
        (stage("operating", "2024-10", qualifier="nearly"), ("qualifier_unwanted", "qualifier")),
        # No date stands
        (say(Topic.PROMISED, "tbd", "2024-10", measure="completed"), None),
        (
            say(Topic.PROMISED, "tbd", "2024-10", measure="completed", qualifier="expected"),
            ("qualifier_unwanted", "qualifier"),
        ),
        (say(Topic.ACTUAL, "tbd", "2024-10", measure="completed"), ("tbd_unwanted", "value")),
        (say(Topic.STAGE, "tbd", "2024-10"), ("tbd_unwanted", "value")),
        # The book
        (say(Topic.FUNDS, FIVE, "2024-10", method="payment"), None),
        (say(Topic.FUNDS, FIVE, "2024-10", method="ours"), ("unknown_method", "method")),
        (total(5, "2024-10", method="platform"), ("method_unwanted", "method")),
        # The two clocks
        (total(5, "2024-10", "2024-10-30"), ("true_before_known", "as_of")),
        (total(5, "2024-10", "2026-11-20"), None),
        (total(5, "2024-10", "2026-11-21"), ("known_in_future", "known_on")),
        (actual("2024-10")._replace(as_of=fuzzy_dates.parse("2024-09")), ("actual_as_of_differs", "as_of")),
        # A correction
        (correction(total(5, "2024-10"), FIVE, "2024-11-01"), ("corrects_nothing", "corrects")),
    ],
)
def test_each_fault_is_named_with_its_field(draft, fault):
    assert faults(draft) == ([fault] if fault else [])


def test_all_faults_are_named_not_only_the_first():
    draft = say(Topic.PROMISED, FIVE, "2024-10", "2027-01-01", measure="", period="x")
    assert faults(draft) == [
        ("unknown_milestone", "measure"),
        ("bad_date", "period"),
        ("wrong_kind_of_value", "value"),
        ("known_in_future", "known_on"),
    ]
    found = faults_of(draft, project="QJ-0001", measures=MEASURES, today=TODAY)
    assert Refused.of(found).faults == found and "measure: unknown_milestone" in str(Refused.of(found))


def test_without_a_day_of_today_nothing_lies_in_the_future():
    assert faults_of(total(5, "2024-10", "2199-01-01"), project="QJ-0001", measures=MEASURES) == []


# Corrections

SAID = total(5, "2024-10", "2024-11-05")


@pytest.mark.parametrize(
    ("draft", "of", "fault"),
    [
        (correction(SAID, FIVE, "2024-11-05"), Corrected("QJ-0001", SAID), None),
        (withdrawal(SAID, "2024-12-01"), Corrected("QJ-0001", SAID), None),
        (
            correction(SAID, FIVE, "2024-12-01", as_of=fuzzy_dates.parse("2024-09")),
            Corrected("QJ-0001", SAID),
            None,
        ),
        (
            correction(SAID, FIVE, "2024-12-01"),
            Corrected("QJ-0001", SAID, is_corrected=True),
            ("corrected_already", "corrects"),
        ),
        (
            correction(SAID, FIVE, "2024-12-01"),
            Corrected("QJ-0002", SAID),
            ("corrects_another_series", "corrects"),
        ),
        (
            correction(SAID, FIVE, "2024-12-01"),
            Corrected("QJ-0001", total(5, "2024-10", scope="一期")),
            ("corrects_another_series", "corrects"),
        ),
        (
            correction(SAID, FIVE, "2024-11-04"),
            Corrected("QJ-0001", SAID),
            ("corrected_before_known", "known_on"),
        ),
    ],
)
def test_a_correction_keeps_project_and_series_and_comes_no_earlier(draft, of, fault):
    assert faults(draft, of) == ([fault] if fault else [])


# Figures about the district


@pytest.mark.parametrize(
    ("draft", "fault"),
    [
        (say("gdp", FIVE, "2024-10", period="2024"), None),
        (say("gdp", FIVE, "2024-10", qualifier="about"), None),
        (say("growth", Number(Decimal("-1.5"), "%"), "2024-10"), None),
        (say("industry", "五百亿级", "2024-10", is_target=True), None),
        (say("industry", "五百亿级", "2024-10", qualifier="about"), ("qualifier_unwanted", "qualifier")),
        (say("gdp", None, "2024-10"), ("value_missing", "value")),
        (say("gdp", fuzzy_dates.parse("2025"), "2024-10"), ("wrong_kind_of_value", "value")),
        (say("gdp", Money(5, "dollar", 0), "2024-10"), ("unknown_unit", "unit")),
        (say("roads", Number(Decimal(5), ""), "2024-10"), ("unit_missing", "unit")),
        (say("gdp", FIVE, "2024-10", period="x"), ("bad_date", "period")),
        (say("gdp", FIVE, "2024-10", "2024-10-30"), ("true_before_known", "as_of")),
        (say("gdp", FIVE, "2024-10", "2026-11-21"), ("known_in_future", "known_on")),
        (correction(say("gdp", FIVE, "2024-10"), FIVE, "2024-11-01"), ("corrects_nothing", "corrects")),
    ],
)
def test_each_fault_of_a_figure_about_the_district(draft, fault):
    assert of_statistic(draft) == ([fault] if fault else [])


def test_a_figure_of_another_subject_is_not_corrected():
    other = say("jobs", TONNES, "2024-10")
    draft = correction(say("gdp", FIVE, "2024-10"), FIVE, "2024-11-01")
    assert of_statistic(draft, Corrected("", other)) == [("corrects_another_series", "corrects")]


# Notes


def test_what_is_inferred_says_from_what():
    read = stage("building", "2024-10", is_stated=False)
    assert [one.code for one in lacks_note(read, " \n", None)] == ["inferred_without_note"]
    assert lacks_note(read, "报道称正在架梁", None) == []
    assert lacks_note(stage("building", "2024-10"), "", None) == []


@pytest.mark.parametrize(
    ("draft", "before", "is_one"),
    [
        (stage("preparing", "2024-10"), Stage.BUILDING, True),
        (stage("building", "2024-10"), Stage.BUILDING, False),
        (stage("completed", "2024-10"), Stage.BUILDING, False),
        (stage("preparing", "2024-10"), None, False),
        (stage("preparing", "2024-10", scope="一期"), Stage.BUILDING, False),
        (condition("paused", "2024-10"), Stage.BUILDING, False),
        (withdrawal(stage("building", "2024-10"), "2024-11-01"), Stage.BUILDING, False),
    ],
)
def test_a_step_back_says_why(draft, before, is_one):
    assert [one.code for one in lacks_note(draft, "", before)] == ["step_back_without_note"] * is_one
    assert lacks_note(draft, "停工返工", before) == []


# The table and the vocabulary agree


def test_every_kind_of_value_is_refused_on_every_topic_that_takes_another():
    values = {
        ValueKind.CODE: "building",
        ValueKind.MONEY: FIVE,
        ValueKind.NUMBER: TONNES,
        ValueKind.DATE: fuzzy_dates.parse("2025"),
        ValueKind.TEXT: "building",
    }
    for topic, draft in SOUND.items():
        for kind, value in values.items():
            is_alike = type(value) is type(values[topic.takes])
            found = {code for code, _ in faults(draft._replace(value=value, qualifier=""))}
            assert ("wrong_kind_of_value" in found) is not is_alike, (topic, kind)


@pytest.mark.parametrize("milestone", Milestone)
def test_every_milestone_may_be_promised_and_have_happened(milestone):
    assert faults(promised("2025", "2024-10", milestone=milestone.value)) == []
    assert faults(actual("2024-10", milestone=milestone.value)) == []


@given(histories())
def test_every_claim_of_the_random_histories_is_sound(history):
    """What the properties of the other rules are shown on could really be in the tables."""
    by_ref = {one.ref: one for one in history}
    for draft in history:
        of = Corrected("QJ-0001", by_ref[draft.corrects]) if draft.corrects else None
        assert faults(draft, of) == []
