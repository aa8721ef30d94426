"""The moves of a report: the table, who may, and thousands of steps without an illegal state."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from projects.choices import ReportMove, ReportState, Role
from projects.core.roles import Person
from projects.reports.rules.workflow import STEPS, ReportAccess, open_moves, refusal, state_after

HOME, OTHER = 1, 2
DRAFT, SUBMITTED, RETURNED, APPROVED = ReportState
SAVE, SUBMIT, WITHDRAW, RETURN, APPROVE = ReportMove


def person(pk: int, *roles: Role, **fields) -> Person:
    return Person(pk, frozenset(role.value for role in roles), **fields)


REPORTER = person(1, Role.REPORTER, department=HOME)
COLLEAGUE = person(2, Role.REPORTER, department=HOME)
ANOTHER_UNIT = person(3, Role.REPORTER, department=OTHER)
REVIEWER = person(4, Role.REVIEWER, department=OTHER)
BOTH = person(5, Role.REPORTER, Role.REVIEWER, department=HOME)
EDITOR = person(6, Role.EDITOR, department=HOME)
STRANGER = person(7, department=HOME)
ADMINISTRATOR = person(8, department=HOME, is_superuser=True)
GONE = person(9, Role.REPORTER, Role.REVIEWER, department=HOME, is_active=False, is_superuser=True)
WITHOUT_UNIT = person(10, Role.REPORTER)
EVERYBODY = (
    *(REPORTER, COLLEAGUE, ANOTHER_UNIT, REVIEWER, BOTH),
    *(EDITOR, STRANGER, ADMINISTRATOR, GONE, WITHOUT_UNIT),
)


def paper(state: ReportState, *writers: Person, department: int | None = HOME) -> ReportAccess:
    return ReportAccess(state, department, frozenset(writer.pk for writer in writers))


@pytest.mark.parametrize(
    ("state", "who", "moves"),
    [
        (DRAFT, REPORTER, (SAVE, SUBMIT)),
        (DRAFT, COLLEAGUE, (SAVE, SUBMIT)),
        (DRAFT, REVIEWER, ()),
        (SUBMITTED, REPORTER, (WITHDRAW,)),
        (SUBMITTED, REVIEWER, (RETURN, APPROVE)),
        (SUBMITTED, BOTH, (WITHDRAW, RETURN, APPROVE)),
        (SUBMITTED, ADMINISTRATOR, (RETURN, APPROVE)),
        (RETURNED, REPORTER, (SAVE, SUBMIT)),
        (RETURNED, REVIEWER, ()),
        (APPROVED, REPORTER, ()),
        (APPROVED, REVIEWER, ()),
    ],
)
def test_who_may_do_what_in_which_state(state, who, moves):
    assert open_moves(paper(state, REPORTER), who) == moves


@pytest.mark.parametrize("state", ReportState)
@pytest.mark.parametrize("who", [ANOTHER_UNIT, EDITOR, STRANGER, GONE, WITHOUT_UNIT])
def test_others_may_do_nothing(state, who):
    assert open_moves(paper(state, REPORTER), who) == ()


def test_an_administrator_reports_for_nobody():
    assert open_moves(paper(DRAFT), ADMINISTRATOR) == ()


def test_of_a_project_without_a_unit_nobody_reports():
    for who in EVERYBODY:
        assert open_moves(paper(DRAFT, department=None), who) == ()


@pytest.mark.parametrize("move", [RETURN, APPROVE])
def test_nobody_reviews_what_he_or_she_wrote_in(move):
    assert refusal(move, paper(SUBMITTED, BOTH), BOTH, "note").code == "own_report"
    assert refusal(move, paper(SUBMITTED, REPORTER, BOTH), BOTH, "note").code == "own_report"
    assert refusal(move, paper(SUBMITTED, ADMINISTRATOR), ADMINISTRATOR, "note").code == "own_report"


@pytest.mark.parametrize(
    ("move", "state", "who", "note", "code"),
    [
        (SAVE, DRAFT, GONE, "", "deactivated"),
        (SAVE, DRAFT, ANOTHER_UNIT, "", "not_yours"),
        (APPROVE, SUBMITTED, REPORTER, "", "not_yours"),
        (APPROVE, APPROVED, REVIEWER, "", "moved_on"),
        (SAVE, SUBMITTED, REPORTER, "", "moved_on"),
        (WITHDRAW, RETURNED, REPORTER, "", "moved_on"),
        (RETURN, SUBMITTED, REVIEWER, "  ", "note_missing"),
    ],
)
def test_the_first_reason_is_given(move, state, who, note, code):
    refused = refusal(move, paper(state, REPORTER), who, note)
    assert refused.code == code
    assert refused.faults[0].values == ({"state": state.value} if code == "moved_on" else {})


def test_the_table_is_that_of_the_design():
    moves = {
        (before.value, step.after.value) for step in STEPS.values() if step.after for before in step.before
    }
    assert moves == {
        ("draft", "submitted"),
        ("submitted", "draft"),
        ("submitted", "returned"),
        ("returned", "submitted"),
        ("submitted", "approved"),
    }
    assert set(STEPS) == set(ReportMove)
    assert state_after(SAVE, RETURNED) == RETURNED


def test_every_state_is_reached_and_only_approved_is_an_end():
    reached = {DRAFT}
    for _ in ReportState:
        reached |= {
            state_after(move, state)
            for move, state in itertools.product(STEPS, reached)
            if state in STEPS[move].before
        }
    assert reached == set(ReportState)
    assert [state for state in ReportState if not any(state in step.before for step in STEPS.values())] == [
        APPROVED
    ]


class Reporting(RuleBasedStateMachine):
    """Anybody tries anything, in any order; people change units and are deactivated on the way."""

    def __init__(self):
        super().__init__()
        self.paper = paper(DRAFT)
        self.people = {one.pk: one for one in EVERYBODY}
        self.figure, self.published = 0, None
        self.submitted_by = self.approved_by = None
        self.notes = []

    @rule(
        pk=st.sampled_from([one.pk for one in EVERYBODY]),
        move=st.sampled_from(list(ReportMove)),
        note=st.sampled_from(["", "which lot?"]),
    )
    def tries(self, pk, move, note):
        who, before = self.people[pk], self.paper
        if refusal(move, before, who, note):
            return
        self.paper = replace(before, state=state_after(move, before.state))
        if move in (SAVE, SUBMIT):
            self.paper = replace(self.paper, writers=self.paper.writers | {pk})
            self.figure += move == SAVE
            self.submitted_by = pk if move == SUBMIT else self.submitted_by
        if move == RETURN:
            self.notes.append(note)
        if move == APPROVE:
            assert self.published is None, "approved twice"
            self.published, self.approved_by = self.figure, who

    @rule(pk=st.sampled_from([one.pk for one in EVERYBODY]), is_active=st.booleans())
    def account_changes(self, pk, is_active):
        self.people[pk] = replace(self.people[pk], is_active=is_active)

    @rule(pk=st.sampled_from([one.pk for one in EVERYBODY]), department=st.sampled_from([HOME, OTHER, None]))
    def unit_changes(self, pk, department):
        self.people[pk] = replace(self.people[pk], department=department)

    @rule(department=st.sampled_from([HOME, OTHER, None]))
    def project_is_handed_over(self, department):
        if self.paper.state != APPROVED:
            self.paper = replace(self.paper, department=department)

    @invariant()
    def no_illegal_state(self):
        assert self.paper.state in ReportState
        assert (self.paper.state == APPROVED) == (self.published is not None)
        assert all(note.strip() for note in self.notes)
        if self.paper.state != DRAFT:
            assert self.submitted_by is not None

    @invariant()
    def what_was_published_stays_and_is_a_second_persons(self):
        if self.published is not None:
            assert self.published == self.figure, "changed after it was approved"
            assert self.approved_by.pk not in self.paper.writers
            assert self.approved_by.has(Role.REVIEWER)

    @invariant()
    def an_end_is_an_end(self):
        if self.paper.state == APPROVED:
            assert not any(open_moves(self.paper, who) for who in self.people.values())

    @invariant()
    def a_button_is_offered_exactly_where_the_move_is_made(self):
        for who in self.people.values():
            for move in ReportMove:
                is_offered = move in open_moves(self.paper, who)
                assert is_offered == (refusal(move, self.paper, who, "a note") is None)


TestReporting = Reporting.TestCase
