"""Cells of a sheet as plain values: what stands where, and what the file says that it is.

A file is made into them by `imports.sheet_reader`; what a cell means in its column is `values`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple


class Cell(NamedTuple):
    """Its text as it is shown: digits with the decimals of their format, days and months in EDTF."""

    kind: str
    text: str


TEXT, NUMBER, DATE, FLAG = "text", "number", "date", "flag"
ERROR = "error"  # such as #REF!
FORMULA = "formula"  # one of which the file keeps no value


class Area(NamedTuple):
    """Cells that are merged into the one at its top left."""

    top: int
    left: int
    bottom: int
    right: int


class DropDown(NamedTuple):
    """A list of words, and the cells that take one of them."""

    areas: tuple[Area, ...]
    words: tuple[str, ...]


Rows = Mapping[int, Mapping[int, Cell]]  # by the numbers of row and column, from 1; blank cells are left out


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    rows: Rows
    merged: tuple[Area, ...] = ()
    is_hidden: bool = False
    formulas: tuple[tuple[int, int], ...] = ()  # rows and columns
    noted: tuple[str, ...] = ()  # what it holds beside cells (`sheet_part.NOTED`)
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    drop_downs: tuple[DropDown, ...] = ()
    # Cells that stand for several rows, once they are spread
    shared: frozenset[tuple[int, int]] = frozenset()
    # Of a form that was turned: the addresses of its cells in the file
    stood: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def cell(self, row: int, column: int) -> Cell | None:
        return self.rows.get(row, {}).get(column)

    def address(self, row: int, column: int) -> str:
        """Of a cell, in the file."""
        return self.stood.get((row, column)) or address(row, column)

    def as_sent(self) -> Sheet:
        """With every cell at its place in the file."""
        if not self.stood:
            return self
        rows: dict[int, dict[int, Cell]] = {}
        for (row, column), reference in self.stood.items():
            if cell := self.cell(row, column):
                at, beside = place_of(reference)
                rows.setdefault(at, {})[beside] = cell
        return Sheet(self.name, rows)

    def listed(self, row: int, column: int) -> tuple[str, ...] | None:
        """The words of which the cell takes one; None where it takes any."""
        for areas, words in self.drop_downs:
            for top, left, bottom, right in areas:
                if top <= row <= bottom and left <= column <= right:
                    return words
        return None

    def as_plain(self) -> dict[str, object]:
        """As it is kept with a batch."""
        rows = [[row, [[at, *cell] for at, cell in found.items()]] for row, found in self.rows.items()]
        merged = [list(one) for one in self.merged]
        return {"name": self.name, "rows": rows, "merged": merged, "is_hidden": self.is_hidden} | {
            "formulas": [list(one) for one in self.formulas],
            "noted": list(self.noted),
            "hidden_rows": list(self.hidden_rows),
            "hidden_columns": list(self.hidden_columns),
            "drop_downs": [[list(map(list, areas)), list(words)] for areas, words in self.drop_downs],
            "stood": [[*at, reference] for at, reference in self.stood.items()],
        }

    def with_texts(self, texts: Mapping[str, str]) -> Sheet:
        """As an editor put it right, by the addresses of cells; an empty text empties one."""
        rows = {row: dict(found) for row, found in self.rows.items()}
        for reference, text in texts.items():
            row, column = place_of(reference)
            rows.setdefault(row, {})[column] = Cell(TEXT, text)
            if not text:
                del rows[row][column]
        return replace(self, rows={row: found for row, found in rows.items() if found})


def sheet_of(plain: Mapping[str, Any]) -> Sheet:
    """What `as_plain` wrote, and the reader of files."""
    return Sheet(
        plain["name"],
        {row: {at: Cell(kind, text) for at, kind, text in found} for row, found in plain["rows"]},
        tuple(Area(*one) for one in plain["merged"]),
        plain["is_hidden"],
        tuple((row, column) for row, column in plain.get("formulas", ())),
        tuple(plain.get("noted", ())),
        tuple(plain.get("hidden_rows", ())),
        tuple(plain.get("hidden_columns", ())),
        tuple(
            DropDown(tuple(Area(*one) for one in areas), tuple(words))
            for areas, words in plain.get("drop_downs", ())
        ),
        stood={(row, column): reference for row, column, reference in plain.get("stood", ())},
    )


def letters(column: int) -> str:
    """1 as A, 28 as AB."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def address(row: int, column: int) -> str:
    return f"{letters(column)}{row}"


def area_of(reference: str) -> Area:
    """`A1:D2`, or a single cell."""
    first, _, last = reference.partition(":")
    top, left = place_of(first)
    bottom, right = place_of(last or first)
    return Area(top, left, bottom, right)


def place_of(reference: str) -> tuple[int, int]:
    """Row and column of `C7`."""
    name = reference.rstrip("0123456789")
    column = 0
    for letter in name.replace("$", ""):
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(reference[len(name) :]), column
