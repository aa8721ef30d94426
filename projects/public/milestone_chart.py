"""What is drawn over time: the milestones of many projects, to one scale."""

from __future__ import annotations

from dataclasses import dataclass

from projects.core.fuzzy_dates import Fuzzy
from projects.core.promises import Facts
from projects.pages.charts import Band, Scale


@dataclass(frozen=True, slots=True)
class Mark:
    """A promise or a fact as a band: its words and the claim it leads to."""

    kind: str
    band: Band
    on: Fuzzy
    ref: str
    milestone: str


def marks_of(told: Facts, scale: Scale) -> list[Mark]:
    return [Mark(kind, scale.band(span), span, ref, told.milestone) for kind, span, ref in _said(told)]


def _said(told: Facts) -> list[tuple[str, Fuzzy, str]]:
    """What was said of a milestone, the vaguest first so that the fact is drawn on top."""
    found = []
    if told.first:
        found.append(("first", told.first.value, told.first.ref))
    if told.promised and (told.first is None or told.promised.ref != told.first.ref):
        found.append(("promised", told.promised.value, told.promised.ref))
    if told.actual:
        found.append(("actual", told.actual.value, told.actual.ref))
    return found


def spans_of(milestones: list[Facts]) -> list[Fuzzy]:
    return [span for told in milestones for _, span, _ in _said(told)]
