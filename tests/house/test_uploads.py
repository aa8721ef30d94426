"""However large the file that is sent, little of it is kept, and the rest of the form is read."""

import io
import time

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from projects.core.refusals import Refused
from projects.reports import attachments
from projects.reports.rules.attachments import (
    MAX_FORM_PIXELS,
    MAX_FORM_SECONDS,
    MEGABYTE,
    MOST_BYTES,
    Allowance,
)
from tests.cast import TODAY
from tests.reports.pdf_files import pdf
from tests.reports.photo_files import picture, saved

MOST = settings.FILE_UPLOAD_MOST_BYTES


def sent(*files: bytes):
    """As a view finds it: words before and after the files."""
    given = [SimpleUploadedFile("x.pdf", data, "application/pdf") for data in files]
    return RequestFactory().post("/", {"works": "基坑", "files": given, "button": "save"})


def why(file) -> str | None:
    try:
        attachments.made_anew(file, TODAY)
    except Refused as refused:
        return refused.faults[0].code
    return None


def test_the_largest_that_is_taken_is_what_is_kept():
    assert max(MOST_BYTES.values()) == MOST


def test_a_file_within_the_limit_is_whole():
    request = sent(pdf())
    (file,) = request.FILES.getlist("files")
    assert file.read() == pdf() and why(file) is None


def test_of_a_larger_one_only_so_much_is_kept_that_it_is_refused():
    request = sent(b"%PDF-1.7" + b"x" * (MOST + 3 * MEGABYTE), pdf())
    large, whole = request.FILES.getlist("files")
    assert len(large.read()) == MOST + 1
    assert (why(large), why(whole)) == ("paper_too_large", None)
    assert request.POST.dict() == {"works": "基坑", "button": "save"}


def test_by_its_bytes_a_photo_has_a_limit_of_its_own():
    assert why(io.BytesIO(b"\xff\xd8\xff" + b"\0" * MOST_BYTES["photo"])) == "photo_too_large"
    assert why(io.BytesIO(b"\xff\xd8\xff" + b"\0" * 100)) == "photo_broken"


# All files of a form together


def in_one_form(*files: bytes) -> list[str | None]:
    allowed, found = attachments.allowance(), []
    for data in files:
        try:
            attachments.made_anew(io.BytesIO(data), TODAY, allowed)
            found.append(None)
        except Refused as refused:
            found.append(refused.faults[0].code)
    return found


PHOTO = saved(picture((400, 300)))


@pytest.mark.promise(
    "All photos of one form together are decoded within a bound of pixels and of time",
    control="test_control_each_photo_alone_is_taken",
)
def test_the_photos_of_a_form_share_a_bound(monkeypatch, figure):
    monkeypatch.setattr(attachments, "allowance", lambda: Allowance(time.monotonic() + 60, pixels=300_000))
    assert in_one_form(PHOTO, PHOTO, PHOTO, pdf()) == [None, None, "files_at_once", None]
    monkeypatch.setattr(attachments, "allowance", lambda: Allowance(time.monotonic() - 1))
    assert in_one_form(PHOTO, pdf()) == ["files_at_once"] * 2
    figure(f"{MAX_FORM_PIXELS // 10**6} megapixels, {MAX_FORM_SECONDS} s")


def test_control_each_photo_alone_is_taken(monkeypatch):
    monkeypatch.setattr(Allowance, "take", lambda self, pixels: None)
    monkeypatch.setattr(attachments, "allowance", lambda: Allowance(time.monotonic() + 60, pixels=300_000))
    assert in_one_form(PHOTO, PHOTO, PHOTO) == [None] * 3


def test_twelve_photos_of_a_phone_are_within_it():
    allowed = attachments.allowance()
    for _ in range(12):
        allowed.take(4000 * 3000)
