"""A file is kept, read, sent, approved or refused whole, and withdrawn by a second batch; each once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import override_settings

from projects.audit.data_version import current_version
from projects.choices import BatchState, Origin, SourceKind, Topic
from projects.claims import approval, projection
from projects.core import fuzzy_dates
from projects.core.refusals import Refused
from projects.editing import ledger
from projects.editing.decisions import decidable
from projects.imports import batches, decisions
from projects.imports.rules import compared
from projects.models import (
    AuditEntry,
    Batch,
    Claim,
    Current,
    Organisation,
    Project,
    ProjectParty,
    SheetMemory,
    Source,
    Standing,
)
from tests.cast import AT, project, published, section, source
from tests.imports.rows import FIFTY, FORTY, claim, fact, kept, new, row, sent, stage

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(days=3)


def approved(people, batch: Batch, at=AT) -> Batch:
    return decisions.approve(batch, expected=batch.version, by=people.second_editor, at=at)


def refused_with(code: str, act, *args, **kwargs) -> bool:
    with pytest.raises(Refused) as refusal:
        act(*args, **kwargs)
    return refusal.value.code == code


def total_of(of: Project) -> int | None:
    return Current.objects.filter(project=of).values_list("total_investment", flat=True).first()


# Drafts


def test_what_is_kept_is_a_draft_of_which_nothing_is_written(people):
    draft = kept(people)
    assert (draft.state, draft.entered_by, draft.version) == (BatchState.DRAFT, people.editor, 1)
    assert not Claim.objects.exists() and not Project.objects.exists() and current_version() == 0
    assert AuditEntry.objects.get().after["digest"] == draft.digest


def test_its_reading_is_saved_over_the_version_that_was_seen(people):
    draft = kept(people)
    saved = batches.save(
        draft, expected=1, by=people.second_editor, at=AT, mapping=[{"key": "a"}], skipped=[3]
    )
    assert (saved.version, saved.mapping, saved.skipped) == (2, [{"key": "a"}], [3])
    assert refused_with("changed_meanwhile", batches.save, draft, expected=1, by=people.editor, at=AT)


def test_a_draft_is_thrown_away_with_its_cells(people):
    draft = kept(people)
    batches.discard(draft, expected=1, by=people.editor, at=AT)
    assert not Batch.objects.exists()
    assert list(AuditEntry.objects.values_list("action", flat=True)) == ["batch.discard", "batch.keep"]


@pytest.mark.parametrize("who", ["reporter", "reviewer", "stranger"])
def test_only_editors_import(people, who):
    draft, somebody = kept(people), getattr(people, who)
    told = {"expected": draft.version, "by": somebody, "at": AT}
    assert refused_with("not_yours", batches.save, draft, **told)
    assert refused_with("not_yours", batches.send, draft, [], **told)
    assert refused_with("not_yours", batches.discard, draft, **told)


# Sending


def test_what_is_sent_waits_and_nothing_of_it_is_public(people):
    of = project()
    batch = sent(people, row(of, claim(), stage()), new("新建厂", claim(cell="D3"), number=3))
    assert (batch.state, batch.claim_count, batch.sent_by) == (BatchState.SENT, 3, people.editor)
    assert {one.origin for one in batch.claims.pending()} == {Origin.IMPORT}
    made = batch.projects.get()
    assert (made.name, made.is_public) == ("新建厂", False)
    assert not Claim.objects.approved().exists() and not Standing.objects.exists()
    assert not batch.source.is_public and batch.source.kind == SourceKind.IMPORT
    assert current_version() == 0


def test_a_place_is_sheet_and_row_where_the_file_is_the_source(people):
    (only,) = sent(people, row(project(), claim(), number=7)).claims.all()
    assert (only.section.source, only.section.number, only.paragraph) == (only.source, "1", 7)


def test_of_a_named_document_a_place_comes_from_columns_or_there_is_none(people):
    paper, of, other = source(), project(), project()
    section(paper, "2")
    day = {"as_of": fuzzy_dates.parse("2024-10-17")}
    told = [row(of, claim(place=(2, 3, None), **day)), row(other, claim(**day), number=3)]
    batch = sent(people, *told, source=paper)
    placed = list(batch.claims.order_by("project").values_list("source", "section__number", "paragraph"))
    assert placed == [(paper.pk, "2", 3), (paper.pk, None, None)]
    assert {one.known_on for one in batch.claims.all()} == {date(2024, 10, 17)}


def test_rows_left_out_are_not_sent(people):
    of, other = project(), project()
    batch = sent(people, row(of, claim()), row(other, claim(), number=3), skipped=[3])
    assert [one.project for one in batch.claims.all()] == [of]
    assert [one.is_skipped for one in decisions.rows_of(batch)] == [False, True]


def test_a_row_with_a_fault_keeps_the_file_from_being_sent(people):
    draft = kept(people)
    bad = [row(project(), claim("dreaming", Topic.STAGE))]
    assert refused_with("batch_has_faults", batches.send, draft, bad, expected=1, by=people.editor, at=AT)
    assert not Claim.objects.exists() and Batch.objects.get().state == BatchState.DRAFT


def test_the_same_file_twice_changes_nothing(people):
    of = project()
    rows = [row(of, claim(), stage()), new("新建厂", claim(cell="D3"), number=3)]
    batch = sent(people, *rows, digest="a" * 64)
    again = kept(people, digest="a" * 64)
    told = {"expected": again.version, "by": people.editor, "at": AT}
    assert refused_with("batch_has_faults", batches.send, again, rows, **told)
    approved(people, batch)
    made = Project.objects.get(name="新建厂")
    rows[1] = replace(rows[1], project=made.code)  # found by its name now
    assert refused_with("batch_changes_nothing", batches.send, again, rows, **told)
    assert Claim.objects.count() == 3


def test_the_same_sheet_waits_once(people):
    of = project()
    sent(people, row(of, claim()), digest="a" * 64)
    again = kept(people, digest="a" * 64)
    told = {"expected": again.version, "by": people.editor, "at": AT}
    assert refused_with("batch_waits", batches.send, again, [row(of, claim())], **told)


def test_a_large_file_is_sent_in_parts_between_projects(people, monkeypatch):
    monkeypatch.setattr(compared.parts, "__defaults__", (4,))
    of = [project() for _ in range(4)]
    rows = [row(one, claim(), stage(), number=n) for n, one in enumerate(of, start=2)]
    draft = kept(people)
    parts = batches.send(
        draft, [*rows, new("新建厂", claim(), number=9)], expected=1, by=people.editor, at=AT
    )
    assert [(one.part, one.part_of, one.claim_count) for one in parts] == [
        (1, None, 4),
        (2, parts[0], 4),
        (3, parts[0], 1),
    ]
    assert all(set(one.claims.values_list("project", flat=True)) for one in parts)
    decisions.refuse(parts[1], expected=parts[1].version, why="no", by=people.second_editor, at=AT)
    approved(people, parts[2])
    assert [Batch.objects.get(pk=one.pk).state for one in parts] == ["sent", "refused", "approved"]
    assert Claim.objects.approved().get().source.is_public


def test_the_next_sheet_of_a_sender_begins_with_the_reading_of_the_last(people):
    mapping, choices = [{"key": "a", "code": "name"}], [["stage", "在建中", "building"]]
    sent(people, row(project(), claim()), sender="fagai", mapping=mapping, choices=choices)
    kept_of = batches.memory_of("fagai")
    assert (kept_of.mapping, kept_of.choices) == (mapping, choices)
    assert batches.memory_of("") is None and SheetMemory.objects.count() == 1


# Approving


def test_a_second_person_approves_all_of_it(people):
    of = project()
    batch = sent(people, row(of, claim(), stage()), new("新建厂", claim(FIFTY, cell="D3"), number=3))
    done = approved(people, batch, LATER)
    assert (done.state, done.approved_by, current_version()) == ("approved", people.second_editor, 1)
    assert {(one.approved_by, one.approved_at) for one in done.claims.all()} == {
        (people.second_editor, LATER)
    }
    assert {one.known_on for one in done.claims.all()} == {date(2026, 3, 5)}
    assert done.source.is_public and done.source.published == "2026-03-05"
    assert total_of(of) == FORTY.yuan and total_of(Project.objects.get(name="新建厂")) == FIFTY.yuan
    entry = AuditEntry.objects.get(action="batch.approve")
    assert entry.after["digest"] == batch.digest and entry.after["claims"]["count"] == 3
    assert not any(projection.differs(one) for one in Project.objects.all())


def test_nobody_approves_a_file_of_his_own(people):
    batch = sent(people, row(project(), claim()))
    told = {"expected": batch.version, "by": people.editor, "at": AT}
    with pytest.raises(PermissionDenied):
        decisions.approve(batch, **told)
    with pytest.raises(PermissionDenied):
        decisions.refuse(batch, why="no", **told)
    with override_settings(ALONE_MAY_APPROVE=True):
        assert decisions.approve(batch, **told).state == "approved"


def test_names_are_listed_and_applied_at_the_approval(people):
    of = project("旧名厂")
    batch = sent(people, row(of, fact("name", "新名厂"), fact("builder", "某某建设公司", "E2"), claim()))
    of.refresh_from_db()
    assert of.name == "旧名厂" and not Organisation.objects.exists()
    approved(people, batch)
    of.refresh_from_db()
    assert (of.name, of.version) == ("新名厂", 2)
    assert ProjectParty.objects.get(project=of).organisation.name == "某某建设公司"
    assert Current.objects.get(project=of).name == "新名厂"
    assert AuditEntry.objects.about(of).get().before == {"name": "旧名厂"}


def test_a_name_that_moved_on_meanwhile_keeps_all_of_it_back(people):
    of = project("旧名厂")
    batch = sent(people, row(of, fact("name", "新名厂"), claim()))
    Project._base_manager.filter(pk=of.pk).update(name="别名厂")
    assert refused_with("record_moved_on", approved, people, batch)
    assert not Claim.objects.approved().exists() and current_version() == 0


def test_it_is_decided_once(people):
    batch = sent(people, row(project(), claim()))
    approved(people, batch)
    assert refused_with("decided_already", approved, people, batch)
    told = {"expected": batch.version, "why": "no", "by": people.second_editor, "at": AT}
    assert refused_with("decided_already", decisions.refuse, batch, **told)
    assert AuditEntry.objects.filter(action="batch.approve").count() == 1


def test_no_claim_of_a_file_is_decided_alone(people):
    """Nor by the control's way: one that was typed is."""
    of = project()
    one = sent(people, row(of, claim())).claims.get()
    told = {"by": people.second_editor, "at": AT}
    assert refused_with("decided_with_its_file", approval.approve, one, **told)
    assert refused_with("decided_with_its_file", approval.refuse, one, why="no", **told)
    assert refused_with("decided_with_its_file", approval.discard, one, by=people.editor, at=AT)
    assert decidable(people.second_editor, [one]) == set() and ledger.waiting(9) == []
    Claim.objects.filter(pk=one.pk).update(batch=None)
    one.refresh_from_db()
    assert decidable(people.second_editor, [one]) == {one.pk} and ledger.waiting(9) == [one]
    approval.approve(one, **told)


