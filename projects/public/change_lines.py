"""What changed of a project, and when, in words; what is a change is `core.changes`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter

from projects.core.changes import Change, changes
from projects.core.statements import Statement
from projects.pages.note_tags import heading
from projects.pages.value_tags import fuzzy
from projects.public import told
from projects.public.told import ToldValue
from projects.records import known_claims
from projects.records.known_claims import KnownClaims, Measure
from projects.records.project_record import Record
from projects.words.language import in_language
from projects.words.stage_words import Called, plain


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What another value holds of, and which; None where there was or is none."""

    about: str
    before: ToldValue | None
    after: ToldValue | None


def days(record: Record, asof: date) -> list[tuple[str, list[ChangeLine]]]:
    """By the day on which they became known, the newest first."""
    return record.known.once(_days, asof, plain(record.project))


def _days(known: KnownClaims, asof: date, of: Called) -> list[tuple[str, list[ChangeLine]]]:
    measures = known.once(known_claims.measures)
    found = changes([one.statement for one in known], asof)
    by_day = groupby(found, key=attrgetter("known"))
    return [(fuzzy(day), [_line(one, measures, of) for one in group]) for day, group in by_day]


def _line(change: Change, measures: dict[str, Measure], of: Called) -> ChangeLine:
    measure = in_language(measures.get(change.series.measure))
    about = heading(change.series, measure, of)
    return ChangeLine(about, _told(change.before, of), _told(change.after, of))


def _told(said: Statement | None, of: Called) -> ToldValue | None:
    return told.of_statement(said, of) if said else None
