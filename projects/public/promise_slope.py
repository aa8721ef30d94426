"""A picture of first promises: from the day promised to the fact, to the date that holds now, or to today.

Time runs upwards, so that a line that rises is late; what had no word since its day is dotted. Where things
lie is computed here; their words stand in the part, and the same dates in a list or table beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from projects.choices import Verdict
from projects.core.fuzzy_dates import Fuzzy
from projects.core.promises import Dated, Facts
from projects.pages.charts import ROOM, Scale, clear, scale_of
from projects.words.stage_words import Called

if TYPE_CHECKING:
    from projects.public.dated_steps import DatedStep

MAX_LINES = 16
LOWEST = 120.0
FACT, PART, NOW, SILENT = "fact", "part", "now", "silent"


@dataclass(frozen=True, slots=True)
class SlopeEnd:
    """A date on one of the two sides: as tall as it is vague."""

    top: float
    height: float
    middle: float  # where the line begins or ends: the last day
    words: float = 0.0  # where its words stand, clear of the others


@dataclass(frozen=True, slots=True)
class SlopeLine:
    record: Called
    told: Facts
    verdict: Verdict
    kind: str
    end: Dated | None  # what was said of it; None where nothing was
    left: SlopeEnd
    right: SlopeEnd


@dataclass(frozen=True, slots=True, eq=False)
class Slope:
    lines: list[SlopeLine]
    years: list[tuple[int, float]]
    today: float
    silent: float  # where it says that nothing was heard of the dotted ones
    height: float

    @property
    def silent_count(self) -> int:
        return sum(line.kind == SILENT for line in self.lines)

    @property
    def has_ends(self) -> bool:
        """Whether anything was said of what it shows."""
        return self.silent_count < len(self.lines)

    @property
    def box(self) -> str:
        """The drawing with room for words above and below."""
        return f"0 -14 1000 {self.height + 28:g}"


def slope(judged: Iterable[tuple[Called, Facts, Verdict | None]], asof: date) -> Slope | None:
    """Of promises with their records and verdicts; None where none has moved and none is past its day."""
    told = [(*one, *_end(one[1], one[2], asof)) for one in judged if one[1].first and one[2]]
    told = [one for one in told if one[3]][:MAX_LINES]
    if not told:
        return None
    height = max(LOWEST, ROOM * len(told))
    spans = [one[1].first.value for one in told] + [one[4].value for one in told if one[4]]
    scale = scale_of(spans, asof, height)
    ends = [(_side(scale, one[1].first.value), _right(scale, one[4], asof)) for one in told]
    lefts = clear([left.middle for left, _ in ends], height)
    # What is silent ends together, today, and is said once.
    today = round(height - scale.at(asof), 2)
    *rights, silent = _clear_of_silent(
        [one[3] for one in told], [right.middle for _, right in ends], today, height
    )
    lines = [
        SlopeLine(record, facts, verdict, kind, end, replace(left, words=at), replace(right, words=there))
        for (record, facts, verdict, kind, end), (left, right), at, there in zip(
            told, ends, lefts, rights, strict=True
        )
    ]
    years = [(year, round(height - at, 2)) for year, at in scale.years()]
    return Slope(lines, years, today, silent, height)


def of_project(project: Called, dated: Iterable[DatedStep], asof: date) -> Slope | None:
    """Of its own promises; of silence alone the words say enough."""
    found = slope(((project, one.told, one.verdict) for one in dated), asof)
    return found if found and found.has_ends else None


def _clear_of_silent(kinds: list[str], wanted: list[float], today: float, height: float) -> list[float]:
    """Places on the right: of each line, and in the end of what is silent."""
    spoken = [number for number, kind in enumerate(kinds) if kind != SILENT]
    *places, silent = clear([*(wanted[number] for number in spoken), today], height)
    by_number = dict(zip(spoken, places, strict=True))
    return [*(by_number.get(number, silent) for number in range(len(kinds))), silent]


def _end(told: Facts, verdict: Verdict, asof: date) -> tuple[str, Dated | None]:
    """Where its line ends; nothing where the first promise stands and its day is still to come."""
    if told.fulfilment:
        return FACT, told.fulfilment
    if verdict == Verdict.PARTLY and told.part_actual:
        return PART, told.part_actual
    if told.has_moved:
        return NOW, told.promised
    is_past = told.first.value.latest < asof
    return (SILENT, None) if is_past and verdict != Verdict.KEPT else ("", None)


def _side(scale: Scale, span: Fuzzy) -> SlopeEnd:
    bottom, top = scale.at(span.earliest), scale.at(span.latest)
    height = max(top - bottom, 3.0)
    return SlopeEnd(round(scale.width - top, 2), round(height, 2), round(scale.width - top, 2))


def _right(scale: Scale, end: Dated | None, asof: date) -> SlopeEnd:
    if end is not None:
        return _side(scale, end.value)
    at = round(scale.width - scale.at(asof), 2)
    return SlopeEnd(at, 0.0, at)
