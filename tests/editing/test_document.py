"""A document's file in the admin: kept or refused with a sentence; the lines of its paragraphs asked for."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from projects.models import AuditEntry, Source
from projects.records import documents
from tests.cast import AT, section, source
from tests.reports.pdf_files import pdf

pytestmark = pytest.mark.django_db

TEXT = "题目\n\n水厂总投资约40\n亿元。\n年内开工。"


def address(name: str, row: Source) -> str:
    return "/en" + reverse(f"admin:projects_source_{name}", args=[row.pk]).removeprefix("/en")


def upload(client, row: Source, data: bytes):
    file = SimpleUploadedFile("page.txt", data)
    return client.post(address("document", row), {"file": file})


def test_a_text_is_kept_and_its_lines_are_asked_for(as_editor, people):
    row = source()
    answer = upload(as_editor, row, TEXT.encode())
    assert answer.status_code == 302 and answer["Location"].endswith(f"/source/{row.pk}/lines/")
    row.refresh_from_db()
    assert row.is_text and not row.may_be_quoted
    assert AuditEntry.objects.get().by == people.editor
    page = as_editor.get("/en" + reverse("admin:projects_source_change", args=[row.pk]).removeprefix("/en"))
    assert "Its file is kept as text." in page.content.decode()


def test_a_pdf_is_kept_and_has_no_lines(as_editor):
    row = source()
    assert upload(as_editor, row, pdf())["Location"].endswith("/document/")
    assert as_editor.get(address("lines", row)).status_code == 302


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (bytes(range(256)), "Only text, PDF and pictures (JPEG, PNG, WebP) are kept"),
        (pdf()[:-20], "The PDF is incomplete or damaged"),
        (b"a\n" * 6000, "A text may have at most 1 MB and 5000 lines"),
    ],
)
def test_what_is_refused_says_why(as_editor, data, words):
    answer = upload(as_editor, source(), data)
    assert answer.status_code == 200 and words in answer.content.decode()
    assert not Source.objects.get().sha256


@pytest.fixture
def kept(people) -> Source:
    row = documents.keep(source(), TEXT.encode(), by=people.editor, at=AT)
    section(row, "1", paragraphs=1)
    section(row, "2", paragraphs=2)
    return row


def typed(row: Source, first: str, second: str, seen: int | str | None = None) -> dict:
    one, two = row.sections.order_by("position")
    return {f"section-{one.pk}": first, f"section-{two.pk}": second, "seen": seen or row.version}


def test_one_line_a_paragraph_is_proposed_beside_the_numbered_text(as_editor, kept):
    page = as_editor.get(address("lines", kept)).content.decode()
    assert page.count("<li>") >= 5 and "<li>水厂总投资约40</li>" in page
    assert 'value="1"' in page and 'value="3; 4"' in page


def test_the_lines_are_saved_in_one_entry(as_editor, kept):
    answer = as_editor.post(address("lines", kept), typed(kept, "1", "3,4; 5"))
    assert answer.status_code == 302
    assert [one.lines for one in kept.sections.order_by("position")] == ["1", "3,4; 5"]
    entry = AuditEntry.objects.first()
    assert entry.action == "source.save" and entry.after["sections"][1]["lines"] == "3,4; 5"
    assert 'value="3,4; 5"' in as_editor.get(address("lines", kept)).content.decode()


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("one", "3; 5", "“one” are no lines"),
        ("1", "3", "Lines of 1 paragraphs for 2"),
        ("1", "3; 6", "The text has no line 6."),
        ("3", "3; 5", "Line 3 stands in two paragraphs."),
    ],
)
def test_lines_that_cannot_be(as_editor, kept, first, second, words):
    answer = as_editor.post(address("lines", kept), typed(kept, first, second))
    assert answer.status_code == 200 and words in answer.content.decode()
    assert {one.lines for one in kept.sections.all()} == {""}


@pytest.mark.every_engine
@pytest.mark.parametrize("seen", [1, "9" * 40])
def test_who_saves_over_a_version_that_is_none_any_more_is_told(as_editor, kept, seen):
    answer = as_editor.post(address("lines", kept), typed(kept, "1", "3,4; 5", seen))
    assert (
        answer.status_code == 200 and "It was changed after this page was opened" in answer.content.decode()
    )
    assert {one.lines for one in kept.sections.all()} == {""}
