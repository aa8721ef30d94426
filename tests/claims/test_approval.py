"""Claims are entered, approved, refused, discarded, corrected and withdrawn; each leaves its trace.

Two people at the same moment, and programs that die, are in `test_concurrency`.
"""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from projects.audit import log
from projects.audit.data_version import current_version
from projects.audit.rules import chain
from projects.choices import Basis, SourceKind, Topic
from projects.claims import approval, projection
from projects.core import fuzzy_dates
from projects.core.money import Money
from projects.core.refusals import Refused
from projects.core.statements import Number
from projects.models import AuditEntry, Claim, Standing, Statistic
from tests.cast import AT, TODAY, draft, indicator, pending, project, published, section, source

pytestmark = pytest.mark.django_db

FORTY = Money(40 * 10**8, "yi", 0)
FIFTY = Money(50 * 10**8, "yi", 0)
LATER = AT + timedelta(days=30)
MUCH_LATER = AT + timedelta(days=60)


def stage_on(asof: date, known: date | None = None) -> str | None:
    return Standing.objects.on(asof, known or asof).values_list("stage", flat=True).first()


def total_on(asof: date, known: date | None = None) -> int | None:
    return Standing.objects.on(asof, known or asof).values_list("total_investment", flat=True).first()


def enter_and_approve(claim, people, at=AT):
    return approval.approve(approval.enter(claim, by=people.editor, at=at), by=people.second_editor, at=at)


def codes(refusal) -> set[str]:
    return {fault.code for fault in refusal.value.faults}


def verifies() -> bool:
    entries = [log.as_plain(entry) for entry in AuditEntry.objects.order_by("number")]
    return chain.first_broken(entries) is None


# Entering


def test_what_is_entered_waits_and_changes_nothing_public(people):
    claim = approval.enter(draft(project()), by=people.editor, at=AT)
    assert (claim.entered_by, claim.entered_at, claim.approved_at) == (people.editor, AT, None)
    assert claim.ref.startswith("e260302-") and claim.origin == "editor"
    assert list(Claim.objects.pending()) == [claim]
    assert not Claim.objects.public(TODAY).exists()
    assert not Standing.objects.exists()
    assert current_version() == 0


def test_approval_cannot_be_brought_along(people):
    forged = draft(project(), approved_at=AT, approved_by=people.editor)
    claim = approval.enter(forged, by=people.editor, at=AT)
    claim.refresh_from_db()
    assert (claim.approved_at, claim.approved_by) == (None, None)


@pytest.mark.parametrize(
    ("kind", "given", "known_on"),
    [
        (SourceKind.NEWSPAPER, None, date(2024, 10, 17)),
        (SourceKind.NOTICE, None, date(2024, 10, 17)),
        (SourceKind.IMPORT, None, TODAY),
        (SourceKind.REPORT, None, TODAY),
        (SourceKind.NEWSPAPER, date(2025, 1, 1), date(2025, 1, 1)),
    ],
)
def test_a_documents_claim_is_known_since_its_publication(people, kind, given, known_on):
    claim = draft(project(), source=source(kind=kind), known_on=given)
    assert approval.enter(claim, by=people.editor, at=AT).known_on == known_on


def test_a_document_that_is_still_to_appear_is_known_from_its_entry(people):
    claim = draft(project(), source=source(published="2026-12"), as_of="2026-02")
    assert approval.enter(claim, by=people.editor, at=AT).known_on == TODAY


