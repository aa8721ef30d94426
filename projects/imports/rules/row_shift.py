"""Where references point once rows are put into a sheet: what stood below them moves down.

A range that ends with the last row above the new ones grows with them, as sums and formats of a table are
meant to; a merged cell does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from projects.imports.rules.cells import place_of

_CELL = r"\$?[A-Z]{1,3}\$?[0-9]{1,7}"
_ROWS = r"\$?[0-9]{1,7}:\$?[0-9]{1,7}"
_REFERENCE = re.compile(
    r'"(?:[^"]|"")*"'  # a text
    r"|(?P<sheet>'(?:[^']|'')+'!|[^\W\d][\w.]*!)?"
    rf"(?<![\w.$])(?P<area>{_CELL}(?::{_CELL})?|{_ROWS})(?![\w.(!])"
)
_ROW = re.compile(r"\$?([0-9]+)$")


@dataclass(frozen=True, slots=True)
class RowShift:
    """`count` rows come after the row `after`."""

    after: int
    count: int

    def row(self, row: int) -> int:
        return row + self.count if row > self.after else row

    def area(self, reference: str, *, grows: bool = True) -> str:
        """`A5:C10` or `B7`, with or without dollars; `grows` says whether one that ends above goes on."""
        first, colon, last = reference.partition(":")
        if not colon:
            return self._moved(first)
        top, bottom = _row_of(first), _row_of(last)
        if grows and bottom == self.after and (top < bottom or _column(first) == _column(last)):
            return f"{self._moved(first)}:{_with_row(last, bottom + self.count)}"
        return f"{self._moved(first)}:{self._moved(last)}"

    def areas(self, references: str) -> str:
        return " ".join(map(self.area, references.split()))

    def formula(self, text: str, sheet: str, *, is_own: bool) -> str:
        """A formula of the sheet itself, or of another one, which names the sheet that it means."""

        def moved(found: re.Match[str]) -> str:
            if not found["area"]:
                return found[0]
            named = found["sheet"]
            is_meant = _plain(named) == sheet if named else is_own
            return f"{named or ''}{self.area(found['area'])}" if is_meant else found[0]

        return _REFERENCE.sub(moved, text)

    def _moved(self, place: str) -> str:
        return _with_row(place, self.row(_row_of(place)))


def _row_of(place: str) -> int:
    found = _ROW.search(place)
    return int(found[1]) if found else 0


def _column(place: str) -> int:
    return place_of(place)[1]


def _with_row(place: str, row: int) -> str:
    found = _ROW.search(place)
    return f"{place[: found.start(1)]}{row}" if found else place


def _plain(sheet: str) -> str:
    return sheet.removesuffix("!").strip("'").replace("''", "'")
