"""The newest report, by which a page says its age: since when it is known, and as its source dates it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from django.db.models import QuerySet

from projects.audit.version_memory import until_published
from projects.claims import standings
from projects.core import fuzzy_dates
from projects.core.clocks import Clocks
from projects.models import Statistic
from projects.models.prepared import Prepared


@dataclass(frozen=True, slots=True)
class LastReport:
    """Named as the columns of a standing, which says the same of one project."""

    last_known_on: date  # the last day of it
    last_known: str  # as its source dates it


@until_published
def of_projects(clocks: Clocks, *, counted_only: bool = False) -> LastReport | None:
    """Of all that is on record, or of what the headline counts."""
    found = Prepared(_of_projects, (clocks, counted_only)).fetch()
    return LastReport(*found[0]) if found else None


@until_published
def of_figures(clocks: Clocks) -> LastReport | None:
    """Of all figures about the district that hold or held, not of those of one page."""
    rows = Statistic.objects.live(clocks.known).filter(as_of_latest__lte=clocks.asof)
    rows = rows.select_related("subject", "source", "section", "corrects").order_by("-known_on", "ref")
    return next((LastReport(row.known_on, row.statement().known.text) for row in rows[:1]), None)


def of_rows(said: Iterable[str]) -> LastReport | None:
    """Of rows that a page has read already; the newest of all that it speaks of is among them."""
    newest = max(map(fuzzy_dates.parse, filter(None, said)), key=attrgetter("latest"), default=None)
    return LastReport(newest.latest, newest.text) if newest else None


def _of_projects(clocks: Clocks, counted_only: bool) -> QuerySet:
    rows = standings.on(clocks)
    return newest(rows.filter(is_counted=True) if counted_only else rows)


def newest(rows: QuerySet) -> QuerySet:
    """Of rows of today or of a past day the columns of a report."""
    first = rows.order_by("-last_known_on", "-number").values("pk")[:1]
    return rows.model.objects.filter(pk__in=first).values_list("last_known_on", "last_known")
