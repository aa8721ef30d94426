"""Rounds: their days and state, who is expected, what is late and counted, when a pause is explained anew."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.choices import Condition, ReportState, RoundState, Stage
from projects.core import months
from projects.reports.rules import rounds
from projects.reports.rules.rounds import Tally


@pytest.mark.parametrize(
    ("month", "opens_on", "closes_on"),
    [
        ("2026-02", date(2026, 2, 25), date(2026, 3, 5)),
        ("2025-12", date(2025, 12, 25), date(2026, 1, 5)),
    ],
)
def test_a_round_opens_on_the_25th_and_closes_on_the_5th(month, opens_on, closes_on):
    assert rounds.default_days(month) == (opens_on, closes_on)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("2026-03", True),
        ("2026-12", True),
        ("2026-13", False),
        ("2026-00", False),
        ("2026", False),
        ("2026-03-01", False),
        ("2026-33", False),  # a quarter
        ("2026-03~", False),
        ("1026-03", False),  # out of range
        ("2026-03\n", False),
        ("２０２６-03", False),
        ("", False),
    ],
)
def test_a_month_is_one_calendar_month(text, is_one):
    assert months.is_month(text) is is_one


@pytest.mark.parametrize("stage", [*Stage, None, ""])
@pytest.mark.parametrize("condition", Condition)
def test_of_whom_a_report_is_expected(stage, condition):
    is_at_work = stage in ("signed", "preparing", "building", "completed")
    is_going_on = condition in ("active", "paused")
    assert rounds.is_expected(stage, condition) is (is_at_work and is_going_on)


@pytest.mark.parametrize(
    ("cadence", "stage", "is_one"),
    [
        ("", "signed", False),
        ("", "completed", True),
        ("", None, False),
        ("monthly", "completed", False),
        ("quarterly", "signed", True),
    ],
)
def test_a_projects_own_cadence_goes_before_its_stages(cadence, stage, is_one):
    assert rounds.is_quarterly(cadence, stage, {"completed"}) is is_one


def test_which_rounds_ask_quarterly():
    asking = [month for month in range(1, 13) if rounds.ends_quarter(f"2026-{month:02}")]
    assert asking == [3, 6, 9, 12]


def test_what_is_late():
    closes_on = date(2026, 3, 5)
    assert not rounds.is_late(closes_on, closes_on, is_closed=False)
    assert rounds.is_late(date(2026, 3, 6), closes_on, is_closed=False)
    assert rounds.is_late(date(2026, 3, 1), closes_on, is_closed=True)


def test_a_report_is_true_as_of_the_earlier_of_the_months_end_and_its_submission():
    end = date(2026, 2, 28)
    assert rounds.as_of_day(end, date(2026, 3, 4)) == end
    assert rounds.as_of_day(end, date(2026, 2, 26)) == date(2026, 2, 26)


@pytest.mark.parametrize(
    ("noted_on", "today", "is_due"),
    [
        (None, date(2026, 2, 1), True),
        (date(2026, 1, 31), date(2026, 3, 31), False),
        (date(2026, 3, 31), date(2026, 4, 1), True),
        (date(2025, 3, 31), date(2026, 3, 31), True),
        (date(2026, 6, 30), date(2026, 4, 1), False),
    ],
)
def test_a_pause_is_explained_anew_each_quarter(noted_on, today, is_due):
    assert rounds.needs_renewal(noted_on, today) is is_due


@pytest.mark.parametrize(
    ("today", "is_closed", "expected"),
    [
        (date(2026, 2, 24), False, RoundState.COMING),
        (date(2026, 2, 25), False, RoundState.OPEN),
        (date(2026, 3, 5), False, RoundState.OPEN),
        (date(2026, 3, 6), False, RoundState.OVERDUE),
        (date(2026, 3, 1), True, RoundState.ENDED),
        (date(2026, 4, 1), True, RoundState.ENDED),
    ],
)
def test_the_state_of_a_round(today, is_closed, expected):
    assert rounds.state_of(date(2026, 2, 25), date(2026, 3, 5), is_closed, today) == expected


@pytest.mark.parametrize(
    ("day", "following"),
    [(date(2026, 1, 31), "2026-02"), (date(2026, 12, 1), "2027-01"), (date(2024, 2, 29), "2024-03")],
)
def test_the_month_after_a_day(day, following):
    assert months.month_after(day) == following


def test_reports_are_counted_by_state():
    told = rounds.tally([("", False), ("draft", False), ("submitted", True), ("approved", False)])
    assert told == Tally(missing=1, draft=1, submitted=1, approved=1, late=1)
    assert (told.expected, told.handed_in, told.outstanding, told.completeness) == (4, 2, 2, Decimal(50))


def test_a_late_one_that_was_returned_is_outstanding():
    assert rounds.tally([("returned", True), ("approved", True)]).late == 1


@pytest.mark.parametrize(
    ("missing", "approved", "percent"),
    [(0, 0, None), (3, 0, "0"), (1, 2, "66.7"), (0, 7, "100"), (1, 9999, "99.9"), (7, 1, "12.5")],
)
def test_completeness_is_handed_in_of_expected_and_whole_only_where_all_is(missing, approved, percent):
    told = Tally(missing=missing, approved=approved).completeness
    assert told == (None if percent is None else Decimal(percent))


STATES = st.tuples(st.sampled_from(["", *ReportState.values]), st.booleans())


@given(st.lists(st.lists(STATES, max_size=8), max_size=5))
def test_the_tally_of_all_is_the_sum_of_the_units(units):
    whole = rounds.tally(one for unit in units for one in unit)
    assert sum((rounds.tally(unit) for unit in units), Tally()) == whole
    assert whole.expected == sum(map(len, units))


@pytest.mark.parametrize(
    ("today", "opens_on"),
    [
        (date(2026, 3, 2), date(2026, 3, 25)),
        (date(2026, 3, 24), date(2026, 3, 25)),
        (date(2026, 3, 25), date(2026, 4, 25)),
        (date(2026, 12, 31), date(2027, 1, 25)),
    ],
)
def test_when_the_next_round_usually_opens(today, opens_on):
    assert rounds.next_opening(today) == opens_on
