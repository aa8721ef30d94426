"""What was said of a project, one after the other, each with what it changes in what was said before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from projects.core.statements import Statement
from projects.records.project_record import Known

FIRST, SAME, OTHER, UNSAID = "first", "same", "other", ""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    known: Known
    change: str
    before: Statement | None  # what was said of the same before, where it differs


def lines(known: Sequence[Known], earlier: Sequence[Known] = (), *, is_all: bool = True) -> list[HistoryLine]:
    """The newest word first; before it comes what was said of the same series, on this page or earlier.

    What was said for the first time is known only where `earlier` goes back to the beginning.
    """
    said = [*sorted(known, key=_by_word, reverse=True), *earlier]
    return [_line(one, said[number + 1 :], is_all) for number, one in enumerate(said[: len(known)])]


def _by_word(one: Known) -> tuple:
    return one.statement.known_on, one.statement.as_of.latest, one.statement.ref


def _line(one: Known, earlier: Sequence[Known], is_all: bool) -> HistoryLine:
    of_same = (other.statement for other in earlier if other.statement.series == one.statement.series)
    before = next(of_same, None)
    if before is None:
        return HistoryLine(one, FIRST if is_all else UNSAID, None)
    is_same = (before.value, before.qualifier) == (one.statement.value, one.statement.qualifier)
    return HistoryLine(one, SAME if is_same else OTHER, before)
