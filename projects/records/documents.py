"""The file of a source: checked, and kept in the data folder under its SHA-256, bytes as they came.

Only a text is quoted (`claims.quotes`); a PDF or a picture is kept, named and shown to nobody. A file that no
source names any more is swept.
"""

import hashlib
import logging
from datetime import datetime

from projects.audit import log, row_versions
from projects.audit.data_version import publishing
from projects.choices import AttachmentKind, FileKind
from projects.core import printed_text
from projects.core.refusals import Refused
from projects.models import Source, User
from projects.models.source import file_name, folder
from projects.pages import pdfs, photos, stored_files
from projects.reports.rules import attachments
from projects.reports.rules.attachments import HEAD, MOST_BYTES, NOT_KEPT
from tracker.trouble import trouble_of

MAX_BYTES = max(MOST_BYTES.values())
MAX_TEXT_BYTES, MAX_LINES = 2**20, 5000

logger = logging.getLogger(__name__)


def keep(source: Source, data: bytes, *, by: User | None, at: datetime) -> Source:
    """In the place of what was kept before; `Refused` says in a code why it is not taken."""
    kind, digest = kind_of(data), hashlib.sha256(data).hexdigest()
    _store(file_name(kind, digest), data)
    if source.sha256 == digest:
        return source
    with publishing(at):
        row = Source.objects.select_for_update().get(pk=source.pk)
        before = _told(row)
        row.file_kind, row.sha256 = kind, digest
        row_versions.take_next(row)
        row.save()
        log.record("source.keep", row.code, by=by, at=at, before=before, after=_told(row))
    return row


def kind_of(data: bytes) -> FileKind:
    """By its bytes, never by its name, and only where it is whole."""
    try:
        kind = attachments.kind_of(data[:HEAD])
    except Refused as bad:
        if bad.code != "file_unknown":
            raise
        _refuse_what_is_no_text(data)
        return FileKind.TEXT
    attachments.refuse_size(kind, len(data))
    if kind == AttachmentKind.PHOTO:
        photos.refuse_broken(data)
        return FileKind.SCAN
    pdfs.refuse_what_acts(data)
    return FileKind.PDF


def _refuse_what_is_no_text(data: bytes) -> None:
    try:
        text = printed_text.text_of(data)
    except printed_text.NotText as bad:
        raise Refused("document_unknown", "files") from bad
    if len(data) > MAX_TEXT_BYTES or len(printed_text.lines_of(text)) > MAX_LINES:
        raise Refused("text_too_large", "files", size=str(MAX_TEXT_BYTES), number=str(MAX_LINES))


def _store(name: str, data: bytes) -> None:
    try:
        stored_files.keep(folder(), {name: data})
    except OSError as error:
        trouble = trouble_of(error)
        logger.error("Trouble (%s) with the file of a document", trouble, exc_info=error)
        raise Refused(NOT_KEPT.get(trouble, "file_not_kept"), "files") from error


def sweep(at: datetime) -> list[str]:
    """Remove what no source names for more than a day; gives the names."""
    gone = forgotten(at)
    stored_files.drop(folder(), gone)
    return gone


def forgotten(at: datetime) -> list[str]:
    return stored_files.forgotten(folder(), [row.file_name for row in Source.objects.exclude(sha256="")], at)


def _told(row: Source) -> dict:
    return {"file_kind": str(row.file_kind), "sha256": row.sha256}
