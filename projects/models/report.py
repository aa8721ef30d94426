"""One official's report on one project for one month. Approved ones are frozen (`models.append_only`).

What it may say is `reports.rules.checks`, who may move it `reports.rules.workflow`; its constraints are
`models.report_constraints`, the dates of its milestones `models.report_date`.
"""

from datetime import UTC
from decimal import Decimal

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.choices import Condition, ReportState, Role, Stage, Unit
from projects.core import fuzzy_dates
from projects.core.money import Money
from projects.core.roles import Person
from projects.models.department import Department
from projects.models.fields import FuzzyDateField, bound, person, reference
from projects.models.project import Project
from projects.models.report_constraints import CONSTRAINTS
from projects.models.round import Round
from projects.models.source import Source
from projects.models.versioned import Versioned
from projects.reports.rules.content import Content, Pause
from projects.reports.rules.reminders import HandedReport
from projects.reports.rules.workflow import ReportAccess


class ReportQuerySet(models.QuerySet):
    def public(self):
        return self.filter(state=ReportState.APPROVED, project__is_public=True)

    def reachable_by(self, person: Person):
        """A reporter: projects of the units acted for. Reviewers, editors: all but drafts of others."""
        own = models.Q(project__department__in=person.units)
        if person.reads_all_reports:
            drafts = own if person.has(Role.REPORTER) else models.Q(pk=None)
            return self.filter(~models.Q(state=ReportState.DRAFT) | drafts)
        return self.filter(own) if person.has(Role.REPORTER) else self.none()


def _person(related_name: str, label) -> models.ForeignKey:
    return person(label, related_name, null=True, editable=False)


def _moment(label) -> models.DateTimeField:
    return models.DateTimeField(label, null=True, editable=False)


def _yuan(label) -> models.BigIntegerField:
    return models.BigIntegerField(label, null=True, blank=True)


def _unit() -> models.CharField:
    return models.CharField(_("unit"), max_length=4, choices=Unit.as_choices, blank=True)


def _decimals() -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(_("decimals as typed"), default=0)


class Report(Versioned):
    round = reference(Round, _("round"), "reports")
    project = reference(Project, _("project"), "reports")
    department = reference(Department, _("reporting unit"), "reports")
    state = models.CharField(
        _("state"), max_length=10, choices=ReportState.as_choices, default=ReportState.DRAFT
    )
    is_late = models.BooleanField(_("handed in late"), default=False, editable=False)
    is_unchanged = models.BooleanField(_("nothing changed"), default=False)

    stage = models.CharField(_("stage"), max_length=20, choices=Stage.as_choices, blank=True)
    condition = models.CharField(_("condition"), max_length=20, choices=Condition.as_choices, blank=True)
    this_year_yuan = _yuan(_("invested this year"))
    this_year_unit = _unit()
    this_year_decimals = _decimals()
    to_date_yuan = _yuan(_("invested to date"))
    to_date_unit = _unit()
    to_date_decimals = _decimals()
    progress = models.DecimalField(
        _("physical progress"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    works = models.CharField(_("works"), max_length=500, blank=True)
    next_steps = models.CharField(_("next steps"), max_length=500, blank=True)
    pause_reason = models.CharField(_("why work has stopped"), max_length=300, blank=True)
    pause_resumes_earliest = bound(null=True)
    pause_resumes_latest = bound(null=True)
    pause_resumes = FuzzyDateField(_("expected to go on"), blank=True)
    pause_note = models.CharField(_("note on the pause"), max_length=500, blank=True)
    confirmed = models.JSONField(_("confirmed with a reason"), default=dict, blank=True)
    unread = models.JSONField(
        _("typed and not understood"),
        default=dict,
        blank=True,
        editable=False,
        help_text="By box.",
    )

    entered_by = _person("reports_entered", _("entered by"))
    entered_at = _moment(_("entered at"))
    saved_by = _person("reports_saved", _("saved by"))
    saved_at = _moment(_("saved at"))
    submitted_by = _person("reports_submitted", _("submitted by"))
    submitted_at = _moment(_("submitted at"))
    returned_by = _person("reports_returned", _("returned by"))
    returned_at = _moment(_("returned at"))
    return_note = models.CharField(_("what is to be changed"), max_length=500, blank=True)
    approved_by = _person("reports_approved", _("approved by"))
    approved_at = _moment(_("approved at"))
    source = models.OneToOneField(
        Source, on_delete=models.PROTECT, null=True, editable=False, related_name="report"
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("monthly report")
        verbose_name_plural = _("monthly reports")
        ordering = ["-round__month_earliest", "project"]
        indexes = [
            models.Index(fields=["state", "submitted_at", "id"], name="report_queue"),
            models.Index(fields=["round", "state"], name="report_round"),
        ]
        constraints = CONSTRAINTS

    def __str__(self):
        return f"{self.round} {self.project}"

    def amount(self, name: str) -> Money | None:
        """One of the two amounts: `this_year` or `to_date`."""
        yuan = getattr(self, f"{name}_yuan")
        unit, decimals = getattr(self, f"{name}_unit"), getattr(self, f"{name}_decimals")
        return None if yuan is None else Money(yuan, unit, decimals)

    def content(self) -> Content:
        """As the rules see it; reads the dates of its milestones."""
        resumes = fuzzy_dates.parse(self.pause_resumes) if self.pause_resumes else None
        dated = list(self.dates.all())
        return Content(
            stage=self.stage,
            condition=self.condition,
            this_year=self.amount("this_year"),
            to_date=self.amount("to_date"),
            progress=None if self.progress is None else as_typed(self.progress),
            works=self.works,
            next_steps=self.next_steps,
            promises=tuple(row.promise() for row in dated if not row.is_actual),
            actuals=tuple(row.actual() for row in dated if row.is_actual),
            pause=Pause(self.pause_reason, resumes, self.pause_note),
            confirmed=dict(self.confirmed),
            is_unchanged=self.is_unchanged,
        )

    def access(self) -> ReportAccess:
        """As the moves see it: select the project with it, and fetch the writers."""
        writers = [one.user_id for one in self.writers.all()] if self.pk else []
        return ReportAccess(ReportState(self.state), self.project.department_id, frozenset(writers))

    def handed(self) -> HandedReport:
        """As the reminders see it, once it was handed in: select the project and the round with it."""
        is_back = self.state == ReportState.RETURNED
        return HandedReport(
            month=self.round.month,
            code=self.project.code,
            department=self.project.department_id,
            submitted_on=timezone.localdate(self.submitted_at),
            writers=self.access().writers,
            returned_at=self.returned_at.astimezone(UTC).isoformat() if is_back else "",
            note=self.return_note if is_back else "",
        )


def as_typed(progress: Decimal) -> Decimal:
    """Without the zeros that the column adds: 37.50 as 37.5."""
    whole = progress.to_integral_value()
    return whole if progress == whole else progress.normalize()
