"""Everything that was said of a project, a line a claim: what it is about and what it says, in words."""

from __future__ import annotations

from typing import NamedTuple

from projects.choices import Topic
from projects.core.statements import DATED_TOPICS, Series, Statement
from projects.pages.value_tags import bilingual, fuzzy, label, scope, value
from projects.records import known_claims
from projects.records.footnotes import Note, Notes
from projects.records.known_claims import Known, KnownClaims, Measure
from projects.records.project_record import Record
from projects.words import dates
from projects.words.language import in_language
from projects.words.series import topic_word
from projects.words.stage_words import Called, milestone_word, plain, stage_word


class ClaimLine(NamedTuple):
    """`stage` is its code, where the claim speaks of one; a withdrawal has no value."""

    number: int
    ref: str
    about: str
    apart: tuple[str, ...]
    value: str
    stage: str
    is_works: bool
    as_of: str
    known: str
    note: str
    is_stated: bool
    is_past: bool
    corrected_by: str | None
    corrects: str | None


def lines(record: Record, notes: Notes) -> list[tuple[ClaimLine, Note]]:
    told = record.known.once(_lines, plain(record.project))
    return [(one, notes[one.ref]) for one in told]


def _lines(known: KnownClaims, of: Called) -> list[ClaimLine]:
    measures = known.once(known_claims.measures)
    return [_line(number, one, measures, of) for number, one in enumerate(known, 1)]


def _line(number: int, one: Known, measures: dict[str, Measure], of: Called) -> ClaimLine:
    said, series = one.statement, one.statement.series
    return ClaimLine(
        number,
        said.ref,
        about(said, measures, of),
        apart(series),
        _value(said, of),
        said.value if said.value and series.topic == Topic.STAGE else "",
        series.topic == Topic.WORKS,
        fuzzy(said.as_of),
        fuzzy(said.known),
        one.claim.note,
        said.is_stated,
        not one.is_candidate,
        one.corrected_by,
        one.corrects,
    )


def about(said: Statement, measures: dict[str, Measure], of: Called) -> str:
    """Its topic, and the step or what it measures."""
    topic, measure = topic_word(said.series), said.series.measure
    if said.series.topic in DATED_TOPICS:
        return f"{topic} · {milestone_word(measure, of)}"
    return bilingual(f"{topic} · {in_language(measures.get(measure))}") if measure else topic


def apart(series: Series) -> tuple[str, ...]:
    """The part, the time and the book that it speaks of."""
    if not (series.scope or series.period or series.method):
        return ()
    said = scope(series.scope), dates.period(series.period), label(series.method, "method")
    return tuple(filter(None, said))


def _value(said: Statement, of: Called) -> str:
    if said.value is None or said.series.topic == Topic.WORKS:
        return said.value or ""
    if said.series.topic == Topic.STAGE:
        return stage_word(said.value, said.qualifier, of)
    return value(said.value, said.qualifier, said.series.topic)
