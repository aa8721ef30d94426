"""Where a project stands on any (as-of, known), as rectangles of days.

Holds the standing by the rule applied directly, and the cutting of the plane into rectangles within
which nothing changes. Writing them as rows is `claims.projection`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from projects.choices import Basis, Condition, Stage, Topic
from projects.core import methods, promises, stages
from projects.core.fuzzy_dates import Fuzzy
from projects.core.precedence import by_series, candidates, live, strongest
from projects.core.statements import Series, Statement

FOREVER = date.max  # the open end of a rectangle


@dataclass(frozen=True, slots=True)
class StandingValues:
    """Where a project stands: everything but what depends on the day alone."""

    stage: Stage | None
    stage_basis: Basis | None
    stage_qualifier: str
    stage_since: Fuzzy | None
    stage_last_said: Fuzzy | None
    stage_last_said_basis: Basis | None
    stage_ref: str
    is_partly_in_use: bool
    condition: Condition
    condition_ref: str
    total_investment: Statement | None
    agreed_investment: Statement | None
    invested_to_date: Statement | None
    milestones: tuple[promises.Facts, ...]
    sources: tuple[str, ...]
    last_known_on: date
    last_known: Fuzzy


@dataclass(frozen=True, slots=True)
class Rectangle:
    """Days from ≤ D < to as of which, and from ≤ K < to on which known, the standing is the same."""

    asof_from: date
    asof_to: date
    known_from: date
    known_to: date
    standing: StandingValues


def standing(statements: Iterable[Statement], asof: date, known: date) -> StandingValues | None:
    """The rule applied directly; None where nothing is known."""
    seen = {one.ref: one for one in statements if one.known_on <= known}
    return _standing(live(seen.values(), known), seen, asof)


def _standing(alive: list[Statement], seen: dict[str, Statement], asof: date) -> StandingValues | None:
    said = candidates(alive, asof)
    if not said:
        return None
    reached = stages.reached(said)
    stage = reached.stage if reached else None
    last = stages.last_said(said, reached) if reached else None
    condition, condition_claim = stages.condition(said)
    cancelled = condition_claim if condition == Condition.CANCELLED else None
    series = by_series(said)
    last_known_on = max(one.known_on for one in said)
    newest = (one.known for one in said if one.known_on == last_known_on)
    return StandingValues(
        stage=stage,
        stage_basis=reached.basis if reached else None,
        stage_qualifier=reached.qualifier if reached else "",
        stage_since=stages.since(said, reached) if reached else None,
        stage_last_said=last.as_of if last else None,
        stage_last_said_basis=last.basis if last else None,
        stage_ref=reached.statement.ref if reached else "",
        is_partly_in_use=stages.is_partly_in_use(said, stage),
        condition=condition,
        condition_ref=condition_claim.ref if condition_claim else "",
        total_investment=strongest(series.get(Series(Topic.TOTAL_INVESTMENT), ())),
        agreed_investment=strongest(series.get(Series(Topic.AGREED_INVESTMENT), ())),
        invested_to_date=strongest(methods.preferred(series, Topic.INVESTED_TO_DATE) or ()),
        milestones=promises.facts(alive, seen, asof, cancelled),
        sources=tuple(sorted({one.source for one in said})),
        last_known_on=last_known_on,
        last_known=min(newest, key=lambda on: (on.width, on.text)),
    )


Corners = tuple[date, date, date, date]  # from ≤ D < to, from ≤ K < to
Run = tuple[date, date, StandingValues]  # from ≤ D < to


def rectangles(statements: Iterable[Statement]) -> list[Rectangle]:
    """The fewest rectangles that a sweep over the days of knowledge finds."""
    statements = list(statements)
    days = sorted({one.known_on for one in statements})
    done: list[Rectangle] = []
    growing: dict[Run, date] = {}
    runs: list[Run] = []
    before: dict[str, Statement] = {}
    for day in days:
        seen = {one.ref: one for one in statements if one.known_on <= day}
        alive = {one.ref: one for one in live(seen.values(), day)}
        runs = _next_runs(runs, before, alive, seen)
        ended = [run for run in growing if run not in set(runs)]
        done += [_rectangle(run, growing.pop(run), day) for run in ended]
        growing.update({run: day for run in runs if run not in growing})
        before = alive
    done += [_rectangle(run, since, FOREVER) for run, since in growing.items()]
    return sorted(done, key=lambda one: (one.known_from, one.asof_from))


def _rectangle(run: Run, known_from: date, known_to: date) -> Rectangle:
    asof_from, asof_to, held = run
    return Rectangle(asof_from, asof_to, known_from, known_to, held)


def _next_runs(
    runs: list[Run], before: dict[str, Statement], alive: dict[str, Statement], seen: dict[str, Statement]
) -> list[Run]:
    """The runs of a new day of knowledge: what came or went changes nothing before its own as-of."""
    changed = [(before.get(ref) or alive[ref]) for ref in before.keys() ^ alive.keys()]
    if not changed:
        return runs
    low = min(one.as_of.latest for one in changed)
    kept = [(start, min(end, low), held) for start, end, held in runs if start < low]
    said = [one for one in alive.values() if one.value is not None]
    starts = sorted({one.as_of.latest for one in said if one.as_of.latest > low} | {low})
    ends = [*starts[1:], FOREVER]
    alive_list = list(alive.values())
    fresh = [
        (start, end, held)
        for start, end in zip(starts, ends, strict=True)
        if (held := _standing(alive_list, seen, start)) is not None
    ]
    return _merged(kept + fresh)


def _merged(runs: list[Run]) -> list[Run]:
    """Neighbours that are equal become one."""
    merged: list[Run] = []
    for start, end, held in runs:
        if merged and merged[-1][1] == start and merged[-1][2] == held:
            merged[-1] = (merged[-1][0], end, held)
        else:
            merged.append((start, end, held))
    return merged


def joined(pieces: Iterable[Corners]) -> list[Corners]:
    """The same days by fewer rectangles: those that touch along the one clock, then along the other."""
    return _touching(_touching(pieces, 0), 2)


def _touching(pieces: Iterable[Corners], at: int) -> list[Corners]:
    """What is the same along the other clock and goes on where the one before ends becomes one."""
    other = slice(2 - at, 4 - at)
    found: list[Corners] = []
    for piece in sorted(pieces, key=lambda one: (one[other], one[at])):
        if found and found[-1][other] == piece[other] and found[-1][at + 1] == piece[at]:
            start = found.pop()[at]
            piece = (start, *piece[1:]) if at == 0 else (*piece[:2], start, piece[3])
        found.append(piece)
    return found
