"""When rounds open and end by themselves: by the calendar, after silence, the same in the end."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.reports.rules import rounds

DAYS = st.dates(date(2025, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    ("last", "today", "months"),
    [
        ("2026-01", date(2026, 2, 24), []),
        ("2026-01", date(2026, 2, 25), ["2026-02"]),
        ("2026-02", date(2026, 2, 25), []),
        ("2025-11", date(2026, 1, 3), ["2025-12"]),
        ("2025-11", date(2026, 3, 2), ["2025-12", "2026-01", "2026-02"]),
        # Nothing of years back: only the newest.
        ("2021-12", date(2026, 3, 2), ["2025-12", "2026-01", "2026-02"]),
        # Somebody opened the next one early.
        ("2026-03", date(2026, 3, 2), []),
        ("2026-05", date(2026, 3, 2), []),
        # Never a round before: the one that runs, and none that is over.
        (None, date(2026, 3, 2), ["2026-02"]),
        (None, date(2026, 3, 5), ["2026-02"]),
        (None, date(2026, 3, 6), []),
        (None, date(2026, 3, 24), []),
        (None, date(2026, 3, 25), ["2026-03"]),
        (None, date(2026, 1, 1), ["2025-12"]),
    ],
)
def test_the_months_whose_day_has_come(last, today, months):
    assert rounds.to_open(last, today) == months


def test_a_round_ends_the_day_after_its_last():
    last = date(2026, 3, 5)
    assert [rounds.has_ended(last, last + timedelta(days)) for days in (-1, 0, 1)] == [False, False, True]


class Office:
    """Rounds as the command leaves them: month by month, open or closed."""

    def __init__(self, first: str):
        self.months = {first: False}

    def run(self, today: date) -> None:
        for month in rounds.to_open(max(self.months), today):
            self.months[month] = False
        for month in self.months:
            if rounds.has_ended(rounds.default_days(month)[1], today):
                self.months[month] = True


@given(begin=DAYS, silence=st.integers(1, 85))
def test_after_silence_the_rounds_are_those_of_a_daily_run(begin, silence):
    first = rounds.to_open("2000-01", begin)[-1]
    daily, silent = Office(first), Office(first)
    daily.run(begin), silent.run(begin)
    for day in range(1, silence + 1):
        daily.run(begin + timedelta(day))
    silent.run(begin + timedelta(silence))
    assert daily.months == silent.months


@given(begin=DAYS, last=st.none() | DAYS.map(lambda day: f"{day:%Y-%m}"))
def test_what_was_opened_is_not_opened_again(begin, last):
    months = rounds.to_open(last, begin)
    assert rounds.to_open(months[-1], begin) == [] if months else True
    assert months == sorted(set(months)) and len(months) <= rounds.CATCH_UP
    assert all(rounds.default_days(month)[0] <= begin for month in months)
