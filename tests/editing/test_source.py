"""Sources: outline, what was taken from them, and what changes when one is hidden."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from projects.core.statements import Number
from projects.models import AuditEntry, Source, Standing
from tests.cast import pending, project, published, section, source, statistic
from tests.editing.admin_pages import address, errors, form_on
from tests.reports.pdf_files import pdf

pytestmark = pytest.mark.django_db


def opened(client, row):
    return form_on(client.get(address("source", "change", row.pk)), "source")


def send(client, row, typed):
    return client.post(address("source", "change", row.pk, english=True), typed)


def test_hiding_a_source_takes_its_claims_out_of_the_standing(as_editor):
    row = source()
    published(project())
    assert send(as_editor, row, opened(as_editor, row) | {"kind": "notice"}).status_code == 302
    assert Standing.objects.today().exists(), "its rank changed"
    typed = opened(as_editor, row)
    typed.pop("is_public")
    assert send(as_editor, row, typed).status_code == 302
    assert not Standing.objects.exists()


def test_the_outline_is_saved_with_it_in_one_entry(as_editor):
    row = source()
    typed = opened(as_editor, row) | {
        "sections-TOTAL_FORMS": "1",
        "sections-0-position": "1",
        "sections-0-number": "A1",
        "sections-0-title": "导言",
        "sections-0-title_en": "Introduction",
        "sections-0-paragraphs": "4",
    }
    assert send(as_editor, row, typed).status_code == 302
    assert row.sections.get().number == "A1"
    (entry,) = AuditEntry.objects.all()
    assert entry.after["sections"][0]["title"] == "导言"


def test_lines_of_a_section_that_are_none_are_told_so(as_editor):
    row = source()
    typed = opened(as_editor, row) | {
        "sections-TOTAL_FORMS": "1",
        "sections-0-position": "1",
        "sections-0-number": "A1",
        "sections-0-paragraphs": "4",
        "sections-0-lines": "甲乙",
    }
    answer = send(as_editor, row, typed)
    assert answer.status_code == 200 and "“甲乙” are no lines" in answer.text and not row.sections.exists()


def test_a_section_keeps_the_paragraphs_that_claims_count(as_editor):
    row = source()
    part = section(row)
    published(project(), section=part, paragraph=3)
    response = send(as_editor, row, opened(as_editor, row) | {"sections-0-paragraphs": "2"})
    assert "A claim stands in paragraph 3." in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "stored"), [("2024年10月17日", "2024-10-17"), ("2024-09/2024-12", "2024-09/2024-12")]
)
def test_its_date_may_be_typed_in_chinese(as_editor, typed, stored):
    row = source()
    assert send(as_editor, row, opened(as_editor, row) | {"published": typed}).status_code == 302
    assert Source.objects.get().published == stored


def test_a_date_that_cannot_be_read_is_told_with_an_example(as_editor):
    row = source()
    response = send(as_editor, row, opened(as_editor, row) | {"published": "some day"})
    assert "2024年10月17日" in errors(response)["published"][0]


def test_what_was_taken_from_it_is_listed_in_its_order(as_editor, people):
    row, of = source(), project()
    late = published(of, section=section(row, "2"), paragraph=1)
    first = pending(of, people.editor, section=section(row, "1"), paragraph=2)
    figure = statistic(Number(Decimal(166), "个"), section=section(row, "1"), paragraph=1)
    response = as_editor.get(address("source", "change", row.pk))
    assert [entry.row for entry in response.context["taken"]] == [figure, first, late]
    page = response.content.decode()
    assert all(one.ref in page for one in (late, first, figure))


def test_a_source_with_claims_is_not_removed(as_editor):
    row = source()
    published(project())
    assert as_editor.post(address("source", "delete", row.pk), {"post": "yes"}).status_code == 200
    assert Source.objects.exists()


def test_a_section_has_no_page_to_edit(as_root):
    part = section()
    assert as_root.post(address("sourcesection", "change", part.pk), {"title": "x"}).status_code == 403
    assert as_root.get(address("sourcesection", "add")).status_code == 403


def test_its_scan_or_text_is_kept_from_its_form(as_editor):
    typed = {
        "title": "某通知",
        "title_en": "A notice",
        "code": "notice-1",
        "kind": "notice",
        "published": "2024-10-17",
        "is_public": "on",
        "publisher": "某局",
    }
    blank = form_on(as_editor.get(address("source", "add")), "source")
    file = SimpleUploadedFile("a.txt", "题目\n年内开工。".encode())
    answer = as_editor.post(address("source", "add"), blank | typed | {"file": file})
    assert answer.status_code == 302, errors(answer)
    row = Source.objects.get()
    assert row.is_text and row.sha256
    assert [entry.action for entry in AuditEntry.objects.order_by("number")] == ["source.save", "source.keep"]
    scan = SimpleUploadedFile("a.pdf", pdf())
    assert send(as_editor, row, opened(as_editor, row) | {"file": scan}).status_code == 302
    row.refresh_from_db()
    assert row.file_kind == "pdf"


def test_a_file_that_is_not_taken_saves_nothing(as_editor):
    row = source()
    file = SimpleUploadedFile("a.bin", bytes(range(256)))
    answer = send(as_editor, row, opened(as_editor, row) | {"title": "另题", "file": file})
    assert "file" in errors(answer)
    row.refresh_from_db()
    assert row.title == "日报某版" and not row.sha256


def test_who_may_only_read_is_asked_for_no_file(as_reviewer):
    assert 'name="file"' not in as_reviewer.get(address("source", "change", source().pk)).content.decode()
