"""What happened last to any project: rows of `core.events`, each with the claim that says so."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Count, Q, QuerySet

from projects.choices import EventKind
from projects.core.clocks import Clocks
from projects.models import ProjectEvent

NEWS = (
    *(EventKind.STARTED, EventKind.COMPLETED, EventKind.OPERATING, EventKind.MILESTONE),
    *(EventKind.CONDITION, EventKind.MOVED, EventKind.AMOUNT),
)
SPARE = 4  # so many candidates for each that is shown: a project is named once


def newest(clocks: Clocks, most: int) -> list[ProjectEvent]:
    """Of each kind those at the end of its index, in one statement; of a project one."""
    rows = _known(clocks)
    each = (rows.filter(what=what).order_by("-day", "-id").values("pk")[: most * SPARE] for what in NEWS)
    found = ProjectEvent.objects.filter(reduce(or_, (Q(pk__in=some) for some in each)))
    found = found.select_related("project", "claim__source", "claim__section", "was")
    by_project: dict[int, ProjectEvent] = {}
    for event in found.order_by("-day", "-id"):
        by_project.setdefault(event.project_id, event)
    return list(by_project.values())[:most]


def counts(since: date, clocks: Clocks) -> Counter[str]:
    """How often what happened to projects of the headline after a day, up to that of the page."""
    rows = _known(clocks).filter(is_counted=True, day__gt=since)
    return Counter(dict(rows.values_list("what").annotate(n=Count("pk"))))


def _known(clocks: Clocks) -> QuerySet[ProjectEvent]:
    known = clocks.known
    return ProjectEvent.objects.filter(day__lte=clocks.asof, known_on__lte=known, known_until__gt=known)
