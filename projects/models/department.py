"""Responsible units (责任单位)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.models.managers import by_natural_key
from projects.models.versioned import Versioned


class Department(Versioned):
    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=100, unique=True)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    contact = models.CharField(
        _("internal contact"),
        max_length=100,
        blank=True,
        help_text=_("Name and telephone of whom to remind of reports. Never public; for staff alone."),
    )

    objects = by_natural_key("code")

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ["code"]

    def __str__(self):
        return self.name
