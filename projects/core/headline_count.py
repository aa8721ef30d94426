"""Which records the headline counts (DESIGN §3.9)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from projects.choices import COUNTED_TYPES, Condition


@dataclass(frozen=True, slots=True)
class CountedRecord:
    code: str
    parent: str | None
    record_type: str
    condition: str


def counts_by_itself(record_type: str, condition: str) -> bool:
    """By its type and condition alone: programmes, existing plants and bids stand apart."""
    return record_type in COUNTED_TYPES and condition != Condition.CANCELLED


def counted(records: Iterable[CountedRecord]) -> set[str]:
    """The codes counted: a record with counted phases is not itself counted."""
    records = list(records)
    alone = {one.code for one in records if counts_by_itself(one.record_type, one.condition)}
    with_phases = {one.parent for one in records if one.code in alone and one.parent}
    return alone - with_phases
