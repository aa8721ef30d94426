"""What the rows of today keep, so that pages compare days and add nothing up: pure values.

A milestone's verdict and slippage turn on one day only, the last of its first promise; the rows hold both
sides of that day. The tallies are the counts that pages of everything show.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from projects.choices import COUNTED_TYPES, Condition, Verdict
from projects.core import promises
from projects.core.promises import Facts

NO_DAY = date.min  # of a tally that does not depend on a day
EVENT = "event"  # what is tallied of events by their day
UNKNOWN, ADDS, PART = "unknown", "adds", "part"  # whether an amount is added to a sum of everything


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of a first promise, and by how many days it slipped."""

    verdict: Verdict | None = None
    slip: tuple[int, int] | None = None


def judgements(told: Facts) -> tuple[Judgement, Judgement]:
    """The judgement up to the last day of the first promise, and after it: no other day changes it."""
    if told.first is None:
        return Judgement(), Judgement()
    due = told.first.value.latest
    days = (due, due if due == date.max else due + timedelta(days=1))
    until, after = (Judgement(promises.verdict(told, day), promises.slippage(told, day)) for day in days)
    return until, after


def order_of_slip(until: Judgement, after: Judgement) -> int | None:
    """What a list sorts by; what stands to its first day has slipped by nothing yet."""
    found = after.slip or (until.slip if until.slip != (0, 0) else None)
    return found[1] if found else None


def earliest_due(milestones: Iterable[Facts]) -> date | None:
    """The first day by which something that is still to come was promised."""
    return min((told.to_come.value.latest for told in milestones if told.to_come), default=None)


def is_to_come(milestones: Iterable[Facts], asof: date) -> bool:
    """Whether some promise that holds may still come by that day or later."""
    return any(told.to_come is not None and told.to_come.value.latest >= asof for told in milestones)


def counts_by_itself(record_type: str, condition: str) -> bool:
    """By type and condition alone; whether the headline counts it depends on its phases, too."""
    return record_type in COUNTED_TYPES and condition != Condition.CANCELLED


@dataclass(frozen=True, slots=True)
class TallyKey:
    """What is counted: a facet's choice, or what falls on a day."""

    what: str
    choice: str
    is_counted: bool = False
    day: date = NO_DAY


@dataclass(frozen=True, slots=True)
class TallySum:
    n: int = 0
    yuan: int = 0

    def __add__(self, other: TallySum) -> TallySum:
        return TallySum(self.n + other.n, self.yuan + other.yuan)

    def __neg__(self) -> TallySum:
        return TallySum(-self.n, -self.yuan)


def added(parts: Iterable[tuple[TallyKey, TallySum]]) -> dict[TallyKey, TallySum]:
    """Each key once; those that come to nothing are left out."""
    sums: dict[TallyKey, TallySum] = {}
    for key, part in parts:
        sums[key] = sums.get(key, TallySum()) + part
    return {key: one for key, one in sums.items() if one != TallySum()}


def difference(before: dict[TallyKey, TallySum], after: dict[TallyKey, TallySum]) -> dict[TallyKey, TallySum]:
    return added([*after.items(), *((key, -one) for key, one in before.items())])
