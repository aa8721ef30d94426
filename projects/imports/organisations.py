"""Sheets of organisations: their names, other names and credit codes, beside the record and onto it.

Nothing of them is written before a second person approves the file. Which projects they have a part in is
a matter of sheets of projects (`imports.identity`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from projects.audit import log
from projects.choices import CellOutcome
from projects.core.refusals import Fault, Refused
from projects.imports.named_records import BETWEEN
from projects.imports.rules import compared, organisation_reading
from projects.imports.rules.cells import Sheet
from projects.imports.rules.compared import ComparedCell, ComparedRow
from projects.imports.rules.layout import Layout
from projects.imports.rules.mapping import ORGANISATION, SheetMapping
from projects.imports.rules.organisation_reading import OrganisationTable
from projects.imports.rules.proposals import ProposedRow
from projects.models import Organisation, Project, User
from projects.search import index

FIELDS = {ORGANISATION: "name", "organisation_en": "name_en", "credit_code": "credit_code"}


def proposed_rows(sheet: Sheet, layout: Layout, mapping: SheetMapping) -> list[ProposedRow]:
    table = OrganisationTable()
    for one in Organisation.objects.order_by("pk"):
        table.add(one.code, one.credit_code, [one.name, one.name_en, *one.aliases])
    return organisation_reading.rows_of(sheet, layout.body, mapping, table)


def compare(rows: Iterable[ProposedRow], *, skip: Collection[int] = ()) -> list[ComparedRow]:
    """Beside the record, cell by cell; other names are added to those that there are."""
    rows = list(rows)
    there = _by_codes(row.project for row in rows)
    taken = {
        (name, getattr(one, name)): one.code
        for one in Organisation.objects.all()
        for name in ("name", "credit_code")
    }
    return [compared.skipped(_row(row, there.get(row.project or ""), taken), skip) for row in rows]


def apply(rows: Iterable[ComparedRow], *, by: User, at: datetime) -> list[str]:
    """Write what was listed, each with an entry of its own; the codes of those that changed or came."""
    rows = [row for row in rows if row.facts]
    there = _by_codes(row.project or code_of(row.name) for row in rows)
    written = [_written(row, there.get(row.project or code_of(row.name)), by, at) for row in rows]
    index.index(Project.objects.filter(parties__organisation__code__in=written).distinct())
    return written


def code_of(name: str) -> str:
    """Of a new one."""
    return f"org-{hashlib.sha256(name.encode()).hexdigest()[:12]}"


def _by_codes(codes: Iterable[str | None]) -> dict[str, Organisation]:
    found = Organisation.objects.filter(code__in=[one for one in codes if one])
    return {one.code: one for one in found}


# Beside the record


def _row(row: ProposedRow, of: Organisation | None, taken: dict[tuple[str, str], str]) -> ComparedRow:
    cells = [compared.refused(fault) for fault in row.faults]
    said: dict[str, list] = {}
    for one in row.facts:
        said.setdefault(one.column, []).append(one)
    for column, facts in said.items():
        new, old = BETWEEN.join(one.value for one in facts), _held(column, of)
        if column == "aliases" and of:
            new = BETWEEN.join(dict.fromkeys([*of.aliases, *(one.value for one in facts)]))
        if column == ORGANISATION and of and new in (of.name_en, *of.aliases):
            new = of.name  # it goes by that name already
        cell = ComparedCell(column, facts[0].cell, CellOutcome.UNCHANGED, new=new, old=old)
        cells.append(_with_outcome(cell, of, taken))
    name = next((one.value for one in said.get(ORGANISATION, ())), of.name if of else "")
    return ComparedRow(row.number, row.project, name, of is None, tuple(cells), is_organisation=True)


def _held(column: str, of: Organisation | None) -> str | None:
    if of is None:
        return None
    return (BETWEEN.join(of.aliases) if column == "aliases" else getattr(of, FIELDS[column])) or None


def _with_outcome(
    cell: ComparedCell, of: Organisation | None, taken: dict[tuple[str, str], str]
) -> ComparedCell:
    if cell.new == cell.old:
        return cell
    if fault := _fault(cell.column, str(cell.new), of, taken):
        return replace(cell, outcome=CellOutcome.REFUSED, text=str(cell.new), faults=(fault,))
    return replace(cell, outcome=CellOutcome.CHANGED if cell.old else CellOutcome.NEW)


def _fault(
    column: str, value: str, of: Organisation | None, taken: dict[tuple[str, str], str]
) -> Fault | None:
    if column == "aliases":
        return None
    name = FIELDS[column]
    if taken.get((name, value), of and of.code) != (of and of.code):
        return Fault("organisation_taken", column, {"text": value})
    try:
        Organisation._meta.get_field(name).clean(value, of)
    except ValidationError:
        return Fault("fact_unfit", column, {"text": value})
    return None


# Onto the record


def _written(row: ComparedRow, of: Organisation | None, by: User, at: datetime) -> str:
    """Refused where somebody else changed the same meanwhile."""
    said = {one.column: one for one in row.facts}
    if of is None:
        of = Organisation(code=code_of(str(said[ORGANISATION].new)))
    before, after = {}, {}
    for column, cell in said.items():
        name = FIELDS.get(column, column)
        if _held(column, of) not in (cell.old, cell.new):
            raise Refused("record_moved_on", column, text=of.name)
        before[name] = getattr(of, name)
        after[name] = str(cell.new).split(BETWEEN) if column == "aliases" else cell.new
        setattr(of, name, after[name])
    is_new = of.pk is None
    of.version += not is_new
    _save(of)
    told = {"before": None if is_new else before, "after": after}
    log.record("organisation.save", of.code, by=by, at=at, **told)
    return of.code


def _save(of: Organisation) -> None:
    try:
        with transaction.atomic():
            of.save()
    except IntegrityError as taken:
        raise Refused("organisation_taken", ORGANISATION, text=of.name) from taken
