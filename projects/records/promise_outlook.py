"""What is to be said first of the promises of some projects: how many are due within a year, how many are
past without a word, which is due next, and how old the newest report is.

Of today from the indexes of the dates, of a past day from all that was said; `public.timeline` draws them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet, TextField
from django.db.models.functions import Cast

from projects.choices import Verdict
from projects.claims.standings import number_of
from projects.core.promises import Dated, Facts, verdict
from projects.models import Current, ProjectMilestone
from projects.models.prepared import Prepared
from projects.models.standing import facts_from_text
from projects.records import last_report
from projects.records.last_report import LastReport

A_YEAR = timedelta(days=365)
MAX_COUNT = 100  # of what is counted row by row
IDENTITY = ("slug", "name", "name_en", "kind", "record_type")


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


def of_today(rows: Prepared, asof: date, *, is_narrowed: bool) -> PromiseOutlook:
    """From the indexes of the dates, whatever the number of projects."""
    days = {"asof": asof, "until": asof + A_YEAR}
    counted = rows.then(_counts, is_narrowed, **days).fetch()
    if not counted:
        return PromiseOutlook()
    [(last_known_on, last_known, coming, silent)] = counted
    found = rows.then(_next, is_narrowed, asof=asof).fetch()
    due = [DueDate(*identity, facts_from_text(told)) for *identity, told in found]
    return PromiseOutlook(coming, silent, next(iter(due), None), LastReport(last_known_on, last_known))


def _of(rows: QuerySet, every: QuerySet, is_narrowed: bool) -> QuerySet:
    """Asked of each in turn, as the index has them: a list of projects would be taken first, and sorted."""
    return every.filter(Exists(rows.filter(project=OuterRef("project")))) if is_narrowed else every


def _counts(rows: QuerySet, is_narrowed: bool, *, asof: date, until: date) -> QuerySet:
    """Beside the project that was reported on last."""
    dated = _of(rows, ProjectMilestone.objects.all(), is_narrowed)
    coming = dated.filter(to_come_on__gte=asof, to_come_on__lte=until)
    silent = dated.filter(verdict_after=Verdict.NO_WORD, first_latest__lt=asof)
    newest = last_report.newest(_of(rows, Current.objects.all(), is_narrowed))
    found = newest.annotate(coming=_capped(coming), silent=_capped(silent))
    return found.values_list("last_known_on", "last_known", "coming", "silent")


def _capped(rows: QuerySet[ProjectMilestone]):
    return number_of(ProjectMilestone.objects.filter(pk__in=rows.order_by().values("pk")[: MAX_COUNT + 1]))


def _next(rows: QuerySet, is_narrowed: bool, *, asof: date) -> QuerySet:
    dated = _of(rows, ProjectMilestone.objects.all(), is_narrowed)
    due = dated.filter(to_come_on__gte=asof).order_by("to_come_on", "id")
    columns = [f"project__{name}" for name in IDENTITY]
    return due.values_list(*columns, Cast("told", TextField()))[:1]


def of_past(dated: Iterable[DueDate], newest: LastReport | None, asof: date) -> PromiseOutlook:
    """Of all that was said by then."""
    dated = list(dated)
    ahead = [one for one in dated if one.said and one.said.value.latest >= asof]
    coming = sum(one.said.value.latest <= asof + A_YEAR for one in ahead if one.said)
    silent = sum(verdict(one.told, asof) == Verdict.NO_WORD for one in dated)
    due = min(
        ahead, key=lambda one: (one.said.value.latest if one.said else date.max, one.slug), default=None
    )
    return PromiseOutlook(min(coming, MAX_COUNT + 1), min(silent, MAX_COUNT + 1), due, newest)
