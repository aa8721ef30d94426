"""What waits for who reports for a unit, in order of urgency; each list takes a fixed number of statements.

What reviewers and editors find on their desk is `desk.reviewer_desk`, the queue `reports.queue`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Q, QuerySet

from projects.choices import Condition, ReportState, Role, Topic
from projects.claims.public_statements import said_of
from projects.core.fuzzy_dates import Fuzzy
from projects.core.promises import Facts
from projects.core.roles import Person
from projects.core.statements import Statement
from projects.models import Problem, Project, Report, Round, Standing
from projects.models.standing import facts_from_json
from projects.reports.rules import content, rounds
from projects.reports.rules.content import Content

SOON = timedelta(days=30)
SAID_AGAIN = (
    *(Topic.STAGE, Topic.ACTUAL, Topic.CONDITION),
    *(Topic.INVESTED_TO_DATE, Topic.INVESTED_IN_PERIOD),
)


@dataclass(frozen=True, slots=True)
class DueReport:
    """A report that nobody has begun; overdue where the days left are below zero.

    `again` is what "nothing changed" would say, `since` of when its amounts are. It cannot say that of
    what nobody ever said, nor of a pause that is to be explained anew.
    """

    project: Project
    round: Round
    days_left: int
    again: Content = Content()
    since: Fuzzy | None = None
    may_repeat: bool = True


@dataclass(frozen=True, slots=True)
class Promised:
    """A promised date that is about to come, and nothing says that it was kept."""

    project: Project
    told: Facts
    days_left: int


@dataclass(frozen=True, slots=True)
class Desk:
    due: tuple[DueReport, ...] = ()
    returned: tuple[Report, ...] = ()
    drafts: tuple[Report, ...] = ()
    problems: tuple[Problem, ...] = ()
    promises: tuple[Promised, ...] = ()
    pauses: tuple[Project, ...] = ()
    handed_in: tuple[Report, ...] = ()

    @property
    def is_done(self) -> bool:
        waiting = (self.due, self.returned, self.drafts, self.problems, self.promises, self.pauses)
        return not any(waiting)


def desk_of(person: Person, today: date) -> Desk:
    """What the projects of one's unit ask for; nothing for who reports for none."""
    if not person.has(Role.REPORTER) or person.department is None:
        return Desk()
    standings = list(
        Standing.objects.today()
        .filter(project__department=person.department, project__is_public=True)
        .select_related("project")
        .order_by("project")
    )
    open_rounds = list(Round.objects.open_on(today).order_by("month_earliest"))
    reports = list(_reports(person, open_rounds))
    pauses = tuple(_pauses(standings, today))
    return Desk(
        due=tuple(_due(standings, open_rounds, reports, pauses, today)),
        returned=_in(ReportState.RETURNED, reports),
        drafts=_in(ReportState.DRAFT, reports),
        problems=tuple(_problems(person)),
        promises=tuple(sorted(_promises(standings, today), key=lambda one: one.days_left)),
        pauses=pauses,
        handed_in=_in(ReportState.SUBMITTED, reports),
    )


def projects_of(person: Person, codes: Iterable[str]) -> list[Project]:
    """Those of these that one's unit reports on."""
    if person.department is None:
        return []
    rows = Project.objects.filter(department=person.department, is_public=True, code__in=codes)
    return list(rows)


def next_opening(today: date) -> date:
    """When the next round opens: on the day that was set, else on the usual one."""
    told = Round.objects.filter(opens_on__gt=today).order_by("opens_on").values_list("opens_on", flat=True)
    return told.first() or rounds.next_opening(today)


def _in(state: ReportState, reports: list[Report]) -> tuple[Report, ...]:
    return tuple(one for one in reports if one.state == state)


def _reports(person: Person, open_rounds: list[Round]) -> QuerySet[Report]:
    """Those of the open rounds, and whatever is not approved yet."""
    wanted = Q(round__in=open_rounds) | ~Q(state=ReportState.APPROVED)
    rows = Report.objects.reachable_by(person).filter(wanted, project__department=person.department)
    return rows.select_related("project", "round").order_by("round__closes_on", "project")


def _due(
    standings: list[Standing],
    open_rounds: list[Round],
    reports: list[Report],
    pauses: tuple[Project, ...],
    today: date,
) -> Iterator[DueReport]:
    """The round that closes first, first; then by the project's code."""
    begun = {(one.round_id, one.project_id) for one in reports}
    waiting = [
        (monthly_round, one.project)
        for monthly_round in sorted(open_rounds, key=lambda one: one.closes_on)
        for one in standings
        if one.is_expected and (monthly_round.pk, one.project_id) not in begun
    ]
    said = said_of({project.pk for _, project in waiting}, today, SAID_AGAIN)
    for monthly_round, project in waiting:
        again, since = _said_again(said[project.pk], monthly_round, today)
        may_repeat = bool(again.stage) and project not in pauses
        yield DueReport(
            project, monthly_round, (monthly_round.closes_on - today).days, again, since, may_repeat
        )


def _said_again(said: list[Statement], monthly_round: Round, today: date) -> tuple[Content, Fuzzy | None]:
    day = rounds.as_of_day(monthly_round.month_latest, today)
    held = content.held(said, day, today)
    amount = held.to_date or held.this_year
    return content.unchanged(held, day), amount.as_of if amount else None


def _problems(person: Person) -> QuerySet[Problem]:
    """Those that one's unit answers for."""
    rows = Problem.objects.reachable_by(person).open().filter(department=person.department)
    rows = rows.filter(report__state=ReportState.APPROVED)
    return rows.select_related("report__project", "report__round", "department").order_by("due_on", "pk")


def _promises(standings: list[Standing], today: date) -> Iterator[Promised]:
    for one in standings:
        for told in map(facts_from_json, one.milestones):
            if told.to_come and today <= told.to_come.value.latest <= today + SOON:
                yield Promised(one.project, told, (told.to_come.value.latest - today).days)


def _pauses(standings: list[Standing], today: date) -> Iterator[Project]:
    """Paused, and not explained in this quarter."""
    paused = [one.project for one in standings if one.condition == Condition.PAUSED]
    noted = Report.objects.filter(project__in=paused, state=ReportState.APPROVED).exclude(pause_note="")
    months = dict(
        noted.order_by().values_list("project").annotate(last=Max("round__month_latest")).order_by()
    )
    return (one for one in paused if rounds.needs_renewal(months.get(one.pk), today))
