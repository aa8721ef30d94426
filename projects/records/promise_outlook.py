"""What is to be said first of the promises of some projects: how many are due within a year, how many are
past without a word, which is due next, and how old the newest report is.

`public.timeline` draws them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast, Coalesce
from django.http import QueryDict

from projects.audit.version_memory import until_published
from projects.choices import Verdict
from projects.claims import standings
from projects.core.clocks import Clocks
from projects.core.promises import Dated, Facts
from projects.models import ProjectMilestone
from projects.models.standing import facts_from_text
from projects.records import last_report, some_projects
from projects.records.last_report import LastReport
from projects.records.promise_list import IDENTITY
from projects.records.some_projects import SomeProjects, Way, dates_of, of_each

A_YEAR = timedelta(days=365)
MAX_COUNT = 100  # of what is counted row by row


@dataclass(frozen=True, slots=True)
class DueDate:
    """A promised date that holds and has not come, with its project."""

    slug: str
    name: str
    name_en: str
    kind: str
    record_type: str
    told: Facts

    @property
    def said(self) -> Dated | None:
        return self.told.to_come

    @property
    def milestone(self) -> str:
        return self.told.milestone

    @property
    def scope(self) -> str:
        return self.told.scope


@dataclass(frozen=True, slots=True)
class PromiseOutlook:
    """Of more than `MAX_COUNT` one more is counted."""

    coming: int = 0
    silent: int = 0
    next: DueDate | None = None
    last_report: LastReport | None = None

    @property
    def coming_words(self) -> str:
        return _words(self.coming)

    @property
    def silent_words(self) -> str:
        return _words(self.silent)

    @property
    def is_silent_exact(self) -> bool:
        return self.silent <= MAX_COUNT


def _words(count: int) -> str:
    return str(count) if count <= MAX_COUNT else f"{MAX_COUNT}+"


@until_published
def of_everything(clocks: Clocks) -> PromiseOutlook:
    return of(some_projects.found_by(QueryDict(), clocks), clocks)


def of(projects: SomeProjects, clocks: Clocks) -> PromiseOutlook:
    """Of today from the indexes of the dates, whatever the number of projects."""
    counted = projects.then(_counts, clocks).fetch()
    if not counted:
        return PromiseOutlook()
    [(last_known_on, last_known, coming, silent)] = counted
    found = projects.then(_next, clocks).fetch()
    due = [DueDate(*identity, facts_from_text(told)) for *identity, told in found]
    return PromiseOutlook(coming, silent, next(iter(due), None), LastReport(last_known_on, last_known))


def _counts(rows: QuerySet, clocks: Clocks, way: Way, **pending: str) -> QuerySet:
    """Beside the project that was reported on last."""
    year = (clocks.asof, clocks.asof + A_YEAR)
    coming = dates_of(rows, clocks, way, to_come_on__range=year, **pending)
    past = {"verdict_after": Verdict.NO_WORD, "first_latest__lt": clocks.asof}
    silent = dates_of(rows, clocks, way, **past, **pending)
    newest = last_report.newest(rows if way == "listed" else of_each(rows, standings.on(clocks), way))
    found = newest.annotate(coming=_capped(coming), silent=_capped(silent))
    return found.values_list("last_known_on", "last_known", "coming", "silent")


def _capped(rows: QuerySet[ProjectMilestone]) -> Coalesce:
    few = rows.order_by().values("pk")[: MAX_COUNT + 1]
    return standings.number_of(ProjectMilestone.objects.filter(pk__in=few))


def _next(rows: QuerySet, clocks: Clocks, way: Way, **pending: str) -> QuerySet:
    coming = dates_of(rows, clocks, way, to_come_on__gte=clocks.asof, **pending)
    due = coming.order_by("to_come_on", "id").values("pk")[:1]
    return ProjectMilestone.objects.filter(pk__in=due).values_list(*IDENTITY, Cast("told", TextField()))
