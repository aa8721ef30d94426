"""What the daily command looks at, read in a fixed number of statements whatever the number of projects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import F, Max, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from projects.choices import Condition, Origin, ReportState, Role
from projects.core.codes import is_own_code
from projects.core.roles import Person
from projects.models import (
    Claim,
    Current,
    HidingRequest,
    Problem,
    ProjectMilestone,
    Report,
    Round,
    RoundLine,
    Statistic,
    User,
)
from projects.models.assertion import Assertion
from projects.models.standing import facts_from_json
from projects.models.user import person_of
from projects.reports.rules import rounds
from projects.reports.rules.decisions import RECENT_DECISION, ApprovedReports, DecidedEntries
from projects.reports.rules.reminders import (
    PROMISE_STEPS,
    RECENT_PROMISE,
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
    return Outlook(
        months=tuple(_months(today)),
        handed=tuple(_handed()),
        pledges=tuple(_pledges(today)),
        pauses=tuple(_pauses()),
        problems=tuple(_problems()),
        approved=tuple(_approved(today)),
        decided=tuple(_decided(today)),
    )


def _approved(today: date) -> Iterator[ApprovedReports]:
    """Of the days just past."""
    rows = Report.objects.filter(approved_at__date__range=(today - RECENT_DECISION, today))
    found: dict[tuple, list[str]] = defaultdict(list)
    names = ("round__month", "project__department", "approved_at", "project__code")
    for month, department, at, code in rows.order_by("project__code").values_list(*names):
        found[month, department, timezone.localdate(at)].append(code)
    return (ApprovedReports(*told, tuple(codes)) for told, codes in found.items())


def _decided(today: date) -> Iterator[DecidedEntries]:
    """On what people entered or asked for, by others; claims of a report or a file are told with it."""
    found: dict[tuple[int, date], set[str]] = defaultdict(set)
    decisions = (
        *_decisions(Claim, today, "project__code"),
        *_decisions(Statistic, today, "subject__code"),
        *_hidings(today),
    )
    for author, at, code in decisions:
        found[author, timezone.localdate(at)].add(code)
    authors = User.objects.filter(pk__in={author for author, _ in found}).prefetch_related("groups")
    people = {one.pk: person_of(one) for one in authors}
    for (author, on), codes in found.items():
        role = _told_as(people[author])
        unit = people[author].department if role == Role.REPORTER else None
        yield DecidedEntries(author, role, unit, on, tuple(sorted(filter(is_own_code, codes))))


def _decisions(model: type[Assertion], today: date, name: str) -> Iterator[tuple[int, datetime, str]]:
    days = (today - RECENT_DECISION, today)
    by_others = Q(approved_at__date__range=days) & ~Q(approved_by=F("entered_by"))
    rows = model.objects.filter(by_others | Q(refused_at__date__range=days), entered_by__isnull=False)
    rows = rows.exclude(origin__in=[Origin.REPORT, Origin.IMPORT])
    rows = rows.annotate(decided_at=Coalesce("refused_at", "approved_at"))
    yield from rows.values_list("entered_by", "decided_at", name)


def _hidings(today: date) -> QuerySet:
    """On wishes to hide a project."""
    rows = HidingRequest.objects.filter(decided_at__date__range=(today - RECENT_DECISION, today))
    return rows.exclude(decided_by=F("asked_by")).values_list("asked_by", "decided_at", "project__code")


def _told_as(author: Person) -> Role:
    """In which of several roles somebody is told of a decision: the one in which most is entered."""
    roles = (Role.EDITOR, Role.REPORTER, Role.REVIEWER)
    return next((role for role in roles if author.has(role)), Role.EDITOR)


def _months(today: date) -> Iterator[RoundMonth]:
    """The rounds that are open or were closed lately, each with what it asks for."""
    wanted = Q(closed_at=None) | Q(closed_at__date__gte=today - RECENT_ROUND)
    found = list(Round.objects.in_force().filter(wanted, opens_on__lte=today).order_by("month_earliest"))
    still_open = [one for one in found if not one.is_closed]
    reports = Report.objects.filter(round__in=still_open).order_by().values_list("round", "project", "state")
    states = {(monthly_round, project): state for monthly_round, project, state in reports}
    expected = _expected(still_open)
    lines = _lines([one for one in found if one.is_closed])
    for one in found:
        asked = (
            lines[one.pk]
            if one.is_closed
            else [
                ExpectedReport(code, department, states.get((one.pk, project), ""))
                for project, code, department in expected[rounds.ends_quarter(one.month)]
            ]
        )
        closed_on = timezone.localdate(one.closed_at) if one.closed_at else None
        yield RoundMonth(one.month, one.opens_on, one.closes_on, closed_on, tuple(asked))


def _expected(still_open: list[Round]) -> dict[bool, list[tuple[int, str, int | None]]]:
    """By whether the round ends a quarter; two statements at most."""
    months = {rounds.ends_quarter(one.month): one.month for one in still_open}
    names = ("project", "code", "department")
    return {
        ends: list(Current.objects.expected_in(month).order_by("number").values_list(*names))
        for ends, month in months.items()
    }


def _lines(closed: list[Round]) -> dict[int, list[ExpectedReport]]:
    """Of closed rounds as they were written down."""
    found: dict[int, list[ExpectedReport]] = defaultdict(list)
    rows = RoundLine.objects.filter(round__in=closed).order_by("project__code")
    for key, *told in rows.values_list("round", "project__code", "department", "state"):
        found[key].append(ExpectedReport(*told))
    return found


def _handed() -> Iterator[HandedReport]:
    """What waits for a reviewer, and what was given back and not handed in again."""
    states = (ReportState.SUBMITTED, ReportState.RETURNED)
    rows = Report.objects.filter(state__in=states, round__called_off_at=None)
    rows = rows.select_related("project", "round")
    for row in rows.prefetch_related("writers").order_by("submitted_at", "pk"):
        yield row.handed()


def _pledges(today: date) -> Iterator[Pledge]:
    """Of what has not come, the promises that are near, and those that passed lately."""
    near = (today - RECENT_PROMISE, today + timedelta(days=max(PROMISE_STEPS)))
    rows = ProjectMilestone.objects.today().filter(to_come_on__range=near)
    rows = rows.order_by("project__code", "position", "scope")
    for code, department, told in rows.values_list("project__code", "project__department", "told"):
        yield Pledge(code, department, facts_from_json(told))


def _pauses() -> Iterator[Paused]:
    paused = Current.objects.filter(condition=Condition.PAUSED).order_by("number")
    noted_on = noted_until(paused)
    for project, code, department in paused.values_list("project", "code", "department"):
        yield Paused(code, department, noted_on.get(project))


def noted_until(paused: QuerySet[Current]) -> dict[int, date]:
    """To the end of which month the pauses of these projects were explained last."""
    noted = Report.objects.filter(state=ReportState.APPROVED, project__in=paused.order_by().values("project"))
    last = noted.exclude(pause_note="").order_by().values_list("project").annotate(Max("round__month_latest"))
    return dict(last.order_by())


def _problems() -> Iterator[Raised]:
    """Open ones of published reports: a draft is nobody else's."""
    rows = Problem.objects.open().public().order_by("due_on", "pk")
    for number, code, department, due_on in rows.values_list(
        "pk", "report__project__code", "department", "due_on"
    ):
        yield Raised(number, code, department, due_on)
