"""The usual facts of one project, typed into a form: a sheet of one row, read and sent as any other.

One document says all of them. The boxes are `desk.facts_form`; a second person decides on the whole
(`imports.decisions`).
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db import transaction
from django.utils import timezone

from projects.choices import CellOutcome, Topic
from projects.core import fuzzy_dates
from projects.core.refusals import Fault
from projects.imports import batches, comparison, identity, reading
from projects.imports.named_records import NamedRecords
from projects.imports.rules import mapping
from projects.imports.rules.cells import TEXT, Cell, Sheet
from projects.imports.rules.compared import ComparedRow
from projects.imports.rules.headings import SURE
from projects.imports.rules.layout import Layout
from projects.imports.rules.lookups import NEW
from projects.imports.rules.mapping import MappedColumn, SheetMapping
from projects.imports.rules.proposals import ProposedRow
from projects.imports.rules.row_reading import PLACE
from projects.models import Batch, Source, User
from projects.models.batch import FORM_SHEET
from projects.search import pinyin
from projects.words.headings import ROLES

HEADING, ROW = 1, 2
WHICH = ("code", "version")
IDENTITY = ("name", "name_en", "kind", "place", "department")
SUMS = (Topic.TOTAL_INVESTMENT.value, Topic.ANNUAL_PLAN.value)
DATES = ("date_started", "date_completed")  # past it is an actual date, to come a promised one
PARTIES = tuple(ROLES.split())
COLUMNS = (*WHICH, *IDENTITY, Topic.STAGE.value, *SUMS, *DATES, Topic.WORKS.value, *PARTIES, *PLACE)


@dataclass(frozen=True)
class TypedFacts:
    """Texts and codes by column, as they were typed; `code` and `version` where a record is meant."""

    texts: Mapping[str, str]
    units: Mapping[str, str]  # that stand beside the sums
    year: str  # of the plan
    as_of: str
    source: Source | None
    is_another: bool = False  # though its name is like others'

    @cached_property
    def mapping(self) -> SheetMapping:
        return tuple(self._column(number, code) for number, code in enumerate(COLUMNS, start=1))

    def _column(self, number: int, code: str) -> MappedColumn:
        head = f"{self.year}年" if code == Topic.ANNUAL_PLAN else code
        return MappedColumn(number, head, code, code, SURE, self.units.get(code, ""))

    @cached_property
    def sheet(self) -> Sheet:
        heads = {one.column: Cell(TEXT, one.head) for one in self.mapping}
        texts = {one.column: Cell(TEXT, text) for one in self.mapping if (text := self.texts.get(one.code))}
        return Sheet(FORM_SHEET, {HEADING: heads, ROW: texts})

    @property
    def choices(self) -> list[list[str]]:
        """As a batch keeps them."""
        return [["name", self.texts["name"], NEW]] if self.is_another else []

    @property
    def digest(self) -> str:
        told = [self.sheet.as_plain(), self.units, self.year, self.as_of, self.source and self.source.code]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()

    def read(self, at: datetime) -> ProposedRow:
        """What each box means; nothing is compared with the record."""
        layout = Layout((HEADING,), (), (ROW,))
        chosen = {(column, text): code for column, text, code in self.choices}
        clocks = {"as_of": fuzzy_dates.parse(self.as_of), "known_on": timezone.localdate(at)}
        (row,) = reading.proposed_rows(self.sheet, layout, self.mapping, chosen, **clocks)
        return row


def faults_of(typed: TypedFacts, row: ProposedRow, at: datetime) -> dict[str, list[Fault]]:
    """All that is wrong, by column."""
    record = NamedRecords.of([row], at)
    (found,) = comparison.compare([row], source=typed.source, at=at, record=record)
    faults = _by_column(found)
    if not typed.texts.get("code") and row.project and not identity.is_left(record.projects[row.project]):
        faults["name"] = faults["name"] or [Fault("name_taken", "name", {"text": typed.texts["name"]})]
    return faults


def _by_column(row: ComparedRow) -> dict[str, list[Fault]]:
    """The faults of a row, by column; one of the place in the document, which its claims share, once."""
    found: dict[str, list[Fault]] = defaultdict(list)
    for fault in row.faults:
        found["name" if fault.on == "project" else fault.on].append(fault)
    for cell in row.cells:
        for fault in cell.faults if cell.outcome == CellOutcome.REFUSED else ():
            column = fault.on if fault.on in PLACE else cell.column
            if fault not in found[column]:
                found[column].append(fault)
    return found


def send(typed: TypedFacts, row: ProposedRow, *, by: User, at: datetime) -> Batch:
    """To a second person, as one batch; a new project is private until then."""
    name = typed.texts["name"]
    told = {"mapping": mapping.as_plain(typed.mapping), "choices": typed.choices}
    told |= {"source": typed.source, "as_of": typed.as_of}
    pinyin.spell(name)  # loads its tables before others wait
    with transaction.atomic():
        draft = batches.keep(
            file_name=name, digest=typed.digest, sheet=FORM_SHEET, cells=typed.sheet.as_plain(), by=by, at=at
        )
        draft = batches.save(draft, expected=draft.version, by=by, at=at, **told)
        (batch,) = batches.send(draft, [row], expected=draft.version, by=by, at=at)
    return batch
