"""Writes into a workbook that a stranger made: the cells of one sheet, with all else of the file as it was.

Runs in a child process (`pages.child_process`), without Django. A first line says what is to be written, the
file comes after it. Parts that nothing is written into are taken over as they are. Red cells with notes are
`red_marks`.
"""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date

from projects.core.refusals import Refused
from projects.imports import red_marks, sheet_xml
from projects.imports.number_formats import DAY, MONTH, PERCENT, YEAR, Styles, serial
from projects.imports.rules import cells, sheet_limits
from projects.imports.rules.row_shift import RowShift
from projects.imports.sheet_reader import BROKEN, WorkbookFile
from projects.imports.sheet_xml import RowXml, SheetXml, WrittenCell

DATES = {10: DAY, 7: MONTH, 4: YEAR}  # by the length of their text
_CALCULATION = re.compile(rb"<((?:\w+:)?)calcPr\b([^<>]*?)/?>")
_DEFINED = re.compile(rb"(<(?:\w+:)?definedName\b[^<>]*>)([^<]*)(</)")
_CHAINED = re.compile(rb"<(?:\w+:)?c\b([^<>]*?)/>")


def read(data: bytes) -> str:
    """The file, or the code of a refusal with its values."""
    line, _, file = data.partition(b"\n")
    try:
        done = _written(WorkbookFile(file), json.loads(line))
        return json.dumps({"file": base64.b64encode(done).decode()})
    except Refused as refused:
        return json.dumps({"code": refused.code, "values": refused.faults[0].values})
    except BROKEN:
        return json.dumps({"code": "sheet_file_broken", "values": {}})


def _written(book: WorkbookFile, told: Mapping) -> bytes:
    book.sheets()  # refuses what cannot be read, so that what is written into is known to be XML
    book.room = sheet_limits.MAX_UNPACKED  # all parts are unpacked once more
    writer = WorkbookWriter(book, told["sheet"])
    writer.fill_blocks(told.get("blocks", []))
    if "red" in told:
        red_marks.mark(writer, told["red"], told["listed"])
    return writer.written()


