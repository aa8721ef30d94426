"""The last number given under a prefix: codes are counted on, and none is given twice
(`records.addresses`)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Counter(models.Model):
    prefix = models.CharField(_("prefix"), max_length=10, unique=True)
    last = models.PositiveBigIntegerField(_("last number given"), default=0)

    class Meta:
        verbose_name = _("counter")
        verbose_name_plural = _("counters")
        ordering = ["prefix"]

    def __str__(self):
        return f"{self.prefix} {self.last}"
