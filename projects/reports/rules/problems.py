"""Problems raised in reports: who may raise, take back, answer and close one."""

from __future__ import annotations

from dataclasses import dataclass

from projects.choices import ReportState, Role
from projects.core.refusals import Refused
from projects.core.roles import Person
from projects.reports.rules.workflow import WRITABLE


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What is asked of a problem: the units by their keys, its report's state, whether it is closed.

    The unit that answers for it sees it once the report is published: a draft is nobody else's.
    """

    raised_by: int | None
    responsible: int
    report: ReportState
    is_closed: bool = False


def refusal_to_raise(
    person: Person, department: int | None, report: ReportState, text: str
) -> Refused | None:
    """Raised while a report is written, by whoever may write it."""
    if not person.reports_for(department):
        return Refused("not_yours")
    if report not in WRITABLE:
        return Refused("moved_on", state=report.value)
    return None if text.strip() else Refused("text_missing")


def refusal_to_take_back(person: Person, problem: Obstacle, is_answered: bool) -> Refused | None:
    """As long as its report is written, by whoever may write it; what somebody answered stays."""
    if not person.reports_for(problem.raised_by):
        return Refused("not_yours")
    if problem.report not in WRITABLE:
        return Refused("moved_on", state=problem.report.value)
    if problem.is_closed:
        return Refused("problem_closed")
    return Refused("problem_answered") if is_answered else None


def refusal_to_reply(person: Person, problem: Obstacle, text: str) -> Refused | None:
    answers = person.reports_for(problem.responsible) and problem.report == ReportState.APPROVED
    return _refusal(person, problem, text, may=answers)


def refusal_to_close(person: Person, problem: Obstacle, word: str) -> Refused | None:
    """Whoever raised it says when it is gone, or a reviewer; not the unit that answers for it."""
    return _refusal(person, problem, word, may=False)


def _refusal(person: Person, problem: Obstacle, text: str, may: bool) -> Refused | None:
    reviews = person.has(Role.REVIEWER) and problem.report != ReportState.DRAFT
    if not (may or reviews or person.reports_for(problem.raised_by)):
        return Refused("not_yours")
    if problem.is_closed:
        return Refused("problem_closed")
    return None if text.strip() else Refused("text_missing")
