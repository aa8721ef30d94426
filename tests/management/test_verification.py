"""Whatever is on record without anything that vouches for it is named."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from projects.audit.rules import digests
from projects.claims import approval, projection
from projects.management import verification
from projects.models import (
    AuditEntry,
    Batch,
    Claim,
    Report,
    SearchPair,
    Standing,
    Statistic,
    append_only,
    attachment,
)
from projects.models.managers import in_batches
from projects.records import fixture_load
from projects.reports import attachments
from projects.search import index
from tests.attaching import with_photo
from tests.cast import AT, draft, project
from tests.conftest import as_in_a_test, undone
from tests.imports.rows import approved_batch
from tests.imports.rows import claim as proposed
from tests.imports.rows import row as proposed_row
from tests.paperwork import approved, draft_of, on_record
from tests.records.test_fixture_load import GOOD, written

pytestmark = pytest.mark.django_db


def faults() -> list[str]:
    """Of whatever there is by then all is indexed."""
    index.index_all()
    return [fault for check in verification.checks() for fault in check()]


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[None]:
    """The fixtures at hand are small ones: loaded once for the tests here, and undone at the end."""
    folder = tmp_path_factory.mktemp("loaded")
    with undone(django_db_blocker):
        with as_in_a_test(folder):
            fixture_load.load(written(folder, GOOD), at=AT)
        yield


@pytest.fixture(autouse=True)
def seeded(loaded, settings, tmp_path):
    settings.FIXTURES = written(tmp_path, GOOD)


@pytest.fixture
def claim(people) -> Claim:
    entered = approval.enter(draft(project(), value="building"), by=people.editor, at=AT)
    index.index_all()
    return approval.approve(entered, by=people.reviewer, at=AT)


@pytest.fixture
def as_seeded(monkeypatch):
    """What `published` puts on record as fixtures do, and none have."""
    monkeypatch.setattr(verification.Vouching, "_fault_of_fixture", lambda *_: "")


def test_what_was_approved_or_seeded_is_vouched_for(claim):
    assert faults() == []


# Claims and statistics


def insert_like(row: Claim, origin: str) -> None:
    """As somebody does who has the database itself, and takes care that it looks right."""
    row.pk, row.ref, row.origin, row.value_code = None, "by-sql", origin, "operating"
    row.approved_at = timezone.now()
    Claim.objects.bulk_create([row])
    projection.rebuild(row.project)


@pytest.mark.promise(
    "A published claim that nobody approved in the audit is noticed",
    control="test_control_without_looking_at_the_audit_it_is_not",
)
@pytest.mark.parametrize("origin", ["editor", "report", "fixture", "import"])
def test_a_claim_inserted_by_sql_is_noticed(claim, origin, figure):
    insert_like(claim, origin)
    assert [fault.partition(":")[0] for fault in faults()] == ["claim by-sql"]
    figure("4 origins")


def test_control_without_looking_at_the_audit_it_is_not(claim, monkeypatch):
    insert_like(claim, "editor")
    monkeypatch.setattr(verification, "of_claims", lambda: iter(()))
    assert faults() == []


CHANGES = {
    "value_code": "operating",
    "as_of": "2020",
    "known_on": "2026-01-04",
    "basis": "inferred",
    "note": "as if",
    "decimals": 2,
    "paragraph": 9,
    "approved_at": AT + timedelta(hours=1),
    "approved_by_id": None,
}


def change(row, name: str, value) -> None:
    with append_only.lifted():
        type(row).objects.filter(pk=row.pk).update(**{name: value})
    if isinstance(row, Claim):
        projection.rebuild(row.project)


@pytest.mark.promise(
    "A published claim that was changed past the triggers is noticed, whatever of it was changed",
    control="test_control_a_change_that_is_none_is_no_fault",
)
@pytest.mark.parametrize("name", CHANGES)
def test_a_claim_changed_past_the_triggers_is_noticed(claim, name, figure):
    change(claim, name, CHANGES[name])
    assert faults() == [f"claim {claim.ref}: {verification.OTHERWISE}"]
    figure(f"{len(CHANGES)} columns")


def test_control_a_change_that_is_none_is_no_fault(claim):
    change(claim, "note", claim.note)
    assert faults() == []


@pytest.mark.parametrize(
    ("model", "name", "value"),
    [
        (Claim, "note", "as if"),
        (Claim, "basis", "inferred"),
        (Claim, "approved_at", AT),
        (Statistic, "value_number", 167),
        (Statistic, "note", "as if"),
    ],
)
def test_what_came_with_the_fixtures_is_held_against_them(model, name, value):
    row = model.objects.order_by("ref").first()
    change(row, name, value)
    assert faults() == [f"{model._meta.model_name} {row.ref}: it is not as the fixtures have it"]


def test_fixtures_that_were_never_loaded_vouch_for_nothing(settings, claim):
    """Who inserts a claim may write it into the file too."""
    rows = deepcopy(GOOD)
    rows["claims"].append(rows["claims"][0] | {"ref": "by-sql", "value_code": "operating"})
    written(settings.FIXTURES, rows)
    assert [fault.partition(":")[0] for fault in faults()] == ["fixtures"]


def test_a_row_that_the_load_said_to_differ_is_no_fault(settings):
    rows = deepcopy(GOOD)
    rows["claims"][0]["note"] = "另有说明。"
    fixture_load.load(written(settings.FIXTURES, rows), at=AT)
    assert faults() == []


def test_what_was_approved_or_came_with_the_fixtures_and_is_gone_is_noticed(claim):
    with append_only.lifted(), connection.cursor() as cursor:
        for ref in (claim.ref, "c1"):
            cursor.execute("DELETE FROM projects_claim WHERE ref = %s", [ref])
    gone = {
        f"claim {claim.ref}: it was approved, and is gone",
        "claim c1: it came with the fixtures, and is gone",
    }
    assert gone <= set(faults())


def test_a_broken_chain_is_noticed(claim):
    with append_only.lifted():
        AuditEntry.objects.order_by("number").first().delete()
    assert "audit: the chain is broken at entry 1" in faults()


# Standings, reports, files


def test_a_standing_that_its_claims_do_not_make_is_noticed(claim):
    Standing.objects.filter(project=claim.project).update(stage="operating")
    assert [fault.partition(":")[0] for fault in faults()] == [f"project {claim.project.code}"]


def test_a_project_that_its_names_do_not_find_is_noticed(claim):
    index.index_all()
    assert list(verification.of_search()) == []
    SearchPair.objects.filter(project=claim.project_id).first().delete()
    (fault,) = verification.of_search()
    assert claim.project.code in fault


def test_a_report_is_held_against_its_approval(people, as_seeded):
    report = approved(on_record(), people)
    assert faults() == []
    claim = Claim.objects.filter(source=report.source).first()
    change(claim, "note", "as if")
    change(report, "next_steps", "as if")
    assert faults() == [
        f"claim {claim.ref}: {verification.OTHERWISE}",
        f"report 2026-02 {report.project.code}: {verification.OTHERWISE}",
    ]


def test_a_report_is_held_against_its_claims(people, as_seeded):
    report = approved(on_record(), people)
    with append_only.lifted():
        Claim.objects.filter(source=report.source).first().delete()
    assert any("its claims are not those" in fault for fault in faults())


def test_a_report_that_nobody_approved_is_noticed(people, as_seeded):
    approved(on_record(), people)
    with append_only.lifted():
        AuditEntry.objects.get(action="report.approve").delete()
    assert any(fault.startswith("report ") and verification.UNAPPROVED in fault for fault in faults())


def test_an_imported_file_is_held_against_its_approval(people):
    batch = approved_batch(people, proposed_row(project(), proposed()))
    assert faults() == []
    claim = batch.claims.get()
    change(claim, "note", "as if")
    Batch.objects.filter(pk=batch.pk).update(digest="f" * 64)
    assert faults() == [
        f"claim {claim.ref}: {verification.OTHERWISE}",
        f"{batch.name}: {verification.OTHERWISE}",
    ]


def test_of_an_imported_file_the_claim_that_changed_is_named(people):
    """By a hint in the entry; that all of them are as they were is the digest's to say."""
    rows = [proposed_row(project(), proposed(), number=number) for number in range(2, 6)]
    batch = approved_batch(people, *rows)
    claim = batch.claims.order_by("ref")[1]
    change(claim, "note", "as if")
    expected = [
        f"claim {claim.ref}: {verification.OTHERWISE}",
        f"{batch.name}: {verification.CLAIMS_OTHERWISE}",
    ]
    assert faults() == expected
    with append_only.lifted():
        entry = AuditEntry.objects.get(action="batch.approve")
        entry.after["claims"]["each"] = digests.kept({claim.ref: approval.as_json(claim)})["each"] * 4
        AuditEntry.objects.filter(pk=entry.pk).update(after=entry.after)
    assert f"{batch.name}: {verification.CLAIMS_OTHERWISE}" in faults()


