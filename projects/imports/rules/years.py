"""Years of building in one cell, as 2024-2027 or 2024年3月至2027年底: the start, and the completion promised.

The start is past or to come as that of a column of starts is. A completion that is past may have come true or
not: that is asked. A side without a year of its own is not guessed.
"""

from __future__ import annotations

import re
from datetime import date

from projects.choices import Milestone, Topic
from projects.core import date_words
from projects.core.date_words import DateRead
from projects.core.numbers import narrow
from projects.core.refusals import Refused
from projects.imports.rules import reading_frame, values
from projects.imports.rules.claim_reading import claim_of
from projects.imports.rules.mapping import MappedColumn
from projects.imports.rules.proposals import ProposedClaim
from projects.imports.rules.reading_frame import ColumnRule, ReadingFrame

YEARS = "years"
PLANNED = "计划"

_BETWEEN = re.compile("[至到,/]|[-—–―~]+")
_YEAR = re.compile("(?<![0-9])(?:19|20)[0-9]{2}(?![0-9]{2})")


def _rule(name: str, step: Milestone, topic: str = "") -> ColumnRule:
    code = f"{name}_{step.value}"
    return ColumnRule(code, reading_frame.DATE, topic, step.value, is_either=not topic)


STARTED, COMPLETED = _rule("date", Milestone.STARTED), _rule("date", Milestone.COMPLETED)
TO_COMPLETE = _rule("promised", Milestone.COMPLETED, Topic.PROMISED.value)


def claims_of(frame: ReadingFrame, column: MappedColumn, cell: str, text: str) -> list[ProposedClaim]:
    """Of the start and of the completion."""
    if values.is_cleared(text):
        raise Refused("not_cleared_here", text=text)
    on = frame.as_of.latest
    first, last = sides(text, on)
    end = date_words.read(last, on)
    if end.value and end.value.latest <= on and end.is_planned is None:
        raise Refused("years_in_doubt", text=text)
    rule = COMPLETED if end.is_planned is False else TO_COMPLETE
    try:
        return [claim_of(frame, STARTED, column, cell, first), claim_of(frame, rule, column, cell, last)]
    except Refused as refused:
        if refused.code == "promised_or_actual":
            raise Refused("years_in_doubt", text=text) from None
        raise


def sides(text: str, on: date) -> tuple[str, str]:
    """The two dates as texts; `Refused` where there is not exactly one way to part them."""
    plain = narrow(text)
    parted = ((plain[: dash.start()], plain[dash.end() :]) for dash in _BETWEEN.finditer(plain))
    found = [pair for first, last in parted if (pair := _pair(first, last, on))]
    if len(found) != 1:
        raise Refused("unreadable_years", text=text)
    starts, ends = (date_words.read(side, on).value for side in found[0])
    if starts and ends and starts.earliest > ends.latest:
        raise Refused("reversed", text=text)
    return found[0]


def _pair(first: str, last: str, on: date) -> tuple[str, str] | None:
    """计划 and 预计 stand before both."""
    start, end = _read(first, on), _read(last, on)
    if start is None or end is None:
        return None
    before = date_words.EXPECTED if start.qualifier else PLANNED if start.is_planned else ""
    return first, last if end.is_planned is not None else f"{before}{last}"


def _read(side: str, on: date) -> DateRead | None:
    try:
        found = date_words.read(side, on)
    except Refused:
        return None
    return found if found.value is None or len(_YEAR.findall(side)) == 1 else None
