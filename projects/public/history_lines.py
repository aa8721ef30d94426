"""What was said of a project, one after the other, each with what it changes in what was said before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from projects.claims.quotes import quote_of
from projects.core.statements import Statement
from projects.pages.value_tags import value
from projects.records.project_history import ClaimPage
from projects.records.project_record import Known, Measure
from projects.words.language import in_language
from projects.words.stage_words import Alike, Called, plain

FIRST, SAME, OTHER, UNSAID = "first", "same", "other", ""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    known: Known
    change: str
    before: Statement | None  # what was said of the same before, where it differs
    measure: str  # the name of what it measures
    project: Alike

    @property
    def told(self) -> tuple:
        """All that its part is written from. Numbers are told apart by their words: 1.0 is equal to 1."""
        one, claim = self.known, self.known.claim
        words = [value(said.value, said.qualifier) for said in (one.statement, self.before) if said]
        source = claim.source.code, in_language(claim.source, "title"), quote_of(claim)
        by_us = claim.note, one.is_candidate, one.corrects, one.corrected_by
        return one.statement, self.before, *words, self.change, self.measure, self.project, *source, *by_us


def lines(told: ClaimPage, measures: dict[str, Measure], project: Called) -> list[HistoryLine]:
    """The newest word first; before it comes what was said of the same series, on this page or earlier.

    What was said for the first time is known only where its earlier ones go back to the beginning.
    """
    said = [*sorted(told.known, key=_by_word, reverse=True), *told.earlier]
    return [
        HistoryLine(
            one,
            *_change(one, said[number + 1 :], told.is_all),
            in_language(measures.get(one.statement.series.measure)),
            plain(project),
        )
        for number, one in enumerate(said[: len(told.known)])
    ]


def _by_word(one: Known) -> tuple:
    return one.statement.known_on, one.statement.as_of.latest, one.statement.ref


def _change(one: Known, earlier: Sequence[Known], is_all: bool) -> tuple[str, Statement | None]:
    of_same = (other.statement for other in earlier if other.statement.series == one.statement.series)
    before = next(of_same, None)
    if before is None:
        return FIRST if is_all else UNSAID, None
    is_same = (before.value, before.qualifier) == (one.statement.value, one.statement.qualifier)
    return SAME if is_same else OTHER, before
