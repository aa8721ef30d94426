"""A file that takes long to be read: who sent it and when, until its drafts are there or it is refused.

The bytes are not kept: what ends in the middle is sent again. When a row goes is `imports.erasure`.
"""

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.models.batch import MAX_SENDER
from projects.models.fields import person

MAX_TIME = timedelta(minutes=2)  # more than the reader may take; after that whoever read it has died


class FileReading(models.Model):
    digest = models.CharField(_("SHA-256 of the file"), max_length=64)
    file_name = models.CharField(_("file"), max_length=255)
    sender = models.CharField(_("who sends it"), max_length=MAX_SENDER, blank=True)
    entered_by = person(_("entered by"), "file_readings", editable=False)
    started_at = models.DateTimeField(_("started at"), editable=False)
    ended_at = models.DateTimeField(_("ended at"), null=True, editable=False)
    faults = models.JSONField(_("why refused"), default=list)

    class Meta:
        verbose_name = _("file that is read")
        verbose_name_plural = _("files that are read")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="filereading_once",
                fields=["entered_by", "digest"],
                violation_error_message=_("You sent this file already."),
            ),
        ]

    def __str__(self):
        return self.file_name

    def is_going_on(self, at: datetime) -> bool:
        return self.ended_at is None and at < self.started_at + MAX_TIME

    def is_broken_off(self, at: datetime) -> bool:
        """Whoever read it died in the middle."""
        return self.ended_at is None and not self.is_going_on(at)
