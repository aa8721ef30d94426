"""Files that take long to be read: each read once, to drafts of all its sheets or to its refusal.

The row is there before the reading ends. Whoever ends it looks for it as it was begun: what was given up,
begun anew or has run out of time is left alone. Drafts and end are written in one transaction.
"""

from __future__ import annotations

import logging
from concurrent.futures import Future
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from projects.core.refusals import Fault, Refused
from projects.imports import batches, draft_sheet
from projects.imports.draft_sheet import SentFile
from projects.models import Batch, FileReading, User

logger = logging.getLogger(__name__)
Sheets = list[dict[str, Any]]  # as `draft_sheet.read` gives them


def going_on(file: SentFile, *, by: User, at: datetime) -> FileReading | None:
    """Of the same file, sent by the same person."""
    row = FileReading.objects.filter(entered_by=by, digest=file.digest).first()
    return row if row and row.is_going_on(at) else None


def go_on(reading: Future[Sheets], file: SentFile, *, by: User, at: datetime) -> FileReading:
    """Let a reading that was begun at that moment end by itself; of two of the same file the first."""
    batches.refuse_strangers(by)
    told = {"file_name": file.name, "sender": file.sender, "started_at": at}
    with transaction.atomic():
        row, is_first = FileReading.objects.select_for_update().get_or_create(
            entered_by=by, digest=file.digest, defaults=told
        )
        if not is_first:
            if row.is_going_on(at) or (row.ended_at and row.ended_at > at):
                return row
            row.file_name, row.sender, row.started_at = file.name, file.sender, at
            row.ended_at, row.faults = None, []
            row.save()
    reading.add_done_callback(partial(_end, row, file))
    return row


def unfinished() -> QuerySet[FileReading]:
    """What did not become drafts: it is read, was refused or broken off."""
    return FileReading.objects.filter(Q(ended_at=None) | ~Q(faults=[])).select_related("entered_by")


def drafts_of(row: FileReading) -> list[Batch]:
    """As they are now: those that are still there."""
    if row.ended_at is None:
        return []
    kept = Batch.objects.filter(digest=row.digest, entered_by=row.entered_by, entered_at=row.ended_at)
    return list(kept.filter(part_of=None).only("pk", "state").order_by("pk"))


def faults_of(row: FileReading, at: datetime) -> list[Fault]:
    """Why there are no drafts."""
    if row.is_broken_off(at):
        return [_broken_off()]
    return [Fault(*one) for one in row.faults]


def give_up(row: FileReading, *, by: User) -> None:
    """Forget it; where it is still read, nothing becomes of it."""
    batches.refuse_strangers(by)
    FileReading.objects.filter(pk=row.pk).delete()


def _end(begun: FileReading, file: SentFile, reading: Future[Sheets]) -> None:
    """It looks for the row as it was begun: what came in between counts."""
    faults = _faults_of_reading(reading)
    with transaction.atomic():
        rows = FileReading.objects.select_for_update(of=["self"]).select_related("entered_by")
        row = rows.filter(pk=begun.pk, started_at=begun.started_at).first()
        at = timezone.now()
        if row is None or not row.is_going_on(at):
            return
        if not faults:
            faults = _faults_of_keeping(reading.result(), file, row.entered_by, at)
        row.ended_at, row.faults = at, [[one.code, one.on, one.values] for one in faults]
        row.save()


def _faults_of_reading(reading: Future[Sheets]) -> list[Fault]:
    error = reading.exception()
    if isinstance(error, Refused):
        return error.faults
    if error:
        logger.error("A file was not read to its end", exc_info=error)
        return [_broken_off()]
    return []


def _faults_of_keeping(sheets: Sheets, file: SentFile, by: User, at: datetime) -> list[Fault]:
    """Keep the drafts; why, where they are refused (whoever sent the file may import no more, say).

    Trouble of the database is not caught: nothing is written then, and in time the reading is broken off.
    """
    try:
        draft_sheet.keep(sheets, file, by=by, at=at)
    except Refused as refused:
        return refused.faults
    return []


def _broken_off() -> Fault:
    return Fault("reading_broken_off", "file")
