"""What is counted of rectangles, those of a past day: each in one pass over them.

Which rectangles those are is `claims.standings`; what is counted of today is kept (`claims.tallies`). All
that is counted by columns comes from the same groups: a pass for each facet would read each project as often.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, QuerySet, Value

from projects.claims import stage_ages
from projects.models import Standing

GROUPED = ("kind", "sector", "stage", "record_type", "place_id", "stage_basis", "condition", "is_counted")


@dataclass(frozen=True, slots=True)
class AlikeRows:
    """How many rows have the same in all that pages count by."""

    kind: str
    sector: str
    stage: str
    record_type: str
    place_id: int | None
    stage_basis: str
    condition: str
    is_counted: bool
    age: str
    n: int


def groups(results: Iterable[QuerySet[Standing]], day: date) -> list[list[AlikeRows]]:
    """The groups of several questions, each in its list, by one statement."""
    parts = [_group(rows, number, day) for number, rows in enumerate(results)]
    first, *rest = parts
    found: list[list[AlikeRows]] = [[] for _ in parts]
    for number, *told in first.union(*rest, all=True) if rest else first:
        found[number].append(AlikeRows(*told))
    return found


def _group(rows: QuerySet[Standing], number: int, day: date) -> QuerySet:
    rows = rows.order_by().annotate(part=Value(number), age=stage_ages.age_on(day))
    return rows.values_list("part", *GROUPED, "age").annotate(n=Count("pk"))


def counted(alike: Iterable[AlikeRows], *names: str) -> Counter:
    """How many have which value of a column, or which values of several."""
    found: Counter = Counter()
    for one in alike:
        values = tuple(getattr(one, name) for name in names)
        found[values if len(names) > 1 else values[0]] += one.n
    return found


def by_choice(alike: Iterable[AlikeRows], column: str) -> dict[str, int]:
    return {choice(value): n for value, n in counted(alike, column).items()}


def choice(value: object) -> str:
    """As facets name what is chosen: by its code, its key, or "1" for what is counted."""
    return "1" if value is True else str(value or "")


def drawn_on(rows: QuerySet[Standing]) -> Counter[str]:
    """How many rows draw on which document, by its code.

    Rows that draw on the same documents are grouped, and one row of each group is read for the codes. Its
    codes of reports are counted too, and wrongly: whoever asks looks up documents alone.
    """
    groups = rows.order_by().values_list("document_set").annotate(one=Min("pk"), n=Count("pk"))
    numbers = {one: n for _, one, n in groups}
    found: Counter[str] = Counter()
    for key, codes in Standing.objects.filter(pk__in=list(numbers)).values_list("pk", "sources"):
        for code in codes.split():
            found[code] += numbers[key]
    return found
