"""Cells that nobody needs any more: of drafts that were left lying, and of files that were refused."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from projects.audit import log
from projects.audit.data_version import locked_version
from projects.choices import BatchState
from projects.models import Batch

DRAFTS_KEPT = timedelta(days=30)  # after they were saved last
REFUSED_KEPT = timedelta(days=60)  # after the refusal; what each row was to become stays


def erase_due(*, at: datetime) -> int:
    """Drafts go whole, of refused files the cells. Gives of how many; the daily command calls it."""
    with transaction.atomic():
        locked_version()
        drafts = Batch.objects.filter(state=BatchState.DRAFT, saved_at__lte=at - DRAFTS_KEPT)
        refused = Batch.objects.filter(state=BatchState.REFUSED, refused_at__lte=at - REFUSED_KEPT)
        waiting = Batch.objects.filter(part_of__isnull=False).exclude(state=BatchState.REFUSED)
        refused = refused.exclude(cells=[]).exclude(pk__in=waiting.values("part_of"))
        erased = {"drafts": drafts.count(), "refused": refused.update(cells=[])}
        drafts.delete()
        if count := sum(erased.values()):
            log.record("batch.erase", "batches", by=None, at=at, after=erased)
    return count
