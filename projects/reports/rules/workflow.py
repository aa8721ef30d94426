"""The moves of a monthly report: from which state to which, by whom.

Buttons, views and tests read the one table here. Holds who may make a move and why not, as codes.
What a report must say before it is submitted is `reports.rules.checks`; making a move is `reports.moves`.
"""

from __future__ import annotations

from dataclasses import dataclass

from projects.choices import ReportMove, ReportState, Role
from projects.core.refusals import Refused
from projects.core.roles import Person


@dataclass(frozen=True, slots=True)
class Step:
    """One move: `after` is None where the state stays."""

    before: frozenset[ReportState]
    after: ReportState | None
    role: Role
    needs_note: bool = False


WRITABLE = frozenset({ReportState.DRAFT, ReportState.RETURNED})
WAITING = frozenset({ReportState.SUBMITTED})

STEPS = {
    ReportMove.SAVE: Step(WRITABLE, None, Role.REPORTER),
    ReportMove.SUBMIT: Step(WRITABLE, ReportState.SUBMITTED, Role.REPORTER),
    ReportMove.WITHDRAW: Step(WAITING, ReportState.DRAFT, Role.REPORTER),
    ReportMove.RETURN: Step(WAITING, ReportState.RETURNED, Role.REVIEWER, needs_note=True),
    ReportMove.APPROVE: Step(WAITING, ReportState.APPROVED, Role.REVIEWER),
}

# Beyond the reviewers' door: a returned report is to come again.
HANDED_IN = frozenset({ReportState.SUBMITTED, ReportState.APPROVED})
# What the audit calls the moves that change a report's state, its beginning the first.
AUDITED = ("report.enter", *(f"report.{move.value}" for move, step in STEPS.items() if step.after))


@dataclass(frozen=True, slots=True)
class ReportAccess:
    """What the moves ask of a report: its state, its project's unit, and who wrote in it."""

    state: ReportState
    department: int | None
    writers: frozenset[int] = frozenset()


def refusal(move: ReportMove, report: ReportAccess, person: Person, note: str = "") -> Refused | None:
    """The first reason against a move; None where it may be made."""
    step = STEPS[move]
    if not person.is_active:
        return Refused("deactivated")
    if not _has_part(step.role, report, person):
        return Refused("not_yours")
    if step.role == Role.REVIEWER and person.pk in report.writers:
        return Refused("own_report")
    if report.state not in step.before:
        return Refused("moved_on", state=report.state.value)
    if step.needs_note and not note.strip():
        return Refused("note_missing")
    return None


def open_moves(report: ReportAccess, person: Person) -> tuple[ReportMove, ...]:
    """The buttons that a person gets; a note is asked for once one is pressed."""
    return tuple(move for move in STEPS if refusal(move, report, person, note="asked for later") is None)


def state_after(move: ReportMove, state: ReportState) -> ReportState:
    return STEPS[move].after or state


def _has_part(role: Role, report: ReportAccess, person: Person) -> bool:
    """A reporter within the own unit, a reviewer everywhere."""
    return person.reports_for(report.department) if role == Role.REPORTER else person.has(role)
