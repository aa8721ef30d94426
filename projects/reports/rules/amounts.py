"""How the amounts of a report hang together: one computes the other, what a usual month is, which is more."""

from __future__ import annotations

from datetime import date, timedelta

from projects.core import money
from projects.core.money import Money

MOST_DECIMALS = 8  # beyond them a yuan of 亿 is broken
A_YEAR = timedelta(days=366)


def usual_month(points: list[tuple[date, int]]) -> int | None:
    """The mean growth of a month over the last year on record; None where that cannot be told."""
    points = sorted(points)
    recent = [point for point in points if point[0] >= points[-1][0] - A_YEAR]
    if not recent:
        return None
    (since, least), (until, most) = recent[0], recent[-1]
    months = months_between(since, until)
    return (most - least) // months or None if months and most > least else None


def months_between(since: date, until: date) -> int:
    return (until.year - since.year) * 12 + until.month - since.month


def completed(
    this_year: Money | None, to_date: Money | None, before: int | None
) -> tuple[Money | None, Money | None]:
    """This year's investment computes that since the start, and the other way round.

    `before` is what had been invested when the year began, in yuan.
    """
    if before is None or (this_year and to_date):
        return this_year, to_date
    if this_year:
        return this_year, _printed_like(this_year, before + this_year.yuan)
    if to_date and to_date.yuan >= before:
        return _printed_like(to_date, to_date.yuan - before), to_date
    return None, to_date  # nothing was said, or less than before the year: the checks say so


def exceeds(one: Money, other: Money) -> bool:
    """Whether one is more, beyond the precision of the coarser one."""
    return one.yuan > other.yuan and not money.same_within_precision(one, other)


def in_full(yuan: int) -> Money:
    """A computed sum in the unit of its size, with the fewest decimals that lose nothing."""
    return in_unit(yuan, money.digits_and_unit(yuan)[1])


def in_unit(yuan: int, unit: str) -> Money:
    return _printed_like(Money(yuan, unit, 0), yuan)


def _printed_like(amount: Money, yuan: int) -> Money:
    """A computed sum in the unit of another, with the fewest decimals that lose nothing."""
    for decimals in range(amount.decimals, MOST_DECIMALS):
        printed = Money(yuan, amount.unit, decimals)
        if money.parse(money.figure(printed), amount.unit)[0].yuan == yuan:
            return printed
    return Money(yuan, amount.unit, MOST_DECIMALS)
