"""What waits for an official, in order of urgency; each list takes a fixed number of statements.

The reviewers' queue is `queries.reviewing`, a round by unit and state `queries.rounds`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Q, QuerySet

from projects.choices import Condition, ReportState, Role
from projects.models import Problem, Project, Report, Round, Standing
from projects.models.standing import facts_from_json
from projects.rules import rounds
from projects.rules.promises import Facts
from projects.rules.workflow import WRITABLE, Person

SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Due:
    """A report that nobody has begun; overdue where the days left are below zero."""

    project: Project
    round: Round
    days_left: int


@dataclass(frozen=True, slots=True)
class Promised:
    """A promised date that is about to come, and nothing says that it was kept."""

    project: Project
    told: Facts
    days_left: int


@dataclass(frozen=True, slots=True)
class Desk:
    due: tuple[Due, ...] = ()
    returned: tuple[Report, ...] = ()
    drafts: tuple[Report, ...] = ()
    problems: tuple[Problem, ...] = ()
    promises: tuple[Promised, ...] = ()
    pauses: tuple[Project, ...] = ()

    @property
    def is_done(self) -> bool:
        waiting = (self.due, self.returned, self.drafts, self.problems, self.promises, self.pauses)
        return not any(waiting)


def desk(person: Person, today: date) -> Desk:
    """What the projects of one's unit ask for; nothing for who reports for none."""
    if not person.has(Role.REPORTER) or person.department is None:
        return Desk()
    standings = list(
        Standing.objects.today()
        .filter(project__department=person.department, project__is_public=True)
        .select_related("project")
        .order_by("project__code")
    )
    open_rounds = list(Round.objects.open_on(today).order_by("month_earliest"))
    reports = list(_reports(person, open_rounds))
    return Desk(
        due=tuple(sorted(_due(standings, open_rounds, reports, today), key=lambda one: one.days_left)),
        returned=tuple(one for one in reports if one.state == ReportState.RETURNED),
        drafts=tuple(one for one in reports if one.state == ReportState.DRAFT),
        problems=tuple(_problems(person)),
        promises=tuple(sorted(_promises(standings, today), key=lambda one: one.days_left)),
        pauses=tuple(_pauses(standings, today)),
    )


def _reports(person: Person, open_rounds: list[Round]) -> QuerySet[Report]:
    """Those of the open rounds, and whatever is still to be written."""
    wanted = Q(round__in=open_rounds) | Q(state__in=WRITABLE)
    rows = Report.objects.reachable_by(person).filter(wanted, project__department=person.department)
    return rows.select_related("project", "round").order_by("round__closes_on", "project__code")


def _due(
    standings: list[Standing], open_rounds: list[Round], reports: list[Report], today: date
) -> Iterator[Due]:
    begun = {(one.round_id, one.project_id) for one in reports}
    for round in open_rounds:
        for one in standings:
            is_expected = rounds.is_expected(one.stage, one.condition, one.project.is_public)
            if is_expected and (round.pk, one.project_id) not in begun:
                yield Due(one.project, round, (round.closes_on - today).days)


def _problems(person: Person) -> QuerySet[Problem]:
    """Those that one's unit answers for."""
    rows = Problem.objects.reachable_by(person).open().filter(department=person.department)
    rows = rows.filter(report__state=ReportState.APPROVED)
    return rows.select_related("report__project", "report__round", "department").order_by("due_on", "pk")


def _promises(standings: list[Standing], today: date) -> Iterator[Promised]:
    for one in standings:
        for told in map(facts_from_json, one.milestones):
            is_open = told.promised and not told.fulfilment and not told.is_cancelled
            if is_open and today <= told.promised.value.latest <= today + SOON:
                yield Promised(one.project, told, (told.promised.value.latest - today).days)


def _pauses(standings: list[Standing], today: date) -> Iterator[Project]:
    """Paused, and not explained in this quarter."""
    paused = [one.project for one in standings if one.condition == Condition.PAUSED]
    noted = Report.objects.filter(project__in=paused, state=ReportState.APPROVED).exclude(pause_note="")
    months = dict(
        noted.order_by().values_list("project").annotate(last=Max("round__month_latest")).order_by()
    )
    return (one for one in paused if rounds.needs_renewal(months.get(one.pk), today))
