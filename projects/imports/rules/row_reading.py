"""One row of a sheet, read by the columns that it was matched to: what it proposes, and all of its faults."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

from projects.core.numbers import whole
from projects.core.refusals import Refused
from projects.core.statements import Place
from projects.imports.rules import lookups, reading_frame, row_frame, stage_doubts, values, years
from projects.imports.rules.cells import TEXT, Cell, Sheet
from projects.imports.rules.claim_reading import claim_of
from projects.imports.rules.mapping import MappedColumn
from projects.imports.rules.proposals import LOST, CellFault, ProposedClaim, ProposedFact, ProposedRow
from projects.imports.rules.reading_frame import ColumnRule, ReadingFrame
from projects.imports.rules.row_frame import Framed
from projects.imports.rules.years import YEARS

ROLE = "role"
PLACE = ("section", "paragraph", "sentence")
_BETWEEN = re.compile("[、;；\n]+")
NAME = ColumnRule("name", reading_frame.TEXT, most=100)


@dataclass(slots=True)
class RowReader:
    frame: ReadingFrame
    sheet: Sheet
    number: int
    facts: list[ProposedFact] = field(default_factory=list)
    claims: list[ProposedClaim] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)

    def read(self) -> ProposedRow:
        project = self._project()
        self._frame()
        for column in self.frame.mapping:
            if (rule := self.frame.rules.get(column.code)) and column.code not in (ROLE, YEARS):
                self._try(column, partial(self._take, rule, column))
        self._party()
        if written := self._column(YEARS):
            self._try(written, partial(self._years, written))
        self._doubt_dates()
        version, claims = self._whole("version"), self._with_place_and_note()
        return ProposedRow(self.number, project, tuple(self.facts), claims, tuple(self.faults), version)

    def _try(self, column: MappedColumn, take: Callable[[str], None]) -> None:
        cell = self.sheet.cell(self.number, column.column)
        if cell is None:
            return
        try:
            text = values.text_of(cell)
            if not values.is_nothing(text):
                take(text)
        except Refused as refused:
            self._fault_in(column, cell, refused.code)

    def _fault_in(
        self, column: MappedColumn, cell: Cell, code: str, near: tuple[str, ...] | None = None
    ) -> None:
        if near is None:
            near = self._near(column, cell.text, code)
        place = self.sheet.address(self.number, column.column)
        self.faults.append(CellFault(column.code, place, cell.text, code, near))

    def _near(self, column: MappedColumn, text: str, code: str) -> tuple[str, ...]:
        """Looked for once for all cells that say the same."""
        key = column.code, text
        if key not in self.frame.near:
            self.frame.near[key] = self._looked_for(column, text, code)
        return self.frame.near[key]

    def _looked_for(self, column: MappedColumn, text: str, code: str) -> tuple[str, ...]:
        if code in LOST:
            return self.frame.projects.near(text)
        rule = self.frame.rules.get(column.code)
        return rule.words.near(text) if rule and rule.words and code == rule.words.fault else ()

    # Which project

    def _project(self) -> str | None:
        if column := self._column("code"):
            return self._numbered(column, self.frame.projects.numbered)
        if column := self._column("slug"):
            return self._numbered(column, self.frame.projects.slugs.get)
        return self._named()

    def _numbered(self, column: MappedColumn, known: Callable[[str], str | None]) -> str | None:
        text = self._text(column)
        project = known(text)
        if project is None:
            self._fault_in(column, Cell(TEXT, text), "unknown_project")
            return None
        if name := self._column("name"):
            self._try(name, partial(self._name, name))
        return project

    def _named(self) -> str | None:
        """By its name; one that is like others is a new project only if an editor says so."""
        column = self._column("name")
        if column is None:
            self._fault_in(self._any("name"), Cell(TEXT, ""), "name_missing")
            return None
        text, found = self._text(column), None
        chosen = self.frame.choices.get(("name", text))
        if chosen and chosen != lookups.NEW:
            return chosen
        if found := self.frame.projects.named(text):
            return found
        if not chosen and (near := self.frame.projects.near(text)):
            self._fault_in(column, Cell(TEXT, text), "name_alike", near)
        self._try(column, partial(self._name, column))
        return None

    def _name(self, column: MappedColumn, text: str) -> None:
        if values.is_cleared(text):
            raise Refused("not_cleared_here", text=text)
        self.facts.append(ProposedFact("name", self._place(column), NAME.short(text)))

    # What its cells say

    def _frame(self) -> None:
        """A day and a unit of its own."""
        for code, framed in row_frame.FRAMED.items():
            if column := self._column(code):
                self._try(column, partial(self._framed, framed))

    def _framed(self, framed: Framed, text: str) -> None:
        self.frame = framed(self.frame, text)

    def _take(self, rule: ColumnRule, column: MappedColumn, text: str) -> None:
        if rule.topic or rule.is_either:
            self._refuse_shared(rule, column, text)
            self.claims.append(claim_of(self.frame, rule, column, self._place(column), text))
            return
        if values.is_cleared(text):
            self._clear(rule, column, text)
            return
        said = several(text) if rule.reads == reading_frame.NAMES else [text]
        self.facts += [ProposedFact(rule.code, self._place(column), self._fact(rule, one)) for one in said]

    def _years(self, column: MappedColumn, text: str) -> None:
        """Read years of building (2024-2027), but for a start or finish that has a column of its own."""
        read_there = {one.series.measure for one in self.claims}
        said = years.claims_of(self.frame, column, self._place(column), text)
        left = [one for one in said if one.series.measure in read_there]
        self.claims += [one for one in said if one not in left]
        self.facts += [ProposedFact(YEARS, self._place(column), text)] if left else []

    def _doubt_dates(self) -> None:
        """Refuse past dates that may be planned or actual and would carry the project beyond its stage."""
        stage, on = stage_doubts.stage_in(self.claims), self.frame.as_of.latest
        beyond = [one for one in self.claims if stage and stage_doubts.is_beyond(one, stage)]
        for column in self.frame.mapping if beyond else ():
            rule, place = self.frame.rules.get(column.code), self._place(column)
            for one in beyond if rule and (rule.is_either or column.code == YEARS) else ():
                if one.cell == place:
                    self._try(column, partial(stage_doubts.refuse_doubted, one, column.code, on))
        in_doubt = {fault.cell for fault in self.faults}
        self.claims = [one for one in self.claims if one.cell not in in_doubt]

    def _refuse_shared(self, rule: ColumnRule, column: MappedColumn, text: str) -> None:
        """A figure over several rows: what of it belongs to each, nobody says."""
        is_figure = rule.reads in (reading_frame.MONEY, reading_frame.PERCENT)
        if is_figure and (self.number, column.column) in self.sheet.shared:
            raise Refused("cell_shared", text=text)

    def _clear(self, rule: ColumnRule, column: MappedColumn, text: str) -> None:
        """Empty a fact of the project. Parties are not emptied by a file: they are taken away one by one."""
        if rule.reads == reading_frame.NAMES:
            raise Refused("not_cleared_here", text=text)
        self.facts.append(ProposedFact(rule.code, self._place(column), ""))

    def _party(self) -> None:
        """An organisation and its role, where each stands in a column of its own."""
        column, role = self._column("organisation"), self._column(ROLE)
        if column and role:
            rule = self.frame.rules[ROLE]
            self._try(role, lambda text: self._with_role(column, rule.code_of(text, self.frame.choices)))
        elif column:
            self._fault_in(self._any(ROLE), Cell(TEXT, ""), "role_missing")

    def _with_role(self, column: MappedColumn, role: str) -> None:
        self._try(column, partial(self._take, ColumnRule(role, reading_frame.NAMES, most=150), column))

    def _fact(self, rule: ColumnRule, text: str) -> str:
        if rule.reads == reading_frame.PROJECT:
            return self._other_project(rule, text)
        return rule.code_of(text, self.frame.choices) if rule.words else rule.short(text)

    def _other_project(self, rule: ColumnRule, text: str) -> str:
        projects = self.frame.projects
        chosen = self.frame.choices.get((rule.code, text)) or projects.numbered(text)
        found = chosen or projects.named(text)
        if found is None:
            raise Refused("unknown_project", text=text)
        return found

    # What stands beside

    def _with_place_and_note(self) -> tuple[ProposedClaim, ...]:
        numbers = [self._whole(code) for code in PLACE]
        place: Place | None = (numbers[0], numbers[1], numbers[2]) if numbers[0] is not None else None
        note = column.code and self._text(column) if (column := self._column("note")) else ""
        if place is None and not note:
            return tuple(self.claims)
        return tuple(replace(one, place=place, note=note) for one in self.claims)

    def _whole(self, code: str) -> int | None:
        column = self._column(code)
        if column is None:
            return None
        found = whole(self._text(column))
        if found is None:
            self._fault_in(column, Cell(TEXT, self._text(column)), "not_whole")
        return found

    def _column(self, code: str) -> MappedColumn | None:
        """The column of a code, if the row has something in it."""
        for column in self.frame.mapping:
            if column.code == code and self._text(column):
                return column
        return None

    def _any(self, code: str) -> MappedColumn:
        return next((one for one in self.frame.mapping if one.code == code), self.frame.mapping[0])

    def _text(self, column: MappedColumn) -> str:
        cell = self.sheet.cell(self.number, column.column)
        return "" if cell is None or values.is_nothing(cell.text) else cell.text.strip()

    def _place(self, column: MappedColumn) -> str:
        return self.sheet.address(self.number, column.column)


def several(text: str) -> list[str]:
    """Names of organisations in one cell."""
    return list(dict.fromkeys(one.strip() for one in _BETWEEN.split(text) if one.strip()))
