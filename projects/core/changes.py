"""What changed when: for each day on which something became known, which values came, went or gave way.

What holds on each of these days is decided in `core.precedence` and `core.stages`; how a change reads is the
page's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from projects.choices import Topic
from projects.core import precedence, stages
from projects.core.fuzzy_dates import Fuzzy
from projects.core.statements import Series, Statement, Value


@dataclass(frozen=True, slots=True)
class Change:
    """On a day of knowledge a series got another value; None where it had or has none."""

    known_on: date
    known: Fuzzy  # the same, as vaguely as the sources of that day give it
    series: Series
    before: Statement | None
    after: Statement | None


def changes(statements: Iterable[Statement], asof: date) -> list[Change]:
    """Every change of a project's values as of one day, the newest first.

    A value that is merely said again is no change. Descriptions of works are left out: one does not replace
    another, all of them hold.
    """
    said = [one for one in statements if one.series.topic != Topic.WORKS]
    found: list[Change] = []
    held: dict[Series, Statement] = {}
    for day in sorted({one.known_on for one in said}):
        now = stages.winners(precedence.candidates(precedence.live(said, day), asof))
        known = min((one.known for one in said if one.known_on == day), key=attrgetter("earliest"))
        found[:0] = _between(held, now, day, known)
        held = now
    return found


def _between(
    was: dict[Series, Statement], now: dict[Series, Statement], day: date, known: Fuzzy
) -> list[Change]:
    """What differs from one day of knowledge to the next, in the order of topics."""
    order = list(Topic)
    pairs = ((series, was.get(series), now.get(series)) for series in was.keys() | now.keys())
    found = [
        Change(day, known, series, before, after)
        for series, before, after in pairs
        if before is not after and _value(before) != _value(after)
    ]
    return sorted(found, key=lambda one: (order.index(Topic(one.series.topic)), one.series))


def _value(said: Statement | None) -> tuple[Value | None, str] | None:
    return (said.value, said.qualifier) if said else None
