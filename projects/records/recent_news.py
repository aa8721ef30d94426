"""What became known last of any project: rows of `core.events`, each with the claim that says so."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict

from projects.audit.version_memory import until_published
from projects.core.clocks import Clocks
from projects.models import ProjectEvent
from projects.pages import keyset
from projects.pages.keyset import KeysetPage, Segment
from projects.records.late_news import LateNews

PAGE_SIZE = 50
NEWEST = ("-known_on", "-day", "-id")
READ = ("project", "claim__source", "claim__section", "was")


@until_published
def newest(clocks: Clocks, most: int) -> list[ProjectEvent]:
    """The first lines of the news."""
    if not _has_late(clocks):
        return list(news(clocks).select_related(*READ).order_by(*NEWEST)[:most])
    return _read(keyset.page(_segments(clocks, news(clocks)), ("pk",), most, QueryDict(), ""))


def page(
    clocks: Clocks, params: QueryDict, question: str, rows: QuerySet | None = None
) -> tuple[list[ProjectEvent], KeysetPage]:
    """A page of the news, what became known last first; of all projects, or of those of these rows."""
    told = news(clocks)
    segments = _segments(clocks, told)
    if rows is not None:
        segments = [Segment(told.filter(project__in=rows.order_by().values("project")), NEWEST)]
    found = keyset.page(segments, ("pk",), PAGE_SIZE, params, question)
    return _read(found), found


def _read(found: KeysetPage) -> list[ProjectEvent]:
    told = ProjectEvent.objects.filter(pk__in=[key for (key,) in found.rows])
    return list(told.select_related(*READ).order_by(*NEWEST))


def _segments(clocks: Clocks, told: QuerySet[ProjectEvent]) -> list[Segment]:
    """What became known only after the day shown is found by its days: between lies what happened later."""
    if not _has_late(clocks):
        return [Segment(told, NEWEST)]
    held = ProjectEvent.objects.filter(_held(clocks), is_news=True)
    then = held.filter(known_on__lte=clocks.asof)  # one bound: of two SQLite may begin at the later
    return [LateNews(held, NEWEST, clocks=clocks), Segment(then, NEWEST)]


def counts(since: date, clocks: Clocks) -> Counter[str]:
    """How often what happened to projects of the headline after a day, up to that of the page."""
    rows = _known(clocks).filter(is_counted=True, day__gt=since)
    return Counter(dict(rows.values_list("what").annotate(n=Count("pk"))))


def news(clocks: Clocks) -> QuerySet[ProjectEvent]:
    """What was known of it on those days."""
    return _known(clocks).filter(is_news=True)


def _has_late(clocks: Clocks) -> bool:
    return clocks.asof < clocks.known


def _known(clocks: Clocks) -> QuerySet[ProjectEvent]:
    return ProjectEvent.objects.filter(_held(clocks), known_on__lte=clocks.known)


def _held(clocks: Clocks) -> Q:
    return Q(day__lte=clocks.asof, known_until__gt=clocks.known)
