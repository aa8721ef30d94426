"""Parks, towns and areas in which projects stand."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.choices import PlaceKind
from projects.models.constraints import known_codes, not_its_own_parent
from projects.models.fields import reference
from projects.models.managers import by_natural_key
from projects.models.validators import refuse_circle
from projects.models.versioned import Versioned


class Place(Versioned):
    """A point is kept only with the source that gives it, never guessed."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=100, unique=True)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=PlaceKind.as_choices)
    parent = reference("self", _("lies in"), "parts", null=True, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    point_source = reference("projects.Source", _("source of the point"), "points", null=True, blank=True)

    objects = by_natural_key("code")

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["code"]
        constraints = [
            known_codes(_("Choose one of the kinds of place."), kind=PlaceKind),
            models.CheckConstraint(
                name="place_point_whole",
                condition=Q(latitude=None, longitude=None, point_source=None)
                | Q(latitude__isnull=False, longitude__isnull=False, point_source__isnull=False),
                violation_error_message=_("Give latitude, longitude and the source of the point, or none."),
            ),
            not_its_own_parent(_("A place cannot lie in itself.")),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        refuse_circle(self)
