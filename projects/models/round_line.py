"""Who was expected in a round and what had come, as it stood when the round was closed; append-only."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.choices import ReportState
from projects.models.constraints import known_codes
from projects.models.department import Department
from projects.models.fields import reference
from projects.models.project import Project
from projects.models.round import Round


class RoundLine(models.Model):
    round = reference(Round, _("round"), "lines")
    project = reference(Project, _("project"), "round_lines")
    department = reference(Department, _("responsible unit"), "round_lines", null=True)
    state = models.CharField(max_length=10, choices=ReportState.as_choices, blank=True)
    is_late = models.BooleanField(default=False)
    submitted_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("line of a closed round")
        verbose_name_plural = _("lines of closed rounds")
        constraints = [
            models.UniqueConstraint(
                name="roundline_once",
                fields=["round", "project"],
                violation_error_message=_("A closed round has one line a project."),
            ),
            known_codes(_("A report is in a known state, or not begun."), or_none=True, state=ReportState),
        ]
        indexes = [models.Index(fields=["round", "department", "state", "is_late"], name="roundline_unit")]

    def __str__(self):
        return f"{self.round_id} {self.project_id} {self.state}"
