"""The projection: where a project stood for a rectangle of days. Written only by the rebuild."""

import json
from collections.abc import Iterable
from functools import cached_property, lru_cache
from hashlib import blake2b

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.choices import Basis, Condition, Qualifier, Stage
from projects.core import fuzzy_dates
from projects.core.promises import Dated, Facts
from projects.models.constraints import known_codes
from projects.models.project import Project
from projects.models.rectangle import CORNERS, OPEN, RectangleQuerySet, RectangleRow

MAX_FACTS = 5_000  # that are remembered
DATED = ("first", "promised", "undecided", "actual", "whole_actual", "part_actual", "behind", "reached")


def facts_as_json(told: Facts) -> dict:
    """What judges a milestone, as a row keeps it: nothing where nothing was said."""
    said = {name: getattr(told, name) for name in DATED}
    row = {name: _row(one) for name, one in said.items() if one}
    signs = {name: getattr(told, name) for name in ("is_reached", "is_cancelled")}
    return {"milestone": told.milestone, "scope": told.scope} | signs | row


def _row(one: Dated) -> list[str]:
    return [one.ref, one.value.text, one.as_of.text, one.qualifier, one.is_stated]


def facts_from_json(row: dict) -> Facts:
    said = {name: _dated(*row[name]) for name in DATED if name in row}
    signs = {name: row[name] for name in ("is_reached", "is_cancelled")}
    return Facts(row["milestone"], row["scope"], **signs, **said)


@lru_cache(MAX_FACTS)
def facts_from_text(text: str) -> Facts:
    """The same of the text that a row keeps."""
    return facts_from_json(json.loads(text))


def joined(codes: Iterable[str]) -> str:
    """Codes as one text in which ` code ` finds exactly that one, on both engines."""
    return f" {' '.join(codes)} " if codes else ""


def digest_of(codes: Iterable[str]) -> str:
    """The same for the same codes in the same order; "" of none."""
    text = joined(codes)
    return blake2b(text.encode(), digest_size=8).hexdigest() if text else ""


def _dated(ref: str, value: str, as_of: str, qualifier: str, is_stated: bool) -> Dated:
    return Dated(ref, fuzzy_dates.parse(value), fuzzy_dates.parse(as_of), qualifier, is_stated)


class StandingQuerySet(RectangleQuerySet):
    def drawing_on(self, source: str):
        return self.filter(sources__contains=f" {source} ")


class Standing(RectangleRow):
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="standings")

    stage = models.CharField(max_length=20, choices=Stage.as_choices, blank=True)
    stage_order = models.PositiveSmallIntegerField(null=True)
    stage_basis = models.CharField(max_length=10, choices=Basis.as_choices, blank=True)
    stage_qualifier = models.CharField(max_length=10, choices=Qualifier.as_choices, blank=True)
    stage_since = models.CharField(max_length=40, blank=True, help_text="EDTF: when it was first reached.")
    stage_last_said = models.CharField(max_length=40, blank=True, help_text="EDTF: when it was last said.")
    stage_last_said_basis = models.CharField(max_length=10, choices=Basis.as_choices, blank=True)
    stage_said_on = models.DateField(null=True, help_text="The last day of that.")
    stage_ref = models.CharField(max_length=40, blank=True)
    is_partly_in_use = models.BooleanField(default=False)
    condition = models.CharField(max_length=20, choices=Condition.as_choices, default=Condition.ACTIVE)
    total_investment = models.BigIntegerField(null=True)
    total_qualifier = models.CharField(max_length=10, blank=True)
    is_total_stated = models.BooleanField(default=False)
    agreed_investment = models.BigIntegerField(null=True)
    invested_to_date = models.BigIntegerField(null=True)
    amounts = models.JSONField(default=dict, help_text="By topic: ref, unit, decimals, qualifier, basis.")
    milestones = models.JSONField(default=list, help_text="Facts that judge each milestone.")
    is_dated = models.BooleanField(default=False)
    due_on = models.DateField(null=True, help_text="By which something still to come was promised first.")
    sources = models.TextField(blank=True, help_text="Codes of the sources, each with a blank on both sides.")
    document_set = models.CharField(
        max_length=16, blank=True, help_text="A digest of the codes of documents, without those of reports."
    )
    last_known_on = models.DateField()
    last_known = models.CharField(max_length=40, help_text="EDTF: the same as its source dates it.")

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name = _("standing")
        verbose_name_plural = _("standings")
        constraints = [
            models.UniqueConstraint(
                name="standing_corner_once",
                fields=["project", "asof_from", "known_from"],
                violation_error_message="A standing's corner is its own.",
            ),
            models.CheckConstraint(
                name="standing_rectangle_has_inside",
                condition=Q(asof_from__lt=models.F("asof_to"), known_from__lt=models.F("known_to")),
                violation_error_message="A rectangle has an inside.",
            ),
            known_codes(
                "A standing is at a known stage or none.",
                or_none=True,
                stage=Stage,
                stage_basis=Basis,
                stage_qualifier=Qualifier,
            ),
            known_codes(
                "A stage was last said outright or by our reading.", or_none=True, stage_last_said_basis=Basis
            ),
            known_codes("A standing is in a known condition.", condition=Condition),
        ]
        indexes = [
            models.Index(
                fields=["stage", "project"],
                condition=OPEN,
                name="standing_today_stage",
            ),
            models.Index(
                fields=["total_investment", "project"],
                condition=OPEN,
                name="standing_today_total",
            ),
            models.Index(
                fields=["last_known_on", "project"],
                condition=OPEN,
                name="standing_today_news",
            ),
            models.Index(fields=["known_from", "asof_from"], name="standing_corner"),
            models.Index(fields=["asof_from"], name="standing_first"),
            # Covers what a past day counts, adds up and orders by: the rows themselves are wide.
            models.Index(
                fields=[
                    *(*CORNERS, "project"),
                    *("condition", "stage", "stage_basis", "stage_said_on", "stage_order"),
                    *("total_investment", "total_qualifier", "is_total_stated", "last_known_on"),
                    *("is_dated", "due_on", "document_set", "id"),
                ],
                name="standing_day",
            ),
        ]

    @cached_property
    def facts(self) -> list[Facts]:
        """What judges its milestones."""
        return [facts_from_json(row) for row in self.milestones]

    def __str__(self):
        return f"{self.project_id} {self.asof_from}/{self.asof_to} × {self.known_from}/{self.known_to}"
