"""The geometry of the drawings: where a bar begins and how wide it is. Numbers only, no markup, no words.

Drawn by the parts in `templates/parts/` as SVG; each drawing has its table beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from projects.core.fuzzy_dates import Fuzzy


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of a whole: its share, and where it lies on a scale of 100."""

    code: object  # what it stands for: a code, or a row
    count: int
    start: float
    width: float


def pieces(counts: Iterable[tuple[object, int]], whole: int = 0) -> list[Piece]:
    """Side by side, filling 100, or their part of a whole that is larger."""
    counts = [(code, count) for code, count in counts if count]
    whole = whole or sum(count for _, count in counts) or 1
    found, start = [], 0.0
    for code, count in counts:
        width = 100 * count / whole
        found.append(Piece(code, count, round(start, 3), round(width, 3)))
        start += width
    return found


def bars(counts: Iterable[tuple[object, int]]) -> list[Piece]:
    """One below the other, the longest filling 100, the greatest first."""
    counts = sorted(((code, count) for code, count in counts if count), key=lambda one: -one[1])
    most = counts[0][1] if counts else 1
    return [Piece(code, count, 0.0, round(100 * count / most, 3)) for code, count in counts]


@dataclass(frozen=True, slots=True)
class Scale:
    """Days on a line from 0 to `width`."""

    first: date
    last: date
    width: float = 1000.0

    def at(self, on: date) -> float:
        days = (min(max(on, self.first), self.last) - self.first).days
        return round(self.width * days / max(1, (self.last - self.first).days), 2)

    def years(self) -> list[tuple[int, float]]:
        """Each new year within, and where it lies."""
        years = range(self.first.year, self.last.year + 1)
        return [(year, self.at(date(year, 1, 1))) for year in years if date(year, 1, 1) >= self.first]

    def band(self, span: Fuzzy) -> Band:
        """From the earliest day to the end of the latest; never so thin that it cannot be seen."""
        start, end = self.at(span.earliest), self.at(span.latest + timedelta(days=1))
        width = max(end - start, self.width * MOST_THIN)
        return Band(min(start, self.width - width), round(width, 2))


MOST_THIN = 0.008


@dataclass(frozen=True, slots=True)
class Band:
    x: float
    width: float


def scale_of(spans: Iterable[Fuzzy], today: date, width: float = 1000.0) -> Scale:
    """Whole years around everything that is drawn, and today."""
    spans = list(spans)
    first = min([today, *(span.earliest for span in spans)])
    last = max([today, *(span.latest for span in spans)])
    return Scale(date(first.year, 1, 1), date(last.year, 12, 31), width)


ROOM = 19.0  # that a line of words takes


def clear(wanted: list[float], height: float, room: float = ROOM) -> list[float]:
    """Places for words, in their order, each with room to the next and none beyond the ends."""
    order = sorted(range(len(wanted)), key=lambda number: (wanted[number], number))
    places = [0.0] * len(wanted)
    lowest = 0.0
    for number in order:
        lowest = places[number] = max(wanted[number], lowest)
        lowest += room
    highest = height
    for number in reversed(order):
        highest = places[number] = min(places[number], highest)
        highest -= room
    return [round(place, 2) for place in places]
