"""Rows below a heading that are no rows of its table, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from projects.core.numbers import narrow
from projects.core.refusals import Refused
from projects.imports.rules import cells
from projects.imports.rules.cells import Cell, Sheet
from projects.imports.rules.headings import Names, meaning_of

TOTAL, SECTION, AGAIN, NOTE, BLANK = "total", "section", "again", "note", "blank"
NUMBERS = "numbers"  # of the columns, below the heading: 1, 2, 3=1+2, or 甲, 乙

_TOTAL = re.compile(r"(?:[^0-9]{0,12})?(?:合计|总计|共计|小计|累计|总数|汇总)(?:[(:].*)?")
_SECTION = re.compile(r"[(]?[一二三四五六七八九十]+[)、.].*")
_NUMERAL = re.compile(r"[(]?[一二三四五六七八九十]+[)、.]?")
_NUMBER_OF_COLUMN = re.compile(r"[(\[]?(?:([0-9]{1,2})(?:=[-0-9+*/()%]+)?|[甲乙丙丁戊己庚辛])[)\]]?")
_NOTE_WORDS = (
    "(?:计量|金额)?单位|备?注|说明|填表|填报|制表|审核|负责人|联系|分管|主要领导|签字|盖章|报送"
    "|数据(?:来源|日期|时间|时点)|统计(?:日期|时间|时点)"
)
_AS_OF_NOTE = "[(]?(?:以上|上述|本表|表中)?(?:数据|资料|统计)?(?:数据)?截[至止].*"  # read by `as_of_notes`
_NOTE = re.compile(rf"(?:{_NOTE_WORDS}).{{0,12}}?:.*|注\d*[.、:].*|{_AS_OF_NOTE}")


def parted(
    sheet: Sheet, heading: tuple[int, ...], serial: set[int], width: int, names: Names
) -> tuple[list[int], list[tuple[int, str]]]:
    """The rows of the table, and those that are left out, below the rows of the heading."""
    again = [_texts(sheet.rows[row]) for row in heading]
    are_counted = _are_counted(sheet, heading[-1], serial)
    body: list[int] = []
    left_out: list[tuple[int, str]] = []
    for row in sorted(row for row in sheet.rows if row > heading[-1]):
        why = (
            AGAIN
            if _texts(sheet.rows[row]) in again
            else _why_left_out(sheet, row, serial, width, are_counted)
        )
        if row == heading[-1] + 1 and _counts_columns(sheet.rows[row]):
            why = NUMBERS
        if why is None and _is_other_table(sheet.rows[row], names):
            raise Refused("heading_twice", number=str(heading[0]), count=str(row))
        if why is None:
            body.append(row)
        else:
            left_out.append((row, why))
    return body, left_out


def _texts(row: Mapping[int, Cell]) -> list[tuple[int, str]]:
    return [(column, narrow(cell.text)) for column, cell in row.items()]


def _counts_columns(row: Mapping[int, Cell]) -> bool:
    found = [_NUMBER_OF_COLUMN.fullmatch(narrow(cell.text)) for cell in row.values()]
    numbers = [int(one[1]) for one in found if one and one[1]]
    is_in_order = all(later == earlier + 1 for earlier, later in pairwise(numbers))
    return len(found) > 3 and all(found) and len(numbers) > 1 and is_in_order


def _are_counted(sheet: Sheet, heading: int, serial: set[int]) -> bool:
    """Whether the rows of the table are numbered 1, 2, 3: then one of 一 begins a part of it."""
    below = (found for row, found in sheet.rows.items() if row > heading)
    return any(narrow(found[at].text).isdecimal() for found in below for at in serial & set(found))


def _why_left_out(sheet: Sheet, row: int, serial: set[int], width: int, are_counted: bool) -> str | None:
    found = sheet.rows[row]
    texts = [narrow(cell.text) for cell in found.values() if cell.kind == cells.TEXT]
    if not set(found) - serial:
        only = texts[0] if texts else ""
        why = TOTAL if _TOTAL.fullmatch(only) else NOTE if _NOTE.fullmatch(only) else SECTION
        return why if texts else BLANK
    first = next(iter(texts), "")
    if _TOTAL.fullmatch(first):
        return TOTAL
    if len(texts) == 2 and (len(found) == 2 or are_counted) and _begins_section(found, serial):
        return SECTION
    if len(found) <= 2 and (_NOTE.fullmatch(first) or _is_spread(sheet, row, width)):
        return NOTE if _NOTE.fullmatch(first) or len(first) > 30 else SECTION
    if len(found) <= max(2, width // 3) and _NOTE.fullmatch(first):
        return NOTE
    return SECTION if len(texts) == 1 and _SECTION.fullmatch(first) else None


def _begins_section(row: Mapping[int, Cell], serial: set[int]) -> bool:
    """一 in the column of numbers, and beside it a title, with figures at most."""
    return any(_NUMERAL.fullmatch(narrow(row[at].text)) for at in serial & set(row))


def _is_spread(sheet: Sheet, row: int, width: int) -> bool:
    """One cell over most of the table."""
    return len(sheet.rows[row]) == 1 and any(
        area.top == row and area.right - area.left + 1 > width / 2 for area in sheet.merged
    )


def _is_other_table(row: Mapping[int, Cell], names: Names) -> bool:
    """Names of columns stand there, where values should."""
    if len(row) < 2 or not is_heading(row):
        return False
    known = sum(meaning_of(cell.text).name in names for cell in row.values())
    return known > len(row) / 2 and known >= 2


def is_heading(row: Mapping[int, Cell]) -> bool:
    return all(cell.kind == cells.TEXT or _is_year(cell) for cell in row.values())


def _is_year(cell: Cell) -> bool:
    return cell.kind == cells.NUMBER and re.fullmatch("20[0-9]{2}", cell.text) is not None