def test_an_imported_file_is_held_against_its_claims(people):
    batch = approved_batch(people, proposed_row(project(), proposed()))
    with append_only.lifted():
        Claim.objects.filter(batch=batch).update(batch=None)
    assert any(fault.startswith(batch.name) and "its claims are not those" in fault for fault in faults())
    with append_only.lifted():
        AuditEntry.objects.get(action="batch.approve").delete()
    assert f"{batch.name}: {verification.UNAPPROVED}" in faults()


def test_entries_of_earlier_releases_vouch_for_what_they_tell(people, as_seeded):
    """They named the claims of a report, and told less of a claim."""
    report = approved(on_record(), people)
    entry = AuditEntry.objects.get(action="report.approve")
    entry.after["claims"] = sorted(entry.after["claims"])
    with append_only.lifted():
        entry.save()
    assert [*verification.of_claims(), *verification.of_reports()] == []
    Claim.objects.create(**_another(report))
    assert [fault.partition(":")[0] for fault in verification.of_claims()] == ["claim by-sql"]


def _another(report: Report) -> dict:
    row = Claim.objects.filter(source=report.source).values().first()
    return row | {"id": None, "ref": "by-sql"}


def test_a_file_is_held_against_its_digest(people, as_seeded):
    photo = with_photo(draft_of(on_record(), people), people.reporter)
    assert faults() == []
    path = attachment.folder() / photo.name
    path.write_bytes(path.read_bytes()[:-1])
    assert faults() == [f"file {photo.name}: it is not as it was stored"]
    path.unlink()
    assert faults() == [f"file {photo.name}: it cannot be read (No such file or directory)"]


