"""The bytes of a workbook that somebody sent, kept while it is worked on: a form, a file to be imported.

It is no part of any record; when it goes is `imports.erasure`.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.models.batch import MAX_SENDER
from projects.models.fields import person


class Workbook(models.Model):
    digest = models.CharField(_("SHA-256 of the file"), max_length=64, db_index=True)
    file_name = models.CharField(_("file"), max_length=255)
    sender = models.CharField(_("who sends it"), max_length=MAX_SENDER, blank=True)
    data = models.BinaryField(_("file"))
    cells = models.JSONField(_("cells as parsed"), default=dict)
    entered_by = person(_("entered by"), "workbooks", editable=False)
    entered_at = models.DateTimeField(_("entered at"), editable=False)

    class Meta:
        verbose_name = _("workbook")
        verbose_name_plural = _("workbooks")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="workbook_once",
                fields=["entered_by", "digest"],
                violation_error_message=_("You sent this file already."),
            ),
        ]

    def __str__(self):
        return self.file_name
