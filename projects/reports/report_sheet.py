"""One report as its writer meets it: round, project, the record beside it, the words of the last one.

Each is one read, whatever the number of rows. Saving is `reports.moves`, the reviewer's view
`reports.queue`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from projects.choices import ReportMove, ReportState
from projects.claims.public_statements import said_of
from projects.core import codes, months
from projects.core.roles import Person
from projects.core.statements import Statement
from projects.models import Current, Department, Project, Report, Round
from projects.reports.rules import rounds, workflow
from projects.reports.rules.content import Content, Held, held, with_both_amounts
from projects.reports.rules.workflow import HANDED_IN, ReportAccess


@dataclass(slots=True)
class ReportSheet:
    """A report that somebody reaches, begun or not: `held` is the record as of `day`."""

    person: Person
    today: date
    round: Round
    project: Project
    report: Report | None
    day: date
    held: Held

    @property
    def moves(self) -> tuple[ReportMove, ...]:
        return workflow.open_moves(self.access, self.person)

    @property
    def access(self) -> ReportAccess:
        return (
            self.report.access()
            if self.report
            else ReportAccess(ReportState.DRAFT, self.project.department_id)
        )

    @property
    def may_write(self) -> bool:
        is_open = self.report is not None or self.round.opens_on <= self.today
        return is_open and not self.round.is_called_off and ReportMove.SAVE in self.moves

    @property
    def is_late(self) -> bool:
        return rounds.is_late(self.today, self.round.closes_on, self.round.is_closed)

    @property
    def version(self) -> int:
        return self.report.version if self.report else 0

    def content(self) -> Content:
        """What is kept; a report not begun opens with stage and condition as on record."""
        if self.report:
            return self.report.content()
        return Content(stage=self.held.stage or "", condition=self.held.condition.value)

    def complete(self, content: Content) -> Content:
        """With the amount that the other one computes, as handing in will."""
        return with_both_amounts(content, self.held, self.day)


def find(person: Person, month: str, code: str, today: date) -> ReportSheet | None:
    """None for whoever may not know of it: a report of another unit, a draft of others, a hidden project."""
    is_named = months.is_month(month) and codes.is_own_code(code)
    monthly_round = Round.objects.filter(month=month).first() if is_named else None
    project = Project.objects.select_related("department").filter(code=code).first()
    if monthly_round is None or project is None:
        return None
    report = _report(person, monthly_round, project)
    may_begin = project.is_public and person.reports_for(project.department_id)
    if report is None and not may_begin:
        return None
    known = _known(report, today)
    return _sheet(person, today, monthly_round, project, report, said_of([project.pk], known)[project.pk])


def of_month(
    person: Person, monthly_round: Round, projects: Sequence[Project], today: date
) -> list[ReportSheet]:
    """Of several projects of one's own unit, in as many statements as of one, beside today's record."""
    rows = _rows(person).filter(round=monthly_round, project__in=projects)
    begun = {row.project_id: row for row in rows.prefetch_related("dates", "writers")}
    said = said_of([one.pk for one in projects], today)
    return [_sheet(person, today, monthly_round, one, begun.get(one.pk), said[one.pk]) for one in projects]


def _sheet(
    person: Person,
    today: date,
    monthly_round: Round,
    project: Project,
    report: Report | None,
    said: list[Statement],
) -> ReportSheet:
    """Beside what was said without it."""
    day = rounds.as_of_day(monthly_round.month_latest, _said_on(report, today))
    own = report.source.code if report is not None and report.source else None
    on_record = held([one for one in said if one.source != own], day, _known(report, today))
    return ReportSheet(person, today, monthly_round, project, report, day, on_record)


def _report(person: Person, monthly_round: Round, project: Project) -> Report | None:
    return _rows(person).filter(round=monthly_round, project=project).first()


def _rows(person: Person) -> QuerySet[Report]:
    people = ("saved_by", "submitted_by", "returned_by", "approved_by")
    rows = Report.objects.reachable_by(person)
    return rows.select_related("project__department", "round", "department", "source", *people)


def _said_on(report: Report | None, today: date) -> date:
    """The day it was handed in; what is still written is handed in today at the earliest."""
    is_handed_in = report is not None and report.state in HANDED_IN
    return timezone.localdate(report.submitted_at) if is_handed_in else today


def _known(report: Report | None, today: date) -> date:
    """A published one stands beside what was known when it was approved."""
    is_published = report is not None and report.source is not None
    return timezone.localdate(report.approved_at) if is_published else today


def is_expected(sheet: ReportSheet) -> bool:
    """Whether the round asks for it, as the project stands today."""
    return Current.objects.expected_in(sheet.round.month).filter(project=sheet.project).exists()


def last_words(sheet: ReportSheet) -> Report | None:
    """The latest published report of an earlier month: its words can be copied."""
    rows = Report.objects.filter(project=sheet.project, state=ReportState.APPROVED)
    earlier = rows.filter(round__month_latest__lt=sheet.round.month_latest).select_related("round")
    return earlier.order_by("-round__month_earliest").first()


def units() -> list[Department]:
    """Who may answer for a problem."""
    return list(Department.objects.order_by("code"))