# The command, and people who work meanwhile


def test_the_command_names_the_first_of_each_kind(claim, monkeypatch, capsys):
    call_command("verify")
    assert "All is as it should be: 8 published rows, 3 entries" in capsys.readouterr().out
    insert_like(claim, "editor")
    Standing.objects.update(stage="planned")
    many = [f"file {number}: it is gone" for number in range(12)]
    monkeypatch.setattr(verification, "of_files", lambda: iter(many))
    with pytest.raises(CommandError):
        call_command("verify")
    said = capsys.readouterr().err
    assert "claim by-sql" in said and "project QJ-" in said
    assert "file 9:" in said and "file 10:" not in said and "and 2 more" in said


def test_files_of_nobody_are_named_and_are_no_fault(people, monkeypatch, capsys):
    monkeypatch.setattr(attachments, "forgotten", lambda at: ["a.jpg"])
    call_command("verify")
    assert "1 files of nobody wait for the sweep: a.jpg." in capsys.readouterr().out


def test_a_claim_that_comes_between_two_reads_is_no_fault(claim, people, monkeypatch):
    """Asked again with all who publish waiting."""
    fresh, came = projection._fresh, []

    def slow(of, *told):
        rows = fresh(of, *told)
        if not came:
            came.append(of)
            later = approval.enter(draft(claim.project, value="operating"), by=people.editor, at=AT)
            approval.approve(later, by=people.reviewer, at=AT)
        return rows

    monkeypatch.setattr(projection, "_fresh", slow)
    Standing.objects.exclude(project=claim.project).delete()
    monkeypatch.setattr(verification, "in_batches", lambda rows: [[claim.project]])
    assert list(verification.of_standings()) == [] and came


def test_batches_are_all_rows_once(claim):
    numbers = [row.number for batch in in_batches(AuditEntry.objects.all(), "number", 2) for row in batch]
    assert numbers == [1, 2, 3]
    assert [len(batch) for batch in in_batches(Claim.objects.all(), size=2)] == [2, 2, 2, 1][
        : (numbers[-1] + 1)
    ]
