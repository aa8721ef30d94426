"""What each cell of a file is to the record: shown before it is sent, and as it was sent ever after."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from projects.choices import CellOutcome
from projects.core import fuzzy_dates
from projects.core.fuzzy_dates import Fuzzy
from projects.core.money import Money
from projects.core.refusals import Fault
from projects.core.statements import Number, Value
from projects.imports.rules.proposals import CellFault, ProposedClaim, ProposedRow

MAX_CLAIMS = 2000  # of one batch
MAX_ROWS = 32_767  # that a place in a source counts to
WRITTEN = (CellOutcome.NEW, CellOutcome.CHANGED)
Plain = str | list[str | int] | None


@dataclass(frozen=True, slots=True)
class ComparedCell:
    """A fact's value is text or a code; a claim's is as the rules take it."""

    column: str
    cell: str
    outcome: CellOutcome
    new: Value | None = None
    old: Value | None = None
    qualifier: str = ""
    old_qualifier: str = ""
    text: str = ""  # as it stands there, where it cannot be read
    faults: tuple[Fault, ...] = ()
    near: tuple[str, ...] = ()
    claim: ProposedClaim | None = None  # None for a fact, and once it is sent
    corrects: str = ""  # what the same document said at the same place
    ref: str = ""  # of the claim that it became


@dataclass(frozen=True, slots=True)
class ComparedRow:
    number: int
    project: str | None  # None for a new one, until it is sent
    name: str
    is_new: bool
    cells: tuple[ComparedCell, ...]
    faults: tuple[Fault, ...] = ()  # of the row itself
    is_skipped: bool = False
    is_organisation: bool = False  # it is about an organisation, whose code `project` is

    @property
    def is_refused(self) -> bool:
        refused = any(one.outcome == CellOutcome.REFUSED for one in self.cells)
        return not self.is_skipped and (refused or bool(self.faults))

    @property
    def written(self) -> list[ComparedCell]:
        return [] if self.is_skipped else [one for one in self.cells if one.outcome in WRITTEN]

    @property
    def claims(self) -> list[ComparedCell]:
        return [one for one in self.written if one.claim or one.ref]

    @property
    def facts(self) -> list[ComparedCell]:
        return [one for one in self.written if not (one.claim or one.ref)]


def tally(rows: Iterable[ComparedRow]) -> dict[CellOutcome, int]:
    """How many cells there are of each outcome; those of rows left out are left out."""
    counts = dict.fromkeys(CellOutcome, 0)
    for row in rows:
        for one in row.cells:
            counts[CellOutcome.SKIPPED if row.is_skipped else one.outcome] += 1
    return counts


def skipped(row: ComparedRow, numbers: Collection[int]) -> ComparedRow:
    return replace(row, is_skipped=row.number in numbers)


def with_ref(cell: ComparedCell, ref: str) -> ComparedCell:
    return replace(cell, claim=None, ref=ref)


def sent(row: ComparedRow, project: str | None, cells: Iterable[ComparedCell]) -> ComparedRow:
    """With the references of its claims, and the code that its project got."""
    return replace(row, project=project, cells=tuple(cells))


def refused(fault: CellFault) -> ComparedCell:
    """A cell that cannot be read."""
    faults = (Fault(fault.code, fault.column, {"text": fault.text}),)
    return ComparedCell(
        fault.column, fault.cell, CellOutcome.REFUSED, text=fault.text, faults=faults, near=fault.near
    )


def name_of(row: ProposedRow) -> str:
    return next((one.value for one in row.facts if one.column == "name"), "")


def is_same(one: Value | None, other: Value | None) -> bool:
    """Whether a cell says again what is on record; a sum does so in whichever unit it is written.

    "By the end of 2026" begins on the day on which it is said: two such are the same where they end together.
    """
    if isinstance(one, Money) and isinstance(other, Money):
        return one.yuan == other.yuan
    if isinstance(one, Fuzzy) and isinstance(other, Fuzzy):
        are_spans = "/" in one.text and "/" in other.text
        return one == other or are_spans and one.latest == other.latest
    if isinstance(one, Number) and isinstance(other, Number):
        return one.value == other.value and one.unit == other.unit
    return one == other


def as_held(said: ProposedClaim, held: Value | None) -> ProposedClaim:
    """A promise by a day (2026年底前) as the record has it, which knows since when it was made."""
    if said.by is None or not isinstance(held, Fuzzy) or "/" not in held.text or held.latest != said.by:
        return said
    return replace(said, value=held, unless_held=None)


def parts(rows: Iterable[ComparedRow], most: int = MAX_CLAIMS) -> list[list[ComparedRow]]:
    """As few as there need to be, in the order of the rows; the claims of a project stay together."""
    found: list[list[ComparedRow]] = [[]]
    count = 0
    for portion in _portions(rows, most):
        more = _count(portion)
        if found[-1] and count + more > most:
            found.append([])
            count = 0
        found[-1] += portion
        count += more
    return found


def _portions(rows: Iterable[ComparedRow], most: int) -> Iterator[list[ComparedRow]]:
    """The rows of each project; one by one where a project alone has too many."""
    of_one: dict[str, list[ComparedRow]] = {}
    for row in rows:
        of_one.setdefault(row.project or f"row {row.number}", []).append(row)
    for portion in of_one.values():
        yield from [portion] if _count(portion) <= most else ([row] for row in portion)


def _count(rows: Iterable[ComparedRow]) -> int:
    return sum(len(row.claims) for row in rows)


# As a batch keeps them


def as_plain(row: ComparedRow) -> dict[str, object]:
    cells = [
        [
            *(one.column, one.cell, one.outcome.value, plain_value(one.new), plain_value(one.old)),
            *(one.qualifier, one.old_qualifier, one.ref),
        ]
        for one in row.cells
    ]
    told = {"row": row.number, "project": row.project, "name": row.name, "is_new": row.is_new}
    told |= {"is_organisation": True} if row.is_organisation else {}
    return told | {"is_skipped": row.is_skipped, "cells": cells}


def of_plain(told: dict) -> ComparedRow:  # type: ignore[type-arg]
    return ComparedRow(
        told["row"],
        told["project"],
        told["name"],
        told["is_new"],
        tuple(_cells(told["cells"])),
        is_skipped=told["is_skipped"],
        is_organisation=told.get("is_organisation", False),
    )


def _cells(kept: Iterable[list]) -> Iterator[ComparedCell]:  # type: ignore[type-arg]
    for column, cell, outcome, new, old, qualifier, old_qualifier, ref in kept:
        said = value_of(new), value_of(old), qualifier, old_qualifier
        yield ComparedCell(column, cell, CellOutcome(outcome), *said, ref=ref)


def plain_value(value: Value | None) -> Plain:
    if isinstance(value, Money):
        return ["money", value.yuan, value.unit, value.decimals]
    if isinstance(value, Number):
        return ["number", str(value.value), value.unit]
    return ["date", value.text] if isinstance(value, Fuzzy) else value


def value_of(plain: Plain) -> Value | None:
    if not isinstance(plain, list):
        return plain
    kind, *parts_of = plain
    return _MADE[str(kind)](*parts_of)


_MADE: dict[str, Callable[..., Value]] = {
    "money": Money,
    "number": lambda number, unit: Number(Decimal(number), unit),
    "date": fuzzy_dates.parse,
}
