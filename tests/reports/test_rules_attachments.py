"""What may be attached: kinds by first bytes, limits, names, plausible days."""

from datetime import date

import pytest

from projects.choices import AttachmentKind
from projects.core.refusals import Refused
from projects.reports.rules import attachments
from projects.reports.rules.attachments import MEGABYTE, NAME

TODAY = date(2026, 3, 2)
PHOTO, PAPER = AttachmentKind.PHOTO, AttachmentKind.PAPER


def why(attempt, *args) -> str | None:
    try:
        attempt(*args)
    except Refused as refused:
        (fault,) = refused.faults
        assert fault.on == "files"
        return fault.code
    return None


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\xff\xd8\xff\xe0\0\x10JFIF", PHOTO),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", PHOTO),
        (b"RIFF\x10\0\0\0WEBPVP8 ", PHOTO),
        (b"%PDF-1.7\n", PAPER),
    ],
)
def test_what_a_file_begins_with_says_what_it_is(head, kind):
    assert attachments.kind_of(head) == kind


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (b"", "file_empty"),
        (b"\0\0\0\x24ftypheic\0\0\0\0mif1heic", "file_heic"),
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1heix", "file_heic"),
        (b"\0\0\0\x1cftypavif\0\0\0\0avifmif1", "file_heic"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0isommp42", "file_film"),
        (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "file_film"),
        (b"GIF89a", "file_unknown"),
        (b"BM\x36", "file_unknown"),
        (b"II*\0", "file_unknown"),
        (b"<svg xmlns=", "file_unknown"),
        (b"<!doctype html>", "file_unknown"),
        (b"PK\3\4", "file_unknown"),
        (b"MZ\x90", "file_unknown"),
        (b"RIFF\x10\0\0\0WAVEfmt ", "file_unknown"),
        (b"\xef\xbb\xbf%PDF-1.7", "file_unknown"),
        (b" %PDF-1.7", "file_unknown"),
    ],
)
def test_whatever_else_it_is_is_refused_with_what_to_do(head, code):
    assert why(attachments.kind_of, head) == code


@pytest.mark.parametrize(
    ("kind", "size", "code"),
    [
        (PHOTO, 10 * MEGABYTE, None),
        (PHOTO, 10 * MEGABYTE + 1, "photo_too_large"),
        (PAPER, 20 * MEGABYTE, None),
        (PAPER, 20 * MEGABYTE + 1, "paper_too_large"),
    ],
)
def test_each_kind_has_its_limit(kind, size, code):
    assert why(attachments.refuse_size, kind, size) == code


@pytest.mark.parametrize(
    ("width", "height", "code"),
    [
        (10, 10, None),
        (11, 10, "photo_too_many_pixels"),
        (1, 10**9, "photo_too_many_pixels"),
        (0, 5, "photo_broken"),
        (5, -1, "photo_broken"),
    ],
)
def test_pixels_are_counted_from_what_the_header_says(width, height, code):
    assert why(attachments.refuse_pixels, width, height, 100) == code


def test_a_report_holds_each_file_once_and_twelve_at_most():
    held = [str(number) for number in range(11)]
    assert why(attachments.refuse_number, "new", held) is None
    assert why(attachments.refuse_number, "3", held) == "file_twice"
    assert why(attachments.refuse_number, "new", [*held, "11"]) == "too_many_files"
    assert why(attachments.refuse_number, "3", [*held, "11"]) == "file_twice"


@pytest.mark.parametrize(
    ("said", "taken_on"),
    [
        (None, None),
        (TODAY, TODAY),
        (date(2026, 3, 3), None),
        (date(2002, 1, 1), date(2002, 1, 1)),
        (date(2001, 12, 31), None),
    ],
)
def test_a_camera_is_believed_within_reason(said, taken_on):
    assert attachments.plausible(said, TODAY) == taken_on


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("a" * 32 + ".jpg", ("a" * 32, "", ".jpg")),
        ("0" * 32 + "-small.jpg", ("0" * 32, "-small", ".jpg")),
        ("f" * 32 + ".pdf", ("f" * 32, "", ".pdf")),
    ],
)
def test_a_name_is_taken_apart(name, parts):
    assert NAME.fullmatch(name).group("stem", "small", "suffix") == parts


@pytest.mark.parametrize(
    "name",
    ["", "a" * 31 + ".jpg", "A" * 32 + ".jpg", "a" * 32 + ".png", "a" * 32 + ".jpg\n", "../" + "a" * 32],
)
def test_anything_else_is_no_name(name):
    assert NAME.fullmatch(name) is None
