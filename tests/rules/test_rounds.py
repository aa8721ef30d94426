"""Rounds: their default days, who is expected, what is late, when a pause is explained anew."""

from datetime import date

import pytest

from projects.choices import Condition, Stage
from projects.rules import rounds


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
    assert rounds.is_month(text) is is_one


@pytest.mark.parametrize("stage", [*Stage, None, ""])
@pytest.mark.parametrize("condition", Condition)
def test_of_whom_a_report_is_expected(stage, condition):
    is_at_work = stage in ("signed", "preparing", "building", "completed")
    is_going_on = condition in ("active", "paused")
    assert rounds.is_expected(stage, condition, True) is (is_at_work and is_going_on)
    assert rounds.is_expected(stage, condition, False) is False


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
