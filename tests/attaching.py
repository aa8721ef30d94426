"""Photos and papers of monthly reports for tests; what they show is the name they are given."""

import io
from functools import cache

from django.utils import timezone

from projects.models import Attachment, Report, User
from projects.reports import attachments
from projects.reports.rules.attachments import Made
from tests.cast import AT
from tests.reports.pdf_files import pdf
from tests.reports.photo_files import jpeg, picture, saved

TODAY = timezone.localdate(AT)


def made(data: bytes) -> Made:
    """What the door of uploads makes of a file."""
    return attachments.made_anew(io.BytesIO(data), TODAY)


@cache
def photo(caption: str = "", **options) -> Made:
    """A photo of its own for each caption, made anew once."""
    tint = (200, sum(caption.encode()) % 256, len(caption))
    return made(saved(picture((640, 480), colour=tint), **options))


@cache
def paper(words: str = "") -> Made:
    return made(pdf(contents=None, end=b"/ID [<%s>]" % words.encode().hex().encode()))


def with_photo(report: Report, by: User, caption: str = "基坑开挖", at=AT) -> Attachment:
    return attachments.attach(report, photo(caption), by=by, at=at, caption=caption)


def with_paper(report: Report, by: User, caption: str = "施工许可", at=AT) -> Attachment:
    return attachments.attach(report, paper(caption), by=by, at=at, caption=caption)


__all__ = ["jpeg", "made", "paper", "photo", "with_paper", "with_photo"]
