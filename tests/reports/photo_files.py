"""Photos as phones write them, made for tests: with a place, a device, a comment, a date and a turn."""

import io
import random

from PIL import Image, ImageCms, ImageDraw

PLACE, DEVICE, COMMENT = "29,1;6,39", "zz-device-zz", "zz-comment-zz"
SOFTWARE = 0x0131
GPS, DETAILS, TURN, MAKE, TAKEN = 0x8825, 0x8769, 0x0112, 0x010F, 0x9003
MARKS = (DEVICE.encode(), COMMENT.encode(), b"Exif", b"GPS", b"ICC_PROFILE", b"Adobe")


def picture(size=(64, 48), mode="RGB", colour=None) -> Image.Image:
    """The upper left corner is red, the rest is green: one sees how it was turned."""
    made = Image.new("RGB", size, colour or "green")
    ImageDraw.Draw(made).rectangle((0, 0, size[0] // 2 - 1, size[1] // 2 - 1), fill=colour or "red")
    return made.convert(mode)


def noise(size) -> Image.Image:
    return Image.frombytes("L", size, random.Random(1).randbytes(size[0] * size[1])).convert("RGB")


def notes(taken: str = "2026:02:20 10:11:12", turn: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[MAKE], exif[TURN], exif[SOFTWARE] = DEVICE, turn, "zz-software-zz"
    exif.get_ifd(DETAILS)[TAKEN] = taken
    exif.get_ifd(GPS)[1], exif.get_ifd(GPS)[2] = "N", (29.0, 1.0, 39.0)
    return exif


def saved(made: Image.Image, kind: str = "JPEG", **options) -> bytes:
    file = io.BytesIO()
    made.save(file, kind, **options)
    return file.getvalue()


def jpeg(size=(64, 48), taken: str = "2026:02:20 10:11:12", turn: int = 1, **options) -> bytes:
    """As a phone writes it."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    given = {"exif": notes(taken, turn), "comment": COMMENT, "icc_profile": profile, "quality": 92}
    return saved(picture(size), **given | options)


def opened(data: bytes) -> Image.Image:
    found = Image.open(io.BytesIO(data))
    found.load()
    return found


def corners(made: Image.Image) -> str:
    """What one sees at the upper left, upper right, lower left and lower right: r or g."""
    right, low = made.width - 4, made.height - 4
    seen = [made.getpixel(at) for at in ((3, 3), (right, 3), (3, low), (right, low))]
    return "".join("r" if red > green else "g" for red, green, _blue in seen)
