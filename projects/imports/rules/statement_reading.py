"""A row of a sheet that says one thing a row: of which project, which figure or date, its value, as of when.

What is said is named as a column of a sheet of projects is, and its value read as a cell of that column.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from projects.choices import Topic
from projects.core import chinese_dates, money
from projects.core.fuzzy_dates import Fuzzy
from projects.core.refusals import Refused
from projects.imports.rules.cells import TEXT, Cell, Sheet, place_of
from projects.imports.rules.claim_reading import claim_of
from projects.imports.rules.compared import is_same
from projects.imports.rules.headings import (
    PER_CENT,
    TOPICS_WITH_PERIOD,
    match_head,
    meaning_of,
    near,
    plain_name,
    unit_of,
)
from projects.imports.rules.layout import FIGURE_OR_WORDS, figure_or_words
from projects.imports.rules.mapping import AS_OF, PERIOD, STATEMENT, UNIT, VALUE, MappedColumn
from projects.imports.rules.proposals import CellFault, ProposedFact, ProposedRow
from projects.imports.rules.reading_frame import MONEY, PERCENT, ColumnRule, ReadingFrame
from projects.imports.rules.row_reading import RowReader

UNITS = {MONEY: money.UNITS, PERCENT: (PER_CENT,)}
_MONTH = "(0[1-9]|1[0-2])"
_PERIOD = re.compile(rf"(20[0-9]{{2}})(?:-{_MONTH}|-01/\1-{_MONTH})?")


def rows_of(
    frame: ReadingFrame, sheet: Sheet, body: Iterable[int], skipped: Collection[int]
) -> list[ProposedRow]:
    """What each row proposes; what is said twice counts once, and where two differ both are named."""
    rows = [StatementReader(frame, sheet, row).read() for row in body]
    again, differing = _said_twice(row for row in rows if row.project and row.number not in skipped)
    return [_marked(row, sheet, again, differing) for row in rows]


@dataclass(slots=True)
class StatementReader(RowReader):
    def read(self) -> ProposedRow:
        project = self._project()
        if project and (name := self._column("name")) and self._meant(name) != project:
            self._fault_in(name, Cell(TEXT, self._text(name)), "name_of_another")
        self._statement()
        return ProposedRow(self.number, project, (), self._with_place_and_note(), tuple(self.faults))

    # Which project: one that is there

    def _named(self) -> str | None:
        column = self._column("name")
        if column is None:
            self._fault_in(self._any("name"), Cell(TEXT, ""), "name_missing")
            return None
        found = self._meant(column)
        if found is None:
            self._fault_in(column, Cell(TEXT, self._text(column)), "name_unknown")
        return found

    def _meant(self, column: MappedColumn) -> str | None:
        text, projects = self._text(column), self.frame.projects
        chosen = self.frame.choices.get(("name", text), "")
        return chosen if chosen in projects.codes else projects.named(text)

    def _name(self, column: MappedColumn, text: str) -> None:
        """The name does nothing here: beside a project's number it is only compared."""

    # What is said of it

    def _statement(self) -> None:
        said, value = self._column(STATEMENT), self._column(VALUE)
        if value is None:
            return  # a label alone says nothing
        if said is None:
            self._fault_in(self._any(STATEMENT), Cell(TEXT, ""), "statement_missing")
            return
        self._try(value, partial(self._claim, said, value))

    def _claim(self, said: MappedColumn, value: MappedColumn, text: str) -> None:
        before = len(self.faults)
        period = self._date(PERIOD)
        as_of = self._date(AS_OF) or self.frame.as_of
        head = f"{_words_of(period)}{self._text(said)}"
        rule = self._rule(said, head, text)
        if rule is None:
            return
        self._check_period(rule, period, as_of, meaning_of(self._text(said)).year)
        column = replace(value, head=head, code=rule.code, unit=self._unit(rule, value, head))
        if len(self.faults) == before:
            self._read(rule, column, as_of, self.frame.instead_of(rule.code, text))

    def _read(self, rule: ColumnRule, column: MappedColumn, as_of: Fuzzy, text: str) -> None:
        """Read the value as a cell of the column that the label names; a fault is one of that column."""
        try:
            self._refuse_shared(rule, column, text)
            frame = replace(self.frame, as_of=as_of)
            self.claims.append(claim_of(frame, rule, column, self._place(column), text))
        except Refused as refused:
            self._fault_in(column, Cell(TEXT, text), refused.code)

    def _rule(self, said: MappedColumn, head: str, value: str) -> ColumnRule | None:
        """That of the one column that the label means; what may mean several, or none, is asked."""
        label, names = self._text(said), self.frame.statements
        chosen = self.frame.choices.get((STATEMENT, label), label)
        of_label = match_head(head, (meaning_of(head).name,), names).codes
        found = (chosen,) if chosen in self.frame.rules else of_label
        if found == FIGURE_OR_WORDS:
            found = figure_or_words([value])
        if len(found) == 1:
            return self.frame.rules[found[0]]
        self._fault_in(said, Cell(TEXT, label), "unknown_statement", found or None)
        return None

    def _looked_for(self, column: MappedColumn, text: str, code: str) -> tuple[str, ...]:
        if code == "unknown_statement":
            return near((plain_name(text),), self.frame.statements).codes
        return RowReader._looked_for(self, column, text, code)

    def _check_period(self, rule: ColumnRule, period: Fuzzy | None, as_of: Fuzzy, year: int | None) -> None:
        """What is of no period is of the time when it was true; a label may name the year, too."""
        column = self._column(PERIOD)
        if period is None or column is None:
            return
        is_apart = period.latest < as_of.earliest or as_of.latest < period.earliest
        is_of_none = rule.topic not in TOPICS_WITH_PERIOD
        if (is_of_none and is_apart) or year not in (None, period.latest.year):
            self._fault_in(column, Cell(TEXT, self._text(column)), "period_unfit")

    def _unit(self, rule: ColumnRule, value: MappedColumn, head: str) -> str:
        """Of the row, else of the label, else of the heading of all values."""
        may, in_label, own = UNITS.get(rule.reads, ()), meaning_of(head).unit, self._column(UNIT)
        unit = in_label or value.unit
        if own and may:
            unit = unit_of(self._text(own))
            if unit not in may or in_label not in ("", unit):
                self._fault_in(own, Cell(TEXT, self._text(own)), "unit_unfit")
        return unit if unit in may else ""

    def _date(self, code: str) -> Fuzzy | None:
        found: list[Fuzzy] = []
        if column := self._column(code):
            self._try(column, lambda text: found.append(_date_of(code, text, self.frame.as_of.latest)))
        return found[0] if found else None


