"""The sign-off sheet of a month for one unit, to be printed, signed and stamped.

A row a project: as its report says, and where that is silent or not there as is on record. What is compared
is the record before the report (`reports.report_sheet`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from projects.core.fuzzy_dates import Fuzzy
from projects.core.money import Money
from projects.core.numbers import whole
from projects.core.promises import Facts
from projects.core.roles import Person
from projects.core.statements import Number, Statement
from projects.desk.frame import READERS, desk_page, frame, round_of
from projects.models import Department, Project, ProjectMilestone, Report, Round
from projects.models.standing import facts_from_json
from projects.reports import diff_words, report_sheet, round_overview
from projects.reports.report_sheet import ReportSheet
from projects.reports.round_overview import RoundEntry
from projects.reports.rules.amounts import in_full
from projects.reports.rules.content import Content, Due, Held, since_record
from projects.reports.rules.report_diff import Difference, differences
from projects.reports.rules.workflow import HANDED_IN
from tracker.methods import READING

MAX_ROWS = 100  # of one page: the next ones are a sheet of their own
APART = ("works", "next_steps", "pause_note")  # the words have their own column, or are nobody's to read


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount or percentage; where the report is silent as on record, and as of when if that is told."""

    value: Money | Number
    since: Fuzzy | None = None
    is_on_record: bool = False


@dataclass(frozen=True, slots=True)
class NextPromise:
    milestone: str
    scope: str
    date: Due
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class SignoffRow:
    """`period` is what was invested since the day of the amount on record before."""

    project: Project
    state: str
    is_late: bool
    is_unchanged: bool
    stage: str
    stage_qualifier: str
    condition: str
    period: Figure | None
    this_year: Figure | None
    to_date: Figure | None
    progress: Figure | None
    works: str
    next_promise: NextPromise | None
    changes: tuple[Difference, ...]


@desk_page(*READERS, methods=READING)
def signoff(request: HttpRequest, month: str) -> HttpResponse:
    monthly_round = round_of(month)
    units = units_of(request.person)
    unit = chosen(units, request.GET.get("unit"))
    context = frame(request, "rounds") | {"round": monthly_round, "units": units, "unit": unit}
    if unit is not None:
        context |= _sheet(request, monthly_round, unit)
    return render(request, "desk/signoff.html", context)


def units_of(person: Person) -> list[Department]:
    """Those whose sheets a person may print."""
    rows = Department.objects.order_by("code")
    return list(rows if person.reads_all_reports else rows.filter(pk__in=person.units))


def chosen(units: list[Department], code: str | None) -> Department | None:
    """The one that is named, else the only one; whoever names another finds nothing."""
    if code is None:
        return units[0] if len(units) == 1 else None
    found = next((one for one in units if one.code == code), None)
    if found is None:
        raise Http404
    return found


def _sheet(request: HttpRequest, monthly_round: Round, unit: Department) -> dict:
    found = round_overview.entries(monthly_round, request.person, Q(department=unit.pk))
    states = _states(request.person, monthly_round, found)
    after = whole(request.GET.get("after", "")) or 0
    projects = [one.project for one in found[after : after + MAX_ROWS]]
    return {
        "fields": diff_words.FIELDS,
        "rows": list(_rows(request.person, monthly_round, projects, states)),
        "expected": len(found),
        "handed_in": sum(state in HANDED_IN for state in states.values()),
        "first": after + 1,
        "last": after + len(projects),
        "next_after": after + MAX_ROWS if len(found) > after + MAX_ROWS else None,
        "now": timezone.localtime(),
    }


def _states(person: Person, monthly_round: Round, found: list[RoundEntry]) -> dict[int, str]:
    """As each report stands now; of one that this person may not read as the round tells it."""
    reports = Report.objects.reachable_by(person).filter(round=monthly_round)
    reports = reports.filter(project__in=[one.project for one in found])
    return {one.project.pk: one.state for one in found} | dict(reports.values_list("project", "state"))


def _rows(
    person: Person, monthly_round: Round, projects: list[Project], states: dict[int, str]
) -> Iterator[SignoffRow]:
    """In a fixed number of statements."""
    next_ones = _next_promises(projects)
    for sheet in report_sheet.of_month(person, monthly_round, projects, timezone.localdate()):
        yield _row(sheet, states[sheet.project.pk], next_ones.get(sheet.project.pk))


def _next_promises(projects: list[Project]) -> dict[int, Facts]:
    """Of what has not come, the earliest of each."""
    rows = ProjectMilestone.objects.today().filter(project__in=projects, to_come_on__isnull=False)
    rows = rows.order_by("-to_come_on", "-id").values_list("project", "told")
    return {project: facts_from_json(told) for project, told in rows}


def _row(sheet: ReportSheet, state: str, next_promise: Facts | None) -> SignoffRow:
    """A draft of others is told by its state alone."""
    held, report = sheet.held, sheet.report
    content = sheet.complete(report.content()) if report else Content()
    since = since_record(content, held, sheet.day)
    before = held.to_date if content.to_date else held.this_year
    stage = content.stage or held.stage
    return SignoffRow(
        project=sheet.project,
        state=state,
        is_late=report is not None and report.is_late,
        is_unchanged=content.is_unchanged,
        stage=stage or "",
        stage_qualifier=held.qualifier_of(stage),
        condition=content.condition or held.condition.value,
        period=None if since is None else Figure(in_full(since), before.as_of if before else None),
        this_year=_amount(content.this_year, held.this_year),
        to_date=_amount(content.to_date, held.to_date),
        progress=_progress(content, held),
        works=content.works.strip(),
        next_promise=_promised(next_promise, content),
        changes=tuple(one for one in differences(content, held) if one.field not in APART),
    )


def _amount(said: Money | None, on_record: Statement | None) -> Figure | None:
    if said is not None:
        return Figure(said)
    return Figure(on_record.value_as(Money), on_record.as_of, is_on_record=True) if on_record else None


def _progress(content: Content, held: Held) -> Figure | None:
    said = content.progress if content.progress is not None else held.progress
    return None if said is None else Figure(Number(said, "%"), is_on_record=content.progress is None)


def _promised(told: Facts | None, content: Content) -> NextPromise | None:
    """As the report dates it anew, else as it is promised now."""
    if told is None or told.promised is None:
        return None
    for one in content.promises:
        if one.key == (told.milestone, told.scope):
            return NextPromise(*one.key, one.date, one.qualifier)
    return NextPromise(told.milestone, told.scope, told.promised.value, told.promised.qualifier)
