"""A data migration goes past the triggers in one way: told in the audit, whole or not at all."""

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from projects.audit import log
from projects.audit.data_migration import past_triggers
from projects.audit.data_version import current_version
from projects.claims import approval
from projects.core import fuzzy_dates
from projects.management import verification
from projects.models import AuditEntry, Claim, Report, ReportDate, append_only
from projects.reports.rules.content import Promise
from tests.cast import AT, draft, pending, project
from tests.models.test_append_only import refuses, triggers
from tests.paperwork import approved, content, on_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(people) -> Claim:
    entered = approval.enter(draft(project(), value="building", note="as said"), by=people.editor, at=AT)
    return approval.approve(entered, by=people.reviewer, at=AT)


def migrated(*tables: str):
    return past_triggers(apps, *tables, name="0007_notes", why="notes in our own words", at=AT)


def change(note: str, row: Claim) -> int:
    return Claim.objects.filter(pk=row.pk).update(note=note)


def test_what_it_changes_is_told_and_the_triggers_are_back(claim, people):
    waiting = pending(project(), people.editor)
    before, version = triggers(), current_version()
    with migrated("Claim"):
        change("put better", claim)
        change("nobody's business yet", waiting)
    entry, key = AuditEntry.objects.first(), str(claim.pk)
    assert (entry.action, entry.subject, entry.by) == ("migration.data", "0007_notes", None)
    assert entry.after == {"why": "notes in our own words", "rows": {"claim": {key: {"note": "put better"}}}}
    assert entry.before == {"rows": {"claim": {key: {"note": "as said"}}}}
    assert log.first_broken() is None
    assert current_version() == version + 1
    assert triggers() == before and refuses(lambda: change("again", claim))


def test_control_without_it_the_same_change_is_refused(claim):
    assert refuses(lambda: change("put better", claim))


def test_where_it_fails_nothing_was_done_and_the_triggers_are_back(claim):
    before, entries = triggers(), AuditEntry.objects.count()
    with pytest.raises(ZeroDivisionError), migrated("Claim"):
        change("half", claim)
        raise ZeroDivisionError
    claim.refresh_from_db()
    assert claim.note == "as said" and AuditEntry.objects.count() == entries
    assert triggers() == before and refuses(lambda: change("again", claim))


def test_where_it_changes_nothing_nothing_is_told(claim):
    entries, version = AuditEntry.objects.count(), current_version()
    with migrated("Claim", "Report"):
        change(claim.note, claim)
    assert (AuditEntry.objects.count(), current_version()) == (entries, version)


def test_on_a_new_database_there_are_no_triggers_yet():
    """They are made after the last migration; one before makes none, of columns to come."""
    with transaction.atomic():
        append_only._run("default", append_only._drops)
        with migrated("Claim"):
            pass
        assert triggers() == []
        transaction.set_rollback(True)


def test_rows_stay_and_so_does_every_other_table(claim):
    with pytest.raises(IntegrityError, match="append-only"), migrated("Claim"):
        Claim._base_manager.filter(pk=claim.pk)._raw_delete("default")
    with pytest.raises(IntegrityError, match="append-only"), migrated("Report"):
        change("another table", claim)
    with pytest.raises(KeyError), migrated("AuditEntry"):
        pass


# Afterwards


def faults() -> list[str]:
    return [*verification.of_chain(), *verification.of_claims(), *verification.of_reports()]


def test_what_it_changed_is_vouched_for(claim):
    for note in ("put better", "best"):
        with migrated("Claim"):
            change(note, claim)
    assert faults() == []


@pytest.mark.parametrize("note", ["as if", "as said"])
def test_control_what_is_changed_past_it_is_noticed(claim, note):
    """Also where it is what had been approved."""
    with migrated("Claim"):
        change("put better", claim)
    with append_only.lifted():
        change(note, claim)
    assert faults() == [f"claim {claim.ref}: {verification.MIGRATED}"]


def test_a_report_and_its_dates_are_vouched_for(people, monkeypatch):
    monkeypatch.setattr(verification.Vouching, "_fault_of_fixture", lambda *_: "")
    promise = Promise("completed", fuzzy_dates.parse("2027-06"))
    report = approved(on_record(), people, content(promises=(promise,)))
    with migrated("Report", "ReportDate"):
        Report.objects.filter(pk=report.pk).update(works="put better")
        ReportDate.objects.update(words="put better")
    assert faults() == []
    with append_only.lifted():
        ReportDate.objects.update(words="as if")
    assert [fault.partition(": ")[2] for fault in faults()] == [verification.MIGRATED]
