"""The monthly round: its days, when it opens and ends, who is expected, what is late, when a pause is
renewed.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal

from projects.choices import Cadence, Condition, RoundState, Stage
from projects.core import fuzzy_dates
from projects.core.months import month_after
from projects.core.numbers import rounded
from projects.reports.rules.workflow import HANDED_IN

A_YEAR, A_QUARTER = 12, 3  # months
CATCH_UP = 3  # months: what was missed before is not asked for any more
EXPECTED = frozenset({Stage.SIGNED, Stage.PREPARING, Stage.BUILDING, Stage.COMPLETED})
REPORTING = frozenset({Condition.ACTIVE, Condition.PAUSED})


def is_usual(month: str, today: date) -> bool:
    """This month and the last are opened without a question."""
    this_month = f"{today:%Y-%m}"
    return month in (this_month, _before(this_month))


def to_choose(taken: Iterable[str], today: date) -> list[str]:
    """The months of which a round can be opened, the newest first: from the next one a year back."""
    months = [month_after(today)]
    while len(months) <= A_YEAR:
        months.append(_before(months[-1]))
    return [month for month in months if month not in set(taken)]


def is_too_far(month: str, today: date) -> bool:
    """A round is opened for this month or the next at the latest: a later one would hide those between."""
    return fuzzy_dates.parse(month).earliest > today + timedelta(days=31)


@dataclass(frozen=True, slots=True)
class UsualDays:
    """Of the month on which a round opens, and on which it closes: of the next one where that comes first."""

    opens: int = 25
    closes: int = 5


USUAL = UsualDays()


def default_days(month: str, usual: UsualDays = USUAL) -> tuple[date, date]:
    """From the 25th of the month to the 5th of the next, where nothing else was set."""
    whole = fuzzy_dates.parse(month)
    ends_in = whole.earliest if usual.closes > usual.opens else whole.latest + timedelta(days=1)
    return whole.earliest.replace(day=usual.opens), ends_in.replace(day=usual.closes)


def to_open(last: str | None, today: date, usual: UsualDays = USUAL) -> list[str]:
    """The months whose opening day has come since the last round, oldest first.

    After a long silence only the newest; without any round before only one that still runs.
    """
    month = _newest(today, usual)
    if last is None:
        return [month] if today <= default_days(month, usual)[1] else []
    missed: list[str] = []
    while month > last and len(missed) < CATCH_UP:
        missed.append(month)
        month = _before(month)
    return missed[::-1]


def has_ended(closes_on: date, today: date) -> bool:
    """Its last day is given whole."""
    return today > closes_on


def next_opening(today: date, usual: UsualDays = USUAL) -> date:
    """The usual day on which the next round opens; the one that opens today is no longer next."""
    is_still_to_come = today.day < usual.opens
    return default_days(f"{today:%Y-%m}" if is_still_to_come else month_after(today), usual)[0]


def state_of(
    opens_on: date, closes_on: date, is_closed: bool, today: date, is_called_off: bool = False
) -> RoundState:
    """Past its last day a round stays open until somebody closes it."""
    if is_called_off:
        return RoundState.CALLED_OFF
    if is_closed:
        return RoundState.ENDED
    if today < opens_on:
        return RoundState.COMING
    return RoundState.OVERDUE if today > closes_on else RoundState.OPEN


def ends_quarter(month: str) -> bool:
    """Whether the round of a month asks for quarterly reports, too."""
    return int(month[-2:]) % A_QUARTER == 0


def is_quarterly(cadence: str, stage: str | None, quarterly: Container[str]) -> bool:
    """A project's own cadence goes before that of its stage; `quarterly` are the stages asked so."""
    return cadence == Cadence.QUARTERLY if cadence else stage in quarterly


def is_expected(stage: str | None, condition: str) -> bool:
    """Whether rounds ask for reports on a public project."""
    return stage in EXPECTED and condition in REPORTING


def is_late(submitted_on: date, closes_on: date, is_closed: bool) -> bool:
    return is_closed or submitted_on > closes_on


def as_of_day(month_end: date, submitted_on: date) -> date:
    """What a report says is true as of the month's end, or of its submission where that came first."""
    return min(month_end, submitted_on)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many reports of a round are in which state; `late` ones are among those handed in."""

    missing: int = 0
    draft: int = 0
    returned: int = 0
    submitted: int = 0
    approved: int = 0
    late: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    def __mul__(self, times: int) -> Tally:
        return Tally(*(times * getattr(self, one.name) for one in fields(self)))

    @property
    def handed_in(self) -> int:
        return self.submitted + self.approved

    @property
    def outstanding(self) -> int:
        return self.missing + self.draft + self.returned

    @property
    def expected(self) -> int:
        return self.handed_in + self.outstanding

    @property
    def completeness(self) -> Decimal | None:
        """Handed in of expected, in %; None where nothing is expected. All of it is 100, never less."""
        if not self.expected:
            return None
        share = rounded(Decimal(100 * self.handed_in) / self.expected, 1)
        return min(share, Decimal("99.9")) if self.outstanding else Decimal(100)


def tally(reports: Iterable[tuple[str, bool]]) -> Tally:
    """Of each report its state, "" where none was begun, and whether it was late."""
    counts = dict.fromkeys((one.name for one in fields(Tally)), 0)
    for state, is_late in reports:
        counts[state or "missing"] += 1
        counts["late"] += is_late and state in HANDED_IN  # one that was returned is still to come
    return Tally(**counts)


def needs_renewal(noted_on: date | None, today: date) -> bool:
    """Whether a pause has no note of this quarter yet."""
    return noted_on is None or _quarter(noted_on) < _quarter(today)


def _quarter(day: date) -> tuple[int, int]:
    return day.year, (day.month - 1) // 3


def _newest(today: date, usual: UsualDays) -> str:
    """The last month whose opening day has come."""
    month = f"{today:%Y-%m}"
    return month if today.day >= usual.opens else _before(month)


def _before(month: str) -> str:
    return f"{fuzzy_dates.parse(month).earliest - timedelta(days=1):%Y-%m}"
