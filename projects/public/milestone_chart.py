"""What is drawn over time: a project's milestones and the whole portfolio's, to one scale."""

from __future__ import annotations

from dataclasses import dataclass

from projects.core.clocks import Clocks
from projects.core.fuzzy_dates import Fuzzy
from projects.core.promises import Facts
from projects.pages.charts import Band, Scale, scale_of
from projects.words.stage_words import Called, milestone_word

LINE = 30  # the height of a line of a project's drawing


@dataclass(frozen=True, slots=True)
class Mark:
    """A promise or a fact as a band: its words and the claim it leads to."""

    kind: str
    band: Band
    on: Fuzzy
    ref: str
    milestone: str


@dataclass(frozen=True, slots=True)
class ChartLine:
    label: str
    scope: str
    y: int
    marks: list[Mark]


@dataclass(frozen=True, slots=True)
class Drawing:
    scale: Scale
    lines: list[ChartLine]
    today: float
    height: int


def of_project(milestones: list[Facts], clocks: Clocks, record: Called) -> Drawing | None:
    """One line a milestone; the first promise, the one that holds where it moved, and the fact."""
    spans = [mark[1] for told in milestones for mark in _said(told)]
    if not spans:
        return None
    scale = scale_of(spans, clocks.asof)
    lines = [
        ChartLine(
            milestone_word(told.milestone, record), told.scope, 14 + number * LINE, marks_of(told, scale)
        )
        for number, told in enumerate(milestones)
    ]
    return Drawing(scale, lines, scale.at(clocks.asof), 14 + len(lines) * LINE + 24)


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
