"""Which claim holds: as of day D, as known on day K, for one series (DESIGN §3.1–3.3).

Holds live claims, candidates, the winner and its conflicts. What a winner means for a project's
stage is in `core.stages`, for its promises in `core.promises`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from projects.choices import Topic
from projects.core import fuzzy_dates
from projects.core.fuzzy_dates import Fuzzy
from projects.core.statements import Series, Statement, differ

# What decides between two candidates, in the order in which it is asked.
LATER, STATED, RANK, NARROWER, KNOWN_LATER, REF = "later", "stated", "rank", "narrower", "known_later", "ref"
REASONS = (LATER, STATED, RANK, KNOWN_LATER, REF)
REASONS_FOR_ACTUALS = (STATED, RANK, NARROWER, KNOWN_LATER, REF)
Strength = tuple[date, bool, int, date, str] | tuple[bool, int, int, date, str]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Another statement that differs from the one that holds, and what decided between them."""

    other: Statement
    reason: str


@dataclass(frozen=True, slots=True)
class Holding:
    """The statement that holds for a series, and those that contradict it."""

    winner: Statement
    conflicts: tuple[Conflict, ...]


def live(statements: Iterable[Statement], known: date) -> list[Statement]:
    """Those known by `known` that nothing known by then corrects, withdrawals among them."""
    seen = [statement for statement in statements if statement.known_on <= known]
    corrected = {statement.corrects for statement in seen}
    return [statement for statement in seen if statement.ref not in corrected]


def candidates(alive: Iterable[Statement], asof: date) -> list[Statement]:
    """Live statements that say something and had come true by `asof`."""
    return [one for one in alive if one.value is not None and one.as_of.latest <= asof]


def strength(statement: Statement) -> Strength:
    """The sort key that decides: the greatest of a series' candidates holds."""
    tail = (statement.known_on, statement.ref)
    if statement.series.topic == Topic.ACTUAL:
        # Its as-of is its own value, so as-of does not decide; the more exact date does.
        return (statement.is_stated, statement.rank, -statement.value_as(Fuzzy).width, *tail)
    return (statement.as_of.latest, statement.is_stated, statement.rank, *tail)


def reason(winner: Statement, other: Statement) -> str:
    """The first thing in which the winner is stronger."""
    names = REASONS_FOR_ACTUALS if winner.series.topic == Topic.ACTUAL else REASONS
    pairs = zip(names, strength(winner), strength(other), strict=True)
    return next((name for name, won, lost in pairs if won != lost), REF)


def contradicts(winner: Statement, other: Statement) -> bool:
    """Whether a candidate stands in conflict with the one that holds."""
    if winner.said_at == other.said_at or not differ(winner.value, other.value, winner.series.topic):
        return False
    if winner.series.topic == Topic.ACTUAL or fuzzy_dates.overlaps(winner.as_of, other.as_of):
        return True
    same_target = winner.speaks_of_a_plan and other.speaks_of_a_plan and winner.series.period
    return bool(same_target) and winner.source != other.source


def strongest(statements: Iterable[Statement]) -> Statement | None:
    """The one that holds among the candidates of one series."""
    return max(statements, key=strength, default=None)


def holding(series_candidates: list[Statement]) -> Holding:
    """The winner among the candidates of one series, with its conflicts, strongest first."""
    winner, *rest = sorted(series_candidates, key=strength, reverse=True)
    others = (one for one in rest if contradicts(winner, one))
    return Holding(winner, tuple(Conflict(one, reason(winner, one)) for one in others))


def by_series(statements: Iterable[Statement]) -> dict[Series, list[Statement]]:
    """The statements of each series, in the order given."""
    groups: dict[Series, list[Statement]] = defaultdict(list)
    for statement in statements:
        groups[statement.series].append(statement)
    return dict(groups)


def holdings(said: Iterable[Statement]) -> dict[Series, Holding]:
    """What holds for every series among candidates, with what contradicts it."""
    return {series: holding(group) for series, group in by_series(said).items()}


def winners(said: Iterable[Statement]) -> dict[Series, Statement]:
    """What holds for every series among candidates."""
    return {series: max(group, key=strength) for series, group in by_series(said).items()}
