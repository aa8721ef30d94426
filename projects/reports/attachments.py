"""Photos and PDFs of a monthly report: checked, stored in the data folder, removed, swept up.

How a file is stored is `pages.stored_files`.
"""

import hashlib
import logging
import secrets
import time
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import partial
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone

from projects.audit.data_version import locked_version
from projects.audit.log import record
from projects.choices import AttachmentKind, ReportMove
from projects.core.refusals import Refused
from projects.models import Attachment, Report, User
from projects.models.attachment import folder
from projects.models.managers import in_batches
from projects.models.user import person_of
from projects.pages import pdfs, photos, stored_files
from projects.reports import drafts
from projects.reports.rules import attachments
from projects.reports.rules.attachments import MAX_FORM_SECONDS, Allowance, Made
from projects.reports.rules.workflow import refusal
from tracker.trouble import trouble_of

log = logging.getLogger(__name__)


def attach(report: Report, upload: Made, *, by: User, at: datetime, caption: str = "") -> Attachment:
    """By whoever may write in the report; `Refused` says in a code what is wrong with the file."""
    row = _row(upload, caption, by, at)
    try:
        stored_files.keep(folder(), dict(zip(row.names, (upload.data, upload.small), strict=False)))
    except OSError as error:
        trouble = trouble_of(error)
        log.error("Trouble (%s) with a file for %s", trouble, drafts.key(report), exc_info=error)
        raise Refused(attachments.NOT_KEPT.get(trouble, "file_not_kept"), "files") from error
    try:
        return _entered(row, report, by, at)
    except BaseException:
        stored_files.drop(folder(), row.names)
        raise


def arrange(report: Report, captions: Mapping[str, str], *, by: User, at: datetime) -> None:
    """In the order of these names, each with what is said of it; one without a name here stays as it is."""
    with transaction.atomic():
        locked_version()
        report = _writable(report, by, at)
        rows = {row.name: row for row in report.attachments.all()}
        named = [rows[name] for name in captions if name in rows]
        before = _arranged(rows.values())
        for position, row in enumerate(named, start=1):
            row.position, row.caption = position, _one_line(captions[row.name])
        after = _arranged(rows.values())
        if after == before:
            return
        for row in named:
            row.full_clean()
            row.save(update_fields=["position", "caption"])
        drafts.remember_writer(report, by)
        _record("arrange", report, by, at, before={"captions": before}, after={"captions": after})


def _arranged(rows: Iterable[Attachment]) -> list[str]:
    return [f"{row.name} {row.caption}" for row in sorted(rows, key=lambda row: (row.position, row.pk))]


def _one_line(text: str) -> str:
    return " ".join(text.replace("\0", "").split())


def remove(attachment: Attachment, *, by: User, at: datetime) -> None:
    """As long as its report may be written; the file goes once the row is gone for good."""
    with transaction.atomic():
        locked_version()
        report = _writable(attachment.report, by, at)
        row = report.attachments.filter(pk=attachment.pk).first()
        if row is None:
            return  # taken away meanwhile
        told = _told(row)
        row.delete()
        drafts.remember_writer(report, by)
        _record("remove", report, by, at, before=told)
        transaction.on_commit(partial(stored_files.drop, folder(), row.names), robust=True)


def sweep(at: datetime) -> list[str]:
    """Remove what no row names for more than a day; gives the names."""
    gone = forgotten(at)
    stored_files.drop(folder(), gone)
    return gone


def forgotten(at: datetime) -> list[str]:
    """The files that the next sweep removes."""
    rows = (row for batch in in_batches(Attachment.objects.all()) for row in batch)
    return stored_files.forgotten(folder(), [name for row in rows for name in row.names], at)


def _row(upload: Made, caption: str, by: User, at: datetime) -> Attachment:
    """Under a name that nobody can guess and that tells nothing."""
    return Attachment(
        kind=upload.kind,
        name=secrets.token_hex(16) + attachments.SUFFIX[upload.kind],
        caption=_one_line(caption),
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
        row.report = _writable(report, by, at)
        kept = dict(row.report.attachments.values_list("sha256", "position"))
        attachments.refuse_number(row.sha256, kept)
        row.position = max(kept.values(), default=0) + 1
        row.full_clean()
        row.save(force_insert=True)
        drafts.remember_writer(row.report, by)
        _record("add", row.report, by, at, after=_told(row))
    return row


def _writable(report: Report, by: User, at: datetime) -> Report:
    row = drafts.locked().get(pk=report.pk)
    if refused := refusal(ReportMove.SAVE, row.access(), person_of(by, timezone.localdate(at))):
        raise refused
    return row


def _record(verb: str, report: Report, by: User, at: datetime, **told: dict) -> None:
    if capacity := drafts.capacity(by, at, report.project.department):
        told["after"] = told.get("after", {}) | capacity
    record(f"attachment.{verb}", drafts.key(report), report=report, by=by, at=at, **told)


def _told(row: Attachment) -> dict:
    """An attachment as the audit keeps it."""
    return {"name": row.name, "kind": str(row.kind), "sha256": row.sha256, "caption": row.caption}


def allowance() -> Allowance:
    """For the files of one form, from now on."""
    return Allowance(time.monotonic() + MAX_FORM_SECONDS)


def made_anew(file: BinaryIO, today: date, allowed: Allowance | None = None) -> Made:
    """`Refused` says in a code why it cannot be taken."""
    attachments.refuse_unreceived(file)
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
