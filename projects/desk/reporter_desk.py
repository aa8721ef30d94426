"""What waits for who reports for a unit, in order of urgency; each list takes a fixed number of statements.

What reviewers and editors find on their desk is `desk.reviewer_desk`, the queue `reports.queue`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from projects.choices import Condition, ReportState, Role, Topic
from projects.claims.public_statements import said_of
from projects.core.fuzzy_dates import Fuzzy
from projects.core.promises import Facts
from projects.core.roles import Person
from projects.models import Current, FurtherUnit, Problem, Project, ProjectMilestone, Report, Round, User
from projects.models.standing import facts_from_json
from projects.reports.reminders import noted_until
from projects.reports.rounds import month_to_report, usual_days
from projects.reports.rules import content, rounds
from projects.reports.rules.content import Content

SOON = RECENT = timedelta(days=30)
MAX_SHOWN = 100  # of each list: the next ones come up as these are done
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
    stage_qualifier: str = ""
    since: Fuzzy | None = None
    may_repeat: bool = True


@dataclass(frozen=True, slots=True)
class Promised:
    """A promised date that is about to come, and nothing says that it was kept."""

    project: Project
    told: Facts
    days_left: int


@dataclass(frozen=True, slots=True)
class Approved:
    """How many of a month's reports were approved lately, and when the last of them was."""

    round: Round
    count: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Desk:
    due: tuple[DueReport, ...] = ()
    returned: tuple[Report, ...] = ()
    drafts: tuple[Report, ...] = ()
    problems: tuple[Problem, ...] = ()
    promises: tuple[Promised, ...] = ()
    pauses: tuple[Project, ...] = ()
    handed_in: tuple[Report, ...] = ()
    approved: tuple[Approved, ...] = ()
    month: str = ""  # in which report a day reached is told; none where no round is open

    @property
    def is_done(self) -> bool:
        waiting = (self.due, self.returned, self.drafts, self.problems, self.promises, self.pauses)
        return not any(waiting)

    @property
    def rounds(self) -> list[Round]:
        """Those that something here is about, the latest first."""
        some = (self.due, self.returned, self.drafts, self.handed_in, self.approved)
        found = {one.round for rows in some for one in rows}
        return sorted(found, key=lambda one: one.month, reverse=True)

    @property
    def is_cut(self) -> bool:
        shown = (self.due, self.returned, self.drafts, self.problems, self.promises, self.handed_in)
        return any(len(one) >= MAX_SHOWN for one in shown)


def desk_of(person: Person, today: date) -> Desk:
    """What the projects of one's units ask for; nothing for who reports for none."""
    if not person.has(Role.REPORTER) or not person.units:
        return Desk()
    pauses, begun = _pauses(person, today), _begun(person)
    return Desk(
        due=tuple(_due(person, pauses, today)),
        returned=tuple(begun[ReportState.RETURNED]),
        drafts=tuple(begun[ReportState.DRAFT]),
        problems=tuple(_problems(person)[:MAX_SHOWN]),
        promises=tuple(_promises(person, today)),
        pauses=pauses[:MAX_SHOWN],
        handed_in=tuple(begun[ReportState.SUBMITTED]),
        approved=tuple(_approved(person, today)),
        month=month_to_report(today),
    )


def further_units(user: User, today: date) -> list[FurtherUnit]:
    """Those that one reports for now or from a later day on."""
    rows = user.further_units.select_related("department")
    return [row for row in rows if not row.term().is_over(today)]


def projects_of(person: Person, codes: Iterable[str]) -> list[Project]:
    """Those of these that one reports on."""
    rows = Project.objects.filter(department__in=person.units, is_public=True, code__in=codes)
    return list(rows)


def next_opening(today: date) -> date:
    """When the next round opens: on the day that was set, else on the usual one."""
    told = Round.objects.in_force().filter(opens_on__gt=today).order_by("opens_on")
    return told.values_list("opens_on", flat=True).first() or rounds.next_opening(today, usual_days())


def _approved(person: Person, today: date) -> Iterator[Approved]:
    """The latest month first."""
    since = Q(reports__approved_at__date__gte=today - RECENT)
    of_unit = Q(reports__project__department__in=person.units, reports__state=ReportState.APPROVED)
    rows = Round.objects.filter(since & of_unit).annotate(
        count=Count("reports"), last_at=Max("reports__approved_at")
    )
    for row in rows.order_by("-month_earliest")[:MAX_SHOWN]:
        yield Approved(row, row.count, row.last_at)


def _begun(person: Person) -> dict[str, list[Report]]:
    """Those that are not published, by their state: of each the first that close."""
    states = (ReportState.DRAFT, ReportState.RETURNED, ReportState.SUBMITTED)
    rows = Report.objects.reachable_by(person).filter(state__in=states, project__department__in=person.units)
    rows = rows.filter(round__called_off_at=None).select_related("project__department", "round")
    order = ("round__closes_on", "project")
    nth = Window(RowNumber(), partition_by="state", order_by=order)
    found: dict[str, list[Report]] = defaultdict(list)
    for row in rows.annotate(nth=nth).filter(nth__lte=MAX_SHOWN).order_by(*order):
        found[row.state].append(row)
    return found


def _due(person: Person, pauses: tuple[Project, ...], today: date) -> Iterator[DueReport]:
    """The round that closes first, first; then by the project's code."""
    waiting = list(_not_begun(person, today))
    said = said_of({project.pk for _, project in waiting}, today, SAID_AGAIN)
    for monthly_round, project in waiting:
        day = rounds.as_of_day(monthly_round.month_latest, today)
        held = content.held(said[project.pk], day, today)
        amount = held.to_date or held.this_year
        yield DueReport(
            project,
            monthly_round,
            (monthly_round.closes_on - today).days,
            again=content.unchanged(held, day),
            stage_qualifier=held.stage_qualifier,
            since=amount.as_of if amount else None,
            may_repeat=held.stage is not None and project not in pauses,
        )


def _not_begun(person: Person, today: date) -> Iterator[tuple[Round, Project]]:
    left = MAX_SHOWN
    for monthly_round in Round.objects.open_on(today).order_by("closes_on", "month_earliest"):
        begun = Report.objects.filter(round=monthly_round, project=OuterRef("project"))
        expected = Current.objects.expected_in(monthly_round.month).filter(department__in=person.units)
        rows = expected.filter(~Exists(begun)).select_related("project__department").order_by("number")[:left]
        yield from ((monthly_round, row.project) for row in rows)
        left -= len(rows)


def _problems(person: Person) -> QuerySet[Problem]:
    """Those that one's unit answers for."""
    rows = Problem.objects.reachable_by(person).open().filter(department__in=person.units)
    rows = rows.filter(report__state=ReportState.APPROVED)
    return rows.select_related("report__project", "report__round", "department").order_by("due_on", "pk")


def _promises(person: Person, today: date) -> Iterator[Promised]:
    rows = ProjectMilestone.objects.today().filter(to_come_on__range=(today, today + SOON))
    rows = rows.filter(project__department__in=person.units).select_related("project")
    for row in rows.order_by("to_come_on", "id")[:MAX_SHOWN]:
        yield Promised(row.project, facts_from_json(row.told), (row.to_come_on - today).days)


def _pauses(person: Person, today: date) -> tuple[Project, ...]:
    """Paused, and not explained in this quarter."""
    paused = Current.objects.filter(department__in=person.units, condition=Condition.PAUSED)
    rows = list(paused.select_related("project").order_by("number"))
    noted_on = noted_until(paused) if rows else {}
    return tuple(one.project for one in rows if rounds.needs_renewal(noted_on.get(one.project_id), today))
