"""Problems of reports: raised, taken back, answered and closed; and as a list that can be narrowed.

Who may do which is `reports.rules.problems`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.audit import log
from projects.audit.data_version import locked_version, publishing
from projects.choices import ReportState
from projects.core.refusals import Refused
from projects.core.roles import Person
from projects.models import Department, Problem, ProblemReply, Report, User
from projects.models.user import person_of
from projects.pages import keyset
from projects.pages.keyset import KeysetPage, Segment
from projects.reports import drafts
from projects.reports.rules.problems import (
    refusal_to_close,
    refusal_to_raise,
    refusal_to_reply,
    refusal_to_take_back,
)

RAISING = ("raise", "take_back")  # for the unit of the project; answers may come from the responsible one


def raise_(
    report: Report, text: str, *, department: Department, due_on: date, by: User, at: datetime
) -> Problem:
    """Say in a report what stands in the way, which unit answers for it, and by when."""
    today = timezone.localdate(at)
    with transaction.atomic():
        locked_version()
        row = drafts.locked().get(pk=report.pk)
        state = ReportState(row.state)
        if refused := refusal_to_raise(person_of(by, today), row.project.department_id, state, text):
            raise refused
        if due_on < today:
            raise Refused("due_in_past", "due_on")
        problem = Problem(report=row, department=department, text=text.strip(), due_on=due_on)
        problem.raised_by, problem.raised_on = by, today
        problem.full_clean()
        problem.save()
        drafts.remember_writer(row, by)
        _record("raise", problem, by, at, after=_told(problem))
    return problem


def take_back(problem: Problem, *, by: User, at: datetime) -> None:
    """Strike it out of a report that is still being written."""
    with transaction.atomic():
        row = _locked(problem)
        _refuse(refusal_to_take_back(_person(by, at), row.obstacle(), row.replies.exists()))
        _record("take_back", row, by, at, before=_told(row))
        row.delete()


def reply(problem: Problem, text: str, *, by: User, at: datetime) -> ProblemReply:
    """Answer, as long as it is open."""
    with transaction.atomic():
        row = _locked(problem)
        _refuse(refusal_to_reply(_person(by, at), row.obstacle(), text))
        answer = ProblemReply(problem=row, text=text.strip(), by=by, at=at)
        answer.full_clean()
        answer.save()
        _record("reply", row, by, at, after={"text": answer.text})
    return answer


def close(problem: Problem, word: str, *, by: User, at: datetime) -> Problem:
    """It is gone: say in a word how. The public sees how many are open, so this publishes."""
    with publishing(at):
        row = _locked(problem)
        _refuse(refusal_to_close(_person(by, at), row.obstacle(), word))
        row.closed_by, row.closed_at, row.closing_word = by, at, word.strip()
        row.full_clean()
        row.save()
        _record("close", row, by, at, after={"word": row.closing_word})
    return row


def _locked(problem: Problem) -> Problem:
    locked_version()
    rows = Problem.objects.select_for_update(of=["self"])
    rows = rows.select_related("report__project__department", "report__round", "department")
    row = rows.filter(pk=problem.pk).first()
    if row is None:
        raise Refused("problem_gone")
    return row


def _refuse(refused: Refused | None) -> None:
    if refused:
        raise refused


def _told(problem: Problem) -> dict:
    """As the audit keeps it."""
    due_on = problem.due_on.isoformat()
    return {"text": problem.text, "department": problem.department.code, "due_on": due_on}


def _person(by: User, at: datetime) -> Person:
    return person_of(by, timezone.localdate(at))


def _record(verb: str, problem: Problem, by: User, at: datetime, **told: dict) -> None:
    subject = f"{drafts.key(problem.report)} #{problem.pk}"
    answers = () if verb in RAISING else (problem.department,)
    if capacity := drafts.capacity(by, at, problem.report.project.department, *answers):
        told["after"] = told.get("after", {}) | capacity
    log.record(f"problem.{verb}", subject, report=problem.report, by=by, at=at, **told)


PAGE_SIZE = 50
STATES = ("open", "closed", "all")
WHOSE = ("all", "mine", "raised")


@dataclass(frozen=True, slots=True)
class ProblemQuestion:
    """What a list is narrowed to; what an address says beyond these words is as if it said nothing."""

    state: str = "open"
    whose: str = "all"

    @classmethod
    def read(cls, params: Mapping[str, str]) -> ProblemQuestion:
        state, whose = params.get("state"), params.get("whose")
        return cls(state if state in STATES else "open", whose if whose in WHOSE else "all")


@dataclass(frozen=True, slots=True)
class ProblemRow:
    problem: Problem
    last_reply: ProblemReply | None


def reached(person: Person) -> QuerySet[Problem]:
    rows = Problem.objects.reachable_by(person)
    return rows.select_related("report__project__department", "report__round", "department")


def page(person: Person, asked: ProblemQuestion, params: QueryDict) -> KeysetPage:
    """Open ones by their day, so that overdue ones come first; then closed ones, the newest first."""
    rows = Problem.objects.reachable_by(person).filter(_of_unit(person, asked.whose))
    still_open = Segment(rows.filter(closed_at__isnull=True), ("due_on", "id"))
    closed = Segment(rows.filter(closed_at__isnull=False), ("-closed_at", "-id"))
    segments = {"open": [still_open], "closed": [closed], "all": [still_open, closed]}[asked.state]
    found = keyset.page(segments, ("pk",), PAGE_SIZE, params, f"{asked.state} {asked.whose}")
    keys = [pk for (pk,) in found.rows]
    by_key = reached(person).in_bulk(keys)
    return replace(found, rows=with_last_reply(by_key[key] for key in keys))


def overdue(person: Person, today: date) -> int:
    return Problem.objects.reachable_by(person).overdue(today).count()


def with_last_reply(problems: Iterable[Problem]) -> list[ProblemRow]:
    problems = list(problems)
    newest = ProblemReply.objects.filter(problem__in=problems).order_by().values("problem")
    newest = newest.annotate(last=Max("pk")).values("last")
    replies = ProblemReply.objects.filter(pk__in=newest).select_related("by__department")
    by_problem = {reply.problem_id: reply for reply in replies}
    return [ProblemRow(problem, by_problem.get(problem.pk)) for problem in problems]


def _of_unit(person: Person, whose: str) -> Q:
    """Those that one's unit answers for, those that it raised, or both and what a reviewer sees beside."""
    unit = {"mine": "department", "raised": "report__project__department"}.get(whose)
    return Q(**{f"{unit}__in": person.units}) if unit else Q()


STATE_WORDS = {"open": _("To be solved"), "closed": _("Solved"), "all": _("All of them")}
WHOSE_WORDS = {"all": _("All units"), "mine": _("My unit answers"), "raised": _("My unit raised")}
