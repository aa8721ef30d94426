"""Rows that hold for a rectangle of days: as of which days, and as known on which."""

from datetime import date

from django.db import models
from django.db.models import Q

from projects.core.clocks import Clocks
from projects.core.rectangles import FOREVER

CORNERS = ("asof_from", "asof_to", "known_from", "known_to")


def holding(clocks: Clocks, rows: str = "") -> Q:
    """Which of them hold; `rows` is their name where they are joined to others."""
    if clocks.is_today:
        return _open(rows)
    return _on(clocks.asof, clocks.known, rows)


def _on(asof: date, known: date, rows: str = "") -> Q:
    return _named(rows, asof_from__lte=asof, asof_to__gt=asof, known_from__lte=known, known_to__gt=known)


def _open(rows: str = "") -> Q:
    return _named(rows, asof_to=FOREVER, known_to=FOREVER)


def _named(rows: str, **days: date) -> Q:
    return Q(**{f"{rows}__{column}" if rows else column: day for column, day in days.items()})


OPEN = _open()  # at both ends: what holds now


class RectangleQuerySet(models.QuerySet):
    def on(self, asof: date, known: date):
        return self.filter(_on(asof, known))

    def today(self):
        """Those that hold now (a partial index)."""
        return self.filter(OPEN)

    def held(self, clocks: Clocks):
        return self.filter(holding(clocks))


class RectangleRow(models.Model):
    asof_from = models.DateField()
    asof_to = models.DateField(help_text="The first day it no longer covers.")
    known_from = models.DateField()
    known_to = models.DateField()

    class Meta:
        abstract = True

    @property
    def is_open(self) -> bool:
        return self.asof_to == self.known_to == FOREVER