# Refusing


def test_refused_whole_with_a_reason(people):
    batch = sent(people, new("新建厂", claim()))
    told = {"expected": batch.version, "by": people.second_editor, "at": AT}
    assert refused_with("note_missing", decisions.refuse, batch, why=" ", **told)
    done = decisions.refuse(batch, why="上月的表", **told)
    assert (done.state, done.refused_why, current_version()) == ("refused", "上月的表", 0)
    assert done.claims.get().refused_why == "上月的表" and not done.projects.get().is_public


def test_a_project_of_a_refused_file_is_taken_up_by_the_next(people):
    batch = sent(people, new("新建厂", claim()))
    decisions.refuse(batch, expected=batch.version, why="no", by=people.second_editor, at=AT)
    of = batch.projects.get()
    second = sent(people, row(of, claim(FIFTY)))
    approved(people, second)
    of.refresh_from_db()
    assert of.is_public and of.batch == second and total_of(of) == FIFTY.yuan


# Withdrawing


def withdrawn(people, batch: Batch, at=LATER) -> Batch:
    batch.refresh_from_db()
    told = {"expected": batch.version, "why": "错月", "by": people.editor, "at": at}
    sent_back = decisions.withdraw(batch, **told)
    return approved(people, sent_back, at)


def test_withdrawn_by_a_second_batch(people):
    of = project()
    published(of, Topic.TOTAL_INVESTMENT, FORTY)
    projection.rebuild(of)
    batch = sent(people, row(of, claim(FIFTY)), new("新建厂", claim(), number=3))
    approved(people, batch)
    made = batch.projects.get()
    assert total_of(of) == FIFTY.yuan and made.is_public
    second = withdrawn(people, batch)
    batch.refresh_from_db()
    made.refresh_from_db()
    assert (batch.state, second.state, second.withdraws) == ("withdrawn", "approved", batch)
    assert total_of(of) == FORTY.yuan and not made.is_public and total_of(made) is None
    assert {one.known_on for one in second.claims.all()} == {date(2026, 3, 5)}


