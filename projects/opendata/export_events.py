"""The rows of the file of what happened between two days."""

from __future__ import annotations

from collections.abc import Iterator

from projects.core.fuzzy_dates import Fuzzy
from projects.core.money import Money
from projects.core.statements import Number, Value
from projects.opendata.bid_words import Worded, as_code
from projects.records import event_list
from projects.records.event_list import Span


def events(span: Span, kinds: list[str], *, worded: Worded = as_code) -> Iterator[tuple]:
    for one in event_list.everything(span, kinds):
        event, claim = one.event, one.event.claim
        of = event.project.record_type
        yield (
            *(worded("kind", event.what, of), event.project.code),
            *(worded("milestone", event.milestone or None, of), claim.topic),
            *(_plain(one.before), _plain(one.after)),
            *(claim.as_of, event.known_on.isoformat(), claim.source.code),
        )


def _plain(value: Value | None) -> str | int | float | None:
    """Whole yuan, EDTF text, a code, a figure."""
    if isinstance(value, Money):
        return value.yuan
    if isinstance(value, Number):
        return float(value.value)
    return value.text if isinstance(value, Fuzzy) else value
