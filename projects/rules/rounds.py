"""The monthly round: its default days, who is expected, what is late, when a pause is renewed."""

from __future__ import annotations

import re
from datetime import date, timedelta

from projects.choices import Condition, Stage
from projects.rules import dates

OPENS_ON_DAY, CLOSES_ON_DAY = 25, 5  # of the month itself, of the next one
EXPECTED = frozenset({Stage.SIGNED, Stage.PREPARING, Stage.BUILDING, Stage.COMPLETED})
REPORTING = frozenset({Condition.ACTIVE, Condition.PAUSED})
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


def is_month(text: str) -> bool:
    """Whether a text is one calendar month such as 2026-03, within the years that dates may have."""
    try:
        return _MONTH.fullmatch(text) is not None and dates.parse(text).precision == "month"
    except dates.BadDate:
        return False


def default_days(month: str) -> tuple[date, date]:
    """From the 25th of the month to the 5th of the next."""
    whole = dates.parse(month)
    following = whole.latest + timedelta(days=1)
    return whole.earliest.replace(day=OPENS_ON_DAY), following.replace(day=CLOSES_ON_DAY)


def is_expected(stage: str | None, condition: str, is_public: bool) -> bool:
    """Whether a round asks for a report on a project."""
    return is_public and stage in EXPECTED and condition in REPORTING


def is_late(submitted_on: date, closes_on: date, is_closed: bool) -> bool:
    return is_closed or submitted_on > closes_on


def as_of_day(month_end: date, submitted_on: date) -> date:
    """What a report says is true as of the month's end, or of its submission where that came first."""
    return min(month_end, submitted_on)


def needs_renewal(noted_on: date | None, today: date) -> bool:
    """Whether a pause has no note of this quarter yet."""
    return noted_on is None or _quarter(noted_on) < _quarter(today)


def _quarter(day: date) -> tuple[int, int]:
    return day.year, (day.month - 1) // 3
