"""The row of a monthly report: found and locked, filled with what an official says, set against the record.

The moves themselves are `reports.moves`; the checks are `reports.rules.checks`.
"""

from dataclasses import asdict
from datetime import date, datetime
from itertools import takewhile

from django.db.models import QuerySet
from django.utils import timezone

from projects.audit.rules.reach import STANDS_IN
from projects.choices import ReportMove, ReportState
from projects.core.fuzzy_dates import Fuzzy
from projects.core.money import Money
from projects.core.refusals import Fault, Refused
from projects.models import Claim, Department, Project, Report, ReportDate, ReportWriter, Round, User
from projects.models.user import person_of
from projects.reports.rules import content, rounds, soft_checks
from projects.reports.rules.checks import faults_of_report
from projects.reports.rules.content import (
    Actual,
    Content,
    Due,
    Held,
    Promise,
    Situation,
    with_both_amounts,
)
from projects.reports.rules.workflow import HANDED_IN, refusal


class ChangedMeanwhile(Refused):
    """Somebody else saved or moved the report first.

    A type of its own: it brings what is kept now, and the form shows it beside what was typed.
    """

    def __init__(self, report: Report):
        super().__init__("changed_meanwhile")
        self.report, self.kept = report, report.content()


def locked() -> QuerySet[Report]:
    """The rows as they are now, for this transaction."""
    return Report.objects.select_for_update(of=["self"]).select_related("project__department", "round")


def for_move(
    report: Report, move: ReportMove, by: User, at: datetime, expected: int, note: str = ""
) -> Report:
    """The row, locked, that this person may move; the version that was seen is what is moved."""
    row = locked().get(pk=report.pk)
    if row.round.is_called_off:
        raise Refused("round_called_off")
    if refused := refusal(move, row.access(), person_of(by, timezone.localdate(at)), note):
        raise refused
    if row.version != expected:
        raise ChangedMeanwhile(row)
    return row


def remember_writer(report: Report, by: User) -> None:
    """Whoever wrote in a report, added to it or took something out of it does not review it."""
    ReportWriter.objects.get_or_create(report=report, user=by)


def capacity(by: User, at: datetime, *units: Department | None) -> dict:
    """As the audit keeps it: the unit somebody stood in for, where it is none of one's own."""
    person = person_of(by, timezone.localdate(at))
    if any(unit and unit.pk == person.department for unit in units):
        return {}
    codes = (unit.code for unit in units if unit and person.stands_in_for(unit.pk))
    return {STANDS_IN: code} if (code := next(codes, "")) else {}


def record_on(project: Project, day: date, known: date) -> Held:
    """What is public about a project as of a day."""
    statements = Claim.objects.public(known).filter(project=project).as_statements()
    return content.held(statements, day, known)


def day_of(monthly_round: Round, at: datetime) -> date:
    """As of which day a report says what it says, if it is submitted then."""
    return rounds.as_of_day(monthly_round.month_latest, timezone.localdate(at))


def situation_of(report: Report, submitted_at: datetime, at: datetime) -> Situation:
    """What a report submitted then is checked against today."""
    day = day_of(report.round, submitted_at)
    return Situation(
        held=record_on(report.project, day, timezone.localdate(at)),
        asof=day,
        is_public=report.project.is_public,
        unchanged_before=unchanged_before(report),
        pause_noted_on=pause_noted_on(report.project),
    )


def faults_of(report: Report, *, at: datetime) -> list[Fault]:
    """What keeps it from being handed in as it is kept."""
    given = situation_of(report, at, at)
    said = with_both_amounts(report.content(), given.held, given.asof)
    return [*faults_of_unread(report), *faults_of_report(said, given)]


def faults_of_unread(report: Report) -> list[Fault]:
    return [Fault("left_unread", box) for box in sorted(report.unread)]


def unchanged_before(report: Report) -> int:
    """How many of the reports just before it said that nothing changed; no further than it matters."""
    rows = Report.objects.filter(project=report.project, state__in=HANDED_IN)
    rows = rows.filter(round__month_latest__lt=report.round.month_latest).order_by("-round__month_latest")
    said = rows.values_list("is_unchanged", "confirmed")[: soft_checks.SILENT]
    return len(list(takewhile(bool, (same or "unchanged_again" in doubts for same, doubts in said))))


def pause_noted_on(project: Project) -> date | None:
    """The month's end of the latest published report in which a pause was explained."""
    noted = Report.objects.filter(project=project, state=ReportState.APPROVED).exclude(pause_note="")
    months = noted.order_by("-round__month_latest").values_list("round__month_latest", flat=True)
    return months.first()


def fill(report: Report, content: Content) -> None:
    """Put what is said into the row; the caller saves it."""
    for name in ("stage", "condition", "progress", "works", "next_steps", "is_unchanged"):
        setattr(report, name, getattr(content, name))
    for name in ("this_year", "to_date"):
        _set_amount(report, name, getattr(content, name))
    report.pause_reason, report.pause_note = content.pause.reason, content.pause.note
    report.pause_resumes = content.pause.resumes.text if content.pause.resumes else ""
    report.confirmed = dict(content.confirmed)


def put(report: Report, content: Content) -> None:
    """Check the row and its dates against every constraint, and write them."""
    fill(report, content)
    report.department = report.project.department
    report.full_clean()
    report.save()
    ReportDate.objects.filter(report=report).delete()
    for given in (*content.promises, *content.actuals):
        row = _date_row(report, given)
        row.full_clean()
        row.save()


def told(report: Report) -> dict:
    """A report as the audit keeps it."""
    said = {name: _plain(value) for name, value in asdict(report.content()).items()}
    if not said["actuals"]:
        del said["actuals"]  # entries of before there were any do not have them
    for promise in said["promises"]:
        if not promise["qualifier"]:
            del promise["qualifier"]  # nor do they have this
    return {"state": str(report.state), "version": report.version, "is_late": report.is_late} | said


def key(report: Report) -> str:
    """What the audit calls it: 2026-03 QJ-0001."""
    return f"{report.round.month} {report.project.code}"


def _set_amount(report: Report, name: str, amount: Money | None) -> None:
    kept = asdict(amount) if amount else {"yuan": None, "unit": "", "decimals": 0}
    for part, value in kept.items():
        setattr(report, f"{name}_{part}", value)


def _date_row(report: Report, given: Promise | Actual) -> ReportDate:
    row = ReportDate(report=report, milestone=given.milestone, scope=given.scope, date=_text(given.date))
    if isinstance(given, Actual):
        row.is_actual = True
    else:
        row.reason, row.words, row.qualifier = given.reason, given.words, given.qualifier
    return row


def _text(on: Due) -> str:
    """Nothing where none stands."""
    return on.text if isinstance(on, Fuzzy) else ""


def _plain(value: object) -> object:
    """As JSON keeps it."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value if isinstance(value, str | int | bool | type(None)) else str(value)
