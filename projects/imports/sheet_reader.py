"""Reads a workbook or a table of text that a stranger made, and says its cells or why not.

Runs in a child process (`pages.child_process`), without Django. The parts of a workbook are read as they are
unpacked and are counted by the byte, so that neither what a zip promises nor what a sheet claims to hold is
believed. Tables of text are `imports.csv_reader`; what the format of a number means is `number_formats`.
"""

import io
import json
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from xml.parsers import expat

from projects.core.refusals import Refused
from projects.imports import csv_reader
from projects.imports.drop_downs import DefinedNames
from projects.imports.number_formats import Styles
from projects.imports.rules import sheet_limits
from projects.imports.sheet_part import SharedTexts, SheetPart

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
PIECE = 2**18
# Cells and rows that have a format and nothing else, which offices have by the million: taken out at once,
# for each that is looked at by itself takes its time.
_BLANK_CELL = re.compile(rb'<c r="[A-Z]+[0-9]+"(?: [a-z]+="[^"<>]*")*/>')
_BLANK_ROW = re.compile(rb'<row r="[0-9]+"[^<>]*(?:/>|></row>)')
BROKEN = (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, OSError)
BROKEN += (ValueError, LookupError, NotImplementedError, OverflowError, RuntimeError)


def read(data: bytes) -> str:
    """The sheets, or the code of a refusal with its values."""
    try:
        return json.dumps({"sheets": _sheets(data)}, ensure_ascii=False, separators=(",", ":"))
    except Refused as refused:
        return json.dumps({"code": refused.code, "values": refused.faults[0].values})
    except BROKEN:
        return json.dumps({"code": "sheet_file_broken", "values": {}})


def _sheets(data: bytes) -> list[dict]:
    if data.startswith(OLE):
        raise Refused("sheet_file_locked" if ENCRYPTED in data else "sheet_file_old")
    if data.startswith(ZIP):
        return WorkbookFile(data).sheets()
    return [csv_reader.sheet(data)]


