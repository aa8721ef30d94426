"""The file of a source: what is taken and what is refused, where it lies, what is written down."""

import hashlib
import os
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from projects.audit.data_version import current_version
from projects.core.refusals import Refused
from projects.management import verification
from projects.models import AuditEntry, Source
from projects.models.source import folder
from projects.pages import stored_files
from projects.records import documents
from projects.reports.rules.attachments import MEGABYTE
from tests.cast import AT, source
from tests.reports.pdf_files import pdf
from tests.reports.photo_files import picture, saved

pytestmark = pytest.mark.django_db

TEXT = "总投资约40亿元。\n年内开工。".encode()
SCAN = saved(picture((64, 48)))


@pytest.mark.parametrize(
    ("data", "kind", "suffix"),
    [
        (TEXT, "text", "txt"),
        (b"\xef\xbb\xbf" + TEXT, "text", "txt"),
        (TEXT.decode().encode("gb18030"), "text", "txt"),
        (pdf(), "pdf", "pdf"),
        (SCAN, "scan", "img"),
    ],
)
def test_a_file_is_kept_as_it_came_under_its_digest(data, kind, suffix, people):
    before, seen = current_version(), source().version
    kept = documents.keep(source(), data, by=people.editor, at=AT)
    digest = hashlib.sha256(data).hexdigest()
    assert (kept.file_kind, kept.sha256) == (kind, digest)
    assert (folder() / f"{digest}.{suffix}").read_bytes() == data
    assert current_version() == before + 1 and kept.version == seen + 1
    entry = AuditEntry.objects.get(action="source.keep")
    assert (entry.by, entry.subject) == (people.editor, "paper")
    assert (entry.before["sha256"], entry.after) == ("", {"file_kind": kind, "sha256": digest})


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (bytes(range(256)), "document_unknown"),
        (b"PK\x03\x04\x14\0\0\0\x08\0" + b"docx" * 20, "document_unknown"),
        ("乱".encode("utf-16"), "document_unknown"),
        ("行".encode() * 400_000, "text_too_large"),
        (b"a\n" * 5001, "text_too_large"),
        (b"%PDF-1.7" + b"x" * 21 * MEGABYTE, "paper_too_large"),
        (pdf()[:-20], "paper_broken"),
        (pdf(b"", b"<< /Filter /Standard >>", end=b"/Encrypt 5 0 R"), "paper_locked"),
        (b"\xff\xd8\xff" + b"\0" * 11 * MEGABYTE, "photo_too_large"),
        (SCAN[: len(SCAN) // 2], "photo_broken"),
        (b"\0\0\0\x18ftypmp42" + b"\0" * 40, "file_film"),
    ],
)
def test_what_is_refused_is_not_stored(data, code):
    with pytest.raises(Refused) as refused:
        documents.keep(source(), data, by=None, at=AT)
    assert refused.value.faults[0].code == code
    assert not Source.objects.get().sha256 and not AuditEntry.objects.exists()
    assert not folder().exists() or not list(folder().iterdir())


def test_the_same_bytes_again_are_no_change():
    kept = documents.keep(source(), TEXT, by=None, at=AT)
    before = current_version()
    (folder() / kept.file_name).unlink()
    documents.keep(kept, TEXT, by=None, at=AT)
    assert (folder() / kept.file_name).exists(), "a lost file comes back"
    assert current_version() == before and AuditEntry.objects.count() == 1


def test_what_no_source_names_is_swept_a_day_later():
    first = documents.keep(source(), TEXT, by=None, at=AT)
    second = documents.keep(first, pdf(), by=None, at=AT)
    for path in folder().iterdir():
        os.utime(path, (AT.timestamp(),) * 2)
    assert documents.sweep(AT + timedelta(hours=23)) == []
    assert documents.sweep(AT + timedelta(hours=25)) == [first.file_name]
    assert [path.name for path in folder().iterdir()] == [second.file_name]


def test_a_full_disk_is_said_and_nothing_is_written_down(monkeypatch):
    def fail(place, files):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(stored_files, "keep", fail)
    with pytest.raises(Refused) as refused:
        documents.keep(source(), TEXT, by=None, at=AT)
    assert refused.value.faults[0].code == "file_disk_full" and not Source.objects.get().sha256


def test_verifying_names_a_file_that_is_not_as_it_was_stored():
    kept = documents.keep(source(), TEXT, by=None, at=AT)
    assert list(verification.of_documents()) == []
    (folder() / kept.file_name).write_bytes(TEXT + b"x")
    assert list(verification.of_documents()) == [
        f"source paper: file {kept.file_name}: it is not as it was stored"
    ]
    (folder() / kept.file_name).unlink()
    assert "it cannot be read" in next(verification.of_documents())


# The command


def said(*args) -> str:
    out = StringIO()
    call_command("keep_document", *args, stdout=out)
    return out.getvalue()


def test_the_command_keeps_and_switches(tmp_path):
    source()
    path = tmp_path / "page.txt"
    path.write_bytes(TEXT)
    assert "kept as text" in said("paper", path) and not Source.objects.get().may_be_quoted
    before = current_version()
    assert "it may be quoted" in said("paper", path, "--quote")
    assert current_version() == before + 1
    assert AuditEntry.objects.first().after["may_be_quoted"] is True
    said("paper", path)
    assert Source.objects.get().may_be_quoted, "without a word on it, it stays"
    assert "is not quoted" in said("paper", path, "--no-quote")


@pytest.mark.parametrize(
    ("code", "data", "words"),
    [
        ("nothing", TEXT, "There is no source “nothing”."),
        ("paper", bytes(range(256)), "Only text, PDF and pictures"),
        ("paper", None, "Nothing was kept: "),
    ],
)
def test_what_the_command_refuses(code, data, words, tmp_path):
    source()
    path = tmp_path / "page"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(CommandError, match=words):
        said(code, path)
    assert not Source.objects.get().sha256
