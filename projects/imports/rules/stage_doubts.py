"""Dates of a row that are past, and of a step that the stage in the same row has not reached.

Whether such a date is planned or has come true only its writer knows: taken as come true, it would carry the
project further than the row itself says.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from projects.choices import Milestone, Stage, Topic
from projects.core import date_words
from projects.core.refusals import Refused
from projects.imports.rules import years
from projects.imports.rules.proposals import ProposedClaim
from projects.imports.rules.years import YEARS


def stage_in(claims: Iterable[ProposedClaim]) -> Stage | None:
    said = (one.value for one in claims if one.series.topic == Topic.STAGE and one.value)
    return next((Stage(str(one)) for one in said), None)


def is_beyond(claim: ProposedClaim, stage: Stage) -> bool:
    """Whether it says that a step was taken which makes a later stage."""
    is_actual = claim.series.topic == Topic.ACTUAL and claim.value is not None
    return is_actual and Milestone(claim.series.measure).stage.order > stage.order


def refuse_doubted(claim: ProposedClaim, column: str, on: date, text: str) -> None:
    """A date that does not say itself whether it has come true, as 已于2025年3月 does."""
    if column == YEARS:
        side = years.sides(text, on)[claim.series.measure == Milestone.COMPLETED]
        if date_words.read(side, on).is_planned is None:
            raise Refused("years_in_doubt", text=text)
    elif date_words.read(text, on).is_planned is None:
        raise Refused("actual_beyond_stage", text=text)
