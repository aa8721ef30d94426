"""How old the stages of rows are on a day (`core.ages`): of those of today or of a past day."""

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Case, Q, QuerySet, Value, When

from projects.choices import Age
from projects.core.ages import first_days


def age_on(day: date, said_on: str = "stage_said_on") -> Case:
    """The code of `core.ages`, "" where nothing was said."""
    younger = [When(**{f"{said_on}__gte": first}, then=Value(code.value)) for code, first in first_days(day)]
    older = When(**{f"{said_on}__isnull": False}, then=Value(Age.OVER2.value))
    return Case(*younger, older, default=Value(""))


def ranges(day: date) -> dict[Age, Q]:
    """Of each age the rows, as a range of an index."""
    (_, a_year), (_, two_years) = first_days(day)
    return {
        Age.UNDER1: Q(stage_said_on__gte=a_year),
        Age.ONE_TO_TWO: Q(stage_said_on__gte=two_years, stage_said_on__lt=a_year),
        Age.OVER2: Q(stage_said_on__lt=two_years),
    }


def of_ages(rows: QuerySet, day: date, codes: Iterable[str]) -> QuerySet:
    """The rows whose stage has one of these ages on a day."""
    return rows.filter(reduce(or_, (ranges(day)[Age(code)] for code in codes)))
