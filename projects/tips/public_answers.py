"""What everybody may know of tips: how many are open and answered, how long it took, answers by consent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from projects.audit.midnight import end_of
from projects.models import Project, Tip

MAX_SHOWN = 20


@dataclass(frozen=True, slots=True)
class TipTally:
    """`median` is of the days until the answer; None where nothing was answered."""

    open: int
    answered: int
    median: int | None


def tally() -> TipTally:
    days = Tip.objects.answered().order_by("days").values_list("days", flat=True)
    count = days.count()
    median = days[(count - 1) // 2] if count else None
    return TipTally(Tip.objects.likely().count(), count, median)


def of_project(project: Project, known: date) -> list[Tip]:
    """The newest first, as far as they were given by a day."""
    return list(_given(Tip.objects.shown().filter(project=project), known)[:MAX_SHOWN])


def newest(known: date) -> list[Tip]:
    return list(_given(Tip.objects.shown().select_related("project"), known)[:MAX_SHOWN])


def _given(rows: QuerySet, known: date) -> QuerySet:
    """Only what a page shows of them is read."""
    shown = rows.filter(closed_at__lt=end_of(known)).order_by("-closed_at", "-pk")
    return shown.defer("text", "contact", "link", "page", "digest", "sender")
