"""Rows of a sheet that are about one project: refused, or in a sheet of parties taken together."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from projects.imports.rules.cells import Sheet
from projects.imports.rules.proposals import CellFault, ProposedRow


def without_doubles(rows: list[ProposedRow], skipped: Collection[int], sheet: Sheet) -> list[ProposedRow]:
    """A project stands in one row: which of two is right, the file does not say, but who leaves one out."""
    first: dict[str, int] = {}
    return [row if row.number in skipped else _double(row, first, sheet) for row in rows]


def joined(rows: list[ProposedRow]) -> list[ProposedRow]:
    """Of a sheet of parties: the rows of one project as one, with all of its parties."""
    found: dict[str, ProposedRow] = {}
    for row in rows:
        key = row.project or next((one.value for one in row.facts if one.column == "name"), str(row.number))
        first = found.setdefault(key, row)
        if first is not row:
            more = tuple(one for one in row.facts if one.column != "name")
            faults = (*first.faults, *row.faults)
            found[key] = replace(first, facts=(*first.facts, *more), faults=faults)
    return list(found.values())


def _double(row: ProposedRow, first: dict[str, int], sheet: Sheet) -> ProposedRow:
    name = next((one for one in row.facts if one.column == "name"), None)
    key = row.project or (name.value if name else "")
    if not key or first.setdefault(key, row.number) == row.number:
        return row
    cell = name.cell if name else sheet.address(row.number, 1)
    fault = CellFault("name", cell, name.value if name else key, "project_twice")
    return replace(row, faults=(*row.faults, fault))
