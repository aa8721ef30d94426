"""Photos are made anew from their pixels: nothing else comes along, and nothing unfolds without end."""

import struct
import subprocess
import sys
import zlib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from projects.choices import AttachmentKind
from projects.core.refusals import Refused
from projects.pages import photos
from projects.reports.rules.attachments import MOST_PIXELS, MOST_PIXELS_AT_ONCE, Allowance, Made
from tests.reports.photo_files import COMMENT, MARKS, corners, jpeg, noise, opened, picture, saved

TODAY = date(2026, 3, 2)
pytestmark = pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
ROOT = Path(__file__).resolve().parents[2]


def made(data: bytes) -> Made:
    return photos.made_anew(data, TODAY, Allowance(until=0))


def why(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        made(data)
    return refused.value.faults[0].code


# What comes along


def test_nothing_that_the_phone_wrote_comes_along():
    before = jpeg()
    assert [mark for mark in MARKS if mark in before] == [
        one for one in MARKS if one not in (b"GPS", b"Adobe")
    ]
    after = made(before)
    for data in (after.data, after.small):
        assert [mark for mark in MARKS if mark in data] == []
        found = opened(data)
        assert not dict(found.getexif()) and not {"comment", "exif", "icc_profile", "xmp"} & found.info.keys()


def test_control_saving_an_opened_photo_keeps_its_comment():
    """Which is why a new picture is made."""
    assert COMMENT.encode() in saved(opened(jpeg()))


def test_code_in_a_comment_or_behind_the_end_is_gone():
    code = b"<script>alert(1)</script><?php system('id') ?>"
    before = saved(picture(), comment=code) + code
    assert code in before
    assert b"script" not in made(before).data and b"php" not in made(before).data


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_each_kind_becomes_a_jpeg_with_a_small_copy(kind):
    after = made(saved(picture((1000, 500)), kind))
    whole, small = opened(after.data), opened(after.small)
    assert (after.kind, after.width, after.height) == (AttachmentKind.PHOTO, 1000, 500)
    assert (whole.format, whole.mode, whole.size) == ("JPEG", "RGB", (1000, 500))
    assert (small.format, small.size) == ("JPEG", (480, 240))
    assert corners(whole) == corners(small) == "rggg"


@pytest.mark.parametrize(
    ("before", "after"),
    [((4000, 3000), (2000, 1500)), ((3000, 4000), (1500, 2000)), ((2001, 10), (2000, 10))],
)
def test_a_large_one_is_scaled_down(before, after):
    assert opened(made(saved(picture(before))).data).size == after


def test_a_small_one_is_not_blown_up():
    after = made(saved(picture((20, 10))))
    assert opened(after.data).size == opened(after.small).size == (20, 10)


TURNED = {1: "rggg", 2: "grgg", 3: "gggr", 4: "ggrg", 5: "rggg", 6: "grgg", 7: "gggr", 8: "ggrg"}


@pytest.mark.parametrize(("turn", "seen"), TURNED.items())
def test_it_stands_upright(turn, seen):
    found = opened(made(jpeg((64, 48), turn=turn)).data)
    assert corners(found) == seen
    assert found.size == ((48, 64) if turn > 4 else (64, 48))


def test_notes_that_cannot_be_read_do_no_harm():
    broken = jpeg().replace(b"Exif\0\0MM", b"Exif\0\0XX", 1)
    assert broken != jpeg() and corners(opened(made(broken).data)) == "rggg"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_mode_of_png_becomes_plain(mode):
    before = Image.new("I;16", (40, 20), 30_000) if mode == "I;16" else picture((40, 20), mode)
    assert opened(made(saved(before, "PNG")).data).mode == "RGB"


def test_colours_of_print_become_those_of_screens():
    after = opened(made(saved(picture(mode="CMYK"))).data)
    assert after.mode == "RGB" and corners(after) == "rggg"


def test_what_is_transparent_lies_on_white():
    clear = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    assert opened(made(saved(clear, "PNG")).data).getpixel((10, 10)) == (255, 255, 255)


def test_a_profile_is_applied_and_left_out():
    """One whose red is our green and whose green is our red."""
    usual = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = usual.replace(b"rXYZ", b"?XYZ").replace(b"gXYZ", b"rXYZ").replace(b"?XYZ", b"gXYZ")
    seen = {one: opened(made(saved(picture(), icc_profile=one)).data) for one in (usual, swapped)}
    assert [corners(one) for one in seen.values()] == ["rggg", "grrr"]
    assert not any("icc_profile" in one.info for one in seen.values())


def test_a_profile_that_is_none_does_no_harm():
    assert corners(opened(made(saved(picture(), icc_profile=b"no profile at all")).data)) == "rggg"


def test_the_same_photo_becomes_the_same_bytes():
    assert made(jpeg()) == made(jpeg())


# The day on which it was taken


@pytest.mark.parametrize(
    ("said", "taken_on"),
    [
        ("2026:02:20 10:11:12", date(2026, 2, 20)),
        ("2026:03:02 00:00:00", TODAY),
        ("2026:03:03 00:00:00", None),  # a clock that runs ahead
        ("2000:01:01 00:00:00", None),  # one that was never set
        ("0000:00:00 00:00:00", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_the_day_that_the_camera_wrote(said, taken_on):
    assert made(jpeg(taken=said)).taken_on == taken_on


def test_without_a_note_there_is_no_day():
    assert made(saved(picture())).taken_on is None


# What is refused


def unfolding(width: int, height: int) -> bytes:
    """A PNG that says how large it is and packs next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0"))
        + chunk(b"IEND", b"")
    )


def canvas(width: int, height: int) -> bytes:
    """A WebP with a canvas of that size."""
    sizes = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF" + struct.pack("<I", 22) + b"WEBPVP8X" + struct.pack("<I", 10) + b"\0" * 4 + sizes


@pytest.mark.parametrize(
    "data",
    [
        lambda: unfolding(5001, 5000),
        lambda: unfolding(60_000, 60_000),
        lambda: unfolding(2**31 - 1, 2**31 - 1),
        lambda: canvas(16_000, 16_000),
        lambda: saved(picture((5001, 5000)), progressive=True),
        lambda: saved(Image.new("L", (8001, 8000))),
    ],
    ids=["a little too large", "bomb", "huge", "webp canvas", "progressive", "jpeg"],
)
def test_too_many_pixels_are_refused_before_they_are_decoded(data):
    """Made here and not when tests are collected, by each process."""
    assert why(data()) == "photo_too_many_pixels"


def test_a_photo_with_thousands_of_scans_is_refused_before_they_are_gone_through():
    once = saved(Image.new("L", (5000, 5000)), progressive=True)
    scan = once[once.rindex(photos.SCAN) : -2]
    assert why(once[:-2] + scan * 2000 + once[-2:]) == "photo_broken"
    assert made(once).width == 2000, "the control: those of one photo are taken"


def test_a_canvas_that_is_too_large_is_refused_before_it_is_laid_out(monkeypatch):
    monkeypatch.setattr(photos, "_opened", lambda data: pytest.fail("the decoder was asked"))
    assert why(canvas(16_000, 16_000)) == "photo_too_many_pixels"


def test_control_at_the_limit_it_is_taken():
    assert MOST_PIXELS == 8000 * 8000 and MOST_PIXELS_AT_ONCE == 5000 * 5000
    assert made(saved(Image.new("L", (8000, 8000)))).width == 2000
    assert made(saved(Image.new("L", (5000, 5000)), "PNG")).width == 2000


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("left", [12, 40, 0.5, 0.9])
def test_one_that_is_cut_off_is_refused(kind, left):
    whole = saved(noise((300, 200)), kind)
    assert why(whole[: left if left > 1 else int(len(whole) * left)]) == "photo_broken"


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff", b"GIF89a\1\0\1\0\0\0\0;", b"<svg/>", b"%PDF-1.4"])
def test_what_is_no_photo_is_refused(data):
    assert why(data) == "photo_broken"


def test_other_formats_are_not_even_tried():
    """Pillow reads dozens of them."""
    assert why(saved(picture(), "TIFF")) == why(saved(picture(), "BMP")) == why(saved(picture(), "GIF"))


WHOLE = [jpeg(), saved(picture(), "PNG"), saved(picture(), "WEBP", lossless=True)]
CHANGES = st.lists(st.tuples(st.integers(0, 700), st.binary(min_size=1, max_size=6)), min_size=1, max_size=8)


@given(st.sampled_from(WHOLE), CHANGES)
def test_whatever_is_damaged_it_is_taken_or_refused(whole, changes):
    data = bytearray(whole)
    for at, other in changes:
        data[at : at + len(other)] = other
    try:
        assert opened(made(bytes(data)).data).format == "JPEG"
    except Refused as refused:
        assert refused.faults[0].code in ("photo_broken", "photo_too_many_pixels")


PROGRAM = """
import sys
from datetime import date
from projects.pages import photos
from projects.reports.rules.attachments import Allowance
photos.made_anew(open(sys.argv[1], 'rb').read(), date(2026, 3, 2), Allowance(0))
print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="asks the system")
def test_the_largest_photo_needs_little_room(tmp_path):
    """64 megapixels are 192 MB of pixels; a phone's JPEG is scaled down while it is decoded."""
    file = tmp_path / "large.jpg"
    file.write_bytes(saved(Image.new("RGB", (8000, 8000), "green")))
    options = {"capture_output": True, "text": True, "check": True, "cwd": ROOT}
    said = subprocess.run([sys.executable, "-c", PROGRAM, str(file)], **options)
    assert int(said.stdout) < 150 * 1024
