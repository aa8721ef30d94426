"""Names for figures: what a district statistic counts, what a project's capacity measures.

One row names a figure once, in both languages; a statistic's subject and a capacity's measure
are its code.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.choices import IndicatorGroup
from projects.models.constraints import known_codes
from projects.models.managers import by_natural_key
from projects.models.versioned import Versioned


class Indicator(Versioned):
    code = models.SlugField(_("code"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    group = models.CharField(
        pgettext_lazy("of figures", "group"), max_length=20, choices=IndicatorGroup.as_choices
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = by_natural_key("code")

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["group", "position", "code"]
        constraints = [
            known_codes(_("Choose one of the groups."), group=IndicatorGroup),
        ]

    def __str__(self):
        return self.name
