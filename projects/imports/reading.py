"""Rows of a sheet as what they propose: names and words looked up in the record, all faults at once.

Lookups take a fixed number of statements, however many rows there are. What is written of it is `batches`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from functools import cache

from projects.choices import PartyRole, ValueKind
from projects.core.fuzzy_dates import Fuzzy
from projects.imports.rules import (
    downwards,
    form_layout,
    headings,
    layout,
    reading_frame,
    row_doubles,
    row_reading,
    statement_reading,
    totals,
)
from projects.imports.rules.cells import Sheet
from projects.imports.rules.form_layout import FormLayout
from projects.imports.rules.layout import Layout
from projects.imports.rules.lookups import UNKNOWN, ProjectTable, WordTable
from projects.imports.rules.mapping import OF_STATEMENTS, SheetMapping, is_of_statements
from projects.imports.rules.proposals import ProposedRow
from projects.imports.rules.reading_frame import Choices, ColumnRule, ReadingFrame
from projects.imports.rules.row_reading import RowReader
from projects.models import Alias, Department, Place, Project
from projects.records import hiding
from projects.words.column import Column, ColumnType
from projects.words.columns import COLUMNS
from projects.words.headings import PROJECTS, STATEMENTS, code_words
from projects.words.headings import headings as headings_of

READS = {
    ValueKind.MONEY: reading_frame.MONEY,
    ValueKind.DATE: reading_frame.DATE,
    ValueKind.NUMBER: reading_frame.PERCENT,
    ValueKind.CODE: reading_frame.CODE,
    ValueKind.TEXT: reading_frame.TEXT,
}
READS_FACTS = {"parent": reading_frame.PROJECT} | dict.fromkeys(PartyRole.values, reading_frame.NAMES)
KEYS = frozenset(
    {"organisation", "serial", "code", "slug", "version", "name", "note", "section", "paragraph", "sentence"}
    | OF_STATEMENTS
)
LONGEST = {"name_en": 200, "national_code": 24} | dict.fromkeys(PartyRole.values, 150)


@cache
def names() -> dict[str, tuple[str, ...]]:
    """Of a sheet of projects: every heading, and the columns that it may mean."""
    return headings_of(PROJECTS, headings.plain_name)


@cache
def statement_names() -> dict[str, tuple[str, ...]]:
    """Of what a row may say where it says one thing."""
    return headings_of(STATEMENTS, headings.plain_name)


def layout_of(sheet: Sheet) -> Layout:
    """Where the table of a sheet of projects is; `Refused` where none is found."""
    return layout.layout_of(sheet, names())


def turned(sheet: Sheet) -> Sheet:
    """A form laid out downwards with a row a project; any other sheet as it is."""
    return downwards.turned(sheet, names())


def form_of(sheet: Sheet) -> FormLayout:
    """Where a blank form is to be filled; `Refused` says why it is not."""
    return form_layout.form_of(sheet, names())


def proposed_rows(
    sheet: Sheet,
    layout: Layout,
    mapping: SheetMapping,
    choices: Choices,
    *,
    as_of: Fuzzy,
    known_on: date,
    instead: Choices | None = None,
    skipped: Collection[int] = (),
) -> list[ProposedRow]:
    """What each row of the table proposes; a row with faults proposes what can be read of it."""
    frame = frame_of(mapping, choices, project_table(), as_of, known_on)
    if is_of_statements({one.code for one in mapping}):
        of_values = replace(frame, statements=statement_names(), instead=instead or {})
        return statement_reading.rows_of(of_values, sheet, layout.body, skipped)
    rows = [RowReader(frame, sheet, row).read() for row in layout.body]
    of_parties = any(one.code == row_reading.ROLE for one in mapping)
    return row_doubles.joined(rows) if of_parties else row_doubles.without_doubles(rows, skipped, sheet)


def frame_of(
    mapping: SheetMapping, choices: Choices, projects: ProjectTable, as_of: Fuzzy, known_on: date
) -> ReadingFrame:
    """How the columns of a sheet are read."""
    used = {one.code for one in mapping}
    codes = STATEMENTS if is_of_statements(used) else [one for one in PROJECTS if one in used - KEYS]
    rules = {code: rule_of(code) for code in codes}
    return ReadingFrame(mapping, rules, projects, choices, as_of, known_on)


def total_differences(
    sheet: Sheet, layout: Layout, mapping: SheetMapping
) -> tuple[totals.TotalDifference, ...]:
    """Printed totals that the rows do not add up to: told, for a row may be missing."""
    amounts = {code for code in PROJECTS if COLUMNS[code].type == ColumnType.YUAN}
    return totals.differences(sheet, layout, mapping, amounts)


def project_table() -> ProjectTable:
    """By the names of a double the one that stays is meant."""
    stays, names = hiding.stays_of_doubles(), defaultdict[int, list[str]](list)
    rows = list(Project.objects.values_list("pk", "code", "slug", "version", "name", "name_en"))
    for pk, *_one, name, name_en in rows:
        names[stays.get(pk, pk)] += [name, name_en]
    for pk, name in Alias.objects.values_list("project_id", "name"):
        names[stays.get(pk, pk)].append(name)
    table = ProjectTable()
    for pk, code, slug, version, *_names in rows:
        table.add(code, slug, version, names[pk])
    return table


def rule_of(code: str) -> ColumnRule:
    column = COLUMNS[code]
    topic = column.topic
    if topic or column.measure:
        return ColumnRule(
            code,
            READS[topic.takes] if topic else reading_frame.DATE,
            topic.value if topic else "",
            column.measure,
            is_either=topic is None,
            words=_words(column),
        )
    reads = READS_FACTS.get(code, reading_frame.TEXT)
    return ColumnRule(code, reads, words=_words(column), most=LONGEST.get(code, 100))


def _words(column: Column) -> WordTable | None:
    if column.codes:
        return WordTable.of(code_words(column.codes).items())
    if column.code == "department":
        return named(Department, UNKNOWN["department"])
    if column.code == "place" and column.type == ColumnType.CODE:
        return named(Place, UNKNOWN["place"])
    return None


def named(model: type[Department | Place], fault: str) -> WordTable:
    rows = model.objects.values_list("code", "name", "name_en")
    words = [(word, code) for code, *names in rows for word in (*names[:1], code, *names[1:]) if word]
    return WordTable.of(words, fault, is_of_district=True)