def test_all_faults_are_collected(people):
    bad = draft(
        project(),
        Topic.TOTAL_INVESTMENT,
        "building",
        as_of="2027",
        measure="water",
        basis=Basis.INFERRED,
        known_on=date(2026, 12, 1),
    )
    with pytest.raises(Refused) as refusal:
        approval.enter(bad, by=people.editor, at=AT)
    assert codes(refusal) == {
        "measure_unwanted",
        "wrong_kind_of_value",
        "true_before_known",
        "known_in_future",
        "inferred_without_note",
    }
    assert not Claim.objects.exists() and not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"topic": Topic.STAGE, "value": None}, "value_missing"),
        ({"topic": Topic.STAGE, "value": "dreaming"}, "unknown_code"),
        ({"topic": Topic.CONDITION, "value": "paused", "scope": "一期"}, "scope_unwanted"),
        ({"topic": Topic.PROGRESS, "value": Number(Decimal("101"), "%")}, "beyond_hundred"),
        ({"topic": Topic.CAPACITY, "value": Number(Decimal("5"), "t"), "measure": "iron"}, "unknown_measure"),
        ({"topic": Topic.ANNUAL_PLAN, "value": FORTY}, "period_missing"),
        ({"topic": Topic.ANNUAL_PLAN, "value": FORTY, "period": "next year"}, "bad_date"),
        ({"topic": Topic.TOTAL_INVESTMENT, "value": Money(-1, "yuan", 0)}, "negative"),
        (
            {"topic": Topic.PROMISED, "value": fuzzy_dates.parse("2025"), "measure": "begun"},
            "unknown_milestone",
        ),
        (
            {"topic": Topic.ACTUAL, "value": fuzzy_dates.parse("2024-06"), "measure": "started"},
            "actual_as_of_differs",
        ),
        ({"topic": Topic.STAGE, "value": "building", "basis": Basis.INFERRED}, "inferred_without_note"),
    ],
)
def test_each_rule_refuses_by_name(people, fields, code):
    indicator("water")
    topic, value = fields.pop("topic"), fields.pop("value")
    with pytest.raises(Refused) as refusal:
        approval.enter(draft(project(), topic, value, **fields), by=people.editor, at=AT)
    assert codes(refusal) == {code}


def test_a_capacity_with_a_named_measure_passes(people):
    claim = draft(project(), Topic.CAPACITY, Number(Decimal("1.50"), "t"), measure=indicator("water").code)
    claim = approval.enter(claim, by=people.editor, at=AT)
    claim.refresh_from_db()
    assert claim.value() == Number(Decimal("1.50"), "t")


@pytest.mark.parametrize("column", ["as_of", "value_date"])
def test_an_unreadable_date_is_refused_on_its_field(people, column):
    bad = draft(
        project(),
        Topic.PROMISED,
        fuzzy_dates.parse("2027"),
        measure="completed",
        **{column: "2024-13"} if column == "as_of" else {},
    )
    setattr(bad, column, "2024-13")
    bad.known_on = TODAY
    with pytest.raises(ValidationError) as refusal:
        approval.enter(bad, by=people.editor, at=AT)
    assert column in refusal.value.message_dict


def test_a_step_back_needs_a_note(people):
    of = project()
    enter_and_approve(draft(of, value="operating"), people)
    with pytest.raises(Refused) as refusal:
        approval.enter(draft(of, value="building", as_of="2024-10-17"), by=people.editor, at=LATER)
    assert codes(refusal) == {"step_back_without_note"}
    explained = draft(of, value="building", note="The source says that works resumed.")
    approval.enter(explained, by=people.editor, at=LATER)


# Approving


def test_approval_publishes_and_the_standing_follows_in_the_same_transaction(people):
    claim = approval.enter(draft(project(), value="building"), by=people.editor, at=AT)
    approval.approve(claim, by=people.second_editor, at=LATER)
    claim.refresh_from_db()
    assert (claim.approved_by, claim.approved_at) == (people.second_editor, LATER)
    assert claim.known_on == date(2024, 10, 17), "a document was known before"
    standing = Standing.objects.today().get()
    assert (standing.stage, standing.stage_ref) == ("building", claim.ref)
    assert stage_on(date(2024, 10, 16)) is None
    assert not projection.rebuild(claim.project)


def test_the_data_version_is_raised_once_for_each_publishing(people):
    of = project()
    for number in range(1, 4):
        enter_and_approve(draft(of, Topic.WORKS, f"works {number}"), people)
        assert current_version() == number


@pytest.mark.parametrize("who", ["editor", "reporter", "other_reporter", "stranger"])
def test_who_may_not_approve_or_refuse(people, who):
    claim = approval.enter(draft(project()), by=people.editor, at=AT)
    person = getattr(people, who)
    with pytest.raises(PermissionDenied):
        approval.approve(claim, by=person, at=AT)
    with pytest.raises(PermissionDenied):
        approval.refuse(claim, by=person, at=AT, why="no")
    claim.refresh_from_db()
    assert (claim.approved_at, claim.refused_at) == (None, None)
    assert current_version() == 0


