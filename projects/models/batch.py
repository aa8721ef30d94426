"""An imported file: the cells as parsed, how they were read, what each row became, and who decided on it.

Its claims carry it (`Claim.batch`), the projects that it made too (`Project.batch`). It is sent, approved and
refused whole (`imports.batches`), and withdrawn by a second batch that names it.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from projects.choices import BatchState
from projects.models.constraints import known_codes
from projects.models.fields import FuzzyDateField, bound, person, reference
from projects.models.source import Source
from projects.models.versioned import Versioned

MAX_SENDER = 100
FORM_SHEET = "/"  # of facts that were typed into a form: no sheet of a workbook may be called so
DOUBLE_SHEET = "//"  # of the claims of a double, proposed for the record that stays
PUBLISHED = (BatchState.APPROVED.value, BatchState.WITHDRAWN.value)
_NOBODY_SENT = Q(sent_by=None, sent_at=None)
_SENT = Q(sent_by__isnull=False, sent_at__isnull=False, source__isnull=False)
_NOT_APPROVED = Q(approved_by=None, approved_at=None)
_APPROVED = Q(approved_by__isnull=False, approved_at__isnull=False)
_NOT_REFUSED = Q(refused_by=None, refused_at=None, refused_why="")
_REFUSED = Q(refused_by__isnull=False, refused_at__isnull=False) & ~Q(refused_why="")


class BatchQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=BatchState.SENT)

    def waiting_alone(self):
        """But for those that are decided with a hiding."""
        return self.waiting().exclude(sheet=DOUBLE_SHEET, withdraws=None)

    def imported(self):
        """Files, and no withdrawals of them."""
        return self.filter(withdraws=None)


def _moment(label) -> models.DateTimeField:
    return models.DateTimeField(label, null=True, editable=False)


def _person(related_name: str, label) -> models.ForeignKey:
    return person(label, related_name, null=True, editable=False)


class Batch(Versioned):
    file_name = models.CharField(_("file"), max_length=255)
    digest = models.CharField(_("SHA-256 of the file"), max_length=64)
    sheet = models.CharField(_("sheet"), max_length=100, blank=True)
    sender = models.CharField(_("who sends it"), max_length=MAX_SENDER, blank=True)
    part = models.PositiveSmallIntegerField(_("part"), default=1, help_text=_("Of a file that is too large."))
    part_of = reference("self", _("part of"), "further_parts", null=True)
    withdraws = reference("self", _("withdraws"), "withdrawals", null=True)
    why = models.CharField(_("why withdrawn"), max_length=300, blank=True)

    cells = models.JSONField(_("cells as parsed"), default=list)
    mapping = models.JSONField(_("columns as they were read"), default=list)
    choices = models.JSONField(_("words as they were chosen"), default=list)
    skipped = models.JSONField(_("rows left out"), default=list)
    became = models.JSONField(_("what each row became"), default=list)
    claim_count = models.PositiveIntegerField(_("claims"), default=0, editable=False)

    source = reference(Source, _("source"), "batches", null=True)
    as_of_earliest = bound(null=True)
    as_of_latest = bound(null=True)
    as_of = FuzzyDateField(_("as of"), blank=True)

    state = models.CharField(
        _("state"), max_length=10, choices=BatchState.as_choices, default=BatchState.DRAFT
    )
    entered_by = person(_("entered by"), "batches_entered", editable=False)
    entered_at = models.DateTimeField(_("entered at"), editable=False)
    saved_at = models.DateTimeField(_("saved at"), editable=False)
    sent_by = _person("batches_sent", _("sent by"))
    sent_at = _moment(_("sent at"))
    approved_by = _person("batches_approved", _("approved by"))
    approved_at = _moment(_("approved at"))
    refused_by = _person("batches_refused", _("refused by"))
    refused_at = _moment(_("refused at"))
    refused_why = models.CharField(_("why refused"), max_length=300, blank=True, editable=False)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("imported file")
        verbose_name_plural = _("imported files")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["state", "-id"], name="batch_state"),
            models.Index(fields=["digest"], name="batch_digest"),
        ]
        constraints = [
            known_codes(_("Choose one of the states."), state=BatchState),
            models.CheckConstraint(
                name="batch_sent_whole",
                condition=Q(state=BatchState.DRAFT) & _NOBODY_SENT | ~Q(state=BatchState.DRAFT) & _SENT,
                violation_error_message=_("A file that is no draft was sent by somebody, and has a source."),
            ),
            models.CheckConstraint(
                name="batch_approved_whole",
                condition=Q(state__in=PUBLISHED) & _APPROVED | ~Q(state__in=PUBLISHED) & _NOT_APPROVED,
                violation_error_message=_("An approved file was approved by somebody, and no other was."),
            ),
            models.CheckConstraint(
                name="batch_refused_whole",
                condition=Q(state=BatchState.REFUSED) & _REFUSED
                | ~Q(state=BatchState.REFUSED) & _NOT_REFUSED,
                violation_error_message=_("A refused file was refused by somebody, with a reason."),
            ),
            models.CheckConstraint(
                name="batch_withdraws_another",
                condition=Q(withdraws=None)
                | ~Q(withdraws=F("id")) & ~Q(state__in=[BatchState.DRAFT, BatchState.WITHDRAWN]) & ~Q(why=""),
                violation_error_message=_("A withdrawal names another file, and says why."),
            ),
            models.CheckConstraint(
                name="batch_part_from_one",
                condition=Q(part=1, part_of=None) | Q(part__gt=1, part_of__isnull=False),
                violation_error_message=_("The parts of a file are counted from 1, and name the first."),
            ),
            models.UniqueConstraint(
                name="batch_waits_once",
                fields=["digest", "sheet", "part"],
                condition=Q(state=BatchState.SENT, withdraws=None),
                violation_error_message=_("This sheet waits for a second person already."),
            ),
            models.UniqueConstraint(
                name="batch_withdrawn_once",
                fields=["withdraws"],
                condition=Q(withdraws__isnull=False, state__in=[BatchState.SENT, BatchState.APPROVED]),
                violation_error_message=_("Its withdrawal waits, or is approved already."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        """By which the audit calls it."""
        return f"batch #{self.pk}"

    @property
    def is_form(self) -> bool:
        """Whether no file was sent: an editor typed the facts of one project."""
        return self.sheet == FORM_SHEET

    @property
    def is_by_rows(self) -> bool:
        """Whether each of its rows is a row of a file."""
        cells = self.whole.cells
        return not self.is_form and not (isinstance(cells, dict) and cells.get("stood"))

    @property
    def is_of_double(self) -> bool:
        """Whether it proposes the claims of a double, or withdraws them."""
        return self.sheet == DOUBLE_SHEET

    @property
    def is_double(self) -> bool:
        """Whether it proposes the claims of a double: decided with the hiding of that."""
        return self.is_of_double and self.withdraws_id is None

    @property
    def whole(self) -> "Batch":
        """The batch that keeps the cells: of a file that was sent in parts the first, else this one."""
        return self.part_of or self


class SheetMemory(models.Model):
    """How the sheets of one sender are read: replayed on the next, failing loudly where columns changed.

    Of the forms that a sender has filled, by their shape: which columns there are, in which units.
    """

    sender = models.CharField(_("who sends it"), max_length=MAX_SENDER)
    shape = models.CharField(_("shape of the form"), max_length=64, blank=True)
    mapping = models.JSONField(_("columns as they were read"), default=list)
    choices = models.JSONField(_("words as they were chosen"), default=list)
    saved_at = models.DateTimeField(_("saved at"))

    class Meta:
        verbose_name = _("how a sender's sheets are read")
        verbose_name_plural = _("how senders' sheets are read")
        ordering = ["sender", "shape"]
        constraints = [
            models.UniqueConstraint(
                name="sheetmemory_once",
                fields=["sender", "shape"],
                violation_error_message=_("How this sender's sheet is read is remembered already."),
            ),
        ]

    def __str__(self):
        return self.sender
