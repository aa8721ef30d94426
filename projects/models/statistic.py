"""Figures about the district rather than one project. Append-only like claims."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.choices import ValueKind
from projects.core.statements import Series
from projects.models.assertion import Assertion, AssertionQuerySet, holds_only
from projects.models.indicator import Indicator
from projects.models.managers import by_natural_key


class StatisticQuerySet(AssertionQuerySet):
    alongside = ("subject",)

    def public(self, today):
        return self.approved().filter(source__is_public=True, known_on__lte=today)


class Statistic(Assertion):
    subject = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="statistics", verbose_name=_("subject")
    )
    period = models.CharField(_("period"), max_length=40, blank=True)
    is_target = models.BooleanField(_("target"), default=False)

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
        return Series(self.subject.code, "target" if self.is_target else "", "", self.period)

    def natural_key(self):
        return (self.ref,)

    natural_key.dependencies = ["projects.indicator", "projects.sourcesection", "projects.user"]
