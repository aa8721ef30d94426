"""What a cell means in its column: a date, a sum, a number, a code, words; or why it cannot be read.

Nothing is guessed. A date is counted from the day on which the sheet was true, a sum in the unit of its
heading where it names none. Dates and the words around them are `core.date_words`; words that stand for codes
are looked up in `lookups`.
"""

from __future__ import annotations

import re
from decimal import Decimal

from projects.core import date_words, money, numbers
from projects.core.money import Money
from projects.core.numbers import narrow
from projects.core.refusals import Refused
from projects.core.statements import Number
from projects.imports.rules import cells
from projects.imports.rules.cells import Cell

MAX_DIGITS, MAX_DECIMALS = 14, 6

CLEARED = "清空"  # what is on record is to be withdrawn; a blank cell says nothing
_NOTHING = re.compile("[-—–―/\\\\.、*]*|无|暂无|空|不涉及|不适用|n/?a|null|none", re.I)
_NUMBER = re.compile(r"(-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?)([^\d.,].*)?", re.ASCII | re.DOTALL)


def text_of(cell: Cell) -> str:
    """What stands there; refused where it is an error, or a formula of which no value is kept."""
    if cell.kind == cells.ERROR:
        raise Refused("cell_error", text=cell.text)
    if cell.kind == cells.FORMULA:
        raise Refused("cell_formula")
    return cell.text.strip()


def is_nothing(text: str) -> bool:
    """A mark for an empty cell, as tables on paper have it; 不变 claims as little."""
    return _NOTHING.fullmatch(narrow(text)) is not None or date_words.is_unchanged(text)


def is_cleared(text: str) -> bool:
    return narrow(text).strip("[]()") == CLEARED


def read_sum(text: str, unit: str) -> tuple[Money, str]:
    """A sum and its qualifier; `unit` is the heading's."""
    found, qualifier = money.parse(text, unit if unit in money.UNITS else None)
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