def test_what_was_corrected_since_is_left_and_listed(people):
    """The project that it made stays: the correction speaks of it."""
    batch = sent(people, new("新建厂", claim(), stage()))
    approved(people, batch)
    wrong = batch.claims.get(topic="total_investment")
    right = approval.correction_of(wrong, source=wrong.source, value_yuan=FIFTY.yuan, unit="yi")
    right = approval.enter(right, by=people.editor, at=AT)
    approval.approve(right, by=people.second_editor, at=AT)
    second = withdrawn(people, batch)
    of = batch.projects.get()
    assert second.became == [{"left": [wrong.ref]}] and second.claims.count() == 1
    assert of.is_public and total_of(of) == FIFTY.yuan


def test_what_is_corrected_while_the_withdrawal_waits_is_left_too(people):
    batch = approved(people, sent(people, row(project(), claim(), stage())))
    told = {"why": "错月", "by": people.editor, "at": AT}
    waiting = decisions.withdraw(batch, expected=batch.version, **told)
    assert refused_with("batch_waits", decisions.withdraw, batch, expected=batch.version, **told)
    wrong = batch.claims.get(topic="total_investment")
    right = approval.correction_of(wrong, source=wrong.source, value_yuan=FIFTY.yuan, unit="yi")
    approval.approve(approval.enter(right, by=people.editor, at=AT), by=people.second_editor, at=AT)
    done = approved(people, waiting)
    assert done.became == [{"left": [wrong.ref]}]
    assert Current.objects.get().total_investment == FIFTY.yuan and not Current.objects.get().stage


def test_a_refused_withdrawal_leaves_it_as_it_was(people):
    batch = approved(people, sent(people, row(project(), claim())))
    waiting = decisions.withdraw(batch, expected=batch.version, why="错月", by=people.editor, at=AT)
    decisions.refuse(waiting, expected=waiting.version, why="no", by=people.second_editor, at=AT)
    batch.refresh_from_db()
    assert batch.state == "approved" and Current.objects.get().total_investment == FORTY.yuan
    assert withdrawn(people, batch).state == "approved"


# What is kept of it


def test_what_each_row_became_is_kept_as_it_was_compared(people):
    of = project()
    batch = sent(people, row(of, fact("name", of.name), claim(), stage()), new("新建厂", number=3))
    rows = decisions.rows_of(batch)
    assert [(one.project, one.is_new) for one in rows] == [
        (of.code, False),
        (batch.projects.get().code, True),
    ]
    cells = {one.column: one for one in rows[0].cells}
    assert cells["name"].outcome == "unchanged" and cells["total_investment"].new == FORTY
    assert {one.ref for one in rows[0].claims} == set(batch.claims.values_list("ref", flat=True))
    assert Source.objects.filter(kind=SourceKind.IMPORT).count() == 1
