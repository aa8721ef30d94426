"""However large the file that is sent, little of it is kept, and the rest of the form is read."""

import io

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from projects.formats import uploads
from projects.rules.attached import MEGABYTE, MOST_BYTES, BadFile
from tests.cast import TODAY
from tests.formats.pdfs import pdf

MOST = settings.FILE_UPLOAD_MOST_BYTES


def sent(*files: bytes):
    """As a view finds it: words before and after the files."""
    given = [SimpleUploadedFile("x.pdf", data, "application/pdf") for data in files]
    return RequestFactory().post("/", {"works": "基坑", "files": given, "button": "save"})


def why(file) -> str | None:
    try:
        uploads.made_anew(file, TODAY)
    except BadFile as refused:
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
