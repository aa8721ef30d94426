"""A form of somebody else: kept, its columns confirmed, filled with projects as they stood on a day."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.translation import override

from projects.choices import Role
from projects.core import fuzzy_dates
from projects.core.clocks import Clocks
from projects.core.refusals import Refused
from projects.core.roles import Person
from projects.imports import form_cells, form_sections, reading, sheet_file
from projects.imports.form_cells import CellWriter, Written
from projects.imports.form_values import FormValues
from projects.imports.named_records import REFERENCES
from projects.imports.rules import cells, form_layout, mapping
from projects.imports.rules.cells import Sheet
from projects.imports.rules.form_layout import FormBlock, FormLayout
from projects.imports.rules.lookups import ProjectTable
from projects.imports.rules.mapping import NAMING, MappedColumn, SheetMapping
from projects.models import Project, SheetMemory, Standing, User, Workbook

MAX_PROJECTS = 2000
MAX_FORMS = 20  # that are kept of one person
SERIAL = "serial"
UNFILLED = mapping.OF_STATEMENTS | {"years", "note", "section", "paragraph", "sentence"}
UNFILLED |= {"organisation", "role"}


def keep(name: str, data: bytes, *, sender: str, by: User, at: datetime) -> Workbook:
    """The form as it was sent; `Refused` says why it cannot be filled."""
    if not data.startswith(sheet_file.ZIP):
        raise Refused("form_no_workbook", "file")
    sheet = _form_sheet(sheet_file.read(data))
    told = {
        "file_name": name[:255],
        "sender": sender,
        "data": data,
        "cells": sheet.as_plain(),
        "entered_at": at,
    }
    digest = hashlib.sha256(data).hexdigest()
    row = Workbook.objects.update_or_create(entered_by=by, digest=digest, defaults=told)[0]
    kept = forms_of(by).order_by("-entered_at").values_list("pk", flat=True)
    Workbook.objects.filter(pk__in=list(kept[MAX_FORMS:])).delete()
    return row


def forms_of(who: User) -> QuerySet[Workbook]:
    """The files of imports are kept without their cells."""
    return Workbook.objects.filter(entered_by=who).exclude(cells={})


def _form_sheet(sheets: Sequence[Sheet]) -> Sheet:
    """The first in which there is something to be filled; else why the first is not."""
    why = None
    for sheet in sheets:
        try:
            form = reading.form_of(sheet)
        except Refused as refused:
            why = why or refused
            continue
        if any(set(head.match.codes) & NAMING for head in form.layout.heads):
            return sheet
    raise why or Refused("form_names_nothing", "file")


@dataclass(frozen=True)
class BlankForm:
    workbook: Workbook

    @cached_property
    def sheet(self) -> Sheet:
        return cells.sheet_of(self.workbook.cells)

    @cached_property
    def form(self) -> FormLayout:
        return reading.form_of(self.sheet)

    @cached_property
    def proposed(self) -> SheetMapping:
        return mapping.propose(self.form.layout)

    @property
    def shape(self) -> str:
        """Which columns there are, in which units; titles and years may change."""
        said = "\n".join(f"{one.column}|{one.key}|{one.unit}" for one in self.proposed)
        return hashlib.sha256(said.encode()).hexdigest()

    @cached_property
    def memory(self) -> SheetMemory | None:
        return SheetMemory.objects.filter(sender=self.workbook.sender, shape=self.shape).first()

    @cached_property
    def mapping(self) -> SheetMapping:
        """As it was confirmed; before that by the headings alone."""
        if self.memory is None:
            return self.proposed
        return mapping.chosen(self.proposed, {one["column"]: one["code"] for one in self.memory.mapping})

    @property
    def columns(self) -> SheetMapping:
        """Those that are filled."""
        return tuple(one for one in form_layout.fillable(self.form, self.mapping) if one.code not in UNFILLED)

    @property
    def left_empty(self) -> list[MappedColumn]:
        filled = {one.column for one in self.columns}
        return [
            one for one in self.mapping if one.column not in filled and one.column not in self.form.covered
        ]


def confirm(form: BlankForm, columns: SheetMapping, *, at: datetime) -> SheetMemory:
    """Which column is which, for every form of this sender and shape."""
    kept = [{"column": one.column, "code": one.code} for one in columns]
    of = {"sender": form.workbook.sender, "shape": form.shape}
    return SheetMemory.objects.update_or_create(**of, defaults={"mapping": kept, "saved_at": at})[0]


def reachable(rows: QuerySet[Standing], person: Person) -> QuerySet[Standing]:
    """An editor fills in any project, a reporter those of the own units."""
    rows = rows.filter(project__is_public=True)
    return rows if person.has(Role.EDITOR) else rows.filter(project__department__in=person.units)


class FormRow(NamedTuple):
    """A row of the filled form, the one of the blank form that it is or is like, and the number in it."""

    filled: int
    blank: int
    number: int


@dataclass(frozen=True)
class FilledForm:
    """A form with what is written into it, by the rows that it has then.

    What the form cannot say is left empty (`unsaid`), and so is a section that says not what it is for
    (`unknown`); `left_out` are projects that no section is for.
    """

    blank: BlankForm
    blocks: list[tuple[FormBlock, dict[int, dict[int, Written]]]]
    unsaid: list[tuple[int, MappedColumn]]
    left_out: list[Project]
    unknown: list[str]

    @property
    def rows(self) -> list[dict[int, Written]]:
        return [row for _block, rows in self.blocks for row in rows.values()]

    @property
    def added(self) -> int:
        return sum(block.added(len(rows)) for block, rows in self.blocks)

    def file(self) -> bytes:
        told = []
        for block, rows in self.blocks:
            added = block.added(len(rows))
            insert = [block.last, added] if added else None
            told.append({"like": self.blank.form.like(block), "insert": insert, "cells": rows})
        data = bytes(self.blank.workbook.data)
        return sheet_file.written(data, {"sheet": self.blank.sheet.name, "blocks": told})


def filled(blank: BlankForm, rows: QuerySet[Standing], clocks: Clocks) -> FilledForm:
    """With the projects of some rows, in the order of their numbers, each in its section."""
    related = (f"project__{name}" for name in REFERENCES)
    found = list(rows.select_related("project", *related).order_by("number")[: MAX_PROJECTS + 1])
    if len(found) > MAX_PROJECTS:
        raise Refused("form_too_many", number=str(MAX_PROJECTS))
    as_of = fuzzy_dates.day(clocks.asof)
    projects = _projects(found, blank.columns)
    frame = reading.frame_of(blank.columns, {}, projects, as_of, clocks.known)
    values = FormValues(frame, found, clocks)
    writer = CellWriter(frame, _names(found))
    sections = form_sections.parted(blank.form.blocks, found)
    left_out = [row.project for row in sections.left_out]
    done = FilledForm(blank, [], [], left_out, sections.unknown)
    shift = number = 0
    with override("zh-hans"):
        for block, rows_of in sections.blocks:
            begun = number if block.goes_on else 0
            made = {}
            for at, row in enumerate(rows_of):
                place = FormRow(block.first + shift + at, blank.form.blank_row(block, at), begun + at + 1)
                made[place.filled] = _row(done, writer, values, row, place)
            done.blocks.append((block, made))
            shift, number = shift + block.added(len(rows_of)), begun + len(rows_of)
    return done


def _row(
    done: FilledForm, writer: CellWriter, values: FormValues, row: Standing, place: FormRow
) -> dict[int, Written]:
    cells: dict[int, Written] = {}
    for column in done.blank.columns:
        if column.code == SERIAL:
            cells[column.column] = form_cells.serial(place.number)
        elif said := values.of(column, row):
            if cell := writer.written(column, said, done.blank.sheet.listed(place.blank, column.column)):
                cells[column.column] = cell
            else:
                done.unsaid.append((place.filled, column))
    return cells


def _projects(rows: Iterable[Standing], columns: SheetMapping) -> ProjectTable:
    if not any(one.code == "parent" for one in columns):
        return ProjectTable()
    return reading.project_table()


def _names(rows: Iterable[Standing]) -> dict[tuple[str, str], str]:
    found = {}
    for row in rows:
        for column in REFERENCES:
            named: Project | None = getattr(row.project, column)
            if named:
                found[column, named.code] = named.name
    return found
