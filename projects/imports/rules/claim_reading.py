"""What a cell claims: of which series, which value, when it was true."""

from __future__ import annotations

import re
from datetime import date

from projects.choices import PromiseState, Topic
from projects.core import date_words, fuzzy_dates
from projects.core.fuzzy_dates import Fuzzy
from projects.core.methods import TOPICS_WITH_METHOD
from projects.core.refusals import Refused
from projects.core.statements import Series, Value
from projects.imports.rules import reading_frame, values
from projects.imports.rules.headings import TOPICS_WITH_PERIOD, meaning_of
from projects.imports.rules.mapping import MappedColumn
from projects.imports.rules.proposals import CellFault, ProposedClaim
from projects.imports.rules.reading_frame import ColumnRule, ReadingFrame

LONG_AGO = date(1900, 1, 1)
_BY = re.compile("前(?![年期后])")


def claim_of(
    frame: ReadingFrame, rule: ColumnRule, column: MappedColumn, cell: str, text: str
) -> ProposedClaim:
    """`Refused` where the text is none of what the column holds."""
    if values.is_cleared(text):
        series = series_of(frame, rule, column)
        return ProposedClaim(rule.code, cell, series, None, frame.as_of, frame.known_on)
    try:
        series, value, qualifier, as_of = _said(frame, rule, column, text)
    except Refused as refused:
        if refused.code != "no_beginning" or rule.topic != Topic.PROMISED:
            raise
        return _past(frame, rule, cell, text, refused.code)
    is_limit = series.topic == Topic.PROMISED and _BY.search(text)
    by = value.latest if is_limit and isinstance(value, Fuzzy) else None
    return ProposedClaim(rule.code, cell, series, value, as_of, frame.known_on, qualifier, by=by)


def _past(frame: ReadingFrame, rule: ColumnRule, cell: str, text: str, code: str) -> ProposedClaim:
    """A promise whose day is past (2026年底前): a fault, unless the record has this very promise already."""
    found = date_words.read(text, LONG_AGO)
    told = Series(rule.topic, rule.measure), found.value, frame.as_of, frame.known_on, found.qualifier
    by = found.value.latest if found.value else None
    return ProposedClaim(rule.code, cell, *told, by=by, unless_held=CellFault(rule.code, cell, text, code))


def _said(
    frame: ReadingFrame, rule: ColumnRule, column: MappedColumn, text: str
) -> tuple[Series, Value, str, Fuzzy]:
    series, as_of = Series(rule.topic, rule.measure), frame.as_of
    match rule.reads:
        case reading_frame.DATE:
            return _date(frame, rule, text)
        case reading_frame.MONEY:
            return _money(frame, rule, column, text)
        case reading_frame.PERCENT:
            return series, values.read_percent(text), "", as_of
        case reading_frame.CODE:
            return series, rule.code_of(text, frame.choices), "", as_of
    return series, rule.short(text), "", as_of


def _money(
    frame: ReadingFrame, rule: ColumnRule, column: MappedColumn, text: str
) -> tuple[Series, Value, str, Fuzzy]:
    head = meaning_of(column.head)
    value, qualifier = values.read_sum(text, column.unit)
    as_of = frame.as_of if rule.topic == Topic.ANNUAL_PLAN else head.as_of(frame.as_of)
    return series_of(frame, rule, column), value, qualifier, as_of


def series_of(frame: ReadingFrame, rule: ColumnRule, column: MappedColumn) -> Series:
    """The heading of a sum may say of which time it is and by which book."""
    if rule.is_either:
        raise Refused("not_cleared_here", text=values.CLEARED)
    head = meaning_of(column.head)
    period = head.period(frame.as_of) if rule.topic in TOPICS_WITH_PERIOD else ""
    is_sum = rule.reads == reading_frame.MONEY
    method = head.method if is_sum and rule.topic in TOPICS_WITH_METHOD else ""
    return Series(rule.topic, rule.measure, "", period, method)


def _date(frame: ReadingFrame, rule: ColumnRule, text: str) -> tuple[Series, Value, str, Fuzzy]:
    """A promise, or what came true: as the column says, or in a column of either as the day does."""
    found = date_words.read(text, frame.as_of.latest)
    topic = _topic(rule, found, frame.as_of.latest)
    if topic == Topic.PROMISED:
        value = found.value or PromiseState.TBD.value
        return Series(topic, rule.measure), value, found.qualifier, frame.as_of
    if topic is None or found.value is None:
        raise Refused("promised_or_actual", text=text)
    came = fuzzy_dates.cut(found.value, frame.known_on)
    return Series(topic, rule.measure), came, "", came


def _topic(rule: ColumnRule, found: date_words.DateRead, on: date) -> str | None:
    """None where the cell says another thing than its column, or where a date may be past or to come."""
    if not rule.is_either:
        return None if found.is_planned is (rule.topic == Topic.ACTUAL) else rule.topic
    if found.value is None or found.is_planned:
        return Topic.PROMISED.value
    if found.value.latest <= on or found.is_planned is False:
        return Topic.ACTUAL.value
    return Topic.PROMISED.value if found.value.earliest >= on else None
