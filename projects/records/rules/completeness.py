"""How complete a record is: what an office asks of every project, by weight. 100 is all of it."""

from collections.abc import Collection
from enum import StrEnum


class Asked(StrEnum):
    """What is asked of a project."""

    UNIT = "unit"
    PLACE = "place"
    STAGE = "stage"
    TOTAL = "total"
    START = "start"
    FINISH = "finish"
    PARTY = "party"
    SUMMARY = "summary"
    FUNDING = "funding"


# What a reader asks first weighs most: how far, how much, until when; then who answers for it.
WEIGHTS: dict[Asked, int] = {
    Asked.UNIT: 15,
    Asked.PLACE: 10,
    Asked.STAGE: 20,
    Asked.TOTAL: 15,
    Asked.START: 10,
    Asked.FINISH: 15,
    Asked.PARTY: 5,
    Asked.SUMMARY: 5,
    Asked.FUNDING: 5,
}


def missing(present: Collection[Asked]) -> list[Asked]:
    """What a record lacks, given what it has; the weightiest first."""
    return sorted((one for one in WEIGHTS if one not in present), key=lambda one: -WEIGHTS[one])
