"""Rounds by unit and state: who has reported, who has not, and which projects have no unit.

Whom a round expects is asked of the record of today; once it is closed, of that of the day on which it was
closed, so that a month of the past stays as it was. What is counted, and how, is `reports.rules.rounds`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.utils import timezone

from projects.choices import Role
from projects.core.rectangles import FOREVER
from projects.core.roles import Person
from projects.models import Department, Project, Report, Round, Standing
from projects.reports.rules import rounds
from projects.reports.rules.rounds import Tally
from projects.reports.rules.workflow import HANDED_IN


@dataclass(frozen=True, slots=True)
class RoundEntry:
    """A project that the round asks for, and its report where one was begun."""

    project: Project
    report: Report | None = None

    @property
    def state(self) -> str:
        return self.report.state if self.report else ""

    @property
    def is_late(self) -> bool:
        return self.report is not None and self.report.is_late

    @property
    def is_handed_in(self) -> bool:
        return self.state in HANDED_IN

    @property
    def submitted_on(self) -> date | None:
        """A returned one and a draft taken back were handed in once, and are not now."""
        return timezone.localdate(self.report.submitted_at) if self.is_handed_in else None


@dataclass(slots=True)
class RoundLine:
    """One unit; None is "no unit named"."""

    department: Department | None
    entries: list[RoundEntry] = field(default_factory=list)

    @property
    def tally(self) -> Tally:
        return rounds.tally((one.state, one.is_late) for one in self.entries)

    @property
    def outstanding(self) -> list[RoundEntry]:
        return [one for one in self.entries if not one.is_handed_in]

    @property
    def missing(self) -> list[Project]:
        """Those on which nothing was begun."""
        return [one.project for one in self.entries if one.report is None]


@dataclass(frozen=True, slots=True)
class Summary:
    """A round of the list, with the numbers of all units that a person sees."""

    round: Round
    tally: Tally


def grid(monthly_round: Round, person: Person) -> list[RoundLine]:
    """Every unit for a reviewer, one's own for a reporter; by the unit that leads the project today."""
    lines: dict[int | None, RoundLine] = {}
    for entry in _entries(monthly_round, person):
        unit = entry.project.department
        lines.setdefault(entry.project.department_id, RoundLine(unit)).entries.append(entry)
    return sorted(lines.values(), key=_order)


def total(lines: Iterable[RoundLine]) -> Tally:
    return sum((line.tally for line in lines), Tally())


def summaries(some: Collection[Round], person: Person) -> list[Summary]:
    """The numbers of several rounds, in two statements."""
    states: dict[int, dict[int, tuple[str, bool]]] = {monthly_round.pk: {} for monthly_round in some}
    for monthly_round, row in _asked_for(some, person):
        states[monthly_round.pk][row.project_id] = ("", False)
    reports = Report.objects.filter(_within(person), round__in=some)
    for key, project, state, is_late in reports.values_list("round", "project", "state", "is_late"):
        states[key][project] = (state, is_late)
    return [Summary(monthly_round, rounds.tally(states[monthly_round.pk].values())) for monthly_round in some]


def _entries(monthly_round: Round, person: Person) -> list[RoundEntry]:
    """What was reported counts, even where it is not asked for (any more)."""
    reports = Report.objects.filter(_within(person), round=monthly_round).select_related(
        "project__department"
    )
    found = {one.project_id: RoundEntry(one.project, one) for one in reports}
    rows = Standing.objects.filter(_within(person), _on(_day(monthly_round))).select_related(
        "project__department"
    )
    for row in rows:
        if row.is_expected and row.project_id not in found:
            found[row.project_id] = RoundEntry(row.project)
    return sorted(found.values(), key=lambda one: one.project.code)


def _asked_for(some: Collection[Round], person: Person) -> Iterable[tuple[Round, Standing]]:
    """Each round with each standing that it expects a report on."""
    days = {monthly_round: _day(monthly_round) for monthly_round in some}
    wanted = Q(pk=None)
    for day in set(days.values()):
        wanted |= _on(day)
    for row in Standing.objects.filter(_within(person), wanted).select_related("project"):
        if row.is_expected:
            yield from ((monthly_round, row) for monthly_round, day in days.items() if _covers(row, day))


def _day(monthly_round: Round) -> date | None:
    """On which day's record a round's numbers rest; None is today's."""
    return timezone.localdate(monthly_round.closed_at) if monthly_round.is_closed else None


def _on(day: date | None) -> Q:
    if day is None:
        return Q(asof_to=FOREVER, known_to=FOREVER)
    return Q(asof_from__lte=day, asof_to__gt=day, known_from__lte=day, known_to__gt=day)


def _covers(row: Standing, day: date | None) -> bool:
    """The same of a row in hand."""
    if day is None:
        return row.asof_to == row.known_to == FOREVER
    return row.asof_from <= day < row.asof_to and row.known_from <= day < row.known_to


def _within(person: Person) -> Q:
    if person.has(Role.REVIEWER):
        return Q()
    if person.has(Role.REPORTER) and person.department is not None:
        return Q(project__department=person.department)
    return Q(pk=None)


def _order(line: RoundLine) -> tuple:
    """By code, "no unit named" last."""
    return (line.department is None, line.department.code if line.department else "")
