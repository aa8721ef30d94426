"""Cells that are merged over several rows of a table: what stands in one is true of each of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace

from projects.core.refusals import Refused
from projects.imports.rules.cells import Sheet
from projects.imports.rules.sheet_limits import MAX_CELLS


def spread(sheet: Sheet, below: int) -> Sheet:
    """With each such cell below a row standing in all of its rows that have something of their own."""
    rows, shared = {row: dict(found) for row, found in sheet.rows.items()}, set[tuple[int, int]]()
    numbers, last = sorted(rows), dict[int, int]()
    for area in sorted(sheet.merged, key=lambda one: (one.left, one.top)):
        cell = sheet.cell(area.top, area.left)
        if cell is None or not max(below, last.get(area.left, 0)) < area.top < area.bottom:
            continue
        last[area.left] = area.bottom
        for row in numbers[bisect_left(numbers, area.top) : bisect_right(numbers, area.bottom)]:
            rows[row][area.left] = cell
            shared.add((row, area.left))
        if len(shared) > MAX_CELLS:
            raise Refused("sheet_too_full", number=str(MAX_CELLS))
    if not shared:
        return sheet
    in_order = {row: dict(sorted(found.items())) for row, found in rows.items()}
    return replace(sheet, rows=in_order, shared=frozenset(shared))
