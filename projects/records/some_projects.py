"""Some of the projects, and how their dates are asked for: as of a list of them, or of each date in turn.

In turn is as an index has the dates of all, passing over those of others: of today, where many are meant. Few
are listed by their keys. Of a past day no index has the dates in turn, and many are listed as they are found.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from django.db.models import Exists, F, OuterRef, QuerySet
from django.http import QueryDict

from projects.claims import standings
from projects.core.clocks import Clocks
from projects.models import ProjectMilestone
from projects.models.milestone import Unindexed
from projects.models.prepared import Prepared, Unprepared, Write, among
from projects.records.filters import narrowed_prepared

MAX_FEW = 1_000
Way = Literal["all", "listed", "in_turn"]


@dataclass(frozen=True, slots=True)
class SomeProjects:
    """Rows with the columns of today, and how their dates are asked for.

    Where of many there are few of which something is to come, these by their keys: of no others a promised
    date is to come, or past its day without a word.
    """

    rows: Prepared
    way: Way
    pending: Mapping[str, list[int]] = field(default_factory=dict)

    def then(self, write: Write, *form: Hashable) -> Prepared:
        """What a function makes of the rows that is given the way and these keys, too."""
        return self.rows.then(write, *form, self.way, **self.pending)


def found_by(params: QueryDict, clocks: Clocks) -> SomeProjects:
    """What a question of the list's filters leaves."""
    every = Prepared(standings.on, (clocks,))
    if not params:
        return SomeProjects(every, "all")
    rows = narrowed_prepared(params, clocks)
    if isinstance(rows, Unprepared):
        # More was found than a search keeps.
        return SomeProjects(rows, "in_turn" if clocks.is_today else "listed")
    keys = first_keys(rows, MAX_FEW)
    if len(keys) <= MAX_FEW:
        return SomeProjects(every.then(among, "project", keys=keys), "listed")
    if not clocks.is_today:
        return SomeProjects(rows, "listed")
    keys = first_keys(rows.then(_pending), MAX_FEW)
    return SomeProjects(rows, "in_turn", {"pending": keys} if len(keys) <= MAX_FEW else {})


def _pending(rows: QuerySet) -> QuerySet:
    return rows.filter(due_on__isnull=False)


def first_keys(rows: Prepared, most: int) -> list[int]:
    """Of the first projects, one more where there are more."""
    return [key for (key,) in rows.then(_first, most).fetch()]


def _first(rows: QuerySet, most: int) -> QuerySet:
    return rows.order_by("number").values_list("project")[: most + 1]


def of_each(rows: QuerySet, every: QuerySet, way: Way) -> QuerySet:
    """What `every` holds of these projects."""
    if way == "all":
        return every
    if way == "listed":
        return every.filter(project__in=rows.order_by().values("project"))
    # As a list of projects it would be taken first, however long.
    return every.filter(Exists(rows.filter(project=OuterRef("project"))))


def dates_of(
    rows: QuerySet, clocks: Clocks, way: Way, *, pending: str = "", **lookups: object
) -> QuerySet[ProjectMilestone]:
    """Of these projects, where lookups ask for what is to come, or past its day without a word."""
    held = ProjectMilestone.objects.held(clocks)
    if way != "listed" and not pending:
        return of_each(rows, held, way).filter(**lookups)
    found = among(held, "project", keys=pending) if pending else of_each(rows, held, way)
    for lookup, value in lookups.items():
        column, _, _ = lookup.partition("__")
        # The index of the projects goes on with this one.
        its = F(column) if column == "to_come_on" else Unindexed(column)
        found = found.annotate(**{f"its_{column}": its}).filter(**{f"its_{lookup}": value})
    return found
