"""A draft as its cells, its heading, its columns, and the rows that it proposes as an editor put it right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import transaction
from django.utils import timezone

from projects.core import fuzzy_dates
from projects.core.refusals import Refused
from projects.imports import batches, organisations, reading, sheet_file
from projects.imports.batches import INSTEAD
from projects.imports.rules import as_of_notes, cells, mapping, merged
from projects.imports.rules.as_of_notes import AsOfNote
from projects.imports.rules.cells import Sheet
from projects.imports.rules.compared import ComparedRow
from projects.imports.rules.layout import Layout
from projects.imports.rules.mapping import SheetMapping
from projects.imports.rules.proposals import ProposedFact, ProposedRow
from projects.imports.rules.reading_frame import Choices
from projects.models import Batch, SheetMemory, User, Workbook

KIND = ("kind", "")  # of new projects of which the sheet says none
MAX_SHEETS = 12


@dataclass(frozen=True)
class DraftSheet:
    batch: Batch

    @cached_property
    def kept(self) -> Sheet:
        return cells.sheet_of(self.batch.cells)

    @cached_property
    def layout(self) -> Layout:
        return reading.layout_of(self.kept)

    @cached_property
    def mapping(self) -> SheetMapping:
        kept = self.batch.mapping
        return mapping.mapping_of(kept) if kept else self.proposed

    @cached_property
    def proposed(self) -> SheetMapping:
        """By the headings alone."""
        return mapping.propose(self.layout)

    @property
    def unit(self) -> str:
        """That an editor chose for the figures of which no heading says one."""
        pairs = zip(self.mapping, self.proposed, strict=True)
        return next((one.unit for one, own in pairs if one.unit != own.unit), "")

    @cached_property
    def as_of_notes(self) -> list[AsOfNote]:
        """What stands around the table of the day that it is of."""
        return as_of_notes.notes_of(self.kept, self.layout, timezone.localdate(self.batch.entered_at))

    @property
    def hidden_rows(self) -> set[int]:
        """Rows of the table that nobody sees in the file, such as those of a filter."""
        return set(self.kept.hidden_rows) & set(self.layout.body)

    @property
    def told(self) -> Choices:
        """What was chosen, by column and text."""
        return {(column, text): code for column, text, code in self.batch.choices}

    @property
    def instead(self) -> Choices:
        """What was written instead, by column and text; what was mistyped may be written over again."""
        written = {key: code[1:] for key, code in self.told.items() if code.startswith(INSTEAD)}
        return {key: _last(written, key) for key in written}

    @cached_property
    def sheet(self) -> Sheet:
        """With what an editor wrote instead."""
        return self.kept.with_texts(dict(self._rewritten(self.instead))) if self.instead else self.kept

    def _rewritten(self, instead: Choices) -> Iterator[tuple[str, str]]:
        for row in self.layout.body:
            for column in self.mapping:
                cell = self.kept.cell(row, column.column)
                if cell and (text := instead.get((column.code, cell.text.strip()))) is not None:
                    yield cells.address(row, column.column), text

    def rows(self, at: datetime) -> list[ProposedRow]:
        if mapping.is_of_organisations({one.code for one in self.mapping}):
            return organisations.proposed_rows(self.sheet, self.layout, self.mapping)
        words = {key: code for key, code in self.told.items() if not code.startswith(INSTEAD)}
        rows = reading.proposed_rows(
            merged.spread(self.sheet, self.layout.heading[-1]),
            self.layout,
            self.mapping,
            words,
            as_of=fuzzy_dates.parse(self.batch.as_of),
            known_on=timezone.localdate(at),
            instead=self.instead,
            skipped=self.batch.skipped,
        )
        return [_of_kind(row, words.get(KIND), self.kept) for row in rows]

    def compared(self, at: datetime) -> list[ComparedRow]:
        return batches.compare(self.batch, self.rows(at), at=at)

    def firsts(self, column: int, most: int = 3) -> list[str]:
        """The first different values of a column."""
        found = (self.kept.cell(row, column) for row in self.layout.body)
        return list(dict.fromkeys(cell.text for cell in found if cell))[:most]


def _last(written: Choices, key: tuple[str, str]) -> str:
    column, text = key[0], written[key]
    passed = {key[1]}
    while (column, text) in written and text not in passed:
        passed.add(text)
        text = written[column, text]
    return text


def _of_kind(row: ProposedRow, kind: str | None, sheet: Sheet) -> ProposedRow:
    is_said = row.project or any(one.column == "kind" for one in (*row.facts, *row.faults))
    if not kind or is_said:
        return row
    return replace(row, facts=(*row.facts, ProposedFact("kind", sheet.address(row.number, 1), kind)))


@dataclass(frozen=True)
class SentFile:
    """As somebody sent it; `digest` is the SHA-256 of its bytes."""

    name: str
    data: bytes
    digest: str
    sender: str = ""


def read(
    file: SentFile, at: datetime, looked_at: Callable[[list[Sheet]], None] | None = None
) -> list[dict[str, Any]]:
    """What is kept of each sheet with a table; `Refused` where there is no such sheet.

    `looked_at` may refuse what is taken in elsewhere. It may take long, and writes nothing.
    """
    sheets = sheet_file.read(file.data)
    if looked_at:
        looked_at(sheets)
    memory = batches.memory_of(file.sender)
    return [_prepared(one, file, memory, at) for one in _with_projects(sheets)[:MAX_SHEETS]]


def keep(sheets: list[dict[str, Any]], file: SentFile, *, by: User, at: datetime) -> list[Batch]:
    """A draft of each sheet that was read, of all or of none."""
    with transaction.atomic():
        if file.data.startswith(sheet_file.ZIP):
            told = {"file_name": file.name[:255], "sender": file.sender, "data": file.data, "entered_at": at}
            Workbook.objects.update_or_create(entered_by=by, digest=file.digest, defaults=told)
        return [batches.keep(by=by, at=at, **one) for one in sheets]


def _with_projects(sheets: list[Sheet]) -> list[Sheet]:
    found, why = [], None
    for sent in sheets:
        try:
            sheet = reading.turned(sent)
            codes = {one.code for one in mapping.propose(reading.layout_of(sheet))}
        except Refused as refused:
            why = why or refused
            continue
        if codes & mapping.NAMING or mapping.is_of_organisations(codes) or len(sheets) == 1:
            found.append(sheet)
    if not found:
        raise why or Refused("sheet_empty", "file")
    return found


def _prepared(sheet: Sheet, file: SentFile, memory: SheetMemory | None, at: datetime) -> dict[str, Any]:
    layout = reading.layout_of(sheet)
    columns = _replayed(memory.mapping, layout) if memory else mapping.propose(layout)
    today = timezone.localdate(at)
    as_of = as_of_notes.agreed(as_of_notes.notes_of(sheet, layout, today)) or fuzzy_dates.day(today)
    return {
        "file_name": file.name,
        "digest": file.digest,
        "sender": file.sender,
        "sheet": sheet.name,
        "cells": sheet.as_plain(),
        "mapping": mapping.as_plain(columns),
        "choices": memory.choices if memory else [],
        "as_of": as_of.text,
    }


def has_changed(batch: Batch) -> Refused | None:
    """What this sender's columns were last time, where they are others now."""
    memory = batches.memory_of(batch.sender)
    try:
        return mapping.replay(memory.mapping, DraftSheet(batch).layout) and None if memory else None
    except Refused as refused:
        return refused


def _replayed(kept: list, layout: Layout) -> SheetMapping:
    """As last time, or by the headings alone where the columns are others now."""
    try:
        return mapping.replay(kept, layout)
    except Refused:
        return mapping.propose(layout)
