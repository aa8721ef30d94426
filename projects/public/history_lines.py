"""What was said of a project, one after the other, each with what it changes in what was said before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from projects.choices import Topic
from projects.claims.quotes import quote_of
from projects.core.printed_figures import Quote
from projects.core.statements import Statement
from projects.models import Project
from projects.pages.value_tags import fuzzy, value
from projects.public.claim_lines import about, apart
from projects.records.known_claims import Known, Measure
from projects.records.project_history import ClaimPage
from projects.words.language import in_language
from projects.words.stage_words import Alike, plain

FIRST, SAME, OTHER, BESIDE, UNSAID = "first", "same", "other", "beside", ""


class SaidWords(NamedTuple):
    """A value in words, a stage as its code; neither where it was withdrawn."""

    words: str
    stage: str
    qualifier: str
    is_stated: bool
    is_works: bool = False


class HistoryLine(NamedTuple):
    """Plain values: what its part is written from, and remembered by."""

    ref: str
    is_past: bool
    on: str
    known: str
    source: str  # its code,
    title: str
    about: str
    apart: tuple[str, ...]
    said: SaidWords
    change: str
    before: SaidWords | None  # what was said of the same before, or on the same day, where it differs
    corrected_by: str | None
    corrects: str | None
    note: str
    quote: Quote | None
    of: Alike


def lines(told: ClaimPage, measures: dict[str, Measure], project: Project) -> list[HistoryLine]:
    """The newest word first; before it comes what was said of the same series, on this page or earlier.

    What was said for the first time is known only where its earlier ones go back to the beginning.
    """
    said = [*newest_first(told), *told.earlier]
    return [
        _line(one, _change(one, said[number + 1 :], told.is_all), measures, project)
        for number, one in enumerate(said[: len(told.known)])
    ]


def newest_first(told: ClaimPage) -> list[Known]:
    return sorted(told.known, key=_by_word, reverse=True)


def _by_word(one: Known) -> tuple:
    return one.statement.known_on, one.statement.as_of.latest, one.statement.ref


def _change(one: Known, earlier: Sequence[Known], is_all: bool) -> tuple[str, Statement | None]:
    """A correction is held against what it corrects; of two of one day nobody knows which came before."""
    said = one.statement
    of_same = [other.statement for other in earlier if other.statement.series == said.series]
    corrected = [other for other in of_same if other.ref == one.corrects]
    before = next(iter(corrected or of_same), None)
    if before is None:
        return FIRST if is_all else UNSAID, None
    if (before.value, before.qualifier) == (said.value, said.qualifier):
        return SAME, before
    return BESIDE if before.known_on == said.known_on and not corrected else OTHER, before


def _line(
    one: Known, change: tuple[str, Statement | None], measures: dict[str, Measure], project: Project
) -> HistoryLine:
    said, claim, (what, before) = one.statement, one.claim, change
    return HistoryLine(
        said.ref,
        not one.is_candidate,
        said.known_on.isoformat(),
        fuzzy(said.known),
        claim.source.code,
        in_language(claim.source, "title"),
        about(said, measures, project),
        apart(said.series),
        _words(said),
        what,
        _words(before) if before and what in (OTHER, BESIDE) else None,
        one.corrected_by,
        one.corrects,
        claim.note,
        quote_of(claim),
        plain(project),
    )


def _words(said: Statement) -> SaidWords:
    if said.value is None:
        return SaidWords("", "", "", True)
    if said.series.topic == Topic.STAGE:
        return SaidWords("", said.value, said.qualifier, said.is_stated)
    words, topic = value(said.value, said.qualifier, said.series.topic), said.series.topic
    return SaidWords(words, "", "", said.is_stated, topic == Topic.WORKS)