@pytest.mark.parametrize("who", ["second_editor", "reviewer"])
def test_who_may_approve(people, who):
    claim = approval.enter(draft(project()), by=people.editor, at=AT)
    assert approval.approve(claim, by=getattr(people, who), at=AT).approved_by == getattr(people, who)


def test_an_administrator_is_bound_by_the_second_person_too(people):
    people.stranger.is_superuser = True
    people.stranger.save()
    own = approval.enter(draft(project()), by=people.stranger, at=AT)
    with pytest.raises(PermissionDenied):
        approval.approve(own, by=people.stranger, at=AT)
    anothers = approval.enter(draft(project()), by=people.editor, at=AT)
    approval.approve(anothers, by=people.stranger, at=AT)


def test_an_office_of_one_may_switch_the_second_person_off(people, settings):
    settings.ALONE_MAY_APPROVE = True
    claim = approval.enter(draft(project()), by=people.editor, at=AT)
    approval.approve(claim, by=people.editor, at=AT)
    said = AuditEntry.objects.filter(subject=claim.ref).values_list("action", "by")
    assert set(said) == {("claim.enter", people.editor.pk), ("claim.approve", people.editor.pk)}
    with pytest.raises(PermissionDenied):
        approval.approve(pending(project(), people.editor), by=people.reporter, at=AT)


def test_approving_twice_happens_once(people):
    claim = approval.enter(draft(project()), by=people.editor, at=AT)
    approval.approve(claim, by=people.second_editor, at=AT)
    with pytest.raises(Refused):
        approval.approve(claim, by=people.reviewer, at=LATER)
    with pytest.raises(Refused):
        approval.refuse(claim, by=people.reviewer, at=LATER, why="late")
    claim.refresh_from_db()
    assert (claim.approved_by, claim.approved_at, claim.refused_at) == (people.second_editor, AT, None)
    assert current_version() == 1
    assert AuditEntry.objects.filter(action="claim.approve").count() == 1


def test_what_is_approved_is_the_row_not_what_the_caller_holds(people):
    claim = approval.enter(draft(project(), value="building"), by=people.editor, at=AT)
    claim.value_code = "operating"
    approval.approve(claim, by=people.reviewer, at=AT)
    assert Standing.objects.today().get().stage == "building"


def test_a_fault_that_came_up_since_refuses_the_approval(people):
    """Its measure lost its name: nothing is approved, the version stays, the file is settled."""
    water = indicator("water")
    claim = draft(project(), Topic.CAPACITY, Number(Decimal("5"), "t"), measure="water")
    claim = approval.enter(claim, by=people.editor, at=AT)
    water.delete()
    with pytest.raises(Refused) as refusal:
        approval.approve(claim, by=people.reviewer, at=AT)
    assert codes(refusal) == {"unknown_measure"}
    claim.refresh_from_db()
    assert claim.approved_at is None
    assert current_version() == 0


def test_whatever_fails_in_the_middle_undoes_all(people, monkeypatch):
    of = project()
    enter_and_approve(draft(of, value="building"), people)
    before = list(Standing.objects.values()), AuditEntry.objects.count()
    claim = draft(of, value="operating", source=source("later", published="2025-06-01"))
    claim = approval.enter(claim, by=people.editor, at=LATER)

    def fail(*args, **kwargs):
        assert Standing.objects.today().get().stage == "operating"
        raise OSError("the disk is full")

    monkeypatch.setattr(approval.log, "record", fail)
    with pytest.raises(OSError, match="disk is full"):
        approval.approve(claim, by=people.reviewer, at=LATER)
    claim.refresh_from_db()
    assert claim.approved_at is None
    assert (list(Standing.objects.values()), AuditEntry.objects.count()) == (before[0], before[1] + 1)
    assert current_version() == 1


# Refusing and discarding


