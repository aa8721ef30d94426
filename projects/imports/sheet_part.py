"""The cells of one sheet of a workbook, and the texts that its sheets share, as their XML is read.

In the child process, without Django.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from projects.core.refusals import Refused
from projects.imports.drop_downs import DropDowns
from projects.imports.number_formats import Styles
from projects.imports.rules import cells, sheet_limits

_UNSEEN = re.compile("[\0-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")  # no text of ours may hold them
_IN_DIGITS = re.compile("_x([0-9A-Fa-f]{4})_")
# What a sheet may hold beside its cells, of which one is told who has it filled.
TRUE = ("1", "true")
NOTED = frozenset({"sheetProtection", "drawing", "legacyDrawing", "controls", "oleObjects"})

if TYPE_CHECKING:
    from projects.imports.sheet_reader import WorkbookFile


class SharedTexts:
    """The texts of all cells, each once; what says how a word is pronounced is no part of it."""

    def __init__(self):
        self.all: list[str] = []
        self.pieces: list[str] = []
        self.is_text = self.is_sound = False

    def start(self, name: str, _attributes: dict) -> None:
        if name == "si":
            self.pieces = []
        elif name == "rPh":
            self.is_sound = True
        elif name == "t":
            self.is_text = not self.is_sound

    def end(self, name: str) -> None:
        if name == "si":
            self.all.append(written("".join(self.pieces)))
        elif name == "rPh":
            self.is_sound = False
        elif name == "t":
            self.is_text = False

    def characters(self, text: str) -> None:
        if self.is_text:
            self.pieces.append(text)


class SheetPart:
    """The cells of one sheet as they come; of a million blank rows nothing is kept."""

    def __init__(self, workbook: WorkbookFile, shared: list[str], styles: Styles, is_kept: bool):
        self.workbook, self.shared, self.styles, self.is_kept = workbook, shared, styles, is_kept
        self.rows: dict[int, dict[int, tuple[str, str]]] = {}
        self.merged: list[list[int]] = []
        self.formulas: list[list[int]] = []
        self.noted: set[str] = set()
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.drop_downs = DropDowns()
        self.row = self.column = 0
        self.pieces: list[str] = []
        self.attributes: dict[str, str] = {}
        self.has_formula = self.is_text = self.is_sound = self.has_content = False

    def read(self, path: str, about: dict) -> dict:
        self.workbook.parse(path, self._listen)
        rows = [[row, [[at, *cell] for at, cell in found.items()]] for row, found in self.rows.items()]
        is_hidden = about.get("state", "visible") != "visible"
        told = {"name": about["name"], "rows": rows, "merged": self.merged, "is_hidden": is_hidden}
        hidden = {"hidden_rows": sorted(self.hidden_rows & self.rows.keys())}
        hidden |= {"hidden_columns": sorted(self.hidden_columns)}
        return told | {"formulas": self.formulas, "noted": sorted(self.noted)} | hidden

    def _listen(self, parser) -> None:
        self.parser = parser
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._characters

    def _start(self, name: str, attributes: dict) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            self.column += 1
            self.attributes, self.has_content = attributes, False
        elif name == "row":
            self.row = int(attributes.get("r") or self.row + 1)
            self.column = 0
            if attributes.get("hidden") in TRUE and self.row <= sheet_limits.MAX_ROWS:
                self.hidden_rows.add(self.row)
        elif name == "col" and attributes.get("hidden") in TRUE:
            last = min(int(attributes["max"]), sheet_limits.MAX_COLUMNS)
            self.hidden_columns |= set(range(int(attributes["min"]), last + 1))
        elif name in ("v", "is", "f"):
            if not self.has_content:
                self.has_content, self.has_formula, self.pieces = True, False, []
            self.has_formula |= name == "f"
            self.is_text = name == "v"
        elif name == "rPh":
            self.is_sound = True
        elif name == "t":
            self.is_text = not self.is_sound
        elif name == "mergeCell":
            self.merged.append(list(cells.area_of(attributes["ref"])))
        elif name == "dataValidations":
            self.drop_downs.listen(self.parser, then=self._listen)
        elif name in NOTED:
            self.noted.add(name)

    def _end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            if place := self.attributes.get("r"):
                self.row, self.column = cells.place_of(place)
            if self.has_content:
                self._take()
            if self.has_content and self.has_formula:
                self.formulas.append([self.row, self.column])
        elif name in ("v", "t"):
            self.is_text = False
        elif name == "rPh":
            self.is_sound = False

    def _characters(self, text: str) -> None:
        if self.is_text:
            self.pieces.append(text)

    def _take(self) -> None:
        kind, text = self._cell("".join(self.pieces))
        if not text.strip() and kind != cells.FORMULA:
            return
        self.workbook.left = sheet_limits.room_for(self.row, self.column, self.workbook.left)
        self.rows.setdefault(self.row, {})[self.column] = (kind, text)

    def _cell(self, text: str) -> tuple[str, str]:
        kind = self.attributes.get("t", "n")
        if self.has_formula and (not self.is_kept or (not text and kind != "str")):
            return cells.FORMULA, ""
        match kind:
            case "s":
                return cells.TEXT, self.shared[int(text)]
            case "b":
                return cells.FLAG, "true" if text in TRUE else "false"
            case "e":
                return cells.ERROR, text
            case "d":
                return cells.DATE, text[:10]
            case "n" if text:
                return self.styles.shown(text, int(self.attributes.get("s", 0)))
        return cells.TEXT, written(text)


def written(text: str) -> str:
    """A text as it was typed: what XML may not hold stands there in digits. None is longer in any program."""
    if len(text) > sheet_limits.MAX_CHARACTERS:
        raise Refused("sheet_file_broken")
    return _UNSEEN.sub("", _IN_DIGITS.sub(lambda found: chr(int(found[1], 16)), text))