class WorkbookFile:
    """Its parts, each unpacked no further than the room that is left."""

    def __init__(self, data: bytes):
        self.zip, self.room = zipfile.ZipFile(io.BytesIO(data)), sheet_limits.MAX_UNPACKED
        self.names = {name.lower(): name for name in self.zip.namelist()}
        if any(entry.flag_bits & 1 for entry in self.zip.infolist()):
            raise Refused("sheet_file_locked")
        self.parts: dict[str, str] = {}  # of the sheets, by their names
        self.numbers: dict[str, str] = {}
        self.styles = Styles(is_1904=False)
        self.left, self.elements = sheet_limits.MAX_CELLS, 2 * sheet_limits.MAX_ELEMENTS  # begin and end

    def sheets(self) -> list[dict]:
        if "[content_types].xml" not in self.names:
            raise Refused("sheet_file_unknown")
        types = self._all("[content_types].xml", "Override", "Default")
        said = " ".join(one.get("ContentType", "") for one in types)
        if "macroEnabled" in said or "vbaProject" in said:
            raise Refused("sheet_file_macro")
        if "sheet.binary" in said:
            raise Refused("sheet_file_old")
        if "spreadsheetml" not in said:
            raise Refused("sheet_file_unknown")
        return self._workbook(self.target("", "officeDocument"))

    def _workbook(self, path: str) -> list[dict]:
        found: dict[str, list[dict]] = {"sheet": [], "workbookPr": [], "calcPr": []}
        names = DefinedNames()

        def start(name: str, attributes: dict) -> None:
            found.get(name, []).append(attributes)
            names.start(name, attributes)

        self._parse(path, start, names.end, names.characters)
        is_1904 = any(one.get("date1904") in ("1", "true") for one in found["workbookPr"])
        styles = self.styles = Styles(is_1904)
        if part := self.target(path, "styles", or_none=True):
            self._parse(part, styles.see)
        shared = self._shared(part) if (part := self.target(path, "sharedStrings", or_none=True)) else []
        # Written by a program that computes nothing: whatever stands beside a formula is not its value.
        is_kept = not any(one.get("fullCalcOnLoad") in ("1", "true") for one in found["calcPr"])
        parts = self.links(path)
        self.parts = {
            one["name"]: parts[one["id"]][1] for one in found["sheet"] if parts[one["id"]][0] == "worksheet"
        }
        self.numbers = {one["name"]: one["sheetId"] for one in found["sheet"]}
        return self._read(found["sheet"], names, lambda: SheetPart(self, shared, styles, is_kept))

    def _read(self, sheets: list[dict], names: DefinedNames, new: Callable[[], SheetPart]) -> list[dict]:
        """A list of words may stand in any sheet, so that all are read first."""
        told = []
        for number, one in enumerate(sheets):
            if one["name"] in self.parts:
                part = new()
                told.append((number, part, part.read(self.parts[one["name"]], one)))
        of = {said["name"]: said for _number, _part, said in told}
        return [
            said | {"drop_downs": part.drop_downs.with_words(said, number, of, names)}
            for number, part, said in told
        ]

    def _shared(self, part: str) -> list[str]:
        texts = SharedTexts()
        self._parse(part, texts.start, texts.end, texts.characters)
        return texts.all

    def links(self, path: str) -> dict[str, tuple[str, str]]:
        """What a part of the workbook refers to: by id, the kind and the path of the other part."""
        folder, name = posixpath.split(path)
        return {
            one["Id"]: (one["Type"].rpartition("/")[2], posixpath.join("/", folder, one["Target"]))
            for one in self._all(f"{folder}/_rels/{name}.rels", "Relationship")
            if one.get("TargetMode") != "External"
        }

    def has_links(self, path: str) -> bool:
        folder, name = posixpath.split(path)
        return posixpath.normpath(f"{folder}/_rels/{name}.rels").strip("/").lower() in self.names

    def target(self, path: str, kind: str, *, or_none: bool = False) -> str:
        found = [target for what, target in self.links(path).values() if what == kind]
        if not found and not or_none:
            raise Refused("sheet_file_broken")
        return found[0] if found else ""

    def _all(self, path: str, *names: str) -> list[dict]:
        found: list[dict] = []
        self._parse(path, lambda name, attributes: name in names and found.append(attributes))
        return found

    def _parse(
        self,
        path: str,
        start: Callable[[str, dict], object],
        end: Callable[[str], object] | None = None,
        characters: Callable[[str], object] | None = None,
    ) -> None:
        self.parse(path, lambda parser: _listen(parser, start, end, characters))

    def parse(self, path: str, listen: Callable) -> None:
        """Piece by piece; a document type, which no workbook has, could unfold into anything."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_document_type
        listen(parser)
        rest = b""
        for piece in self.pieces(self.name_of(path)):
            whole, mark, rest = (rest + piece).rpartition(b">")
            if len(rest) > PIECE:  # no element is so long: a text is
                whole, mark, rest = whole + mark + rest, b"", b""
            full = _BLANK_ROW.sub(b"", _BLANK_CELL.sub(b"", whole + mark))
            self.elements -= full.count(b"<")
            if self.elements < 0:
                raise Refused("sheet_elements", number=str(sheet_limits.MAX_ELEMENTS))
            parser.Parse(full)
        parser.Parse(rest, True)

    def name_of(self, path: str) -> str:
        """Of a part, as the zip has it."""
        return self.names[posixpath.normpath(path).strip("/").lower()]

    def pieces(self, name: str) -> Iterator[bytes]:
        with self.zip.open(name) as part:
            while piece := part.read(PIECE):
                self.room -= len(piece)
                if self.room < 0:
                    raise Refused("sheet_file_unpacks", size=str(sheet_limits.MAX_UNPACKED))
                yield piece


def _listen(parser, start, end, characters) -> None:
    """By local names: the same words come under several names of their space."""
    parser.StartElementHandler = lambda name, attributes: start(
        name.rpartition(":")[2], {key.rpartition(":")[2]: value for key, value in attributes.items()}
    )
    if end:
        parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
        parser.CharacterDataHandler = characters


def _refuse_document_type(*_) -> None:
    raise Refused("sheet_file_broken")
