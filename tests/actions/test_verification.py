"""Whatever is on record without anything that vouches for it is named."""

import pytest
from django.db import connection
from django.utils import timezone

from projects.actions import claiming, projecting, verification
from projects.models import AuditEntry, Claim, Standing, append_only
from tests.attaching import with_photo
from tests.cast import AT, draft, project
from tests.paperwork import approved, draft_of, on_record

pytestmark = pytest.mark.django_db


def faults() -> list[str]:
    return list(verification.faults())


@pytest.fixture
def claim(people) -> Claim:
    entered = claiming.enter(draft(project(), value="building"), by=people.editor, at=AT)
    return claiming.approve(entered, by=people.reviewer, at=AT)


@pytest.fixture
def vouched(monkeypatch):
    """What tests put on record as fixtures do."""
    monkeypatch.setattr(
        verification, "_of_fixtures", lambda *_: set(Claim.objects.values_list("ref", flat=True))
    )


def test_what_was_approved_is_vouched_for(claim):
    assert faults() == []


@pytest.mark.promise(
    "A published claim that nobody approved in the audit is noticed",
    control="test_control_without_looking_at_the_audit_it_is_not",
)
@pytest.mark.parametrize("origin", ["editor", "report", "fixture", "import"])
def test_a_claim_inserted_by_sql_is_noticed(claim, origin, figure):
    insert_like(claim, origin)
    projecting.rebuild(claim.project)  # whoever inserts it may do that too
    assert [fault for fault in faults() if fault.startswith("claim by-sql")]
    figure("4 origins")


def test_control_without_looking_at_the_audit_it_is_not(claim, monkeypatch):
    insert_like(claim, "editor")
    projecting.rebuild(claim.project)
    monkeypatch.setattr(verification, "of_claims", lambda: iter(()))
    assert faults() == []


def insert_like(claim: Claim, origin: str) -> None:
    claim.pk, claim.ref, claim.origin, claim.value_code = None, "by-sql", origin, "operating"
    claim.approved_at = timezone.now()
    Claim.objects.bulk_create([claim])


def test_a_claim_changed_past_the_triggers_is_noticed(claim):
    with append_only.lifted():
        Claim.objects.filter(pk=claim.pk).update(value_code="operating")
    assert any("not as the audit says" in fault for fault in faults())


def test_a_claim_that_is_gone_is_noticed(claim):
    with append_only.lifted(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM projects_standing")
        cursor.execute("DELETE FROM projects_claim")
    assert f"claim {claim.ref}: it was approved, and is gone" in faults()


def test_a_broken_chain_is_noticed(claim):
    with append_only.lifted():
        AuditEntry.objects.order_by("number").first().delete()
    assert any("chain is broken" in fault for fault in faults())


def test_a_standing_that_its_claims_do_not_make_is_noticed(claim):
    Standing.objects.update(stage="operating")
    assert [fault.partition(":")[0] for fault in faults()] == [f"project {claim.project.code}"]


def test_a_report_is_held_against_its_claims(people, vouched):
    report = approved(on_record(), people)
    assert faults() == []
    with append_only.lifted():
        Claim.objects.filter(source=report.source).first().delete()
    assert any(fault.startswith("report ") for fault in faults())


def test_a_file_is_held_against_its_digest(people, vouched):
    photo = with_photo(draft_of(on_record(), people), people.reporter)
    assert faults() == []
    path = verification.folder() / photo.name
    path.write_bytes(path.read_bytes()[:-1])
    assert faults() == [f"file {photo.name}: it is not as it was stored"]
    path.unlink()
    assert faults() == [f"file {photo.name}: it is gone"]
