"""How far a project is, from its claims (rule 5).

Holds the stage with its basis and its two dates, what contradicts it, the condition, and the marker for a
part in use. Milestones and promises are in `core.promises`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from projects.choices import Basis, Condition, Milestone, Stage, Topic
from projects.core import fuzzy_dates, precedence
from projects.core.fuzzy_dates import Fuzzy
from projects.core.precedence import Conflict, Holding, first_said, ranked, strongest
from projects.core.statements import Series, Statement

WHOLE_STAGE = Series(Topic.STAGE)
SHOWS_STAGE = (Topic.STAGE, Topic.ACTUAL)
# Why of two stages one holds, beside the reasons of `core.precedence`.
FURTHER, LOWER_LATER = "further", "lower_later"
WHOLE_CONDITION = Series(Topic.CONDITION)


@dataclass(frozen=True, slots=True)
class Reached:
    """A stage, and the claim that supports it."""

    stage: Stage
    statement: Statement

    @classmethod
    def of(cls, claim: Statement) -> Reached:
        """What a claim of a stage says."""
        return cls(Stage(claim.value_as(str)), claim)

    @property
    def basis(self) -> Basis:
        return self.statement.basis

    @property
    def qualifier(self) -> str:
        """`nearly` for 基本建成: it changes the words and shows no milestone."""
        return self.statement.qualifier if self.statement.series.topic == Topic.STAGE else ""

    def shows(self, milestone: Milestone) -> bool:
        """A stage shows its own defining step; of a step within it only a later stage tells."""
        return not self.qualifier and self.stage.order >= milestone.stage.order + milestone.is_within

    @property
    def weight(self) -> tuple[int, bool, bool, date, date]:
        """The furthest first, what is stated before what is inferred, then the latest."""
        said = self.statement
        return (self.stage.order, not self.qualifier, said.is_stated, said.as_of.latest, said.known_on)


def reached(candidates: list[Statement], scope: str = "") -> Reached | None:
    """The furthest of: the winning stated claim, later inferred ones, actuals; of the whole or of a part."""
    evidence = [*_from_claims(candidates, scope), *_from_actuals(candidates, scope)]
    best = max((one.weight for one in evidence), default=None)
    equals = {one.statement.ref: one for one in evidence if one.weight == best}
    return equals[first_said(one.statement for one in equals.values()).ref] if equals else None


def _from_claims(candidates: list[Statement], scope: str) -> list[Reached]:
    """An inferred claim never lowers a stage: it counts only after what is stated."""
    claims = [one for one in candidates if one.series == Series(Topic.STAGE, scope=scope)]
    stated = strongest(one for one in claims if one.is_stated)
    inferred = [one for one in claims if not one.is_stated]
    if stated is not None:
        inferred = [one for one in inferred if one.as_of.latest > stated.as_of.latest]
        inferred.append(stated)
    return [Reached.of(one) for one in inferred]


def _from_actuals(candidates: list[Statement], scope: str = "") -> list[Reached]:
    return [
        Reached(Milestone(one.series.measure).stage, one)
        for one in candidates
        if one.series.topic == Topic.ACTUAL and one.series.scope == scope
    ]


def is_partly_in_use(candidates: list[Statement], stage: Stage | None) -> bool:
    """A part in use leaves the whole's stage and adds this; how far a part is, is found like the whole's."""
    parts = {one.series.scope for one in candidates if one.series.topic in SHOWS_STAGE} - {""}
    furthest = (reached(candidates, part) for part in parts)
    return stage != Stage.OPERATING and any(one and one.stage == Stage.OPERATING for one in furthest)


def holding(candidates: list[Statement], scope: str = "") -> Holding | None:
    """The stage that holds, said in its own series, and every other that contradicts it.

    Those are the claims of another stage at a time that may be the same, or of a lower one later.
    """
    winner = _winner(candidates, scope)
    if winner is None:
        return None
    claims = [one for one in candidates if one.series == winner.series]
    stated = strongest(one for one in claims if one.is_stated)
    others = (one for one in ranked(claims) if _contradicts(winner, one))
    return Holding(winner, tuple(Conflict(one, _reason(winner, stated, one)) for one in others))


def _winner(candidates: list[Statement], scope: str) -> Statement | None:
    held, series = reached(candidates, scope), Series(Topic.STAGE, scope=scope)
    if held is None:
        return None
    return held.statement._replace(series=series, value=held.stage.value, qualifier=held.qualifier)


def winners(candidates: list[Statement]) -> dict[Series, Statement]:
    """What holds for every series; a stage that only an actual tells of holds too, in the stage's own."""
    held = precedence.winners(candidates)
    said = {series for series in held if series.topic == Topic.STAGE} | {WHOLE_STAGE}
    staged = {series: _winner(candidates, series.scope) for series in said}
    return held | {series: found for series, found in staged.items() if found}


