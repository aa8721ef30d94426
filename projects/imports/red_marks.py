"""Red cells with notes in a workbook that was sent, and a further sheet that lists what is wrong.

In the child process, without Django; the file itself is written by `sheet_writer`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from projects.imports.rules import cells
from projects.imports.rules.cells import Area
from projects.imports.sheet_xml import WrittenCell, attributes

if TYPE_CHECKING:
    from projects.imports.sheet_writer import WorkbookWriter

MAX_NOTE = 250  # characters that Excel shows beside a cell
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
RED = b'<%sfill><%spatternFill patternType="solid"><%sfgColor rgb="FFFFC7CE"/></%spatternFill></%sfill>'
LISTED = "xl/worksheets/listed.xml"
# What may stand before the notes of cells in a sheet, the last first.
BEFORE = b"conditionalFormatting phoneticPr mergeCells customSheetViews dataConsolidate sortState"
BEFORE += b" autoFilter scenarios protectedRanges sheetProtection sheetCalcPr sheetData"
_UNFIT = re.compile("[\0-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def mark(writer: WorkbookWriter, notes: Mapping[str, str], listed: Mapping) -> None:
    """`notes` by the places of cells; `listed` has the name of the further sheet and its rows."""
    _colour(writer, notes)
    _note(writer, notes)
    _list(writer, listed)


# Cells


def _colour(writer: WorkbookWriter, places: Iterable[str]) -> None:
    part = writer.book.target(writer.main, "styles", or_none=True)
    if not part:
        return
    name = writer.book.name_of(part)
    styles = _RedStyles(writer.part(name))
    found: dict[int, dict[int, WrittenCell]] = {}
    for place in places:
        row, column = cells.place_of(place)
        style = writer.sheet.style(writer.sheet.row(row), column)
        found.setdefault(row, {})[column] = WrittenCell(style=styles.red(style))
    writer.sheet.write(found)
    writer.changed[name] = styles.written()


class _RedStyles:
    """The styles of a workbook, with a red one for each that a wrong cell has."""

    def __init__(self, xml: bytes):
        self.xml, self.more, self.made = xml, [], dict[int, int]()
        found = re.search(rb"<((?:\w+:)?)cellXfs\b[^<>]*>(.*?)</(?:\w+:)?cellXfs>", xml, re.DOTALL)
        self.prefix = found[1] if found else b""
        one = rb"<%sxf\b[^<>]*?(?:/>|>.*?</%sxf>)" % (self.prefix, self.prefix)
        self.styles = re.findall(one, found[2], re.DOTALL) if found else []
        fills = re.search(rb"<%sfills\b[^<>]*>(.*?)</%sfills>" % (self.prefix, self.prefix), xml, re.DOTALL)
        self.has_fills = fills is not None
        self.fill = len(re.findall(rb"<%sfill\b" % self.prefix, fills[1])) if fills else 2

    def red(self, style: int) -> int:
        if style not in self.made:
            own = self.styles[style] if style < len(self.styles) else b"<%sxf/>" % self.prefix
            bare = re.sub(rb"\s(?:fillId|applyFill)=[\"'][^\"']*[\"']", b"", own, count=2)
            begin = b"<%sxf" % self.prefix
            self.more.append(bare.replace(begin, begin + b' fillId="%d" applyFill="1"' % self.fill, 1))
            self.made[style] = max(len(self.styles), 1) + len(self.more) - 1
        return self.made[style]

    def written(self) -> bytes:
        p = self.prefix
        xml = _appended(self.xml, b"cellXfs", p, b"".join(self.more), (b"<%sxf/>" % p) * (not self.styles))
        none, grey = (
            b'<%sfill><%spatternFill patternType="%s"/></%sfill>' % (p, p, kind, p)
            for kind in (b"none", b"gray125")
        )
        return _appended(xml, b"fills", p, RED % (p, p, p, p, p), none + grey)


def _appended(xml: bytes, name: bytes, p: bytes, more: bytes, first: bytes) -> bytes:
    """At the end of a list, which is made where there is none; nothing depends on how many it says it has."""
    name = p + name
    xml = re.sub(rb"(<%s\b[^<>]*?)\scount=[\"'][0-9]*[\"']" % name, rb"\1", xml, count=1)
    end = b"</%s>" % name
    if end in xml:
        return xml.replace(end, more + end, 1)
    whole = b"<%s>%s%s%s" % (name, first, more, end)
    before = re.search(
        rb"<%s(?:borders|cellStyleXfs|cellXfs|cellStyles|dxfs)\b|</%sstyleSheet>" % (p, p), xml
    )
    return xml[: before.start()] + whole + xml[before.start() :] if before else xml


# Notes


def _note(writer: WorkbookWriter, notes: Mapping[str, str]) -> None:
    """As what is said of a cell once it is chosen; other notes and choices of these cells give way there."""
    p, xml = writer.sheet.prefix, writer.sheet.after
    taken = [cells.area_of(place) for place in notes]
    own = b"<%sdataValidations\\b[^<>]*>(.*?)</%sdataValidations>" % (p, p)
    found = re.search(own, xml, re.DOTALL)
    kept = _kept(found[1], p, taken) if found else b""
    said = b"".join(_written(place, text, p) for place, text in notes.items())
    whole = b"<%sdataValidations>%s%s</%sdataValidations>" % (p, kept, said, p)
    if found:
        writer.sheet.after = xml[: found.start()] + whole + xml[found.end() :]
    else:
        at = _behind(xml, p)
        writer.sheet.after = xml[:at] + whole + xml[at:]


def _written(place: str, text: str, p: bytes) -> bytes:
    said = quoteattr(_UNFIT.sub(" ", text[:MAX_NOTE])).encode()
    return b'<%sdataValidation allowBlank="1" showInputMessage="1" prompt=%s sqref="%s"/>' % (
        p,
        said,
        place.encode(),
    )


def _kept(inside: bytes, p: bytes, taken: list[Area]) -> bytes:
    pieces = []
    for one in re.findall(
        rb"<%sdataValidation\b[^<>]*?(?:/>|>.*?</%sdataValidation>)" % (p, p), inside, re.DOTALL
    ):
        areas = attributes(one.partition(b">")[0]).get(b"sqref", b"").decode().split()
        left = " ".join(
            _reference(area) for one_of in areas for area in _without(cells.area_of(one_of), taken)
        )
        if left:
            pieces.append(re.sub(rb"\ssqref=[\"'][^\"']*[\"']", b' sqref="%s"' % left.encode(), one, count=1))
    return b"".join(pieces)


def _without(area: Area, taken: list[Area]) -> list[Area]:
    """What is left of an area around single cells."""
    left = [area]
    for cell in taken:
        left = [part for one in left for part in _around(one, cell.top, cell.left)]
    return left


def _around(area: Area, row: int, column: int) -> list[Area]:
    if not (area.top <= row <= area.bottom and area.left <= column <= area.right):
        return [area]
    parts = [
        Area(area.top, area.left, row - 1, area.right),
        Area(row + 1, area.left, area.bottom, area.right),
        Area(row, area.left, row, column - 1),
        Area(row, column + 1, row, area.right),
    ]
    return [one for one in parts if one.top <= one.bottom and one.left <= one.right]


def _reference(area: Area) -> str:
    first, last = cells.address(area.top, area.left), cells.address(area.bottom, area.right)
    return first if first == last else f"{first}:{last}"


def _behind(xml: bytes, p: bytes) -> int:
    for name in BEFORE.split():
        found = list(re.finditer(rb"</%s%s>|<%s%s\b[^<>]*/>" % (p, name, p, name), xml))
        if found:
            return found[-1].end()
    return 0


# The further sheet


def _list(writer: WorkbookWriter, listed: Mapping) -> None:
    book, main = writer.book, writer.main
    folder, _, name = main.rpartition("/")
    links, types = book.name_of(f"{folder}/_rels/{name}.rels"), book.name_of("[Content_Types].xml")
    number = max(map(int, book.numbers.values())) + 1
    sheet = (
        f'<sheet xmlns="{MAIN}" xmlns:qj="{OFFICE}" name={quoteattr(_free(listed["name"], book.numbers))}'
        f' sheetId="{number}" qj:id="qjListed"/>'
    )
    writer.changed[main] = _before_end(writer.part(main), b"sheets", sheet)
    link = '<Relationship xmlns="http://schemas.openxmlformats.org/package/2006/relationships" Id="qjListed"'
    link += f' Type="{OFFICE}/worksheet" Target="/{LISTED}"/>'
    writer.changed[links] = _before_end(writer.part(links), b"Relationships", link)
    kind = '<Override xmlns="http://schemas.openxmlformats.org/package/2006/content-types"'
    kind += f' PartName="/{LISTED}" ContentType="{SHEET_TYPE}"/>'
    writer.changed[types] = _before_end(writer.part(types), b"Types", kind)
    writer.changed[LISTED] = _sheet(listed["rows"]).encode()


def _free(name: str, names: Iterable[str]) -> str:
    return name if name not in names else f"{name[:26]} (2)"


def _before_end(xml: bytes, name: bytes, more: str) -> bytes:
    found = list(re.finditer(rb"</(?:\w+:)?%s>" % name, xml))
    at = found[-1].start() if found else len(xml)
    return xml[:at] + more.encode() + xml[at:]


def _sheet(rows: Iterable[Iterable[str]]) -> str:
    body = "".join(_row(number, row) for number, row in enumerate(rows, 1))
    widths = "".join(
        f'<col min="{column}" max="{column}" width="{width}" customWidth="1"/>'
        for column, width in ((1, 12), (2, 90))
    )
    return f'<worksheet xmlns="{MAIN}"><cols>{widths}</cols><sheetData>{body}</sheetData></worksheet>'


def _row(number: int, row: Iterable[str]) -> str:
    said = "".join(_text(cells.address(number, at), text) for at, text in enumerate(row, 1))
    return f'<row r="{number}">{said}</row>'


def _text(place: str, text: str) -> str:
    said = _UNFIT.sub(lambda found: f"_x{ord(found[0]):04X}_", escape(text))
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{said}</t></is></c>'
