"""Cells that nobody needs any more: of drafts that were left lying, and of files that were refused."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from projects.audit import log
from projects.audit.data_version import locked_version
from projects.choices import BatchState
from projects.models import Batch, FileReading, Workbook

DRAFTS_KEPT = timedelta(days=30)  # after they were saved last
WORKBOOKS_KEPT = timedelta(days=1)  # the bytes of a file, unless a draft is made of it; that it was read
REFUSED_KEPT = timedelta(days=60)  # after the refusal; what each row was to become stays


def erase_due(*, at: datetime) -> int:
    """Drafts go whole, of refused files the cells. Gives of how many; the daily command calls it."""
    _erase_workbooks(at)
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


def _erase_workbooks(at: datetime) -> None:
    """No part of the record: no entry says that they went."""
    drafts = Batch.objects.filter(state=BatchState.DRAFT).values("digest")
    Workbook.objects.filter(entered_at__lte=at - WORKBOOKS_KEPT).exclude(digest__in=drafts).delete()
    FileReading.objects.filter(started_at__lte=at - WORKBOOKS_KEPT).delete()
