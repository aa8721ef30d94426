"""What a cell means in its column: a date, a sum, a number, a code, words; or why it cannot be read.

Nothing is guessed. A date is counted from the day on which the sheet was true, a sum in the unit of its
heading where it names none. Words that stand for codes are looked up in `lookups`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from projects.choices import Qualifier
from projects.core import chinese_dates, money, numbers
from projects.core.fuzzy_dates import Fuzzy
from projects.core.money import Money
from projects.core.numbers import narrow
from projects.core.refusals import Refused
from projects.core.statements import Number
from projects.imports.rules import cells
from projects.imports.rules.cells import Cell

MAX_DIGITS, MAX_DECIMALS = 14, 6

CLEARED = "清空"  # what is on record is to be withdrawn; a blank cell says nothing
_NOTHING = re.compile("[-—–―/\\\\.、*]*|无|暂无|空|不涉及|不适用|n/?a|null|none", re.I)
_UNDECIDED = re.compile(
    "待定|(?:暂|尚)?未定|待确定|(?:暂|尚)?未确定|另行确定|待明确|(?:暂|尚)?未明确|tbd", re.I
)
_PLANNED = re.compile("^(预计|预期|计划于?|拟于?|力争于?|争取于?|确保于?|拟定于?|目标)+")
_DONE = re.compile("^(已经?于?|实际于?|于|在)+")
_BEHIND = re.compile(
    "(?:(?<=[0-9年月日底末初旬度中前])|(?<=半年))(?:正式|全面|全部|整体)?"
    "(?:实现|完成|建成|具备)?(?:开工|动工|竣工|完工|投产|投用|通车|封顶|达产|签约|建设|投入使用)?(?:建设|验收|投产|投用|条件)?$"
)
_NUMBER = re.compile(r"(-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?)([^\d.,].*)?", re.ASCII | re.DOTALL)


@dataclass(frozen=True, slots=True)
class DateRead:
    """`value` is None where it is said that none stands (待定)."""

    value: Fuzzy | None
    qualifier: str = ""
    is_planned: bool | None = None  # as the cell itself says: to come, done, or nothing


def text_of(cell: Cell) -> str:
    """What stands there; refused where it is an error, or a formula of which no value is kept."""
    if cell.kind == cells.ERROR:
        raise Refused("cell_error", text=cell.text)
    if cell.kind == cells.FORMULA:
        raise Refused("cell_formula")
    return cell.text.strip()


def is_nothing(text: str) -> bool:
    """A mark for an empty cell, as tables on paper have it."""
    return _NOTHING.fullmatch(narrow(text)) is not None


def is_cleared(text: str) -> bool:
    return narrow(text).strip("[]()") == CLEARED


@lru_cache(maxsize=4096)  # the rows of a sheet say the same few dates
def read_date(text: str, said_on: date) -> DateRead:
    """A date with the words around it: 预计2027年6月, 已于2025年3月开工."""
    plain = narrow(text)
    planned, done = _PLANNED.match(plain), _DONE.match(plain)
    bare = plain[(planned or done).end() :] if planned or done else plain  # type: ignore[union-attr]
    if _UNDECIDED.fullmatch(bare):
        return DateRead(None)
    bare = _BEHIND.sub("", bare)
    if bare != plain and not bare:
        raise Refused("unreadable_date", text=text)
    try:
        value = chinese_dates.read(bare, said_on)
    except Refused as refused:
        raise Refused(refused.code, text=text) from None
    expected = Qualifier.EXPECTED.value if planned and planned[0][:2] in ("预计", "预期") else ""
    return DateRead(value, expected, True if planned else False if done else None)


def read_sum(text: str, unit: str) -> tuple[Money, str]:
    """A sum and its qualifier; `unit` is the heading's."""
    found, qualifier = money.parse(text, unit or None)
    return found, qualifier or ""


def read_percent(text: str) -> Number:
    """35, 35%, 完成35%."""
    found = _NUMBER.fullmatch(narrow(text).removeprefix("完成").removeprefix("约"))
    if found is None or (found[2] or "%") != "%":
        raise Refused("unreadable_number", text=text)
    value = Decimal(found[1].replace(",", ""))
    if value.adjusted() >= MAX_DIGITS or numbers.printed_decimals(value) > MAX_DECIMALS:
        raise Refused("unreadable_number", text=text)
    return Number(value, "%")
