"""What the daily command looks at, read in a fixed number of statements whatever the number of projects."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Max, Q
from django.utils import timezone

from projects.choices import Condition, ReportState
from projects.models import Problem, Report, Round, Standing
from projects.models.standing import facts_from_json
from projects.reports.rules.reminders import (
    RECENT_ROUND,
    ExpectedReport,
    HandedReport,
    Outlook,
    Paused,
    Pledge,
    Raised,
    RoundMonth,
)


def outlook(today: date) -> Outlook:
    rows = Standing.objects.today().filter(project__is_public=True)
    standings = list(rows.select_related("project").order_by("project"))
    return Outlook(
        months=tuple(_months(standings, today)),
        handed=tuple(_handed()),
        pledges=tuple(_pledges(standings)),
        pauses=tuple(_pauses(standings)),
        problems=tuple(_problems()),
    )


def _months(standings: list[Standing], today: date) -> Iterator[RoundMonth]:
    """The rounds that are open or were closed lately, each with what it asks for."""
    wanted = Q(closed_at=None) | Q(closed_at__date__gte=today - RECENT_ROUND)
    found = list(Round.objects.filter(wanted, opens_on__lte=today).order_by("month_earliest"))
    reports = Report.objects.filter(round__in=found).order_by().values_list("round", "project", "state")
    states = {(monthly_round, project): state for monthly_round, project, state in reports}
    expected = [one for one in standings if one.is_expected]
    for one in found:
        asked = tuple(
            _asked(standing, states.get((one.pk, standing.project_id), "")) for standing in expected
        )
        closed_on = timezone.localdate(one.closed_at) if one.closed_at else None
        yield RoundMonth(one.month, one.opens_on, one.closes_on, closed_on, asked)


def _asked(standing: Standing, state: str) -> ExpectedReport:
    return ExpectedReport(standing.project.code, standing.project.department_id, state)


def _handed() -> Iterator[HandedReport]:
    """What waits for a reviewer, and what was given back and not handed in again."""
    states = (ReportState.SUBMITTED, ReportState.RETURNED)
    rows = Report.objects.filter(state__in=states).select_related("project", "round")
    for row in rows.prefetch_related("writers").order_by("submitted_at", "pk"):
        yield row.handed()


def _pledges(standings: list[Standing]) -> Iterator[Pledge]:
    for one in standings:
        for told in map(facts_from_json, one.milestones):
            yield Pledge(one.project.code, one.project.department_id, told)


def _pauses(standings: list[Standing]) -> Iterator[Paused]:
    paused = [one for one in standings if one.condition == Condition.PAUSED]
    noted = Report.objects.filter(state=ReportState.APPROVED, project__in=[one.project_id for one in paused])
    last = noted.exclude(pause_note="").order_by().values_list("project").annotate(Max("round__month_latest"))
    noted_on = dict(last)
    for one in paused:
        yield Paused(one.project.code, one.project.department_id, noted_on.get(one.project_id))


def _problems() -> Iterator[Raised]:
    """Open ones of published reports: a draft is nobody else's."""
    rows = Problem.objects.open().public().order_by("due_on", "pk")
    for number, code, department, due_on in rows.values_list(
        "pk", "report__project__code", "department", "due_on"
    ):
        yield Raised(number, code, department, due_on)