def _date_of(code: str, text: str, on: date) -> Fuzzy:
    """A period is a year, a month, or the months of a year up to one."""
    found = chinese_dates.read(text, on)
    if code == PERIOD and not _PERIOD.fullmatch(found.text):
        raise Refused("period_unfit", text=text)
    return found


def _words_of(period: Fuzzy | None) -> str:
    """As a heading says it: 2026年, 2026年2月, 2026年1-2月."""
    if period is None:
        return ""
    year, month, last = _PERIOD.fullmatch(period.text).groups()  # type: ignore[union-attr]
    return f"{year}年{month}月" if month else f"{year}年1-{last}月" if last else f"{year}年"


# What is said twice


def _said_twice(rows: Iterable[ProposedRow]) -> tuple[set[int], set[int]]:
    """The rows that say again what one above says, and those of which two say different things."""
    again, differing = set[int](), set[int]()
    for same in _of_one_thing(rows).values():
        first, *others = same
        for row in others:
            one, other = first.claims[0], row.claims[0]
            if is_same(one.value, other.value) and one.qualifier == other.qualifier:
                again.add(row.number)
            elif one.place is None or other.place in (None, one.place):
                differing |= {first.number, row.number}
    return again, differing


def _of_one_thing(rows: Iterable[ProposedRow]) -> dict[tuple[object, ...], list[ProposedRow]]:
    """Rows by project, series and time; what came true has its own, and what is withdrawn is of all times."""
    by_series = defaultdict[tuple[object, ...], list[ProposedRow]](list)
    for row in rows:
        for claim in row.claims:
            by_series[row.project, claim.series].append(row)
    found = defaultdict[tuple[object, ...], list[ProposedRow]](list)
    for key, same in by_series.items():
        is_one = any(
            row.claims[0].value is None or row.claims[0].series.topic == Topic.ACTUAL for row in same
        )
        for row in same:
            found[(*key, None if is_one else row.claims[0].as_of)].append(row)
    return found


def _marked(row: ProposedRow, sheet: Sheet, again: set[int], differing: set[int]) -> ProposedRow:
    """What is said again is left out; of two that differ the file does not say which is right."""
    if row.number not in again | differing:
        return row
    (claim,) = row.claims
    cell = sheet.cell(*place_of(claim.cell))
    text = cell.text if cell else ""
    if row.number in differing:
        fault = CellFault(claim.column, claim.cell, text, "statement_twice")
        return replace(row, faults=(*row.faults, fault))
    return replace(row, claims=(), facts=(ProposedFact(claim.column, claim.cell, text),))
