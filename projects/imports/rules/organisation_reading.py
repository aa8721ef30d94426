"""Rows of a sheet of organisations: each found by its credit code, else by a name that it goes by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from projects.core.refusals import Refused
from projects.imports.rules import values
from projects.imports.rules.cells import TEXT, Cell, Sheet, address
from projects.imports.rules.mapping import ORGANISATION, MappedColumn, SheetMapping
from projects.imports.rules.proposals import CellFault, ProposedFact, ProposedRow
from projects.search.rules.spelling import fold

LONGEST = {ORGANISATION: 150, "organisation_en": 250, "aliases": 150, "credit_code": 18}
OF_PROJECTS = {"name_en": "organisation_en"}  # a heading that both kinds of sheets have
_BETWEEN = re.compile("[、;；\n]+")


@dataclass(slots=True)
class OrganisationTable:
    """Codes of organisations by credit code, and by every name."""

    credit_codes: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def add(self, code: str, credit_code: str, names: list[str]) -> None:
        if credit_code:
            self.credit_codes[credit_code] = code
        for name in filter(None, names):
            self.names.setdefault(fold(name), code)

    def found(self, said: Mapping[str, str]) -> str | None:
        by_number = self.credit_codes.get(said.get("credit_code", ""))
        return by_number or self.names.get(fold(said.get(ORGANISATION, "")))


def rows_of(
    sheet: Sheet, body: tuple[int, ...], mapping: SheetMapping, table: OrganisationTable
) -> list[ProposedRow]:
    """What each row proposes; one that stands twice is refused, for which is right nobody knows."""
    first: dict[str, int] = {}
    return [_once(_row(sheet, row, mapping, table), first) for row in body]


def _row(sheet: Sheet, row: int, mapping: SheetMapping, table: OrganisationTable) -> ProposedRow:
    facts: list[ProposedFact] = []
    faults: list[CellFault] = []
    for column, cell in _cells(sheet, row, mapping):
        code, place = OF_PROJECTS.get(column.code, column.code), address(row, column.column)
        try:
            facts += [ProposedFact(code, place, text) for text in _texts(code, cell)]
        except Refused as refused:
            faults.append(CellFault(code, place, cell.text, refused.code))
    said = {one.column: one.value for one in facts}
    if ORGANISATION not in said and not faults:
        place = address(row, next(one.column for one in mapping if one.code == ORGANISATION))
        faults.append(CellFault(ORGANISATION, place, "", "name_missing"))
    return ProposedRow(row, table.found(said), tuple(facts), (), tuple(faults))


def _cells(sheet: Sheet, row: int, mapping: SheetMapping) -> Iterator[tuple[MappedColumn, Cell]]:
    for column in mapping:
        if OF_PROJECTS.get(column.code, column.code) in LONGEST:
            yield column, sheet.cell(row, column.column) or Cell(TEXT, "")


def _texts(code: str, cell: Cell) -> list[str]:
    text = values.text_of(cell)
    if values.is_cleared(text):
        raise Refused("not_cleared_here", text=text)
    if values.is_nothing(text):
        return []
    said = [one.strip() for one in _BETWEEN.split(text) if one.strip()] if code == "aliases" else [text]
    if any(len(one) > LONGEST[code] for one in said):
        raise Refused("cell_too_long", text=text)
    return [one.upper() for one in said] if code == "credit_code" else list(dict.fromkeys(said))


def _once(row: ProposedRow, first: dict[str, int]) -> ProposedRow:
    name = next((one for one in row.facts if one.column == ORGANISATION), None)
    key = row.project or (fold(name.value) if name else "")
    if name is None or first.setdefault(key, row.number) == row.number:
        return row
    fault = CellFault(ORGANISATION, name.cell, name.value, "organisation_twice")
    return replace(row, faults=(*row.faults, fault))
