"""Rounds by unit and state: who has reported, who has not, and which projects have no unit.

An open round is counted from the record and the reports of today, where they lie. A closed one reads the
lines that its closing wrote (`models.round_line`), so that a month of the past stays as it was; what came
later is told beside it. What is counted, and how, is `reports.rules.rounds`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, islice

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from projects.choices import ReportState, Role
from projects.core.roles import Person
from projects.models import Current, Department, Project, Report, Round, RoundLine
from projects.models.current import monthly
from projects.reports.rules import rounds
from projects.reports.rules.rounds import Tally
from projects.reports.rules.workflow import HANDED_IN

Tallies = dict[int, dict[int | None, Tally]]  # by round, by unit; None is "no unit named"
Counts = Iterator[tuple[int, int | None, Tally]]


@dataclass(frozen=True, slots=True)
class RoundEntry:
    """A project that the round asks for, and where its report stands; "" where none was begun."""

    project: Project
    department: int | None
    state: str = ""
    is_late: bool = False
    submitted_on: date | None = None

    @property
    def is_handed_in(self) -> bool:
        return self.state in HANDED_IN


@dataclass(slots=True)
class UnitLine:
    """One unit with its numbers; None is "no unit named". Its entries as far as they were asked for."""

    department: Department | None
    tally: Tally
    entries: list[RoundEntry] = field(default_factory=list)

    @property
    def outstanding(self) -> list[RoundEntry]:
        return [one for one in self.entries if not one.is_handed_in]


@dataclass(frozen=True, slots=True)
class Summary:
    """A round of the list, with the numbers of all units that a person sees."""

    round: Round
    tally: Tally


def units(monthly_round: Round, person: Person) -> list[UnitLine]:
    """Every unit for a reviewer, those acted for of a reporter, with their numbers alone."""
    tallies = _tallies([monthly_round], person)[monthly_round.pk]
    departments = Department.objects.in_bulk([unit for unit in tallies if unit is not None])
    lines = [UnitLine(departments.get(unit), tally) for unit, tally in tallies.items()]
    return sorted(lines, key=_order)


def grid(monthly_round: Round, person: Person) -> list[UnitLine]:
    """Every unit with all its projects: for files."""
    return with_entries(units(monthly_round, person), entries(monthly_round, person))


def with_entries(lines: list[UnitLine], found: Iterable[RoundEntry]) -> list[UnitLine]:
    by_unit = {line.department.pk if line.department else None: line for line in lines}
    for one in found:
        if one.department in by_unit:  # of a unit that was counted a moment ago
            by_unit[one.department].entries.append(one)
    return lines


def entries(monthly_round: Round, person: Person, unit: Q | None = None) -> list[RoundEntry]:
    """All that a round asks for, of these units where some are named, by record number."""
    within = _within(person) & (unit or Q())
    if monthly_round.is_closed:
        rows = _kept_at_closing(RoundLine.objects.filter(within, round=monthly_round))
    else:
        rows = _asked_today(monthly_round, within, ReportState.values)
    return sorted(rows, key=lambda one: one.project.code)


def owing(monthly_round: Round, person: Person, unit: Q, most: int) -> list[RoundEntry]:
    """So many of those that were not handed in, of these units."""
    within, states = _within(person) & unit, [one for one in ReportState.values if one not in HANDED_IN]
    if monthly_round.is_closed:
        lines = RoundLine.objects.filter(within, round=monthly_round).exclude(state__in=HANDED_IN)
        rows = _kept_at_closing(lines.order_by("project__code")[:most])
    else:
        rows = islice(_asked_today(monthly_round, within, states, most), most)
    return sorted(rows, key=lambda one: one.project.code)


def as_it_stands(monthly_round: Round) -> list[RoundLine]:
    """The lines of all units, as they are to be written when the round is closed."""
    found = _asked_today(monthly_round, Q(), ReportState.values)
    return [
        RoundLine(
            round=monthly_round,
            project=one.project,
            department_id=one.department,
            state=one.state,
            is_late=one.is_late,
            submitted_on=one.submitted_on,
        )
        for one in found
    ]


def total(lines: Iterable[UnitLine]) -> Tally:
    return sum((line.tally for line in lines), Tally())


def summaries(some: Collection[Round], person: Person) -> list[Summary]:
    """The numbers of several rounds, in a fixed number of statements."""
    tallies = _tallies(some, person)
    return [Summary(one, sum(tallies[one.pk].values(), Tally())) for one in some]


def came_later(monthly_round: Round, person: Person) -> int:
    """How many of those outstanding when the round was closed have come since."""
    owed = RoundLine.objects.filter(_within(person), round=monthly_round).exclude(state__in=HANDED_IN)
    reports = Report.objects.filter(round=monthly_round, state__in=HANDED_IN)
    return reports.filter(project__in=owed.values("project")).count() if monthly_round.is_closed else 0


def _asked_today(
    monthly_round: Round, within: Q, states: Collection[str], most: int | None = None
) -> Iterator[RoundEntry]:
    """What was reported counts, even where it is not asked for (any more); then what nobody has begun."""
    reports = Report.objects.filter(_of_project(within), round=monthly_round, state__in=states)
    for one in reports.select_related("project").order_by("project__code")[:most]:
        submitted_on = timezone.localdate(one.submitted_at) if one.state in HANDED_IN else None
        yield RoundEntry(one.project, one.project.department_id, one.state, one.is_late, submitted_on)
    begun = Report.objects.filter(round=monthly_round, project=OuterRef("project"))
    expected = Current.objects.expected_in(monthly_round.month)
    rows = expected.filter(within, ~Exists(begun)).select_related("project")
    for row in rows.order_by("number")[:most]:
        yield RoundEntry(row.project, row.department_id)


def _kept_at_closing(lines: QuerySet[RoundLine]) -> Iterator[RoundEntry]:
    for one in lines.select_related("project"):
        yield RoundEntry(one.project, one.department_id, one.state, one.is_late, one.submitted_on)


def _tallies(some: Collection[Round], person: Person) -> Tallies:
    closed = [one.pk for one in some if one.is_closed]
    still_open = [one for one in some if not one.is_closed and not one.is_called_off]
    found: Tallies = {one.pk: defaultdict(Tally) for one in some}
    within = _within(person)
    lines = RoundLine.objects.filter(within, round__in=closed)
    reports = Report.objects.filter(_of_project(within), round__in=still_open)
    counts = [
        _grouped(lines, "department") if closed else (),
        _grouped(reports, "project__department") if still_open else (),
        _missing(still_open, within) if still_open else (),
    ]
    for key, unit, tally in chain(*counts):
        found[key][unit] += tally
    return found


def _grouped(rows: QuerySet, unit: str) -> Counts:
    """A statement that counts where the rows lie."""
    columns = ("round", unit, "state", "is_late")
    for key, of, state, is_late, n in rows.order_by().values_list(*columns).annotate(n=Count("pk")):
        yield key, of, rounds.tally([(state, is_late)]) * n


def _missing(still_open: list[Round], within: Q) -> Counts:
    """On how many of the projects that are expected nothing was begun, by unit."""
    expected = Current.objects.expected().filter(within).order_by()
    counts = {"all_asked": Count("pk"), "every_month": Count("pk", filter=monthly())}
    asked = list(expected.values_list("department").annotate(**counts))
    of_quarter = [one.pk for one in still_open if rounds.ends_quarter(one.month)]
    is_asked = Q(round__in=of_quarter) | Q(project__in=expected.filter(monthly()).values("project"))
    reports = Report.objects.filter(is_asked, round__in=still_open, project__in=expected.values("project"))
    begun = reports.order_by().values_list("round", "project__department").annotate(n=Count("pk"))
    by_round = {(key, unit): n for key, unit, n in begun}
    for one in still_open:
        for unit, all_asked, every_month in asked:
            n = all_asked if one.pk in of_quarter else every_month
            if missing := n - by_round.get((one.pk, unit), 0):
                yield one.pk, unit, Tally(missing=missing)


def _within(person: Person) -> Q:
    """Which units a person sees: as the narrow rows and the lines name them."""
    if person.reads_all_reports:
        return Q()
    return Q(department__in=person.units if person.has(Role.REPORTER) else ())


def _of_project(within: Q) -> Q:
    """The same of a report: by the unit that leads its project today."""
    of = {"department": "project__department", "department__in": "project__department__in"}
    return Q(*((of.get(name, name), value) for name, value in within.children))


def _order(line: UnitLine) -> tuple:
    """By code, "no unit named" last."""
    return (line.department is None, line.department.code if line.department else "")
