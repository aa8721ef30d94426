"""What happened to a project, from its rectangles of days: dated facts and changes.

Along the days as of which, as everything is known now: it came on record, its stage moved, a promise slipped.
Along the days of knowledge: what was said of a day became known better. Rows of them are `models.event`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from projects.choices import Condition, EventKind, Stage
from projects.core.money import Money
from projects.core.rectangles import FOREVER, Rectangle, StandingValues


@dataclass(frozen=True, slots=True)
class EventValues:
    """On the day as of which it is true; `until` the first day on which it no longer is, of a correction."""

    what: EventKind
    day: date
    known_on: date
    before: str = ""
    after: str = ""
    milestone: str = ""
    scope: str = ""
    until: date = FOREVER


Change = tuple[EventKind, str, str, str, str]  # what, before, after, milestone, scope


def events(rectangles: list[Rectangle]) -> list[EventValues]:
    return [*_along_asof(rectangles), *_along_known(rectangles)]


def _along_asof(rectangles: list[Rectangle]) -> Iterator[EventValues]:
    now = sorted((one for one in rectangles if one.known_to == FOREVER), key=lambda one: one.asof_from)
    if not now:
        return
    yield EventValues(EventKind.NEW, now[0].asof_from, now[0].known_from, after=now[0].standing.stage or "")
    yield from _facts(now[-1])
    for one, other in zip(now, now[1:], strict=False):
        known_on = max(one.known_from, other.known_from)
        for what, before, after, milestone, scope in _changes(one.standing, other.standing):
            yield EventValues(what, other.asof_from, known_on, before, after, milestone, scope)


def _facts(now: Rectangle) -> Iterator[EventValues]:
    """What has happened, each on the last day on which it can have."""
    for told in now.standing.milestones:
        if told.actual:
            said = told.actual.value
            yield EventValues(
                EventKind.ACTUAL, said.latest, now.known_from, "", said.text, told.milestone, told.scope
            )


def _changes(then: StandingValues, now: StandingValues) -> Iterator[Change]:
    if then.stage != now.stage:
        stages = (then.stage or "", now.stage or "")
        yield EventKind.STAGE, *stages, "", ""
        for what, step in ((EventKind.STARTED, Stage.BUILDING), (EventKind.FINISHED, Stage.COMPLETED)):
            if then.stage and now.stage and then.stage.order < step.order <= now.stage.order:
                yield what, *stages, "", ""
    if then.condition != now.condition:
        is_end = now.condition == Condition.CANCELLED
        what = EventKind.CANCELLED if is_end else EventKind.CONDITION
        yield what, then.condition.value, now.condition.value, "", ""
    if raised := _raised(then, now):
        yield EventKind.RAISED, *raised, "", ""
    if slipped := next(_slipped(then, now), None):
        yield EventKind.SLIPPED, *slipped


def _raised(then: StandingValues, now: StandingValues) -> tuple[str, str] | None:
    before, after = _yuan(then), _yuan(now)
    return (str(before), str(after)) if before is not None and after is not None and after > before else None


def _yuan(held: StandingValues) -> int | None:
    total = held.total_investment.value if held.total_investment else None
    return total.yuan if isinstance(total, Money) else None


def _slipped(then: StandingValues, now: StandingValues) -> Iterator[tuple[str, str, str, str]]:
    """The milestones whose promise that holds now ends later than the one that held."""
    later = {(told.milestone, told.scope): told.promised for told in now.milestones}
    for told in then.milestones:
        before, after = told.promised, later.get((told.milestone, told.scope))
        if before and after and after.value.latest > before.value.latest:
            yield before.value.text, after.value.text, told.milestone, told.scope


def _along_known(rectangles: list[Rectangle]) -> Iterator[EventValues]:
    """Where two rectangles touch at a day of knowledge and say something else of the same days."""
    begun: dict[date, list[Rectangle]] = {}
    for one in rectangles:
        begun.setdefault(one.known_from, []).append(one)
    for one in rectangles:
        for other in begun.get(one.known_to, ()):
            first, last = max(one.asof_from, other.asof_from), min(one.asof_to, other.asof_to)
            if first < last and _says(one.standing) != _says(other.standing):
                yield EventValues(EventKind.CORRECTED, first, one.known_to, until=last)


def _says(held: StandingValues) -> tuple[object, ...]:
    agreed = held.agreed_investment.value if held.agreed_investment else None
    return (held.stage, held.condition, _yuan(held), agreed, held.milestones)
