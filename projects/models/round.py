"""The monthly round: its month, and the days on which it opens and closes; the stages reported quarterly."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from projects.choices import Stage
from projects.core import months
from projects.models.constraints import known_codes
from projects.models.fields import FuzzyDateField, bound, person


def check_month(text: str) -> None:
    if not months.is_month(text):
        raise ValidationError(_("“%(text)s” is not a month such as 2026-03."), "month", {"text": text})


class RoundQuerySet(models.QuerySet):
    def open_on(self, today: date):
        """Those in which reports are due now; one that nobody closed stays open."""
        return self.in_force().filter(opens_on__lte=today, closed_at=None)

    def in_force(self):
        """Those that were not called off."""
        return self.filter(called_off_at=None)


class Round(models.Model):
    month_earliest = bound()
    month_latest = bound()
    month = FuzzyDateField(_("month"), max_length=7, validators=[check_month])
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    opened_by = person(
        _("opened by"),
        "rounds_opened",
        null=True,
        editable=False,
        help_text=_("Empty where a command acted."),
    )
    opened_at = models.DateTimeField(_("opened at"), editable=False)
    closed_by = person(
        _("closed by"),
        "rounds_closed",
        null=True,
        editable=False,
        help_text=_("Empty where a command acted."),
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)
    called_off_by = person(_("called off by"), "rounds_called_off", null=True, editable=False)
    called_off_at = models.DateTimeField(_("called off at"), null=True, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["-month_earliest"]
        constraints = [
            models.UniqueConstraint(
                name="round_month_once",
                fields=["month_earliest"],
                violation_error_message=_("There is a round for this month already."),
            ),
            models.CheckConstraint(
                name="round_days_in_order",
                condition=Q(month_earliest__lt=F("month_latest"))
                & Q(month_earliest__lte=F("opens_on"), opens_on__lt=F("closes_on")),
                violation_error_message=_("A round opens within its month or later, and closes after that."),
            ),
            models.CheckConstraint(
                name="round_closed_after_opened",
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_at__gte=F("opened_at")),
                violation_error_message=_("A round is closed after it was opened."),
            ),
            models.CheckConstraint(
                name="round_closed_or_called_off",
                condition=Q(called_off_at=None, called_off_by=None)
                | Q(called_off_at__isnull=False, called_off_by__isnull=False, closed_at=None),
                violation_error_message=_("A round is closed, or called off by somebody."),
            ),
        ]

    def __str__(self):
        return self.month

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def is_called_off(self) -> bool:
        return self.called_off_at is not None


class QuarterlyStage(models.Model):
    """A stage whose projects are reported quarterly, but for those with a cadence of their own."""

    stage = models.CharField(_("stage"), max_length=20, choices=Stage.as_choices, unique=True)

    class Meta:
        verbose_name = _("stage reported quarterly")
        verbose_name_plural = _("stages reported quarterly")
        constraints = [known_codes(_("Choose one of the stages."), stage=Stage)]

    def __str__(self):
        return self.stage
