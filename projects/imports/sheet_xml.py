"""The XML of one sheet, into which cells are written and rows are put; all else of it stays as it is.

In the child process, without Django, of a part that `sheet_part` has read before: it is known to be XML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from projects.core.refusals import Refused
from projects.imports.rules.cells import address, area_of, place_of
from projects.imports.rules.row_shift import RowShift

_ENCODING = re.compile(rb"<\?xml[^>]*encoding=[\"']([^\"']+)")
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_DATA = re.compile(rb"<((?:\w+:)?)sheetData\b[^<>]*?(?:/>|>)")
_ATTRIBUTE = re.compile(rb'\s([\w:]+)\s*=\s*(?:"([^"]*)"|\'([^\']*)\')')
_AREA = re.compile(rb"(\s(ref|sqref|topLeftCell|activeCell)=[\"'])([A-Z0-9: $]+)([\"'])")
_FORMULA = re.compile(rb"(<(?:\w+:)?(?:f|formula|formula1|formula2)\b[^<>]*(?<!/)>)([^<]*)(</)")
_SQREF = re.compile(rb"(<(?:\w+:)?sqref>)([^<]*)(</)")
_BREAK = re.compile(rb"(<(?:\w+:)?brk\b[^<>]*?\sid=[\"'])([0-9]+)")
_OWN_ROW = re.compile(rb"(<(?:\w+:)?(?:row|c)\b[^<>]*?\sr=[\"'][A-Z]*)([0-9]+)")
_UNFIT = re.compile("[\0-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_KEPT_OF_ROW = (b"s", b"customFormat", b"ht", b"customHeight")


@dataclass(frozen=True, slots=True)
class WrittenCell:
    """A number or a text for a cell, or neither to leave what stands there; without a style it keeps it."""

    number: str | None = None
    text: str | None = None
    style: int | None = None


@dataclass(slots=True)
class RowXml:
    attributes: dict[bytes, bytes] = field(default_factory=dict)
    cells: dict[int, bytes] = field(default_factory=dict)  # whole elements, by column

    def styles(self) -> dict[int, int]:
        return {column: style_of(cell) for column, cell in self.cells.items()}


class SheetXml:
    def __init__(self, xml: bytes):
        xml = _COMMENT.sub(b"", xml)
        encoding, data = _ENCODING.match(xml.removeprefix(b"\xef\xbb\xbf")), _DATA.search(xml)
        is_other = encoding is not None and encoding[1].lower() != b"utf-8"
        if b"<!" in xml or data is None or is_other:
            raise Refused("sheet_file_broken")
        prefix = self.prefix = data[1]
        end = b"</%ssheetData>" % prefix
        if data[0].endswith(b"/>"):
            self.before, self.rows, rest = xml[: data.end() - 2] + b">", b"", xml[data.end() :]
        else:
            self.before = xml[: data.end()]
            self.rows, _, rest = xml[data.end() :].partition(end)
        self.after = end + rest
        self._row = re.compile(rb"<%srow\b([^<>]*?)(?:/>|>(.*?)</%srow>)" % (prefix, prefix), re.DOTALL)
        self._cell = re.compile(rb"<%sc\b([^<>]*?)(?:/>|>.*?</%sc>)" % (prefix, prefix), re.DOTALL)

    def written(self) -> bytes:
        return self.before + self.rows + self.after

    def row(self, number: int) -> RowXml:
        """As it stands there; an empty one where it does not."""
        for at, found in self._numbered():
            if at >= number:
                return self._read(found) if at == number else RowXml()
        return RowXml()

    def style(self, row: RowXml, column: int) -> int:
        """Of a cell, or of the row or the column in which it would be."""
        if column in row.cells:
            return style_of(row.cells[column])
        if b"s" in row.attributes and row.attributes.get(b"customFormat") in (b"1", b"true"):
            return int(row.attributes[b"s"])
        return self._column_styles().get(column, 0)

    def _column_styles(self) -> dict[int, int]:
        found = {}
        for one in re.finditer(rb"<%scol\b([^<>]*)>" % self.prefix, self.before):
            said = attributes(one[1])
            for column in range(int(said.get(b"min", 1)), min(int(said.get(b"max", 0)), 500) + 1):
                found[column] = int(said.get(b"style", 0))
        return found

    # Cells

    def write(self, cells: Mapping[int, Mapping[int, WrittenCell]], like: RowXml | None = None) -> None:
        """By row and column; a row that does not stand there yet becomes like another one."""
        waiting = sorted(cells)
        pieces, at = [], 0
        for number, found in self._numbered():
            while waiting and waiting[0] < number:
                pieces += [self.rows[at : found.start()], self._new(waiting[0], cells, like)]
                at = found.start()
                del waiting[0]
            if not waiting:
                break
            if waiting[0] == number:
                row = self._read(found)
                pieces += [self.rows[at : found.start()], self._with(row, number, cells[number])]
                at = found.end()
                del waiting[0]
        pieces.append(self.rows[at:])
        pieces += [self._new(number, cells, like) for number in waiting]
        self.rows = b"".join(pieces)

    def _new(self, number: int, cells: Mapping, like: RowXml | None) -> bytes:
        like = like or RowXml()
        told = {name: like.attributes[name] for name in _KEPT_OF_ROW if name in like.attributes}
        empty = {column: self._element(number, column, style, b"") for column, style in like.styles().items()}
        return self._with(RowXml(told, empty), number, cells[number])

    def _with(self, row: RowXml, number: int, cells: Mapping[int, WrittenCell]) -> bytes:
        row.attributes = {b"r": str(number).encode()} | row.attributes
        if cells.keys() - row.cells.keys():
            row.attributes.pop(b"spans", None)
        for column, cell in cells.items():
            row.cells[column] = self._put(row, number, column, cell)
        told = b"".join(b' %s="%s"' % one for one in row.attributes.items())
        inside = b"".join(row.cells[column] for column in sorted(row.cells))
        return b"<%srow%s>%s</%srow>" % (self.prefix, told, inside, self.prefix)

    def _put(self, row: RowXml, number: int, column: int, cell: WrittenCell) -> bytes:
        style = self.style(row, column) if cell.style is None else cell.style
        p = self.prefix
        if cell.number is not None:
            return self._element(number, column, style, b"<%sv>%s</%sv>" % (p, cell.number.encode(), p))
        if cell.text is not None:
            text = _UNFIT.sub(lambda found: f"_x{ord(found[0]):04X}_", escape(cell.text)).encode()
            said = b'<%sis><%st xml:space="preserve">%s</%st></%sis>' % (p, p, text, p, p)
            return self._element(number, column, style, said, b' t="inlineStr"')
        if column not in row.cells:
            return self._element(number, column, style, b"")
        return _with_style(row.cells[column], style)

    def _element(self, number: int, column: int, style: int, inside: bytes, kind: bytes = b"") -> bytes:
        p, place = self.prefix, address(number, column).encode()
        said = b'<%sc r="%s"%s%s' % (p, place, b' s="%d"' % style if style else b"", kind)
        return said + (b">%s</%sc>" % (inside, p) if inside else b"/>")

    def _numbered(self) -> Iterator[tuple[int, re.Match[bytes]]]:
        number = 0
        for found in self._row.finditer(self.rows):
            said = attributes(found[1])
            number = int(said.get(b"r") or number + 1)
            yield number, found

    def _read(self, found: re.Match[bytes]) -> RowXml:
        row, column = RowXml(attributes(found[1])), 0
        for one in self._cell.finditer(found[2] or b""):
            place = attributes(one[1]).get(b"r")
            column = place_of(place.decode())[1] if place else column + 1
            row.cells[column] = one[0]
        return row

    # Rows

    def insert(self, shift: RowShift, sheet: str) -> None:
        """What stands below moves down, and what points there follows."""
        begins = next((found.start() for at, found in self._numbered() if at > shift.after), len(self.rows))
        below = _OWN_ROW.sub(
            lambda found: found[1] + str(int(found[2]) + shift.count).encode(), self.rows[begins:]
        )
        self.rows = formulas_moved(self.rows[:begins] + below, shift, sheet, is_own=True)
        self.rows = areas_moved(self.rows, shift)
        self.before = areas_moved(self.before, shift)
        after = formulas_moved(areas_moved(self.after, shift), shift, sheet, is_own=True)
        after = _SQREF.sub(lambda found: found[1] + _moved(shift, found[2], b"sqref") + found[3], after)
        self.after = _BREAK.sub(lambda found: found[1] + str(shift.row(int(found[2]))).encode(), after)

    def repeat_merged(self, row: int, rows: range) -> None:
        """Cells that are merged within a row are merged in new ones, too."""
        p = self.prefix
        areas = re.findall(
            rb"<%smergeCell\b[^<>]*?\sref=[\"']([A-Z]+)%d:([A-Z]+)%d[\"']" % (p, row, row), self.after
        )
        more = b"".join(
            b'<%smergeCell ref="%s%d:%s%d"/>' % (p, left, at, right, at)
            for at in rows
            for left, right in areas
        )
        end = b"</%smergeCells>" % p
        if more:
            self.after = re.sub(rb"(<%smergeCells\b[^<>]*?)\scount=[\"'][0-9]*[\"']" % p, rb"\1", self.after)
            self.after = self.after.replace(end, more + end)


def formulas_moved(xml: bytes, shift: RowShift, sheet: str, *, is_own: bool) -> bytes:
    def moved(found: re.Match[bytes]) -> bytes:
        text = found[2].decode().replace("&quot;", '"').replace("&apos;", "'")
        said = shift.formula(text, sheet, is_own=is_own)
        return found[1] + said.encode() + found[3] if said != text else found[0]

    return _FORMULA.sub(moved, xml)


def attributes(text: bytes) -> dict[bytes, bytes]:
    return {one[1]: one[2] if one[2] is not None else one[3] for one in _ATTRIBUTE.finditer(text)}


def style_of(cell: bytes) -> int:
    return int(attributes(cell.partition(b">")[0]).get(b"s", 0))


def _with_style(cell: bytes, style: int) -> bytes:
    begin, end, rest = cell.partition(b">")
    slash = b"/" if begin.endswith(b"/") else b""
    bare = re.sub(rb"\ss=[\"'][0-9]*[\"']", b"", begin.removesuffix(b"/"))
    return bare + b' s="%d"' % style + slash + end + rest


def areas_moved(xml: bytes, shift: RowShift) -> bytes:
    """Merged cells keep their size; whatever else is said of an area that ends above grows."""

    def moved(found: re.Match[bytes]) -> bytes:
        begun = found.string.rfind(b"<", 0, found.start())
        is_merged = re.match(rb"<(?:\w+:)?(?:mergeCell|hyperlink)\b", found.string[begun : begun + 40])
        if is_merged:
            return found[1] + shift.area(found[3].decode(), grows=False).encode() + found[4]
        return found[1] + _moved(shift, found[3], found[2]) + found[4]

    return _AREA.sub(moved, xml)


def table_grown(xml: bytes, first: int, last: int) -> bytes:
    """A table of Excel's own that ends among the rows that were written goes on to the last of them."""
    if re.search(rb'\stotalsRowCount=["\'][1-9]', xml):
        return xml

    def grown(found: re.Match[bytes]) -> bytes:
        area = area_of(found[3].decode())
        is_short = area.top < first <= area.bottom + 1 and area.bottom < last
        bottom = last if is_short else area.bottom
        ends = address(area.top, area.left), address(bottom, area.right)
        return found[1] + ":".join(ends).encode() + found[4]

    return _AREA.sub(grown, xml)


def _moved(shift: RowShift, references: bytes, _name: bytes) -> bytes:
    return shift.areas(references.decode()).encode()
