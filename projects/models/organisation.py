"""Enterprises, investors and institutions, and the names they go by."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.models.managers import by_natural_key
from projects.models.validators import check_credit_code
from projects.models.versioned import Versioned


class Organisation(Versioned):
    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=150, unique=True)
    name_en = models.CharField(_("English name"), max_length=250, blank=True)
    aliases = models.JSONField(_("other names"), default=list, blank=True)
    credit_code = models.CharField(
        _("unified social credit code"), max_length=18, blank=True, validators=[check_credit_code]
    )

    objects = by_natural_key("code")

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                name="organisation_credit_code_once",
                fields=["credit_code"],
                condition=~Q(credit_code=""),
                violation_error_message=_("Another organisation has this credit code."),
            ),
        ]

    def __str__(self):
        return self.name
