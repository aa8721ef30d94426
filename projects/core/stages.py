"""How far a project is, from its claims (DESIGN §3.5).

Holds the stage with its basis, the condition, and the marker for a part in use. Milestones and
promises are in `core.promises`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from projects.choices import Basis, Condition, Milestone, Stage, Topic
from projects.core.precedence import strongest
from projects.core.statements import Series, Statement

WHOLE_STAGE = Series(Topic.STAGE)
SHOWS_STAGE = (Topic.STAGE, Topic.ACTUAL)
WHOLE_CONDITION = Series(Topic.CONDITION)


@dataclass(frozen=True, slots=True)
class Reached:
    """A stage, and the claim that supports it."""

    stage: Stage
    statement: Statement

    @property
    def basis(self) -> Basis:
        return Basis.STATED if self.statement.is_stated else Basis.INFERRED

    @property
    def weight(self) -> tuple[int, bool, date, date, str]:
        """The furthest first, what is stated before what is inferred, then the latest."""
        said = self.statement
        return (self.stage.order, said.is_stated, said.as_of.latest, said.known_on, said.ref)


def reached(candidates: list[Statement], scope: str = "") -> Reached | None:
    """The furthest of: the winning stated claim, later inferred ones, actuals; of the whole or of a part."""
    evidence = [*_from_claims(candidates, scope), *_from_actuals(candidates, scope)]
    return max(evidence, key=lambda one: one.weight, default=None)


def _from_claims(candidates: list[Statement], scope: str) -> list[Reached]:
    """An inferred claim never lowers a stage: it counts only after what is stated."""
    claims = [one for one in candidates if one.series == Series(Topic.STAGE, scope=scope)]
    stated = strongest(one for one in claims if one.is_stated)
    inferred = [one for one in claims if not one.is_stated]
    if stated is not None:
        inferred = [one for one in inferred if one.as_of.latest > stated.as_of.latest]
        inferred.append(stated)
    return [Reached(Stage(one.value_as(str)), one) for one in inferred]


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


def step_back(candidates: list[Statement]) -> tuple[Statement, Statement] | None:
    """The winning stated stage claim and an actual that stands above it, if one does."""
    claim = strongest(one for one in candidates if one.series == WHOLE_STAGE and one.is_stated)
    above = max(_from_actuals(candidates), key=lambda one: one.weight, default=None)
    if claim is None or above is None or above.stage.order <= Stage(claim.value_as(str)).order:
        return None
    return claim, above.statement


def condition(candidates: list[Statement]) -> tuple[Condition, Statement | None]:
    """Without a claim: active."""
    claim = strongest(one for one in candidates if one.series == WHOLE_CONDITION)
    return (Condition(claim.value_as(str)), claim) if claim else (Condition.ACTIVE, None)
