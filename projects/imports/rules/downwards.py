"""A form with labels below each other and values beside them, as a sheet of one row a project.

Labels may stand in several columns of a form, forms below one another, and several projects beside one
another behind the same labels. Where each cell stood is kept: what is wrong is told, and coloured, there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from projects.core.refusals import Refused
from projects.imports.rules.cells import TEXT, Area, Cell, Sheet, address
from projects.imports.rules.headings import Names, meaning_of

OF_NAMES = "name"
LEAST_LABELS = 3
TITLE, HEADING = 1, 2  # rows of what is made; those of projects follow


class CellPlace(NamedTuple):
    row: int
    column: int


class Entry(NamedTuple):
    """A label, and what stands between it and the next."""

    text: str
    label: CellPlace
    values: list[CellPlace]


@dataclass(frozen=True, slots=True)
class Form:
    """One project, or several beside one another, in these columns."""

    columns: list[int]
    entries: list[Entry]


@dataclass(slots=True)
class TurnedTable:
    """The sheet while it is made; a value that several projects share is merged over their rows."""

    columns: dict[tuple[str, int], int] = field(default_factory=dict)  # by label, and which of that text
    rows: dict[int, dict[int, Cell]] = field(default_factory=lambda: {HEADING: {}})
    merged: list[Area] = field(default_factory=list)
    stood: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    last: int = HEADING

    def column(self, label: tuple[str, int], place: CellPlace) -> int:
        if label not in self.columns:
            self.columns[label] = at = len(self.columns) + 1
            self.rows[HEADING][at] = Cell(TEXT, label[0])
            self.stood[HEADING, at] = address(*place)
        return self.columns[label]

    def put(self, cell: Cell, place: CellPlace, first: int, last: int, column: int) -> None:
        self.rows.setdefault(first, {})[column] = cell
        self.stood |= {(row, column): address(*place) for row in range(first, last + 1)}
        if last > first:
            self.merged.append(Area(first, column, last, column))


def is_downwards(sheet: Sheet, names: Names) -> bool:
    """Whether labels stand below one another, that of a project's name among them.

    Columns of stages and roles may hold words that are labels, too; none of them is that of a name.
    """
    below = [found for found in map(set, _labels(sheet, names).values()) if len(found) > 1]
    found = set[str]().union(*below)
    return len(found) >= LEAST_LABELS and any(OF_NAMES in names[name] for name in found)


def turned(sheet: Sheet, names: Names) -> Sheet:
    """The sheet itself where it is no such form; `Refused` where a value belongs to no label or no name."""
    if not is_downwards(sheet, names):
        return sheet
    columns = sorted(_labels(sheet, names))
    first = min(row for row in sheet.rows if _has_label(sheet.rows[row], columns, names))
    entries = [
        entry
        for row in sorted(sheet.rows)
        if row >= first
        for entry in _entries(sheet, row, columns)
        if entry.values or _is_known(entry.text, names)  # else a title or a note
    ]
    table = TurnedTable()
    for form in _forms(entries, names):
        _fill(table, sheet, form)
    title = [
        (cell, address(row, column))
        for row in sorted(sheet.rows)
        if row < first
        for column, cell in sheet.rows[row].items()
    ]
    table.stood |= {(TITLE, at): place for at, (_, place) in enumerate(title, 1)}
    if title:
        table.rows[TITLE] = {at: cell for at, (cell, _) in enumerate(title, 1)}
    return Sheet(
        sheet.name,
        dict(sorted(table.rows.items())),
        tuple(table.merged),
        sheet.is_hidden,
        noted=sheet.noted,
        hidden_rows=tuple(sorted(table.hidden_rows)),
        hidden_columns=tuple(sorted(table.hidden_columns)),
        stood=table.stood,
    )


def _labels(sheet: Sheet, names: Names) -> dict[int, list[str]]:
    """The columns of labels, with those that are known: they are a third of its texts at least."""
    texts: dict[int, list[str]] = {}
    for found in sheet.rows.values():
        for column, cell in found.items():
            texts.setdefault(column, []).append(meaning_of(cell.text).name)
    known = {column: [name for name in said if name in names] for column, said in texts.items()}
    return {
        column: found for column, found in known.items() if found and 3 * len(found) >= len(texts[column])
    }


def _is_known(text: str, names: Names) -> bool:
    return meaning_of(text).name in names


def _has_label(row: Mapping[int, Cell], columns: list[int], names: Names) -> bool:
    return any(column in row and _is_known(row[column].text, names) for column in columns)


def _entries(sheet: Sheet, row: int, columns: list[int]) -> Iterator[Entry]:
    """The labels of a row, each with its values; what stands left of all labels names a group of them."""
    found = sorted(sheet.rows[row])
    labels = [column for column in found if column in columns]
    if any(columns[0] < column < (labels or [column + 1])[0] for column in found):
        raise _unlabelled(sheet)
    for column, end in zip(labels, [*labels[1:], found[-1] + 1], strict=False):
        values = [CellPlace(row, one) for one in found if column < one < end]
        yield Entry(sheet.rows[row][column].text, CellPlace(row, column), values)


def _forms(entries: list[Entry], names: Names) -> Iterator[Form]:
    """Another begins where the first label stands again."""
    begins = [at for at, entry in enumerate(entries) if entry.text == entries[0].text]
    for begin, end in zip(begins, [*begins[1:], len(entries)], strict=True):
        form = entries[begin:end]
        named = [one for one in form if OF_NAMES in names.get(meaning_of(one.text).name, ())]
        yield Form([place.column for one in named[:1] for place in one.values], form)


def _fill(table: TurnedTable, sheet: Sheet, form: Form) -> None:
    """Of one project every value, of several those in the columns of their names."""
    seen = Counter[str]()
    for text, label, values in form.entries:
        seen[text] += 1
        column = table.column((text, seen[text]), label)
        if label.row in sheet.hidden_rows or label.column in sheet.hidden_columns:
            table.hidden_columns.add(column)
        for place in values:
            over = _projects_over(sheet, form, place, is_only=len(values) == 1)
            if not over:
                raise _unlabelled(sheet)
            first, last = (table.last + 1 + number for number in (over[0], over[-1]))
            table.put(sheet.rows[place.row][place.column], place, first, last, column)
    hidden = (number for number, column in enumerate(form.columns, 1) if column in sheet.hidden_columns)
    table.hidden_rows.update(table.last + number for number in hidden)
    table.last += len(form.columns)


def _projects_over(sheet: Sheet, form: Form, place: CellPlace, *, is_only: bool) -> list[int]:
    """The numbers of the projects for which a value stands; it may be merged over several."""
    if len(form.columns) == 1:
        return [0] if is_only else []
    right = next((area.right for area in sheet.merged if (area.top, area.left) == place), place.column)
    return [number for number, column in enumerate(form.columns) if place.column <= column <= right]


def _unlabelled(sheet: Sheet) -> Refused:
    return Refused("form_unclear", text=sheet.name)
