"""Figures about the district rather than one project. Append-only like claims."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from projects.choices import ValueKind
from projects.core.statements import Series
from projects.models.assertion import Assertion, AssertionQuerySet, holds_only
from projects.models.fields import CodesField, reference
from projects.models.indicator import Indicator
from projects.models.managers import by_natural_key
from projects.models.validators import check_members


class StatisticQuerySet(AssertionQuerySet):
    alongside = ("subject",)

    def naming(self, project: str):
        """Those that name a project, by its code, as one of their parts."""
        return self.filter(members__contains=f" {project} ")

    def public(self, today):
        return self.approved().filter(source__is_public=True, known_on__lte=today)

    def live(self, today):
        """Public with a value, and not corrected by then."""
        corrections = Statistic.objects.public(today).filter(corrects=OuterRef("pk"))
        return self.public(today).exclude(holds_only(None)).exclude(Exists(corrections))


class Statistic(Assertion):
    subject = reference(Indicator, _("subject"), "statistics")
    period = models.CharField(_("period"), max_length=40, blank=True)
    is_target = models.BooleanField(_("target"), default=False)
    members = CodesField(
        _("members"),
        blank=True,
        validators=[check_members],
        help_text=_("Codes of the projects that the text names as its parts; never added."),
    )

    objects = by_natural_key("ref", queryset=StatisticQuerySet)

    class Meta(Assertion.Meta):
        abstract = False
        verbose_name = _("statistic")
        verbose_name_plural = _("statistics")
        ordering = ["ref"]
        constraints = [
            *Assertion.Meta.constraints,
            models.CheckConstraint(
                name="statistic_value_one_figure",
                condition=holds_only(ValueKind.MONEY)
                | holds_only(ValueKind.NUMBER)
                | holds_only(ValueKind.TEXT)  # a class such as 百亿级, never an amount
                | (Q(corrects__isnull=False) & holds_only(None)),
                violation_error_message=_("Give an amount or a number, or withdraw a statistic."),
            ),
        ]

    def series(self) -> Series:
        """Targets and facts about the same time are two things."""
        return Series(self.subject.code, "target" if self.is_target else "", "", self.period, self.method)
