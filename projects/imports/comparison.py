"""A file's rows beside the record: what is new, changed, unchanged, refused or left out, cell by cell.

The record is asked a fixed number of times, however many rows there are. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone

from projects.choices import BatchState, CellOutcome, PartyRole
from projects.claims import checks
from projects.core import precedence
from projects.core.refusals import Fault, Refused
from projects.core.statements import Statement
from projects.imports.claim_drafts import DraftSource, draft_of, unsaved_source, withdrawal_of
from projects.imports.named_records import FACTS, REFERENCES, NamedRecords, old_fact
from projects.imports.rules import compared, values
from projects.imports.rules.compared import ComparedCell, ComparedRow
from projects.imports.rules.proposals import ProposedClaim, ProposedFact, ProposedRow
from projects.models import Claim, Organisation, Project, Source

NOTE_OF_CLEARED = "表格中写明“清空”"


def compare(
    rows: Sequence[ProposedRow],
    *,
    source: Source | None,
    at: datetime,
    record: NamedRecords | None = None,
    sheet: str = "",
    skip: Collection[int] = (),
    over: Collection[int] = (),
) -> list[ComparedRow]:
    """In the order of the file. `source` is the document that the editor names, None where it is the file.

    `over` are rows that are to be written though their record moved on since the workbook was.
    """
    given = DraftSource.of_document(source) if source else DraftSource.of_file(unsaved_source(at), sheet)
    record = record or NamedRecords.of(rows, at)
    found = [_row(row, record, given, is_over=row.number in over) for row in rows]
    return [compared.skipped(row, skip) for row in _checked(found, record, given, at)]


# A row


def _row(row: ProposedRow, record: NamedRecords, given: DraftSource, *, is_over: bool) -> ComparedRow:
    project = record.drafted(row)
    has_moved = not is_over and row.version is not None and row.version != project.version
    unreadable = {fault.cell for fault in row.faults}
    cells = [
        *(compared.refused(fault) for fault in row.faults),
        *(_fact(one, project, record, has_moved) for one in row.facts if one.cell not in unreadable),
        *(_claim(one, row, record, given) for one in row.claims if one.cell not in unreadable),
    ]
    name = compared.name_of(row) or project.name
    return ComparedRow(row.number, row.project, name, row.is_new, tuple(cells), tuple(_of_row(row, record)))


def _of_row(row: ProposedRow, record: NamedRecords) -> Iterable[Fault]:
    """What is wrong with the row and with none of its cells alone."""
    said = {one.column for one in row.facts} | {fault.column for fault in row.faults}
    if row.is_new:
        yield from () if "kind" in said else (Fault("kind_missing", "kind"),)
    elif row.project is None:
        return
    elif row.project not in record.projects:
        yield Fault("unknown_member", "project", {"text": row.project})
    else:
        project = record.projects[row.project]
        if not project.is_public and project.batch and project.batch.state == BatchState.SENT:
            yield Fault("project_waits", "project", {"text": project.name})


# Facts


def _fact(said: ProposedFact, project: Project, record: NamedRecords, has_moved: bool) -> ComparedCell:
    old = old_fact(said.column, project, record.parties)
    cell = ComparedCell(said.column, said.cell, CellOutcome.UNCHANGED, new=said.value, old=old)
    if not said.value:
        return _cleared_fact(replace(cell, new=None, text=values.CLEARED), project, has_moved)
    if said.column not in FACTS:
        return replace(cell, outcome=CellOutcome.SKIPPED)
    if fault := _fault_of_fact(said, project, record):
        return replace(cell, outcome=CellOutcome.REFUSED, text=said.value, faults=(fault,))
    if said.column in PartyRole.values:
        name = record.organisations.get(said.value, said.value)
        is_there = name in record.parties.get((project.code, said.column), ())
        return replace(cell, new=name, outcome=CellOutcome.UNCHANGED if is_there else CellOutcome.NEW)
    if said.value == old:
        return cell
    if has_moved:
        return _refused(replace(cell, text=said.value), "record_moved_on", project.code)
    return replace(cell, outcome=CellOutcome.CHANGED if old else CellOutcome.NEW)


def _cleared_fact(cell: ComparedCell, project: Project, has_moved: bool) -> ComparedCell:
    """Of a column that may be empty."""
    if cell.old is None:
        return cell
    field = Project._meta.get_field(cell.column)
    if not (field.blank or field.null):
        return _refused(cell, "fact_unfit", values.CLEARED)
    if has_moved:
        return _refused(cell, "record_moved_on", project.code)
    return replace(cell, outcome=CellOutcome.CHANGED)


def _refused(cell: ComparedCell, code: str, text: str) -> ComparedCell:
    fault = Fault(code, cell.column, {"text": text})
    return replace(cell, outcome=CellOutcome.REFUSED, faults=(fault,))


def _fault_of_fact(said: ProposedFact, project: Project, record: NamedRecords) -> Fault | None:
    if said.column == "name" and record.names.get(said.value, project.code) != project.code:
        return Fault("name_taken", "name", {"text": said.value})
    if said.column in REFERENCES:
        is_known = said.value in record.codes[said.column] and said.value != project.code
        return None if is_known else Fault("fact_unfit", said.column, {"text": said.value})
    table = Organisation if said.column in PartyRole.values else Project
    column = table._meta.get_field("name" if table is Organisation else said.column)
    try:
        column.clean(said.value, project)
    except ValidationError:
        return Fault("fact_unfit", said.column, {"text": said.value})
    return None


# Claims


def _claim(said: ProposedClaim, row: ProposedRow, record: NamedRecords, given: DraftSource) -> ComparedCell:
    code = row.project or ""
    before = record.held.said(code, said.series)
    value, qualifier = record.held.value(code, said.series)
    said = compared.as_held(said, value)
    told = said.column, said.cell, CellOutcome.UNCHANGED, said.value, value, said.qualifier, qualifier
    cell = ComparedCell(*told, claim=said)
    if said.value is None:
        return _cleared(cell, before)
    if _says_it_again(said, before, given) or not given.is_document and _is_same(said, value, qualifier):
        return cell
    if said.unless_held:
        return compared.refused(said.unless_held)
    is_other = value is not None and not _is_same(said, value, qualifier)
    outcome = CellOutcome.CHANGED if is_other else CellOutcome.NEW
    return replace(cell, outcome=outcome, corrects=_corrected(said, before, given))


def _cleared(cell: ComparedCell, before: list[Statement]) -> ComparedCell:
    """What holds is withdrawn; a stage may follow from a date, and then nothing says it."""
    cell = replace(cell, text=values.CLEARED)
    if cell.old is None:
        return cell
    winner = precedence.strongest(before)
    if winner is None or not compared.is_same(winner.value, cell.old):
        fault = Fault("nothing_to_withdraw", cell.column)
        return replace(cell, outcome=CellOutcome.REFUSED, faults=(fault,))
    return replace(cell, outcome=CellOutcome.CHANGED, corrects=winner.ref)


def _is_same(said: ProposedClaim, value: object, qualifier: str) -> bool:
    return said.qualifier == qualifier and compared.is_same(said.value, value)  # type: ignore[arg-type]


def _says_it_again(said: ProposedClaim, before: list[Statement], given: DraftSource) -> bool:
    """Whether it is on record already: the same value of the same day, in the named document if any is."""
    return any(
        one.as_of == said.as_of
        and _is_same(said, one.value, one.qualifier)
        and (not given.is_document or one.source == given.source.code)
        for one in before
    )


def _corrected(said: ProposedClaim, before: list[Statement], given: DraftSource) -> str:
    """The ref of the claim that this one corrects: the one that the named document has at the same place.

    It says another value of the same day, so one of the two was misread; empty where there is none.
    """
    if not given.is_document:
        return ""
    place = _position(said, given)
    own = [one for one in before if one.source == given.source.code and one.as_of == said.as_of]
    refs = [one.ref for one in own if one.place == place]
    return refs[0] if len(refs) == 1 else ""


def _position(said: ProposedClaim, given: DraftSource) -> tuple | None:
    if said.place is None:
        return None
    section = given.sections.get(str(said.place[0]))
    return (section.position, *said.place[1:]) if section else said.place


# What the rules say of the claims that would be entered


def _checked(
    rows: list[ComparedRow], record: NamedRecords, given: DraftSource, at: datetime
) -> list[ComparedRow]:
    drafts: dict[tuple[int, int], Claim] = {}
    found: dict[tuple[int, int], list[Fault]] = {}
    for number, row in enumerate(rows):
        for position, cell in enumerate(row.cells):
            if cell.claim and cell.outcome in compared.WRITTEN:
                try:
                    drafts[number, position] = drafted(
                        cell, row.number, record.drafted(row), given, record, at
                    )
                except Refused as refused:
                    found[number, position] = refused.faults
    faults = checks.faults_of_all(list(drafts.values()), at)
    found |= {key: told for key, told in zip(drafts, faults, strict=True) if told}
    return [_with_faults(number, row, found) for number, row in enumerate(rows)]


def drafted(
    cell: ComparedCell, row: int, project: Project, given: DraftSource, record: NamedRecords, at: datetime
) -> Claim:
    """The claim that a cell becomes."""
    if cell.claim.value is None:
        draft = withdrawal_of(record.held.claims[cell.corrects], cell.claim.note or NOTE_OF_CLEARED)
    else:
        draft = draft_of(cell.claim, project, row, given, at)
    if cell.corrects:
        draft.corrects = record.held.claims[cell.corrects]
        draft.known_on = timezone.localdate(at)
    return draft


def _with_faults(number: int, row: ComparedRow, found: dict[tuple[int, int], list[Fault]]) -> ComparedRow:
    cells = tuple(
        replace(cell, outcome=CellOutcome.REFUSED, faults=tuple(found[number, position]))
        if (number, position) in found
        else cell
        for position, cell in enumerate(row.cells)
    )
    return replace(row, cells=cells)
