"""Totals that a sheet prints, checked against the rows that they stand for; they are never imported."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from projects.core import money
from projects.core.money import Money
from projects.core.refusals import Refused
from projects.imports.rules import values
from projects.imports.rules.cells import Sheet, address
from projects.imports.rules.headings import meaning_of, unit_of
from projects.imports.rules.layout import Layout
from projects.imports.rules.mapping import UNIT, MappedColumn, SheetMapping


@dataclass(frozen=True, slots=True)
class TotalDifference:
    """A printed total that the rows do not add up to."""

    cell: str
    head: str
    printed: Money
    rows: Money  # what they add up to


def differences(
    sheet: Sheet, layout: Layout, mapping: SheetMapping, amounts: Collection[str]
) -> tuple[TotalDifference, ...]:
    """Of every column of an amount."""
    columns = [one for one in mapping if one.code in amounts]
    units = next((one.column for one in mapping if one.code == UNIT), 0)
    return tuple(
        found
        for row in layout.totals
        for column in columns
        if (found := _difference(sheet, layout, row, column, units))
    )


def _difference(
    sheet: Sheet, layout: Layout, row: int, column: MappedColumn, units: int
) -> TotalDifference | None:
    printed = _amount(sheet, row, column, units)
    if printed is None:
        return None
    sums = [
        Money(
            sum(one.yuan for at in rows if (one := _amount(sheet, at, column, units))),
            printed.unit,
            printed.decimals,
        )
        for rows in _parts(layout, row)
    ]
    if any(money.same_within_precision(printed, one) for one in sums):
        return None
    return TotalDifference(address(row, column.column), column.head, printed, sums[0])


def _parts(layout: Layout, row: int) -> Iterator[list[int]]:
    """The rows that a total may stand for: all, or those next to it up to another total or a section."""
    yield list(layout.body)
    stops = sorted({at for at, _ in layout.left_out} | {0})
    above = max((at for at in stops if at < row), default=0)
    yield [at for at in layout.body if above < at < row]
    below = min((at for at in stops if at > row), default=0)
    yield [at for at in layout.body if row < at and (at < below or not below)]


def _amount(sheet: Sheet, row: int, column: MappedColumn, units: int) -> Money | None:
    """What cannot be read is a fault of its cell, and no part of a sum."""
    cell, own = sheet.cell(row, column.column), sheet.cell(row, units)
    unit = unit_of(own.text) if own and not meaning_of(column.head).unit else column.unit
    try:
        return values.read_sum(values.text_of(cell), unit)[0] if cell else None
    except Refused:
        return None
