"""A draft beside the record, as it was compared for the last page: the next page of it does not compare anew.

Kept by each process for the few drafts that people look at just now, and only for as long as neither the
draft, nor what is published, nor what waits for a second person has changed. Sending compares anew.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

from django.db.models import Max
from django.utils import timezone

from projects.audit.data_version import current_version
from projects.imports.draft_sheet import DraftSheet
from projects.imports.rules.compared import ComparedRow
from projects.models import Batch, Project

MAX_KEPT = 3  # drafts; a large one takes some megabytes


@dataclass(frozen=True, slots=True)
class _Moment:
    """What a comparison depends on."""

    batch: int
    version: int
    data_version: int
    newest_project: int | None  # of files that wait, too
    waiting: int
    today: date
    sheet: DraftSheet = field(compare=False)
    at: datetime = field(compare=False)


def compared(batch: Batch, at: datetime) -> list[ComparedRow]:
    newest = Project.objects.aggregate(newest=Max("pk"))["newest"]
    seen = current_version(), newest, Batch.objects.waiting().count(), timezone.localdate(at)
    return list(_compared(_Moment(batch.pk, batch.version, *seen, DraftSheet(batch), at)))


@lru_cache(maxsize=MAX_KEPT)
def _compared(moment: _Moment) -> tuple[ComparedRow, ...]:
    return tuple(moment.sheet.compared(moment.at))


def forget() -> None:
    """For tests, whose tables begin anew."""
    _compared.cache_clear()
