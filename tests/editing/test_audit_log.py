"""The record of changes: read only, with the newest hash above it."""

import pytest

from projects.audit import log
from projects.models import AuditEntry
from tests.cast import AT
from tests.editing.admin_pages import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(people):
    return log.record("project.save", "subject", by=people.editor, at=AT, before={"a": "<b>"}, after=None)


def test_the_newest_hash_stands_above_the_list(as_reviewer, entry):
    newest = log.record("project.save", "another", by=None, at=AT)
    page = as_reviewer.get(address("auditentry", "changelist")).content.decode()
    assert newest.hash in page and entry.hash not in page
    found = as_reviewer.get(address("auditentry", "changelist"), {"q": "another"}).content.decode()
    assert newest.hash in found, "the newest of all, not of those found"


def test_an_entry_is_read_as_text(as_reviewer, entry):
    page = as_reviewer.get(address("auditentry", "change", entry.pk)).content.decode()
    assert "&lt;b&gt;" in page and entry.hash in page


def test_an_action_reads_in_words_with_its_code_beside_it(as_reviewer, entry):
    rows = as_reviewer.get(address("auditentry", "changelist")).content.decode()
    assert "项目：保存" in rows and "project.save" not in rows
    page = as_reviewer.get(address("auditentry", "change", entry.pk)).content.decode()
    assert "项目：保存" in page and "project.save" in page


def test_an_empty_record_says_so(as_reviewer):
    response = as_reviewer.get(address("auditentry", "changelist", english=True))
    assert "Nothing is on record yet." in response.content.decode()


def test_nobody_writes_in_it(as_root, entry):
    for page, args in (("add", ()), ("change", (entry.pk,)), ("delete", (entry.pk,))):
        typed = {"post": "yes", "action": "forged"}
        assert as_root.post(address("auditentry", page, *args), typed).status_code == 403
    as_root.post(
        address("auditentry", "changelist"), {"action": "delete_selected", "_selected_action": [entry.pk]}
    )
    assert AuditEntry.objects.get() == entry
