"""Where the blank form of somebody else is to be filled: its heading, its free rows, and what is in the way.

How a heading is found is `layout`; which column is which `mapping`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from projects.core.numbers import narrow
from projects.core.refusals import Refused
from projects.imports.rules import layout
from projects.imports.rules.cells import Area, Sheet, address
from projects.imports.rules.headings import Names
from projects.imports.rules.layout import Layout
from projects.imports.rules.left_out import AGAIN, BLANK, NUMBERS, SECTION, TOTAL
from projects.imports.rules.mapping import MappedColumn

FORMULA, MERGED = "formula", "merged"  # why a column of the form cannot be filled
PROTECTED = "sheetProtection"
STAY = ("drawing", "legacyDrawing", "controls", "oleObjects")  # what does not move with rows that are added

_SERIAL = re.compile(r"[(]?(?:[0-9]{1,4}|[一二三四五六七八九十]+)[)、.]?")
_BEFORE_TITLE = re.compile(r"[(]?[一二三四五六七八九十0-9]+[)、.]")
_AFTER_TITLE = re.compile(r"[(][^()]*[)]$")  # (60个)


@dataclass(frozen=True, slots=True)
class FormBlock:
    """Free rows; `last` is None where nothing stands below them, and before `first` where there is none."""

    first: int  # row
    last: int | None
    title: str = ""  # of the section
    goes_on: bool = False  # its numbers go on from those above

    def added(self, count: int) -> int:
        """How many rows must be added for so many projects."""
        return 0 if self.last is None else max(count - (self.last - self.first + 1), 0)

    def holds(self, row: int) -> bool:
        return row >= self.first and (self.last is None or row <= self.last)

    @property
    def has_rows(self) -> bool:
        return self.last is None or self.last >= self.first


@dataclass(frozen=True, slots=True)
class FormLayout:
    layout: Layout
    blocks: tuple[FormBlock, ...]  # one, or one a section
    blocked: dict[int, str]  # columns that cannot be filled, and why
    covered: frozenset[int]  # columns that are merged into the one to their left
    stays: tuple[str, ...] = ()  # of `STAY`

    def like(self, block: FormBlock) -> int:
        """The row that rows added to a block are formatted like."""
        return next((one.first for one in (block, *self.blocks) if one.has_rows), block.first)

    def blank_row(self, block: FormBlock, at: int) -> int:
        """Which row of the blank form the next is, or is like where it is added; `at` counts from 0."""
        row = block.first + at
        return row if block.last is None or row <= block.last else self.like(block)


def form_of(sheet: Sheet, names: Names) -> FormLayout:
    """`Refused` where no heading is found, where the sheet is protected, or where it is filled already."""
    if PROTECTED in sheet.noted:
        raise Refused("form_protected", text=sheet.name)
    found = layout.layout_of(_without_formulas(sheet), names, may_be_blank=True)
    if found.body:
        raise Refused("form_filled", text=address(found.body[0], min(sheet.rows[found.body[0]])))
    serial = {head.column for head in found.heads if head.match.codes == ("serial",)}
    marks = {row: why for row, why in found.left_out if why != BLANK and not _is_numbered(sheet, row, serial)}
    blocks = _sections(sheet, marks, serial) or (_block(sheet, found.heading[-1] + 1, marks),)
    return FormLayout(
        found,
        blocks,
        _blocked(sheet, blocks),
        frozenset(at for block in blocks for at in _covered(sheet, block.first)),
        tuple(one for one in STAY if one in sheet.noted),
    )


def _is_numbered(sheet: Sheet, row: int, serial: set[int]) -> bool:
    """A free row in which its number stands already."""
    cells = sheet.rows[row]
    return set(cells) <= serial and all(_SERIAL.fullmatch(narrow(cell.text)) for cell in cells.values())


def _block(sheet: Sheet, first: int, marks: Mapping[int, str]) -> FormBlock:
    while first in marks or any(area.top < first <= area.bottom for area in sheet.merged):
        first += 1
    return FormBlock(first, _end(sheet, first, marks))


def _end(sheet: Sheet, first: int, marks: Mapping[int, str]) -> int | None:
    below = [row for row in marks if row >= first]
    below += [area.top for area in sheet.merged if _is_note(area, first)]
    return min(below) - 1 if below else None


def _sections(sheet: Sheet, marks: Mapping[int, str], serial: set[int]) -> tuple[FormBlock, ...]:
    """The free rows of each, where there are several."""
    rows = [row for row in sorted(marks) if marks[row] == SECTION]
    rows = [row for row in rows if not _is_above_others(sheet, row, marks)]
    blocks: list[FormBlock] = []
    for row in rows if len(rows) > 1 else ():
        first = _below_heads(row + 1, marks)
        number = next((sheet.rows[first][at].text for at in serial if sheet.cell(first, at)), "")
        goes_on = bool(blocks) and number.isdecimal() and int(number) > 1
        blocks.append(FormBlock(first, _end(sheet, first, marks), _title(sheet, row), goes_on))
    return tuple(blocks)


def _is_above_others(sheet: Sheet, row: int, marks: Mapping[int, str]) -> bool:
    """一、 with （一） right below it."""
    inner = marks.get(row + 1) == SECTION and _text(sheet, row + 1).startswith("(")
    return inner and not _text(sheet, row).startswith("(")


def _below_heads(first: int, marks: Mapping[int, str]) -> int:
    """Below a heading that is printed again, and below a total that stands above its rows."""
    while marks.get(first) in (AGAIN, NUMBERS) or (marks.get(first) == TOTAL and first + 1 not in marks):
        first += 1
    return first


def _text(sheet: Sheet, row: int) -> str:
    return narrow("".join(cell.text for _at, cell in sorted(sheet.rows[row].items())))


def _title(sheet: Sheet, row: int) -> str:
    """二、交通项目（12个） as 交通项目; a numeral alone in its column is none of it."""
    texts = [narrow(cell.text) for _at, cell in sorted(sheet.rows[row].items())]
    told = next((text for text in texts if not _SERIAL.fullmatch(text)), "")
    return _AFTER_TITLE.sub("", _BEFORE_TITLE.sub("", told, count=1)) if told else _text(sheet, row)


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


def _blocked(sheet: Sheet, blocks: tuple[FormBlock, ...]) -> dict[int, str]:
    def is_within(row: int) -> bool:
        return any(block.holds(row) for block in blocks)

    found = {column: FORMULA for row, column in sheet.formulas if is_within(row)}
    for area in sheet.merged:
        if area.bottom > area.top and is_within(area.top):
            found |= dict.fromkeys(range(area.left, area.right + 1), MERGED)
    return found


def _covered(sheet: Sheet, first: int) -> frozenset[int]:
    of_row = [area for area in sheet.merged if area.top == area.bottom == first]
    return frozenset(column for area in of_row for column in range(area.left + 1, area.right + 1))
