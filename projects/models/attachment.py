"""A photo or a paper that belongs to a monthly report; frozen together with it (`models.append_only`).

Its file lies in the data folder under a random name; what it was called before is nowhere kept. How a file
is looked at and made anew is `reports.attachments`, how it is stored `reports.attachments`.
"""

from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.choices import AttachmentKind, ReportState
from projects.core.roles import Person
from projects.models.fields import person, reference
from projects.models.report import Report
from projects.reports.rules.attachments import SMALL


def folder() -> Path:
    """Where the files lie; nothing there is served but through a view that asks the table."""
    return Path(settings.MEDIA_ROOT) / "attachments"


class AttachmentQuerySet(models.QuerySet):
    def public(self):
        """With the report, and with the source that it became."""
        approved = self.filter(report__state=ReportState.APPROVED, report__source__is_public=True)
        return approved.filter(report__project__is_public=True)

    def reachable_by(self, person: Person):
        """Whoever reaches the report."""
        return self.filter(report__in=Report.objects.reachable_by(person))


# A comparison with null is neither true nor false, which would pass.
_SIZED = Q(width__isnull=False, height__isnull=False, width__gt=0, height__gt=0)
_PHOTO = _SIZED & Q(kind=AttachmentKind.PHOTO, name__endswith=".jpg")
_PAPER = Q(kind=AttachmentKind.PAPER, width=None, height=None, taken_on=None, name__endswith=".pdf")


class Attachment(models.Model):
    report = reference(Report, _("monthly report"), "attachments")
    kind = models.CharField(_("kind"), max_length=5, choices=AttachmentKind.as_choices)
    name = models.CharField(_("file"), max_length=40, unique=True, editable=False)
    position = models.PositiveSmallIntegerField(_("place in the order"), default=0, editable=False)
    caption = models.CharField(_("what it shows"), max_length=120, blank=True)
    width = models.PositiveIntegerField(_("width"), null=True, editable=False)
    height = models.PositiveIntegerField(_("height"), null=True, editable=False)
    size = models.PositiveIntegerField(_("bytes"), editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64, editable=False)
    taken_on = models.DateField(_("taken on"), null=True, editable=False)
    added_by = person(_("added by"), "attachments_added", editable=False)
    added_at = models.DateTimeField(_("added at"), editable=False)
    is_final = models.BooleanField(_("approved"), default=False, editable=False)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="attachment_file_once",
                fields=["report", "sha256"],
                violation_error_message=_("This file is attached already."),
            ),
            models.CheckConstraint(
                name="attachment_kind_fits_file",
                condition=_PHOTO | _PAPER,
                violation_error_message=_("An attachment is a photo with width and height, or a PDF."),
            ),
            models.CheckConstraint(
                name="attachment_file_not_empty",
                condition=Q(size__gt=0) & ~Q(sha256=""),
                violation_error_message=_("The file is empty."),
            ),
        ]

    def __str__(self):
        return self.caption or self.name

    @property
    def is_photo(self) -> bool:
        return self.kind == AttachmentKind.PHOTO

    @property
    def small(self) -> str:
        """The name of a photo's small copy."""
        return self.name.replace(".", f"{SMALL}.")

    @property
    def names(self) -> tuple[str, ...]:
        """Every file of it."""
        return (self.name, self.small) if self.is_photo else (self.name,)

    @property
    def dated(self) -> date:
        """The day that the camera wrote into a photo, else the day on which it was added."""
        return self.taken_on or timezone.localdate(self.added_at)
