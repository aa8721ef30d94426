"""Photos made anew from their pixels: upright, in sRGB, at most 2000 pixels long, with a small copy.

Nothing else of what the phone wrote comes along: no place, no device, no comment, no colour profile. What a
file is by its first bytes, and all limits, are `reports.rules.attachments`. Pillow is loaded on first use.
"""

import io
import struct
import zlib
from contextlib import contextmanager
from datetime import date, datetime

from projects.choices import AttachmentKind
from projects.core.refusals import Refused
from projects.reports.rules import attachments
from projects.reports.rules.attachments import Allowance, Made

FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 85
DETAILS, TAKEN, CHANGED = 0x8769, 0x9003, 0x0132  # EXIF: the inner directory, and two of its dates
SCAN, MOST_PIXELS_PASSED = b"\xff\xda", 10**9
PLAIN = ("L", "RGB", "RGBA", "CMYK")  # modes that can be scaled as they are
# What a damaged file makes the decoder raise.
BROKEN = (OSError, SyntaxError, ValueError, TypeError, EOFError, LookupError, ArithmeticError)
BROKEN += (AttributeError, MemoryError, struct.error, zlib.error)


def made_anew(data: bytes, today: date, allowed: Allowance) -> Made:
    """A new picture of what the file shows; `Refused` where it cannot be read or would unfold too far."""
    _refuse_canvas(data)
    with _broken_is_refused():
        picture = _opened(data)
        _refuse_passes(picture, data)
        allowed.take(picture.width * picture.height)
        taken_on = attachments.plausible(_taken_on(picture), today)
        picture = _new(_coloured(_upright(_scaled(picture))))
    small = picture.copy()
    small.thumbnail((attachments.SMALL_SIDE, attachments.SMALL_SIDE))
    return Made(AttachmentKind.PHOTO, _jpeg(picture), _jpeg(small), *picture.size, taken_on=taken_on)


def refuse_broken(data: bytes) -> None:
    """Of a picture that is kept as it is: whether it can be shown at all, and how far it would unfold."""
    _refuse_canvas(data)
    with _broken_is_refused():
        picture = _opened(data)
        _refuse_passes(picture, data)
        _scaled(picture)


@contextmanager
def _broken_is_refused():
    try:
        yield
    except Refused:
        raise
    except BROKEN as error:
        raise Refused("photo_broken", "files") from error


def _pillow():
    import PIL.Image  # noqa: PLC0415 (heavy: on first use)
    import PIL.ImageCms  # noqa: PLC0415
    import PIL.ImageOps  # noqa: PLC0415

    PIL.Image.MAX_IMAGE_PIXELS = attachments.MOST_PIXELS  # twice that is refused before anything else
    return PIL


def _refuse_canvas(data: bytes) -> None:
    """WebP's decoder takes room for the whole canvas as it opens, so that header is read here first."""
    if data[:4] == b"RIFF" and data[12:16] == b"VP8X" and len(data) >= 30:
        width, height = (1 + int.from_bytes(data[at : at + 3], "little") for at in (24, 27))
        attachments.refuse_pixels(width, height, attachments.MOST_PIXELS_AT_ONCE)


def _opened(data: bytes):
    """The header alone: its size is looked at before a pixel is decoded."""
    image = _pillow().Image
    try:
        picture = image.open(io.BytesIO(data), formats=FORMATS)
    except image.DecompressionBombError as error:
        raise Refused("photo_too_many_pixels", "files", pixels=str(attachments.MOST_PIXELS)) from error
    is_by_lines = picture.format in ("JPEG", "MPO") and not picture.info.get("progressive")
    most = attachments.MOST_PIXELS if is_by_lines else attachments.MOST_PIXELS_AT_ONCE
    attachments.refuse_pixels(*picture.size, most)
    return picture


def _refuse_passes(picture, data: bytes) -> None:
    """A progressive JPEG goes over all its pixels once a scan; ten are usual, a bomb has thousands."""
    width, height = picture.size
    if picture.info.get("progressive") and data.count(SCAN) * width * height > MOST_PIXELS_PASSED:
        raise Refused("photo_broken", "files")


def _taken_on(picture) -> date | None:
    """The day that the camera wrote, if it can be read."""
    try:
        exif = picture.getexif()
        said = exif.get_ifd(DETAILS).get(TAKEN) or exif.get(CHANGED)
        return datetime.strptime(str(said)[:10], "%Y:%m:%d").date()  # noqa: DTZ007 (a day, as it was written)
    except BROKEN:
        return None


def _scaled(picture):
    """A large JPEG is scaled down while it is decoded, so that it needs little room."""
    if picture.mode not in PLAIN:
        whole = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
        whole.info = picture.info
        picture = whole
    picture.thumbnail((attachments.LONGEST_SIDE, attachments.LONGEST_SIDE))
    return picture


def _upright(picture):
    """As it was held; one whose notes on that cannot be read stays as it is."""
    try:
        return _pillow().ImageOps.exif_transpose(picture)
    except BROKEN:
        return picture


def _coloured(picture):
    """What its own colours mean, in sRGB, on white where it is transparent."""
    pillow = _pillow()
    profile = picture.info.get("icc_profile")
    if picture.mode == "RGBA":
        white = pillow.Image.new("RGB", picture.size, "white")
        white.paste(picture, mask=picture.getchannel("A"))
        picture = white
    if not profile:
        return picture.convert("RGB")
    cms = pillow.ImageCms
    try:
        own = cms.ImageCmsProfile(io.BytesIO(profile))
        return cms.profileToProfile(picture, own, cms.createProfile("sRGB"), outputMode="RGB")
    except (cms.PyCMSError, *BROKEN):  # a profile of other colours than the picture's, or no profile
        return picture.convert("RGB")


def _new(picture):
    """The pixels alone: a picture that was opened keeps its comment when it is saved."""
    new = _pillow().Image.new("RGB", picture.size)
    new.paste(picture)
    return new


def _jpeg(picture) -> bytes:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=QUALITY, optimize=True)
    return file.getvalue()
