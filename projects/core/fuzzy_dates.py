"""Fuzzy dates: EDTF text with the earliest and the latest day it may mean, and how they compare.

The subset of EDTF (ISO 8601-2): `2021`, `2021-12`, `2021-12-31`, quarters `2021-33` to `2021-36`, halves
`2021-40` and `2021-41`, spans `A/B` (one unknown day within), and `~` for approximate, which moves no bound.

Not here: what people type in Chinese or keep in Excel (`core.chinese_dates`), how a date reads on a page
(`words`), what becomes of a promise once its date has passed (the verdicts).
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from projects.core.refusals import Refused

FIRST_YEAR, LAST_YEAR = 1900, 2200

_POINT = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?~?")
# What follows the year -> (first month, number of months); nothing at all is the whole year.
_PERIODS = (
    {"": (1, 12)}
    | {f"{month:02}": (month, 1) for month in range(1, 13)}
    | {f"{32 + quarter}": (3 * quarter - 2, 3) for quarter in range(1, 5)}
    | {f"{39 + half}": (6 * half - 5, 6) for half in (1, 2)}
)
_CODES = {months: code for code, months in _PERIODS.items()}
_PRECISIONS = {12: "year", 6: "half", 3: "quarter", 1: "month"}


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """One day that is not known exactly: it lies from `earliest` to `latest`, both included."""

    text: str
    earliest: date
    latest: date

    def __hash__(self) -> int:
        """Words of dates are remembered by them: the text tells them apart, and knows its hash already."""
        return hash(self.text)

    @property
    def is_approximate(self) -> bool:
        return "~" in self.text

    @property
    def precision(self) -> str:
        """`day`, `month`, `quarter`, `half`, `year` or `span`, as it is written (not as wide as it is)."""
        if "/" in self.text:
            return "span"
        code = self.text.removesuffix("~")[5:]
        return _PRECISIONS[_PERIODS[code][1]] if code in _PERIODS else "day"

    @property
    def width(self) -> int:
        """How many days it may be: 1 for a day, 365 or 366 for a year."""
        return (self.latest - self.earliest).days + 1


@lru_cache(maxsize=4096)  # a record says the same few dates over and over
def parse(text: str) -> Fuzzy:
    """Read EDTF text strictly; the text is kept as it is.

    A span runs from the earliest day of its first part to the latest of its second. The second part must not
    begin before the first one does, so `2021-06/2021` is refused.
    """
    first, slash, second = text.partition("/")
    earliest, latest = _bounds(first)
    if slash:
        begins, latest = _bounds(second)
        if begins < earliest:
            raise Refused("reversed", text=text)
    if latest < earliest:
        raise Refused("reversed", text=text)
    return Fuzzy(text, earliest, latest)


def day(on: date) -> Fuzzy:
    return parse(on.isoformat())


def span(earliest: date, latest: date) -> Fuzzy:
    """The days from one to the other, written as the day, month, quarter, half or year that they are."""
    if latest < earliest:
        raise Refused("reversed", text=f"{earliest}/{latest}")
    if earliest == latest:
        return day(earliest)
    code = _code(earliest, latest)
    if code is None:
        return parse(f"{earliest}/{latest}")
    return parse(f"{earliest.year}-{code}".removesuffix("-"))


def approximate(fuzzy: Fuzzy) -> Fuzzy:
    return fuzzy if fuzzy.is_approximate else Fuzzy(f"{fuzzy.text}~", fuzzy.earliest, fuzzy.latest)


def cut(fuzzy: Fuzzy, on: date) -> Fuzzy:
    """What is left of it up to a day: "this year", said on 17 October, ends on 17 October."""
    if fuzzy.latest <= on:
        return fuzzy
    if on < fuzzy.earliest:
        raise Refused("lies_after", text=fuzzy.text)
    left = span(fuzzy.earliest, on)
    return approximate(left) if fuzzy.is_approximate else left


def contains(outer: Fuzzy, inner: Fuzzy) -> bool:
    return outer.earliest <= inner.earliest and inner.latest <= outer.latest


def overlaps(a: Fuzzy, b: Fuzzy) -> bool:
    return a.earliest <= b.latest and b.earliest <= a.latest


def slippage(day: date, span: Fuzzy) -> int:
    """Days of a plain day against a promised span: 0 within, days after it, minus the days before it."""
    return max((day - span.latest).days, 0) + min((day - span.earliest).days, 0)


def slippage_span(actual: Fuzzy, promised: Fuzzy) -> tuple[int, int]:
    """The least and the most that an actual may have slipped: the slippage of both its bounds."""
    return slippage(actual.earliest, promised), slippage(actual.latest, promised)


def _bounds(point: str) -> tuple[date, date]:
    match = _POINT.fullmatch(point)
    if match is None or (not match[3] and (match[2] or "") not in _PERIODS):
        raise Refused("unreadable_date", text=point)
    year = int(match[1])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused("year_out_of_range", text=point)
    if match[3]:
        return _one_day(point, year, int(match[2]), int(match[3]))
    month, count = _PERIODS[match[2] or ""]
    return date(year, month, 1), _last_day(year, month + count - 1)


def _one_day(point: str, year: int, month: int, day_of_month: int) -> tuple[date, date]:
    try:
        only = date(year, month, day_of_month)
    except ValueError:
        raise Refused("no_such_day", text=point) from None
    return only, only


def _code(earliest: date, latest: date) -> str | None:
    """What follows the year where the days are exactly one period of it; None where they are not."""
    if earliest.year != latest.year or earliest.day != 1 or latest != _last_day(latest.year, latest.month):
        return None
    return _CODES.get((earliest.month, latest.month - earliest.month + 1))


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