def test_a_refused_claim_stays_with_its_reason_and_is_never_public(people):
    claim = approval.enter(draft(project()), by=people.editor, at=AT)
    approval.refuse(claim, by=people.reviewer, at=LATER, why="Not in the source.")
    claim.refresh_from_db()
    assert (claim.refused_by, claim.refused_at, claim.refused_why) == (
        people.reviewer,
        LATER,
        "Not in the source.",
    )
    assert not Claim.objects.public(TODAY).exists() and not Claim.objects.pending().exists()
    assert not Standing.objects.exists() and current_version() == 0
    with pytest.raises(Refused):
        approval.approve(claim, by=people.second_editor, at=LATER)
    with pytest.raises(Refused):
        approval.discard(claim, by=people.editor, at=LATER)


def test_a_pending_claim_is_discarded_by_who_entered_it_alone(people):
    claim = approval.enter(draft(project()), by=people.editor, at=AT)
    for who in (people.second_editor, people.reviewer, people.stranger):
        with pytest.raises(PermissionDenied):
            approval.discard(claim, by=who, at=AT)
    approval.discard(claim, by=people.editor, at=LATER)
    assert not Claim.objects.exists()
    entry = AuditEntry.objects.first()
    assert (entry.action, entry.subject, entry.by) == ("claim.discard", claim.ref, people.editor)
    assert entry.before["value"] == "building" and entry.after is None


def test_a_published_claim_is_not_discarded(people):
    claim = enter_and_approve(draft(project()), people)
    with pytest.raises(Refused):
        approval.discard(claim, by=people.editor, at=LATER)
    assert Claim.objects.get() == claim


# Correcting and withdrawing


def test_a_correction_holds_from_the_day_it_became_known(people):
    of = project()
    wrong = enter_and_approve(draft(of, Topic.TOTAL_INVESTMENT, FORTY), people)
    right = approval.correction_of(
        wrong, source=wrong.source, value_yuan=FIFTY.yuan, unit="yi", note="The table says 50."
    )
    right = enter_and_approve(right, people, at=LATER)
    known = date(2026, 4, 1)
    assert (right.corrects, right.as_of, right.known_on) == (wrong, wrong.as_of, known)
    assert total_on(known) == FIFTY.yuan
    assert total_on(known - timedelta(days=1)) == FORTY.yuan
    assert total_on(date(2024, 10, 17), known) == FIFTY.yuan, "also of the past, as it is known now"
    assert total_on(date(2024, 10, 16), known) is None


def test_a_correction_of_a_correction(people):
    of = project()
    chain_of = enter_and_approve(draft(of, Topic.TOTAL_INVESTMENT, FORTY), people)
    for value, at in ((FIFTY, LATER), (Money(60 * 10**8, "yi", 0), MUCH_LATER)):
        next_one = approval.correction_of(
            chain_of, source=chain_of.source, value_yuan=value.yuan, unit="yi", note="Read again."
        )
        chain_of = enter_and_approve(next_one, people, at=at)
    assert [total_on(date(2026, month, 25)) // 10**8 for month in (3, 4, 5)] == [40, 50, 60]
    assert Claim.objects.approved().count() == 3


def test_a_withdrawal_removes_from_its_known_day_on_and_not_before(people):
    of = project()
    wrong = enter_and_approve(draft(of, value="operating"), people)
    withdrawal = approval.correction_of(wrong, source=wrong.source, note="It speaks of another plant.")
    assert withdrawal.is_withdrawal
    enter_and_approve(withdrawal, people, at=LATER)
    known = date(2026, 4, 1)
    assert stage_on(known - timedelta(days=1)) == "operating"
    assert stage_on(known) is None
    assert stage_on(date(2024, 12, 1), known) is None
    assert stage_on(date(2024, 12, 1), date(2024, 12, 1)) == "operating"
    assert not Standing.objects.today().exists()


def test_withdrawing_a_correction_leaves_nothing(people):
    """The corrected claim does not come back to life: it is named by a public claim."""
    of = project()
    first = enter_and_approve(draft(of, value="building"), people)
    second = approval.correction_of(first, source=first.source, value_code="operating", note="Misread.")
    second = enter_and_approve(second, people, at=LATER)
    third = approval.correction_of(second, source=first.source, note="Another plant.")
    enter_and_approve(third, people, at=MUCH_LATER)
    assert stage_on(date(2026, 5, 1)) is None
    assert stage_on(date(2026, 4, 30)) == "operating"


def test_a_claim_has_at_most_one_approved_correction(people):
    wrong = enter_and_approve(draft(project(), Topic.TOTAL_INVESTMENT, FORTY), people)
    one, other = (
        approval.enter(
            approval.correction_of(wrong, source=wrong.source, value_yuan=yuan, unit="yi"),
            by=people.editor,
            at=LATER,
        )
        for yuan in (FIFTY.yuan, 2 * FORTY.yuan)
    )
    approval.approve(one, by=people.reviewer, at=LATER)
    with pytest.raises(Refused) as refusal:
        approval.approve(other, by=people.reviewer, at=LATER)
    assert codes(refusal) == {"corrected_already"}
    with pytest.raises(Refused) as refusal:
        third = approval.correction_of(wrong, source=wrong.source, value_yuan=1, unit="yuan")
        approval.enter(third, by=people.editor, at=LATER)
    assert codes(refusal) == {"corrected_already"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"scope": "一期"}, "corrects_another_series"),
        ({"topic": Topic.FUNDS}, "corrects_another_series"),
        ({"known_on": date(2024, 10, 16), "as_of": "2024-10-16"}, "corrected_before_known"),
    ],
)
def test_what_a_correction_may_not_do(people, changes, code):
    wrong = published(project(), Topic.TOTAL_INVESTMENT, FORTY)
    right = approval.correction_of(wrong, source=wrong.source, value_yuan=1, unit="yuan", **changes)
    with pytest.raises(Refused) as refusal:
        approval.enter(right, by=people.editor, at=AT)
    assert codes(refusal) == {code}


