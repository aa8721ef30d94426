"""Working days in China, by year: the days off and the weekends worked, each year with its notice.

The State Council says each autumn which they are in the year to come. Of a year that is not here yet Monday
to Friday count, and whatever is reckoned with it is said with "about". A new year is a new entry of `YEARS`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

DAYS_TO_ANSWER = 5
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Year:
    """The notice that says so, spans of days off, and days of a weekend that are worked."""

    notice: str
    off: tuple[tuple[date, date], ...]
    worked: tuple[date, ...]


YEARS = {
    2026: Year(
        "国办发明电〔2025〕7号",
        (
            (date(2026, 1, 1), date(2026, 1, 3)),
            (date(2026, 2, 15), date(2026, 2, 23)),
            (date(2026, 4, 4), date(2026, 4, 6)),
            (date(2026, 5, 1), date(2026, 5, 5)),
            (date(2026, 6, 19), date(2026, 6, 21)),
            (date(2026, 9, 25), date(2026, 9, 27)),
            (date(2026, 10, 1), date(2026, 10, 7)),
        ),
        (
            date(2026, 1, 4),
            date(2026, 2, 14),
            date(2026, 2, 28),
            date(2026, 5, 9),
            date(2026, 9, 20),
            date(2026, 10, 10),
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class AnswerDay:
    """The last day on which an answer comes in time, and whether every day until then is known."""

    on: date
    is_sure: bool


def is_working(day: date) -> bool:
    year = YEARS.get(day.year)
    if year and day in year.worked:
        return True
    is_off = year is not None and any(first <= day <= last for first, last in year.off)
    return day.weekday() < SATURDAY and not is_off


def due(received_on: date) -> AnswerDay:
    """Five working days after the day on which it came."""
    day, left = received_on, DAYS_TO_ANSWER
    while left:
        day += timedelta(days=1)
        left -= is_working(day)
    return AnswerDay(day, is_sure(received_on, day))


def is_sure(first: date, last: date) -> bool:
    return all(year in YEARS for year in range(first.year, last.year + 1))


def notices(first: date, last: date) -> list[str]:
    """What it was reckoned by."""
    return [YEARS[year].notice for year in range(first.year, last.year + 1) if year in YEARS]
