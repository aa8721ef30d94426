"""What a row of a sheet of projects says of all its figures: on which day they are true, in which unit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from projects.core import chinese_dates, money
from projects.core.refusals import Refused
from projects.imports.rules.headings import meaning_of, unit_of
from projects.imports.rules.mapping import AS_OF, UNIT, said_twice
from projects.imports.rules.reading_frame import MONEY, ReadingFrame

Framed = Callable[[ReadingFrame, str], ReadingFrame]


def on_day(frame: ReadingFrame, text: str) -> ReadingFrame:
    """今年 is the year of this day, and then two columns may say the same."""
    as_of = chinese_dates.read(text, frame.as_of.latest)
    if said_twice(frame.mapping, as_of):
        raise Refused("columns_the_same", text=text)
    return replace(frame, as_of=as_of)


def in_unit(frame: ReadingFrame, text: str) -> ReadingFrame:
    """Sums whose heading names a unit keep it; where all do, the row must not name another."""
    unit = unit_of(text)
    rules = frame.rules
    sums = [one for one in frame.mapping if one.code in rules and rules[one.code].reads == MONEY]
    bare = [one for one in sums if not meaning_of(one.head).unit]
    if unit not in money.UNITS or (not bare and any(one.unit != unit for one in sums)):
        raise Refused("unit_unfit", text=text)
    return replace(
        frame, mapping=tuple(replace(one, unit=unit) if one in bare else one for one in frame.mapping)
    )


FRAMED: dict[str, Framed] = {AS_OF: on_day, UNIT: in_unit}
