"""What became known last of any project: rows of `core.events`, each with the claim that says so."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.db.models import Count, QuerySet
from django.http import QueryDict

from projects.audit.version_memory import until_published
from projects.core.clocks import Clocks
from projects.models import ProjectEvent
from projects.pages import keyset
from projects.pages.keyset import KeysetPage, Segment

PAGE_SIZE = 50
NEWEST = ("-known_on", "-day", "-id")
READ = ("project", "claim__source", "claim__section", "was")


@until_published
def newest(clocks: Clocks, most: int) -> list[ProjectEvent]:
    """The first lines of the news."""
    return list(news(clocks).select_related(*READ).order_by(*NEWEST)[:most])


def page(
    clocks: Clocks, params: QueryDict, question: str, rows: QuerySet | None = None
) -> tuple[list[ProjectEvent], KeysetPage]:
    """A page of the news, what became known last first; of all projects, or of those of these rows."""
    told = news(clocks)
    if rows is not None:
        told = told.filter(project__in=rows.order_by().values("project"))
    found = keyset.page([Segment(told, NEWEST)], ("pk",), PAGE_SIZE, params, question)
    told = ProjectEvent.objects.filter(pk__in=[key for (key,) in found.rows])
    return list(told.select_related(*READ).order_by(*NEWEST)), found


def counts(since: date, clocks: Clocks) -> Counter[str]:
    """How often what happened to projects of the headline after a day, up to that of the page."""
    rows = _known(clocks).filter(is_counted=True, day__gt=since)
    return Counter(dict(rows.values_list("what").annotate(n=Count("pk"))))


def news(clocks: Clocks) -> QuerySet[ProjectEvent]:
    """What was known of it on those days."""
    return _known(clocks).filter(is_news=True)


def _known(clocks: Clocks) -> QuerySet[ProjectEvent]:
    known = clocks.known
    return ProjectEvent.objects.filter(day__lte=clocks.asof, known_on__lte=known, known_until__gt=known)
