"""The date of a milestone as a report gives it, promised or reached; none where a promise says 待定.

It is frozen together with its report (`models.append_only`).
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from projects.choices import Milestone, MoveReason, Qualifier
from projects.core import fuzzy_dates
from projects.models.checked import Checked
from projects.models.constraints import known_codes
from projects.models.fields import FuzzyDateField, bound, reference
from projects.models.report import Report
from projects.reports.rules.content import UNDECIDED, Actual, Promise


class ReportDate(Checked):
    report = reference(Report, _("monthly report"), "dates")
    milestone = models.CharField(_("milestone"), max_length=20, choices=Milestone.as_choices)
    scope = models.CharField(_("scope"), max_length=60, blank=True, help_text=_("Empty for the whole."))
    date_earliest = bound(null=True)
    date_latest = bound(null=True)
    date = FuzzyDateField(_("date of the milestone"), blank=True)
    qualifier = models.CharField(
        _("qualifier"), max_length=10, choices=Qualifier.as_choices, blank=True, default=""
    )
    is_actual = models.BooleanField(_("reached"), default=False)
    reason = models.CharField(_("why it moved"), max_length=20, choices=MoveReason.as_choices, blank=True)
    words = models.CharField(_("in words"), max_length=300, blank=True)
    is_final = models.BooleanField(_("approved"), default=False, editable=False)

    class Meta:
        verbose_name = _("date of the milestone")
        verbose_name_plural = _("dates of milestones")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="reportdate_milestone_once",
                fields=["report", "milestone", "scope", "is_actual"],
                violation_error_message=_("This milestone has its date already."),
            ),
            known_codes(_("Choose the milestone."), milestone=Milestone),
            known_codes(_("Choose one of the reasons, or none."), or_none=True, reason=MoveReason),
            models.CheckConstraint(
                name="reportdate_qualifier_of_promise",
                condition=Q(qualifier="") | Q(qualifier=Qualifier.EXPECTED, is_actual=False),
                violation_error_message=_("Only a promised date may be expected."),
            ),
            models.CheckConstraint(
                name="reportdate_date_bounds",
                condition=Q(date="", date_earliest=None, date_latest=None)
                | Q(date_earliest__isnull=False, date_latest__isnull=False)
                & Q(date_earliest__lte=F("date_latest"))
                & ~Q(date=""),
                violation_error_message=_("The date cannot be read."),
            ),
            models.CheckConstraint(
                name="reportdate_none_stands_of_promise",
                condition=~Q(date="") | Q(is_actual=False, qualifier=""),
                violation_error_message=_("What was reached or is expected has a date."),
            ),
        ]

    def __str__(self):
        return f"{self.milestone} {self.date}"

    def actual(self) -> Actual:
        return Actual(self.milestone, fuzzy_dates.parse(self.date), self.scope)

    def promise(self) -> Promise:
        on = fuzzy_dates.parse(self.date) if self.date else UNDECIDED
        return Promise(self.milestone, on, self.scope, self.reason, self.words, self.qualifier)
