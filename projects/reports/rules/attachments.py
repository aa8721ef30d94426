"""What may be attached to a monthly report: kinds of files by their first bytes, limits, names, dates.

Codes and plain values; the sentences are `words.refusals`. Looking into a file is `pages.photos` and
`pages.pdfs`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from projects.choices import AttachmentKind
from projects.core.refusals import Refused

MEGABYTE = 2**20
MOST_BYTES = {AttachmentKind.PHOTO: 10 * MEGABYTE, AttachmentKind.PAPER: 20 * MEGABYTE}
MOST_FILES = 12
# Of a photo that is decoded in part, line by line, and of one that is decoded whole.
MOST_PIXELS, MOST_PIXELS_AT_ONCE = 64_000_000, 25_000_000
# Of all files of one form together: looking into them holds a thread.
MAX_FORM_PIXELS, MAX_FORM_SECONDS = 300_000_000, 20
LONGEST_SIDE, SMALL_SIDE = 2000, 480
SMALL = "-small"
SUFFIX = {AttachmentKind.PHOTO: ".jpg", AttachmentKind.PAPER: ".pdf"}
# Of a file: nobody can guess it, and it tells nothing; a photo's small copy is told apart.
NAME = re.compile(rf"(?P<stem>[0-9a-f]{{32}})(?P<small>({SMALL})?)(?P<suffix>\.jpg|\.pdf)")
# A camera whose clock was never set begins here.
UNSET_CLOCK = date(2002, 1, 1)

_PHOTOS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
_HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis")
# A file that no disk took, by what the disk was.
NOT_KEPT = {
    "full": "file_disk_full",
    "read-only": "file_disk_read_only",
    "unreadable": "file_disk_unreadable",
}
HEAD = 32  # bytes that tell what a file is


@dataclass(frozen=True, slots=True)
class Made:
    """A file as it will be stored: a photo made anew from its pixels with a small copy, or a paper."""

    kind: AttachmentKind
    data: bytes
    small: bytes = b""
    width: int | None = None
    height: int | None = None
    taken_on: date | None = None


@dataclass(slots=True)
class Allowance:
    """What the files of one form may still take; the rest of them is to be sent after them."""

    until: float  # on the clock that `refuse_late` is told
    pixels: int = MAX_FORM_PIXELS

    def refuse_late(self, now: float) -> None:
        if now > self.until:
            raise Refused("files_at_once", "files")

    def take(self, pixels: int) -> None:
        """Before a photo is decoded."""
        if pixels > self.pixels:
            raise Refused("files_at_once", "files")
        self.pixels -= pixels


def kind_of(head: bytes) -> AttachmentKind:
    """By what a file begins with, never by its name; `Refused` says what to do with another."""
    if head.startswith(_PHOTOS) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return AttachmentKind.PHOTO
    if head.startswith(b"%PDF-"):
        return AttachmentKind.PAPER
    is_film, is_heic = head[4:8] == b"ftyp", any(one in head[8:] for one in _HEIC)
    if is_film:
        raise Refused("file_heic" if is_heic else "file_film", "files")
    raise Refused("file_unknown" if head else "file_empty", "files")


def refuse_unreceived(file: object) -> None:
    """The disk of temporary files was in trouble while it was received."""
    if trouble := getattr(file, "trouble", None):
        raise Refused(NOT_KEPT.get(trouble, "file_not_kept"), "files")


def refuse_size(kind: AttachmentKind, size: int) -> None:
    most = MOST_BYTES[kind]
    if size > most:
        is_photo = kind == AttachmentKind.PHOTO
        raise Refused("photo_too_large" if is_photo else "paper_too_large", "files", size=str(most))


def refuse_pixels(width: int, height: int, most: int) -> None:
    """Before anything is decoded: a small file may unfold into gigabytes."""
    if width < 1 or height < 1:
        raise Refused("photo_broken", "files")
    if width * height > most:
        raise Refused("photo_too_many_pixels", "files", pixels=str(most))


def refuse_number(digest: str, digests: Collection[str]) -> None:
    """Of a further file, beside those that a report holds."""
    if digest in digests:
        raise Refused("file_twice", "files")
    if len(digests) >= MOST_FILES:
        raise Refused("too_many_files", "files", number=str(MOST_FILES))


def plausible(taken_on: date | None, today: date) -> date | None:
    """What a camera says of its day, unless its clock was never set or runs ahead."""
    return taken_on if taken_on and UNSET_CLOCK <= taken_on <= today else None
