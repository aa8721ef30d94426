"""What every record of identity keeps: its code, and its audit. Two people at one record: `test_versions`."""

import pytest

from projects.audit.data_version import current_version
from projects.models import AuditEntry, Department, Indicator, Organisation, Place, Source
from projects.reports.hand_over import hand_over
from tests import cast
from tests.editing.admin_pages import address, errors, form_on
from tests.public.reading import Page

pytestmark = pytest.mark.django_db

NAMES = {"name": "新", "name_en": "New", "code": "new"}
NEW = {
    "department": (Department, NAMES),
    "place": (Place, NAMES | {"kind": "town"}),
    "organisation": (Organisation, NAMES | {"aliases": "甲\n乙\n甲\n"}),
    "indicator": (Indicator, NAMES | {"group": "city", "position": "1"}),
    "source": (
        Source,
        {"title": "新", "title_en": "New", "code": "new", "kind": "notice", "published": "2024年10月"},
    ),
}


def make(model):
    """One that nobody and nothing names."""
    return getattr(cast, model)("fresh", **({"name": "甲", "name_en": "A"} if model == "department" else {}))


def open_form(client, model, row):
    return form_on(client.get(address(model, "change", row.pk)), model)


@pytest.mark.parametrize("model", NEW)
def test_a_new_one_is_saved_with_one_audit_entry(as_editor, people, model):
    table, typed = NEW[model]
    blank = form_on(as_editor.get(address(model, "add")), model)
    response = as_editor.post(address(model, "add"), blank | typed)
    assert response.status_code == 302, errors(response)
    assert table.objects.filter(code="new").exists()
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.subject, entry.by) == (f"{model}.save", "new", people.editor)
    assert current_version() == 1


@pytest.mark.parametrize("model", NEW)
def test_the_code_stays(as_editor, model):
    row = make(model)
    typed = open_form(as_editor, model, row) | {"code": "other"}
    assert as_editor.post(address(model, "change", row.pk), typed).status_code == 302
    assert type(row).objects.get(pk=row.pk).code == row.code


@pytest.mark.parametrize("model", NEW)
def test_saving_what_is_the_same_leaves_no_entry(as_editor, model):
    row = make(model)
    as_editor.post(address(model, "change", row.pk), open_form(as_editor, model, row))
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("model", NEW)
def test_removing_is_recorded(as_editor, model):
    row = make(model)
    assert as_editor.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 302
    assert not type(row).objects.filter(pk=row.pk).exists()
    assert AuditEntry.objects.get().action == f"{model}.remove"


def test_a_department_with_projects_is_not_removed(as_editor):
    row = cast.department()
    cast.project(department=row)
    assert as_editor.post(address("department", "delete", row.pk), {"post": "yes"}).status_code == 200
    assert Department.objects.exists()


def test_what_changed_is_told_by_the_names_and_words_of_the_form(as_editor):
    row = cast.place("fresh", kind="park")
    typed = open_form(as_editor, "place", row) | {"kind": "town"}
    as_editor.post(address("place", "change", row.pk), typed)
    row.refresh_from_db()
    assert row.kind == "town"
    words = as_editor.get(address("place", "history", row.pk)).text
    labels = dict(Place._meta.get_field("kind").flatchoices)
    assert f"<s>{labels['park']}</s>" in words and str(labels["town"]) in words
    assert "<dt>kind</dt>" not in words


def test_records_are_called_by_their_names(as_editor, people):
    """Whoever reads a history knows no codes."""
    other = cast.department("shuili", name="水利局", name_en="Water Bureau")
    of = cast.project(department=people.reporter.department)
    hand_over(people.reporter.department, other, [of], by=people.editor, at=cast.AT)
    for model, row in (("project", of), ("department", people.reporter.department)):
        words = Page(as_editor.get(address(model, "history", row.pk))).one("dl", "changes").text
        assert "水利局" in words and "shuili" not in words
    assert "fagai" not in Page(as_editor.get(address("project", "history", of.pk))).one("dl", "changes").text
