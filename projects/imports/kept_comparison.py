"""A draft beside the record, as it was compared for the last page: the next page of it does not compare anew.

Kept by each process for the few drafts that people look at just now, and only for as long as neither the
draft, nor what is published, nor what waits for a second person has changed. Sending compares anew.
"""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock

from django.db.models import Max
from django.utils import timezone

from projects.audit.data_version import current_version
from projects.core.refusals import Refused
from projects.imports import long_work
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


@dataclass(frozen=True, slots=True)
class _Comparison:
    since: datetime
    rows: Future[tuple[ComparedRow, ...]]


class Unfinished(Exception):
    """It takes longer than a page waits, and goes on."""

    def __init__(self, since: datetime):
        super().__init__(since)
        self.since = since


_kept: dict[_Moment, _Comparison] = {}  # those looked at last come last
_lock = Lock()


def compared(batch: Batch, at: datetime, *, is_patient: bool = True) -> list[ComparedRow]:
    """`Unfinished` where it takes long and nobody waits for it."""
    newest = Project.objects.aggregate(newest=Max("pk"))["newest"]
    seen = current_version(), newest, Batch.objects.waiting().count(), timezone.localdate(at)
    moment = _Moment(batch.pk, batch.version, *seen, DraftSheet(batch), at)
    found = _begun(moment, is_patient)
    if not is_patient and not long_work.is_done_soon(found.rows):
        raise Unfinished(found.since)
    try:
        return list(found.rows.result())
    except Exception:
        _forget(moment)  # the next one who asks has it tried anew
        raise


def _begun(moment: _Moment, is_patient: bool) -> _Comparison:
    """In a thread of its own, but for whoever waits for it anyway."""
    with _lock:
        if found := _kept.pop(moment, None):
            _kept[moment] = found
            return found
        found = _kept[moment] = _Comparison(moment.at, _started(moment, is_patient))
        if len(_kept) > MAX_KEPT:
            del _kept[next(iter(_kept))]
    if is_patient:
        long_work.do(found.rows, _compared, moment)
    return found


def _started(moment: _Moment, is_patient: bool) -> Future:
    if is_patient:
        return Future()
    try:
        return long_work.start(_compared, moment)
    except Refused as busy:
        raise Unfinished(moment.at) from busy


def _compared(moment: _Moment) -> tuple[ComparedRow, ...]:
    return tuple(moment.sheet.compared(moment.at))


def _forget(moment: _Moment) -> None:
    with _lock:
        _kept.pop(moment, None)


def forget() -> None:
    """For tests, whose tables begin anew."""
    with _lock:
        _kept.clear()
