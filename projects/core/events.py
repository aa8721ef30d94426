"""What happened to a project: what began and ended, what changed, what was corrected.

An event falls on the last day of what it is true as of (an actual date: of its value), a correction and the
first mention on the day on which they became known. As known on K it is one that was known by then and still
is. Rows of them are `models.event`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from projects.choices import EventKind, Milestone, Topic
from projects.core.promises import Dated, Facts
from projects.core.rectangles import FOREVER, Rectangle, StandingValues
from projects.core.statements import DATED_TOPICS, Statement, differ

# The steps that have a name of their own, in their order.
STEPS = {
    Milestone.STARTED: EventKind.STARTED,
    Milestone.COMPLETED: EventKind.COMPLETED,
    Milestone.OPERATING: EventKind.OPERATING,
}
# What news tell of: neither that a record is there, nor what its stage is called, nor mistakes.
NEWS = (
    *(*STEPS.values(), EventKind.MILESTONE),
    *(EventKind.CONDITION, EventKind.MOVED, EventKind.AMOUNT),
)
Known = dict[str, Statement]


@dataclass(frozen=True, slots=True)
class EventValues:
    """Known from one day until another; `ref` the claim that says it, `was_ref` the one that held before."""

    what: EventKind
    day: date
    known_on: date
    known_until: date = FOREVER
    milestone: str = ""
    ref: str = ""
    was_ref: str = ""


def events(statements: Iterable[Statement], cut: list[Rectangle]) -> list[EventValues]:
    """Of public statements and the rectangles that they make."""
    said = {one.ref: one for one in statements}
    ends = [one for one in cut if one.asof_to == FOREVER]
    found = [*_first(said), *_corrections(said), *_facts(ends), *_along_asof(cut, ends, said)]
    return _joined(found)


def _first(said: Known) -> Iterator[EventValues]:
    first = min(said.values(), key=lambda one: (one.known_on, one.entered, one.ref), default=None)
    if first:
        yield EventValues(EventKind.NEW, first.known_on, first.known_on, ref=first.ref)


def _corrections(said: Known) -> Iterator[EventValues]:
    for one in said.values():
        if one.corrects in said:
            measure = one.series.measure if one.series.topic in DATED_TOPICS else ""
            on = one.known_on
            yield EventValues(EventKind.CORRECTED, on, on, FOREVER, measure, one.ref, one.corrects)


def _facts(ends: list[Rectangle]) -> Iterator[EventValues]:
    """What has happened, as far as is known, each on the last day on which it can have."""
    for one in ends:
        for told in one.standing.milestones:
            if told.actual:
                step = Milestone(told.milestone)
                what, day = STEPS.get(step, EventKind.MILESTONE), told.actual.value.latest
                yield EventValues(what, day, one.known_from, one.known_to, step.value, told.actual.ref)


def _along_asof(cut: list[Rectangle], ends: list[Rectangle], said: Known) -> Iterator[EventValues]:
    """What changes where a rectangle ends along the as-of clock and the next begins, while both are known."""
    begun: dict[date, list[Rectangle]] = {}
    for one in cut:
        begun.setdefault(one.asof_from, []).append(one)
    for then in cut:
        for now in begun.get(then.asof_to, ()):
            known = _shared((then.known_from, then.known_to), (now.known_from, now.known_to))
            if known:
                event = EventValues(EventKind.STAGE, now.asof_from, *known)
                yield from _changes(event, then.standing, now.standing, said)
                yield from _steps(event, then.standing, now.standing, ends, said)


def _shared(one: tuple[date, date], other: tuple[date, date]) -> tuple[date, date] | None:
    """The days that two spans of knowledge have in common, from the first to the one after the last."""
    first, last = max(one[0], other[0]), min(one[1], other[1])
    return (first, last) if first < last else None


def _changes(
    event: EventValues, then: StandingValues, now: StandingValues, said: Known
) -> Iterator[EventValues]:
    if then.condition != now.condition:
        yield replace(event, what=EventKind.CONDITION, ref=now.condition_ref, was_ref=then.condition_ref)
    before, after = then.total_investment, now.total_investment
    if before and after and differ(before.value, after.value, Topic.TOTAL_INVESTMENT):
        yield replace(event, what=EventKind.AMOUNT, ref=after.ref, was_ref=before.ref)
    held = {(told.milestone, told.scope): _promise(told) for told in then.milestones}
    for told in now.milestones:
        was, promise = held.get((told.milestone, told.scope)), _promise(told)
        if was and promise and differ(said[was.ref].value, said[promise.ref].value, Topic.PROMISED):
            yield replace(
                event, what=EventKind.MOVED, milestone=told.milestone, ref=promise.ref, was_ref=was.ref
            )


def _promise(told: Facts) -> Dated | None:
    return told.undecided or told.promised


def _steps(
    event: EventValues, then: StandingValues, now: StandingValues, ends: list[Rectangle], said: Known
) -> Iterator[EventValues]:
    """A change of stage: told as the step taken where it shows one, else as the change itself.

    Where the day of that step is known the step is an event already (`_facts`), so this one is told only of
    the days of knowledge on which it is not.
    """
    if _reached(then) == _reached(now) or said[now.stage_ref].series.topic != Topic.STAGE:
        return
    event = replace(event, ref=now.stage_ref, was_ref=then.stage_ref)
    step = _passed(then, now)
    if step is None:
        yield event
        return
    for end in ends:
        known = _shared((event.known_on, event.known_until), (end.known_from, end.known_to))
        if known and not _has_happened(step, end.standing):
            first, last = known
            yield replace(event, what=STEPS[step], milestone=step.value, known_on=first, known_until=last)


def _reached(held: StandingValues) -> float | None:
    """How far; what is only nearly so stands just below."""
    return held.stage.order - bool(held.stage_qualifier) / 2 if held.stage else None


def _passed(then: StandingValues, now: StandingValues) -> Milestone | None:
    """The furthest step that was known not to be taken before: of those before it no day is known."""
    before, after = _reached(then), _reached(now)
    if before is None or after is None or now.stage_qualifier:
        return None
    taken = [step for step in STEPS if before < step.stage.order <= after]
    return taken[-1] if taken else None


def _has_happened(step: Milestone, held: StandingValues) -> bool:
    """A date of the whole is known; building begins with the first part."""
    dated = (told for told in held.milestones if told.actual and told.milestone == step)
    return any(not told.scope or step == Milestone.STARTED for told in dated)


def _joined(found: Iterable[EventValues]) -> list[EventValues]:
    """The same event, known on from one rectangle to the next, is one."""
    joined: dict[tuple[object, ...], EventValues] = {}
    done: list[EventValues] = []
    for one in sorted(found, key=lambda one: one.known_on):
        key = (one.what, one.day, one.milestone, one.ref, one.was_ref)
        before = joined.get(key)
        if before and before.known_until >= one.known_on:
            one = replace(before, known_until=max(before.known_until, one.known_until))
        elif before:
            done.append(before)
        joined[key] = one
    return [*done, *joined.values()]
