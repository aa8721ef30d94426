"""Which claim holds: as of day D, as known on day K, for one series (rules 1 to 3).

Holds live claims, candidates, the winner and its conflicts. What a winner means for a project's
stage is in `core.stages`, for its promises in `core.promises`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from projects.choices import Qualifier, Topic
from projects.core import fuzzy_dates
from projects.core.fuzzy_dates import Fuzzy
from projects.core.statements import Series, Statement, differ

# What decides between two candidates, in the order in which it is asked.
LATER, FIRM, STATED, RANK, NARROWER, KNOWN_LATER = (
    "later",
    "firm",  # the other is only expected
    "stated",
    "rank",
    "narrower",
    "known_later",
)
REASONS = (LATER, FIRM, STATED, RANK, KNOWN_LATER)
REASONS_FOR_ACTUALS = (STATED, RANK, NARROWER, KNOWN_LATER)
# `LATER` where the two spans overlap: which was said of the later day is not known.
ENDS_LATER = "ends_later"
Strength = tuple[date, bool, bool, int, date] | tuple[bool, int, int, date]
# The tail, where all of these are equal.
EARLIER_PLACE, ENTERED_FIRST = "earlier_place", "entered_first"


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

    @property
    def by_value(self) -> list[list[Conflict]]:
        """What contradicts it, with all that give one value and for one reason do not hold."""
        alike: dict[tuple[object, ...], list[Conflict]] = {}
        for one in self.conflicts:
            said = one.other
            alike.setdefault((said.value, said.qualifier, said.is_stated, one.reason), []).append(one)
        return list(alike.values())


def live(statements: Iterable[Statement], known: date) -> list[Statement]:
    """Those known by `known` that nothing known by then corrects, withdrawals among them."""
    seen = [statement for statement in statements if statement.known_on <= known]
    corrected = {statement.corrects for statement in seen}
    return [statement for statement in seen if statement.ref not in corrected]


def candidates(alive: Iterable[Statement], asof: date) -> list[Statement]:
    """Live statements that say something and had come true by `asof`."""
    return [one for one in alive if one.value is not None and one.as_of.latest <= asof]


def strength(statement: Statement) -> Strength:
    """The sort key that decides: the greatest of a series' candidates holds; of equals `first_said`."""
    if statement.series.topic == Topic.ACTUAL:
        # Its as-of is its own value, so as-of does not decide; the more exact date does.
        width = statement.value_as(Fuzzy).width
        return (statement.is_stated, statement.rank, -width, statement.known_on)
    is_firm = statement.qualifier != Qualifier.EXPECTED
    return (statement.as_of.latest, is_firm, statement.is_stated, statement.rank, statement.known_on)


def first_said(equals: Iterable[Statement]) -> Statement:
    """The tail of every tie: within a source the earlier place, of two sources the row entered first.

    Each source speaks with its earliest place, so that the outcome does not depend on the order of asking.
    """
    speakers: dict[tuple[str, str], Statement] = {}
    for one in equals:
        speaker = (one.source, "" if one.place else one.ref)
        speakers[speaker] = min(speakers.get(speaker, one), one, key=_place)
    return min(speakers.values(), key=lambda one: one.entered)


def _place(statement: Statement) -> tuple[list[int], int]:
    """In the order of the outline, in which captions stand last; no paragraph is its beginning."""
    return ([part or 0 for part in statement.place or ()], statement.entered)


def reason(winner: Statement, other: Statement) -> str:
    """The first thing in which the winner is stronger."""
    names = REASONS_FOR_ACTUALS if winner.series.topic == Topic.ACTUAL else REASONS
    pairs = zip(names, strength(winner), strength(other), strict=True)
    decided = next((name for name, won, lost in pairs if won != lost), None)
    if decided == LATER and fuzzy_dates.overlaps(winner.as_of, other.as_of):
        return ENDS_LATER
    return decided or _reason_of_tail(winner, other)


def _reason_of_tail(winner: Statement, other: Statement) -> str:
    is_one_source = winner.source == other.source and winner.place and other.place
    return EARLIER_PLACE if is_one_source and winner.place != other.place else ENTERED_FIRST


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
    found = list(statements)
    if len(found) < 2:
        return found[0] if found else None
    best = max(map(strength, found))
    return first_said(one for one in found if strength(one) == best)


def ranked(statements: Iterable[Statement]) -> list[Statement]:
    """The strongest first; of equals the one entered first."""
    return sorted(sorted(statements, key=lambda one: one.entered), key=strength, reverse=True)


def holding(series_candidates: list[Statement]) -> Holding:
    """The winner among the candidates of one series, with its conflicts, strongest first."""
    winner = strongest(series_candidates)
    if winner is None:
        raise ValueError("a series without candidates")
    others = (one for one in ranked(series_candidates) if one is not winner and contradicts(winner, one))
    return Holding(winner, tuple(Conflict(one, reason(winner, one)) for one in others))


def by_series(statements: Iterable[Statement]) -> dict[Series, list[Statement]]:
    """The statements of each series, in the order given."""
    groups: dict[Series, list[Statement]] = defaultdict(list)
    for statement in statements:
        groups[statement.series].append(statement)
    return dict(groups)


def winners(said: Iterable[Statement]) -> dict[Series, Statement]:
    """What holds for every series among candidates."""
    found = {series: strongest(group) for series, group in by_series(said).items()}
    return {series: one for series, one in found.items() if one}


def holdings(said: Iterable[Statement]) -> dict[Series, Holding]:
    """What holds for every series among candidates, with what contradicts it; of stages see `core.stages`."""
    return {series: holding(group) for series, group in by_series(said).items()}


def corrections(pairs: Iterable[tuple[str, str | None]]) -> dict[str, str]:
    """From pairs of a ref and the ref that it corrects: for each ref that was corrected, its correction.

    Only where both are among the pairs: a claim that is not public any more is not named.
    """
    corrected = dict(pairs)
    return {corrects: ref for ref, corrects in corrected.items() if corrects in corrected}
