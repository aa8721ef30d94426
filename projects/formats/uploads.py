"""A file that somebody sends for a monthly report, looked at and made ready to be stored.

By its bytes alone: neither its name nor what the browser calls it is asked, and neither is kept. Photos are
`formats.photos`, papers `formats.papers`; storing is `actions.attaching`.
"""

import time
from datetime import date
from typing import BinaryIO

from projects.choices import AttachmentKind
from projects.formats import papers, photos
from projects.rules import attached
from projects.rules.attached import MAX_FORM_SECONDS, NOT_KEPT, Allowance, BadFile, Made


def allowance() -> Allowance:
    """For the files of one form, from now on."""
    return Allowance(time.monotonic() + MAX_FORM_SECONDS)


def made_anew(file: BinaryIO, today: date, allowed: Allowance | None = None) -> Made:
    """`BadFile` says in a code why it cannot be taken."""
    if trouble := getattr(file, "trouble", None):  # of the temporary folder, while it was received
        raise BadFile(NOT_KEPT.get(trouble, "file_not_kept"))
    allowed = allowed or allowance()
    allowed.refuse_late(time.monotonic())
    file.seek(0)
    kind = attached.kind_of(file.read(attached.HEAD))
    file.seek(0)
    data = file.read(attached.MOST_BYTES[kind] + 1)
    attached.refuse_size(kind, len(data))
    if kind == AttachmentKind.PHOTO:
        return photos.made_anew(data, today, allowed)
    papers.refuse_what_acts(data)
    return Made(kind, data)
