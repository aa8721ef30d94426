"""Photos and PDFs of a monthly report: checked, stored in the data folder, removed, swept up.

The file comes first and the row last: what ends in between leaves a file that no row names, for the sweeper.
"""

import hashlib
import logging
import os
import secrets
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import partial
from math import inf
from pathlib import Path
from typing import BinaryIO

from django.db import transaction

from projects.audit.data_version import locked_version
from projects.audit.log import record
from projects.choices import AttachmentKind, ReportMove
from projects.core.refusals import Refused
from projects.models import Attachment, Report, User
from projects.models.attachment import folder
from projects.models.managers import in_batches
from projects.models.user import person_of
from projects.reports import drafts, pdfs, photos
from projects.reports.rules import attachments
from projects.reports.rules.attachments import MAX_FORM_SECONDS, NOT_KEPT, Allowance, Made
from projects.reports.rules.workflow import refusal
from tracker.trouble import trouble_of

PART = ".part"  # ends the name of a file that is still being written
FORGOTTEN = timedelta(days=1)  # after which a file without a row belongs to nothing on its way


def keep(files: Mapping[str, bytes]) -> None:
    """For good once this returns: each under a temporary name, synced, renamed; then the folder."""
    place = folder()
    place.mkdir(parents=True, exist_ok=True)
    try:
        for name, data in files.items():
            _write(place / f"{name}{PART}", data)
            os.replace(place / f"{name}{PART}", place / name)
        _sync(place)
    except OSError:
        with suppress(OSError):  # the first one says what is wrong; what stays is swept
            drop([*files, *(f"{name}{PART}" for name in files)])
        raise


def drop(names: Iterable[str]) -> None:
    for name in names:
        (folder() / name).unlink(missing_ok=True)


def unnamed_files(named: Iterable[str], at: datetime) -> list[str]:
    """Files that no row names and that were not written just now."""
    if not folder().exists():
        return []
    known, before = set(named), (at - FORGOTTEN).timestamp()
    found = (path for path in folder().iterdir() if path.name not in known)
    return sorted(path.name for path in found if _written_at(path) < before)


def _written_at(path: Path) -> float:
    """Later than anything where it is gone: renamed or removed by somebody else meanwhile."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return inf


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(place: Path) -> None:
    """The new names too outlast a power cut."""
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


log = logging.getLogger(__name__)


def attach(report: Report, upload: Made, *, by: User, at: datetime, caption: str = "") -> Attachment:
    """By whoever may write in the report; `Refused` says in a code what is wrong with the file."""
    row = _row(upload, caption, by, at)
    try:
        keep(dict(zip(row.names, (upload.data, upload.small), strict=False)))
    except OSError as error:
        trouble = trouble_of(error)
        log.error("Trouble (%s) with a file for %s", trouble, drafts.key(report), exc_info=error)
        raise Refused(attachments.NOT_KEPT.get(trouble, "file_not_kept"), "files") from error
    try:
        return _entered(row, report, by, at)
    except BaseException:
        drop(row.names)
        raise


def remove(attachment: Attachment, *, by: User, at: datetime) -> None:
    """As long as its report may be written; the file goes once the row is gone for good."""
    with transaction.atomic():
        locked_version()
        report = _writable(attachment.report, by)
        row = report.attachments.filter(pk=attachment.pk).first()
        if row is None:
            return  # taken away meanwhile
        told = _told(row)
        row.delete()
        drafts.remember_writer(report, by)
        _record("remove", report, by, at, before=told)
        transaction.on_commit(partial(drop, row.names), robust=True)


def sweep(at: datetime) -> list[str]:
    """Remove what no row names for more than a day; gives the names."""
    gone = forgotten(at)
    drop(gone)
    return gone


def forgotten(at: datetime) -> list[str]:
    """The files that the next sweep removes."""
    rows = (row for batch in in_batches(Attachment.objects.all()) for row in batch)
    return unnamed_files([name for row in rows for name in row.names], at)


def _row(upload: Made, caption: str, by: User, at: datetime) -> Attachment:
    """Under a name that nobody can guess and that tells nothing."""
    return Attachment(
        kind=upload.kind,
        name=secrets.token_hex(16) + attachments.SUFFIX[upload.kind],
        caption=" ".join(caption.replace("\0", "").split()),
        width=upload.width,
        height=upload.height,
        size=len(upload.data),
        sha256=hashlib.sha256(upload.data).hexdigest(),
        taken_on=upload.taken_on,
        added_by=by,
        added_at=at,
    )


def _entered(row: Attachment, report: Report, by: User, at: datetime) -> Attachment:
    with transaction.atomic():
        locked_version()
        row.report = _writable(report, by)
        digests = row.report.attachments.values_list("sha256", flat=True)
        attachments.refuse_number(row.sha256, list(digests))
        row.full_clean()
        row.save(force_insert=True)
        drafts.remember_writer(row.report, by)
        _record("add", row.report, by, at, after=_told(row))
    return row


def _writable(report: Report, by: User) -> Report:
    row = drafts.locked().get(pk=report.pk)
    if refused := refusal(ReportMove.SAVE, row.access(), person_of(by)):
        raise refused
    return row


def _record(verb: str, report: Report, by: User, at: datetime, **told: dict) -> None:
    record(f"attachment.{verb}", drafts.key(report), report=report, by=by, at=at, **told)


def _told(row: Attachment) -> dict:
    """An attachment as the audit keeps it."""
    return {"name": row.name, "kind": str(row.kind), "sha256": row.sha256, "caption": row.caption}


def allowance() -> Allowance:
    """For the files of one form, from now on."""
    return Allowance(time.monotonic() + MAX_FORM_SECONDS)


def made_anew(file: BinaryIO, today: date, allowed: Allowance | None = None) -> Made:
    """`Refused` says in a code why it cannot be taken."""
    if trouble := getattr(file, "trouble", None):  # of the temporary folder, while it was received
        raise Refused(NOT_KEPT.get(trouble, "file_not_kept"), "files")
    allowed = allowed or allowance()
    allowed.refuse_late(time.monotonic())
    file.seek(0)
    kind = attachments.kind_of(file.read(attachments.HEAD))
    file.seek(0)
    data = file.read(attachments.MOST_BYTES[kind] + 1)
    attachments.refuse_size(kind, len(data))
    if kind == AttachmentKind.PHOTO:
        return photos.made_anew(data, today, allowed)
    pdfs.refuse_what_acts(data)
    return Made(kind, data)
