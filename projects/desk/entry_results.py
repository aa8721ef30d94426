"""What became of what a person entered: approved, refused with the reason, or corrected by somebody since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from projects.choices import Origin
from projects.core.roles import Person
from projects.models import Claim, HidingRequest, Statistic
from projects.models.assertion import Assertion
from projects.words.language import in_language
from projects.words.series import heading

RECENT = timedelta(days=30)
MAX_RESULTS = 20


@dataclass(frozen=True, slots=True)
class EntryResult:
    """One of one's own entries: `by` is what corrects it, `why` the words of who decided."""

    row: Assertion | HidingRequest
    about: str
    at: datetime
    what: str  # approved, refused, corrected or hidden
    why: str = ""
    by: Assertion | None = None
    is_wish: bool = False  # to hide a project


def of(person: Person, at: datetime) -> list[EntryResult]:
    """What was decided lately on a person's own entries, and who corrected them since; the newest first.

    Claims that a report made are told of only where somebody corrects them. Whoever only reports for a unit
    enters neither statistics nor wishes to hide a project, so these are not asked for.
    """
    since, decides = at - RECENT, person.reads_all_reports
    found = [
        one
        for model in ((Claim, Statistic) if decides else (Claim,))
        for one in (*_decided(model, person, since), *_corrected(model, person, since))
    ]
    found += _wishes(person, since) if decides else ()
    return sorted(found, key=lambda one: one.at, reverse=True)[:MAX_RESULTS]


def _decided(model: type[Assertion], person: Person, since: datetime) -> Iterator[EntryResult]:
    by_others = Q(approved_at__gte=since) & ~Q(approved_by=person.pk) | Q(refused_at__gte=since)
    rows = _named(model.objects.filter(by_others, entered_by=person.pk).exclude(origin=Origin.REPORT))
    for row in rows.order_by("-entered_at")[:MAX_RESULTS]:
        what = "refused" if row.refused_at else "approved"
        yield EntryResult(row, _about(row), row.refused_at or row.approved_at, what, row.refused_why)


def _corrected(model: type[Assertion], person: Person, since: datetime) -> Iterator[EntryResult]:
    rows = model.objects.approved().filter(corrects__entered_by=person.pk, approved_at__gte=since)
    rows = _named(rows.exclude(entered_by=person.pk)).select_related("corrects")
    for row in rows.order_by("-approved_at")[:MAX_RESULTS]:
        yield EntryResult(row.corrects, _about(row), row.approved_at, "corrected", row.note, row)


def _wishes(person: Person, since: datetime) -> Iterator[EntryResult]:
    """To hide a project, decided by somebody else."""
    rows = HidingRequest.objects.filter(asked_by=person.pk, decided_at__gte=since)
    for row in rows.exclude(decided_by=person.pk).select_related("project")[:MAX_RESULTS]:
        what = "refused" if row.refused_why else "hidden"
        about = in_language(row.project)
        yield EntryResult(row, about, row.decided_at, what, row.refused_why, is_wish=True)


def _named(rows: QuerySet) -> QuerySet:
    return rows.select_related("project" if rows.model is Claim else "subject")


def _about(row: Assertion) -> str:
    if isinstance(row, Statistic):
        return in_language(row.subject)
    return f"{in_language(row.project)} · {heading(row.series())}"
