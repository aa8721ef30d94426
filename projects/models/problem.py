"""An obstacle raised in a report, the unit that answers for it, and what was said of it.

The public sees only how many are open. Who may answer and close it is `reports.rules.problems`.
"""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from projects.choices import ReportState, Role
from projects.core.roles import Person
from projects.models.department import Department
from projects.models.fields import person, reference
from projects.models.report import Report
from projects.reports.rules.problems import Obstacle


class ProblemQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed_at=None)

    def public(self):
        """What may be counted in public: raised in a report that is published."""
        published = self.filter(report__state=ReportState.APPROVED, report__project__is_public=True)
        return published.filter(report__source__is_public=True)

    def overdue(self, today: date):
        return self.open().filter(due_on__lt=today)

    def reachable_by(self, person: Person):
        """Whoever reaches the report, and the unit that answers for it once the report is published."""
        answers = Q(department__in=person.units, report__state=ReportState.APPROVED)
        reports = Report.objects.reachable_by(person)
        if person.has(Role.REPORTER):
            return self.filter(Q(report__in=reports) | answers)
        return self.filter(report__in=reports)


class Problem(models.Model):
    report = reference(Report, _("monthly report"), "problems")
    department = reference(Department, _("responsible unit"), "problems")
    text = models.CharField(_("what stands in the way"), max_length=500)
    due_on = models.DateField(_("to be solved by"))
    raised_on = models.DateField(_("raised on"), editable=False)
    raised_by = person(_("raised by"), "problems_raised", editable=False)
    closed_by = person(_("closed by"), "problems_closed", null=True, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)
    closing_word = models.CharField(_("closed with the word"), max_length=500, blank=True, editable=False)

    objects = ProblemQuerySet.as_manager()

    class Meta:
        verbose_name = _("problem")
        verbose_name_plural = _("problems")
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["due_on", "id"], condition=Q(closed_at=None), name="problem_open"),
            models.Index(fields=["closed_at", "id"], name="problem_closed"),
        ]
        constraints = [
            models.CheckConstraint(
                name="problem_due_after_raised",
                condition=Q(due_on__gte=F("raised_on")),
                violation_error_message=_("The day lies before the problem was raised: give a later one."),
            ),
            models.CheckConstraint(
                name="problem_closed_by_set",
                condition=Q(closed_by=None, closed_at=None, closing_word="")
                | Q(closed_by__isnull=False, closed_at__isnull=False) & ~Q(closing_word=""),
                violation_error_message=_("A problem is closed by somebody, with a word."),
            ),
        ]

    def __str__(self):
        return self.text[:40]

    def obstacle(self) -> Obstacle:
        """As the rules see it: select the report and its project with it."""
        raised_by = self.report.project.department_id
        state = ReportState(self.report.state)
        return Obstacle(raised_by, self.department_id, state, self.closed_at is not None)


class ProblemReply(models.Model):
    problem = reference(Problem, _("problem"), "replies")
    text = models.CharField(_("reply"), max_length=500)
    by = person(_("by"), "problem_replies")
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ["pk"]

    def __str__(self):
        return self.text[:40]