def test_a_correction_names_a_published_claim_of_the_same_project(people):
    mine, waiting = project(), pending(project(), people.editor)
    right = approval.correction_of(waiting, source=waiting.source, value_code="completed", known_on=TODAY)
    with pytest.raises(Refused) as refusal:
        approval.enter(right, by=people.editor, at=AT)
    assert codes(refusal) == {"corrects_nothing"}
    right = approval.correction_of(published(project()), source=source(), value_code="completed")
    right.project = mine
    with pytest.raises(Refused) as refusal:
        approval.enter(right, by=people.editor, at=AT)
    assert codes(refusal) == {"corrects_another_series"}


# Statistics go the same way


def test_a_statistic_is_entered_approved_and_corrected(people):
    said = {"source": source(), "as_of": "2024-10", "subject": indicator(), "period": "2024"}
    figure = Statistic(value_number=Decimal("166"), unit="个", **said)
    figure.as_of = "2024-10-17"
    figure = enter_and_approve(figure, people)
    right = approval.correction_of(
        figure, source=figure.source, value_number=Decimal("167"), unit="个", note="Read again."
    )
    right = enter_and_approve(right, people, at=LATER)
    assert [one.ref for one in Statistic.objects.public(date(2026, 4, 1))] == sorted([figure.ref, right.ref])
    assert current_version() == 2
    assert verifies()


# The audit


def test_every_act_leaves_one_entry_in_the_chain(people):
    of = project()
    first = approval.enter(draft(of, section=section(), paragraph=2), by=people.editor, at=AT)
    approval.approve(first, by=people.reviewer, at=LATER)
    second = approval.enter(draft(of, Topic.WORKS, "some"), by=people.editor, at=LATER)
    approval.refuse(second, by=people.second_editor, at=LATER, why="no")
    third = approval.enter(draft(of, Topic.WORKS, "other"), by=people.editor, at=LATER)
    approval.discard(third, by=people.editor, at=MUCH_LATER)
    said = AuditEntry.objects.order_by("number").values_list(
        "number", "action", "subject", "by__username", "at"
    )
    assert list(said) == [
        (1, "claim.enter", first.ref, "editor", AT),
        (2, "claim.approve", first.ref, "reviewer", LATER),
        (3, "claim.enter", second.ref, "editor", LATER),
        (4, "claim.refuse", second.ref, "second_editor", LATER),
        (5, "claim.enter", third.ref, "editor", LATER),
        (6, "claim.discard", third.ref, "editor", MUCH_LATER),
    ]
    assert AuditEntry.objects.get(number=2).after["value"] == "building"
    assert verifies()
