"""Who wrote in a report, attached something to it or handed it in: none of them reviews it.

Remembered for good: whoever typed something that another typed over has seen the report as its writer.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.models.fields import person
from projects.models.report import Report


class ReportWriter(models.Model):
    report = models.ForeignKey(
        Report, on_delete=models.CASCADE, related_name="writers", verbose_name=_("monthly report")
    )
    user = person(_("writer"), "+")

    class Meta:
        verbose_name = _("writer of a report")
        verbose_name_plural = _("writers of reports")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="reportwriter_user_once",
                fields=["report", "user"],
                violation_error_message=_("This person is a writer of the report already."),
            )
        ]

    def __str__(self):
        return f"{self.report} {self.user}"
