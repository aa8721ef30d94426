"""Where the blank form of somebody else is to be filled: its heading, its free rows, and what is in the way.

How a heading is found is `layout`; which column is which `mapping`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from projects.core.refusals import Refused
from projects.imports.rules import layout
from projects.imports.rules.cells import Area, Sheet, address
from projects.imports.rules.headings import Names
from projects.imports.rules.layout import Layout
from projects.imports.rules.left_out import BLANK
from projects.imports.rules.mapping import MappedColumn

FORMULA, MERGED = "formula", "merged"  # why a column of the form cannot be filled
PROTECTED = "sheetProtection"
STAY = ("drawing", "legacyDrawing", "controls", "oleObjects")  # what does not move with rows that are added
TABLE = "tablePart"


@dataclass(frozen=True, slots=True)
class FormLayout:
    layout: Layout
    first: int  # row
    last: int | None  # the last free row where something stands below, None where nothing does
    blocked: dict[int, str]  # columns that cannot be filled, and why
    covered: frozenset[int]  # columns that are merged into the one to their left
    stays: tuple[str, ...] = ()  # of `STAY`
    has_table: bool = False

    def added(self, count: int) -> int:
        """How many rows must be added for so many projects."""
        return 0 if self.last is None else max(count - (self.last - self.first + 1), 0)

    def refuse_growth(self, count: int) -> None:
        """A table of Excel's own says itself where it ends: rows are not put into it."""
        if self.has_table and self.added(count):
            free = (self.last or 0) - self.first + 1
            raise Refused("form_cannot_grow", number=str(free), count=str(count))


def form_of(sheet: Sheet, names: Names) -> FormLayout:
    """`Refused` where no heading is found, where the sheet is protected, or where it is filled already."""
    if PROTECTED in sheet.noted:
        raise Refused("form_protected", text=sheet.name)
    found = layout.layout_of(_without_formulas(sheet), names, may_be_blank=True)
    if found.body:
        raise Refused("form_filled", text=address(found.body[0], min(sheet.rows[found.body[0]])))
    serial = {head.column for head in found.heads if head.match.codes == ("serial",)}
    marks = {row for row, why in found.left_out if why != BLANK and set(sheet.rows[row]) - serial}
    first = found.heading[-1] + 1
    while first in marks or any(area.top < first <= area.bottom for area in sheet.merged):
        first += 1
    below = [row for row in marks if row > first] + [
        area.top for area in sheet.merged if _is_note(area, first)
    ]
    last = min(below) - 1 if below else None
    return FormLayout(
        found,
        first,
        last,
        _blocked(sheet, first, last),
        _covered(sheet, first),
        tuple(one for one in STAY if one in sheet.noted),
        TABLE in sheet.noted,
    )


def fillable(form: FormLayout, mapping: tuple[MappedColumn, ...]) -> tuple[MappedColumn, ...]:
    """The columns that take something."""
    return tuple(
        one
        for one in mapping
        if one.code and one.column not in form.blocked and one.column not in form.covered
    )


def _without_formulas(sheet: Sheet) -> Sheet:
    """A cell that computes something holds nothing that anybody wrote."""
    texts = [address(row, column) for row, column in sheet.formulas if sheet.cell(row, column)]
    return replace(sheet.with_texts(dict.fromkeys(texts, "")), formulas=sheet.formulas) if texts else sheet


def _is_note(area: Area, first: int) -> bool:
    """Merged over several columns and rows of nothing, below: room that is kept for a note."""
    return area.top > first and area.bottom > area.top and area.right - area.left > 1


def _blocked(sheet: Sheet, first: int, last: int | None) -> dict[int, str]:
    def is_within(row: int) -> bool:
        return row >= first and (last is None or row <= last)

    found = {column: FORMULA for row, column in sheet.formulas if is_within(row)}
    for area in sheet.merged:
        if area.bottom > area.top and is_within(area.top):
            found |= dict.fromkeys(range(area.left, area.right + 1), MERGED)
    return found


def _covered(sheet: Sheet, first: int) -> frozenset[int]:
    of_row = [area for area in sheet.merged if area.top == area.bottom == first]
    return frozenset(column for area in of_row for column in range(area.left + 1, area.right + 1))
