"""The lists of words that cells of a workbook take (drop-downs), as its XML is read.

In the child process, without Django. A list stands in its rule, or in a row or a column of the workbook, by
itself or under a name; one that is computed or too long is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from projects.imports.rules import cells, sheet_limits
from projects.imports.rules.cells import Area

_RANGE = re.compile(
    r"(?:(?P<sheet>'(?:[^']|'')+'|[^'!\"(]+)!)?(?P<area>\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)"
)


class DefinedNames:
    """What names of the workbook stand for, by the number of the sheet that they are of, and folded."""

    def __init__(self):
        self.all: dict[tuple[str, str], str] = {}
        self.key: tuple[str, str] | None = None

    def start(self, name: str, attributes: dict) -> None:
        if name == "definedName":
            self.key = attributes.get("localSheetId", ""), attributes["name"].casefold()

    def end(self, name: str) -> None:
        if name == "definedName":
            self.key = None

    def characters(self, text: str) -> None:
        if self.key:
            self.all[self.key] = self.all.get(self.key, "") + text

    def formula(self, text: str, number: int) -> str:
        name = text.casefold()
        return self.all.get((str(number), name)) or self.all.get(("", name)) or text


class DropDowns:
    """Of one sheet: the areas of each list, by its formula; those of Excel 2010 say both in elements."""

    def __init__(self):
        self.areas: dict[str, list[Area]] = {}
        self.room = sheet_limits.MAX_AREAS
        self.is_list = False
        self.said: dict[str, str] = {}
        self.into = ""

    def listen(self, parser, then: Callable) -> None:
        """To one `dataValidations`; what comes after it is for another."""

        def end(name: str) -> None:
            name = name.rpartition(":")[2]
            if name == "dataValidations":
                then(parser)
            elif name == "dataValidation":
                self._take()
            elif name == self.into:
                self.into = ""

        parser.StartElementHandler, parser.EndElementHandler = self._start, end
        parser.CharacterDataHandler = self._characters

    def _start(self, name: str, attributes: dict) -> None:
        name = name.rpartition(":")[2]
        if name == "dataValidation":
            self.is_list = attributes.get("type") == "list"
            self.said = {"sqref": attributes.get("sqref", ""), "formula1": ""}
        elif name in self.said:
            self.into = name

    def _characters(self, text: str) -> None:
        if self.into:
            self.said[self.into] += text

    def _take(self) -> None:
        areas = self.said["sqref"].split() if self.is_list else []
        self.room -= len(areas)
        if areas and self.room >= 0:
            self.areas.setdefault(self.said["formula1"].strip(), []).extend(map(cells.area_of, areas))

    def with_words(
        self, sheet: Mapping, number: int, sheets: Mapping[str, Mapping], names: DefinedNames
    ) -> list[list]:
        """The areas and the words of each list, once all sheets are read."""
        lists = []
        for formula, areas in list(self.areas.items())[: sheet_limits.MAX_LISTS]:
            words = _words(names.formula(formula, number), sheet, sheets)
            if 0 < len(words) <= sheet_limits.MAX_WORDS:
                lists.append([areas, words])
        return lists


def _words(formula: str, sheet: Mapping, sheets: Mapping[str, Mapping]) -> list[str]:
    if len(formula) > 1 and formula[0] == formula[-1] == '"':
        texts = formula[1:-1].replace('""', '"').split(",")
    elif found := _RANGE.fullmatch(formula):
        named = (found["sheet"] or "").strip("'").replace("''", "'")
        texts = _texts(sheets.get(named, {}) if named else sheet, cells.area_of(found["area"]))
    else:
        texts = []
    return list(dict.fromkeys(filter(None, map(str.strip, texts))))


def _texts(sheet: Mapping, area: Area) -> list[str]:
    """Of a row or a column: no other area is a list."""
    if area.top != area.bottom and area.left != area.right:
        return []
    rows = (found for row, found in sheet.get("rows", ()) if area.top <= row <= area.bottom)
    return [text for found in rows for at, _kind, text in found if area.left <= at <= area.right]
