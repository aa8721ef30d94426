"""Problems as a list: those that a person reaches, by what is asked, each with its last reply."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Max, Q, QuerySet

from projects.core.roles import Person
from projects.models import Problem, ProblemReply

STATES = ("open", "closed", "all")
WHOSE = ("all", "mine", "raised")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is narrowed to; what an address says beyond these words is as if it said nothing."""

    state: str = "open"
    whose: str = "all"

    @classmethod
    def read(cls, params: Mapping[str, str]) -> Asked:
        state, whose = params.get("state"), params.get("whose")
        return cls(state if state in STATES else "open", whose if whose in WHOSE else "all")


@dataclass(frozen=True, slots=True)
class Row:
    problem: Problem
    last_reply: ProblemReply | None


def reached(person: Person) -> QuerySet[Problem]:
    rows = Problem.objects.reachable_by(person)
    return rows.select_related("report__project__department", "report__round", "department")


def found(person: Person, asked: Asked) -> QuerySet[Problem]:
    """Open ones by their day, so that overdue ones come first; then closed ones, the newest first."""
    rows = reached(person).filter(_of_unit(person, asked.whose))
    if asked.state != "all":
        rows = rows.filter(closed_at__isnull=asked.state == "open")
    return rows.order_by(F("closed_at").desc(nulls_first=True), "due_on", "pk")


def overdue(person: Person, today: date) -> int:
    return Problem.objects.reachable_by(person).overdue(today).count()


def with_last_reply(problems: Iterable[Problem]) -> list[Row]:
    problems = list(problems)
    newest = ProblemReply.objects.filter(problem__in=problems).order_by().values("problem")
    newest = newest.annotate(last=Max("pk")).values("last")
    replies = ProblemReply.objects.filter(pk__in=newest).select_related("by__department")
    by_problem = {reply.problem_id: reply for reply in replies}
    return [Row(problem, by_problem.get(problem.pk)) for problem in problems]


def _of_unit(person: Person, whose: str) -> Q:
    """Those that one's unit answers for, those that it raised, or both and what a reviewer sees beside."""
    unit = {"mine": "department", "raised": "report__project__department"}.get(whose)
    if unit is None:
        return Q()
    return Q(pk=None) if person.department is None else Q(**{unit: person.department})
