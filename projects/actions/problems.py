"""Problems: raised in a report or taken back, answered, closed with a word. Who may is `rules.problems`."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from projects.actions import drafting
from projects.audit import log
from projects.audit.data_version import locked_version, publishing
from projects.choices import ReportState
from projects.core.refusals import Fault, Refusal, Refused
from projects.models import Department, Problem, ProblemReply, Report, User
from projects.models.report import person_of
from projects.rules.problems import refusal_to_close, refusal_to_raise, refusal_to_reply, refusal_to_take_back


def raise_(
    report: Report, text: str, *, department: Department, due_on: date, by: User, at: datetime
) -> Problem:
    """Say in a report what stands in the way, which unit answers for it, and by when."""
    today = timezone.localdate(at)
    with transaction.atomic():
        locked_version()
        row = drafting.locked(pk=report.pk)
        state = ReportState(row.state)
        if refused := refusal_to_raise(person_of(by), row.project.department_id, state, text):
            raise refused
        if due_on < today:
            raise Refused([Fault("due_in_past", "due_on")])
        problem = Problem(report=row, department=department, text=text.strip(), due_on=due_on)
        problem.raised_by, problem.raised_on = by, today
        problem.full_clean()
        problem.save()
        drafting.remember_writer(row, by)
        _record("raise", problem, by, at, after=_told(problem))
    return problem


def take_back(problem: Problem, *, by: User, at: datetime) -> None:
    """Strike it out of a report that is still being written."""
    with transaction.atomic():
        row = _locked(problem)
        _refuse(refusal_to_take_back(person_of(by), row.obstacle(), row.replies.exists()))
        _record("take_back", row, by, at, before=_told(row))
        row.delete()


def reply(problem: Problem, text: str, *, by: User, at: datetime) -> ProblemReply:
    """Answer, as long as it is open."""
    with transaction.atomic():
        row = _locked(problem)
        _refuse(refusal_to_reply(person_of(by), row.obstacle(), text))
        answer = ProblemReply(problem=row, text=text.strip(), by=by, at=at)
        answer.full_clean()
        answer.save()
        _record("reply", row, by, at, after={"text": answer.text})
    return answer


def close(problem: Problem, word: str, *, by: User, at: datetime) -> Problem:
    """It is gone: say in a word how. The public sees how many are open, so this publishes."""
    with publishing(at):
        row = _locked(problem)
        _refuse(refusal_to_close(person_of(by), row.obstacle(), word))
        row.closed_by, row.closed_at, row.closing_word = by, at, word.strip()
        row.full_clean()
        row.save()
        _record("close", row, by, at, after={"word": row.closing_word})
    return row


def _locked(problem: Problem) -> Problem:
    locked_version()
    rows = Problem.objects.select_for_update(of=["self"])
    row = rows.select_related("report__project", "report__round", "department").filter(pk=problem.pk).first()
    if row is None:
        raise Refusal("problem_gone")
    return row


def _refuse(refused: Refusal | None) -> None:
    if refused:
        raise refused


def _told(problem: Problem) -> dict:
    """As the audit keeps it."""
    due_on = problem.due_on.isoformat()
    return {"text": problem.text, "department": problem.department.code, "due_on": due_on}


def _record(verb: str, problem: Problem, by: User, at: datetime, **told: dict) -> None:
    subject = f"{drafting.key(problem.report)} #{problem.pk}"
    log.record(f"problem.{verb}", subject, report=problem.report, by=by, at=at, **told)
