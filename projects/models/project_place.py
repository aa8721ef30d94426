"""Where a project lies, as it is said: the source of its place, and the projects beside it.

The place itself is a column of the project, the tree of places `models.place`.
"""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _

from projects.choices import Nearness
from projects.models.constraints import known_codes
from projects.models.fields import reference
from projects.models.managers import by_natural_key
from projects.models.place import Place
from projects.models.project import FromSource, Project


def _note() -> models.CharField:
    return models.CharField(
        _("note"), max_length=300, blank=True, help_text=_("How it was read, or how it is known.")
    )


def _source_or_note(message) -> models.CheckConstraint:
    return models.CheckConstraint(
        name="%(class)s_source_or_note",
        condition=Q(source__isnull=False) | ~Q(note=""),
        violation_error_message=message,
    )


class PlaceSource(FromSource):
    """It names the place that it gives: once a project is put elsewhere, it is no longer shown."""

    project = models.OneToOneField(
        Project, on_delete=models.CASCADE, related_name="place_source", verbose_name=_("project")
    )
    place = reference(Place, _("place"), "+")
    note = _note()

    objects = by_natural_key("project__code")

    class Meta:
        verbose_name = _("source of the place")
        verbose_name_plural = _("source of the place")
        ordering = ["project"]
        constraints = [_source_or_note(_("Say which source gives the place, or how it is known."))]

    def __str__(self):
        return str(self.place)


class Neighbour(FromSource):
    """Stated once, at either of the two, and shown at both."""

    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="neighbours", verbose_name=_("project")
    )
    neighbour = reference(Project, _("neighbour"), "+")
    nearness = models.CharField(_("how near"), max_length=20, choices=Nearness.as_choices)
    note = _note()

    objects = by_natural_key("project__code", "neighbour__code")

    class Meta:
        verbose_name = _("neighbour")
        verbose_name_plural = _("neighbours")
        ordering = ["project", "neighbour"]
        constraints = [
            known_codes(_("Choose one of the ways of being near."), nearness=Nearness),
            models.CheckConstraint(
                name="neighbour_another",
                condition=~Q(project=F("neighbour")),
                violation_error_message=_("A project is no neighbour of itself."),
            ),
            models.UniqueConstraint(
                Least("project", "neighbour"),
                Greatest("project", "neighbour"),
                name="neighbour_pair_once",
                violation_error_message=_("These two are neighbours on record already."),
            ),
            _source_or_note(_("Say which source names them neighbours, or how it is known.")),
        ]

    def __str__(self):
        return f"{self.project.code} · {self.neighbour.code}"