def holdings(candidates: list[Statement]) -> dict[Series, Holding]:
    """What holds for every series on which there is a candidate."""
    held = precedence.holdings(candidates)
    staged = {series: holding(candidates, series.scope) for series in held if series.topic == Topic.STAGE}
    return held | {series: found for series, found in staged.items() if found}


def _contradicts(winner: Statement, other: Statement) -> bool:
    if winner.said_at == other.said_at or winner.value == other.value:
        return False
    return fuzzy_dates.overlaps(winner.as_of, other.as_of) or _is_lower_later(winner, other)


def _is_lower_later(winner: Statement, other: Statement) -> bool:
    is_lower = Reached.of(other).stage.order < Reached.of(winner).stage.order
    return is_lower and winner.as_of.latest < other.as_of.earliest


def _reason(winner: Statement, stated: Statement | None, other: Statement) -> str:
    """What decided: that it is the furthest, or why the stated claim that counts is another."""
    if _is_lower_later(winner, other):
        return LOWER_LATER
    if winner.is_stated and not other.is_stated:
        return precedence.STATED
    if stated is not None and other.is_stated and other is not stated:
        return precedence.reason(stated, other)
    return FURTHER


def since(candidates: list[Statement], held: Reached, scope: str = "") -> Fuzzy:
    """When a stage was first reached, as far as is said: by the actual that begins it.

    Else the earliest as-of at which somebody says it and no lower stage is stated after.
    """
    showing = _supporting(candidates, held, scope)
    if begun := strongest(one for one in showing if not Milestone(one.series.measure).is_within):
        return begun.as_of
    lower = [
        one.as_of.latest
        for one in candidates
        if one.series == Series(Topic.STAGE, scope=scope) and one.is_stated
        if Reached.of(one).stage.order < held.stage.order
    ]
    said = [one for one in _saying(candidates, held, scope) if not any(on > one.as_of.latest for on in lower)]
    said += showing
    return min((one.as_of for one in said or [held.statement]), key=lambda on: (on.latest, on.earliest))


def last_said(candidates: list[Statement], held: Reached, scope: str = "") -> Statement:
    """Of all that say this stage with its qualifier, actual dates included, the one of the latest as-of."""
    said = [held.statement, *_saying(candidates, held, scope), *_supporting(candidates, held, scope)]
    return max(said, key=lambda one: (one.as_of.latest, one.as_of.earliest))


def _saying(candidates: list[Statement], held: Reached, scope: str) -> list[Statement]:
    series, said = Series(Topic.STAGE, scope=scope), (held.stage.value, held.qualifier)
    return [one for one in candidates if one.series == series and (one.value, one.qualifier) == said]


def _supporting(candidates: list[Statement], held: Reached, scope: str) -> list[Statement]:
    """The actuals that say as much; of what is only nearly so there is none."""
    if held.qualifier:
        return []
    return [one.statement for one in _from_actuals(candidates, scope) if one.stage == held.stage]


def condition(candidates: list[Statement]) -> tuple[Condition, Statement | None]:
    """Without a claim: active."""
    claim = strongest(one for one in candidates if one.series == WHOLE_CONDITION)
    return (Condition(claim.value_as(str)), claim) if claim else (Condition.ACTIVE, None)