class WorkbookWriter:
    def __init__(self, book: WorkbookFile, sheet: str):
        if sheet not in book.parts:
            raise Refused("sheet_file_broken")
        self.book, self.name = book, sheet
        self.changed: dict[str, bytes] = {}  # parts, by their names in the zip
        self.path = book.name_of(book.parts[sheet])
        self.main = book.name_of(book.target("", "officeDocument"))
        self.sheet = SheetXml(self.part(self.path))

    def part(self, name: str) -> bytes:
        """The bytes of a part: as it was changed, or as it stands in the file."""
        if name not in self.changed:
            self.changed[name] = b"".join(self.book.pieces(name))
        return self.changed[name]

    def fill_blocks(self, blocks: Sequence[Mapping]) -> None:
        """The last first gets its rows, so that those above stay where they are said to be."""
        likes = [self.sheet.row(one["like"]) for one in blocks]
        for one in reversed(blocks):
            if one.get("insert"):
                self._insert(RowShift(*one["insert"]), like=one["like"])
        for one, like in zip(blocks, likes, strict=True):
            if one["cells"]:
                self._fill({int(row): found for row, found in one["cells"].items()}, like)

    def _fill(self, rows: Mapping[int, Mapping[str, list[str]]], like: RowXml) -> None:
        made = {}
        for number, found in rows.items():
            own = self.sheet.row(number)
            row = own if own.attributes else like
            made[number] = {
                int(column): _cell(cell, self.sheet.style(row, int(column)), self.book.styles)
                for column, cell in found.items()
            }
        self.sheet.write(made, like)
        for table in self._tables():
            self.changed[table] = sheet_xml.table_grown(self.part(table), min(rows), max(rows))
        self._compute_anew()

    def _insert(self, shift: RowShift, *, like: int) -> None:
        self.sheet.insert(shift, self.name)
        for table in self._tables():
            self.changed[table] = sheet_xml.areas_moved(self.part(table), shift)
        self.sheet.repeat_merged(like, range(shift.after + 1, shift.after + shift.count + 1))
        for name, path in self.book.parts.items():
            if name != self.name:
                part = self.book.name_of(path)
                self.changed[part] = sheet_xml.formulas_moved(self.part(part), shift, self.name, is_own=False)
        self.changed[self.main] = _DEFINED.sub(
            lambda found: (
                found[1] + shift.formula(found[2].decode(), self.name, is_own=False).encode() + found[3]
            ),
            self.part(self.main),
        )
        if chain := self.book.target(self.main, "calcChain", or_none=True):
            self._move_chain(self.book.name_of(chain), shift)

    def _tables(self) -> list[str]:
        """Those of Excel's own in this sheet, by their names in the zip."""
        path = self.book.parts[self.name]
        if not self.book.has_links(path):
            return []
        return [self.book.name_of(part) for kind, part in self.book.links(path).values() if kind == "table"]

    def _move_chain(self, part: str, shift: RowShift) -> None:
        """The order in which formulas are computed; each stands in the sheet of the last that named one."""
        sheet = b""

        def moved(found: re.Match[bytes]) -> bytes:
            nonlocal sheet
            said = sheet_xml.attributes(found[1])
            sheet = said.get(b"i", sheet)
            if sheet.decode() != self.book.numbers[self.name]:
                return found[0]
            place = said[b"r"].decode()
            return found[0].replace(b'"%s"' % said[b"r"], b'"%s"' % shift.area(place).encode())

        self.changed[part] = _CHAINED.sub(moved, self.part(part))

    def _compute_anew(self) -> None:
        """What stands beside a formula is no longer its value."""
        if not any(b"<f" in one or b":f" in one for one in (self.sheet.rows, *self._others())):
            return
        main = self.part(self.main)
        if found := _CALCULATION.search(main):
            said = re.sub(rb"\sfullCalcOnLoad=[\"'][^\"']*[\"']", b"", found[2])
            new = b'<%scalcPr%s fullCalcOnLoad="1"/>' % (found[1], said)
            self.changed[self.main] = main[: found.start()] + new + main[found.end() :]
        else:
            own = re.search(
                rb"</((?:\w+:)?)(?:definedNames|sheets)>(?!.*</(?:\w+:)?definedNames>)", main, re.DOTALL
            )
            if own:
                new = b'<%scalcPr fullCalcOnLoad="1"/>' % own[1]
                self.changed[self.main] = main[: own.end()] + new + main[own.end() :]

    def _others(self) -> list[bytes]:
        return [
            self.part(self.book.name_of(path)) for name, path in self.book.parts.items() if name != self.name
        ]

    def written(self) -> bytes:
        self.changed[self.path] = self.sheet.written()
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
            for entry in self.book.zip.infolist():
                with out.open(_like(entry), "w") as part:
                    if entry.filename in self.changed:
                        part.write(self.changed.pop(entry.filename))
                    else:
                        for piece in self.book.pieces(entry.filename):
                            part.write(piece)
            for name, data in self.changed.items():
                out.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
        return file.getvalue()


def _like(entry: zipfile.ZipInfo) -> zipfile.ZipInfo:
    new = zipfile.ZipInfo(entry.filename, entry.date_time)
    new.compress_type = (
        zipfile.ZIP_STORED if entry.compress_type == zipfile.ZIP_STORED else zipfile.ZIP_DEFLATED
    )
    new.external_attr = entry.external_attr
    return new


def _cell(told: list[str], style: int, styles: Styles) -> WrittenCell:
    """A number, a date or a share as the format of its cell shows it; where it would show another, a text."""
    kind, value, text = told
    shows = styles.meaning(style)
    if kind == cells.NUMBER and shows not in (DAY, MONTH, YEAR, PERCENT):
        return WrittenCell(number=value)
    if kind == "share" and shows == PERCENT:
        return WrittenCell(number=value)
    if kind == cells.DATE and shows == DATES.get(len(value)) and shows != YEAR:
        on = date.fromisoformat(value if shows == DAY else f"{value}-01")
        return WrittenCell(number=str(serial(on, styles.away)))
    return WrittenCell(text=text)
