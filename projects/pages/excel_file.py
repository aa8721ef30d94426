"""Excel workbooks: sheets of rows, each under a frozen header, written as the rows come and never held whole.

A workbook is a zip of XML files. Text is text, whatever it looks like; nothing in it is a formula or a link.
"""

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from xml.sax.saxutils import escape, quoteattr

from projects.pages import excel_notes
from projects.pages.excel_notes import FORBIDDEN, CellNote
from projects.pages.excel_styles import BOLD, DAY, ENTRY, MAIN, RED, STYLES

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_CHARACTERS = 32767  # of a cell; Excel refuses the file otherwise
MAX_ROWS = 2**20 - 1  # of a sheet, beside its header; the rest goes on in a further sheet
MAX_SHEET = 2**31 - 2**24  # bytes: what a zip takes without the form of which Excel warns
USUAL_WIDTH = 14
PIECE = 2**16  # bytes that are sent at once
FIRST_DAY = date(1899, 12, 30)  # 0 in Excel
SPECIAL = re.compile(f"[&<>]|{FORBIDDEN.pattern}")

PROTECTED = '<sheetProtection sheet="1" formatColumns="0" formatRows="0" sort="0" autoFilter="0"/>'

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PARTS = "application/vnd.openxmlformats-officedocument.spreadsheetml"


@dataclass(frozen=True, slots=True)
class WrongCell:
    """A text on red."""

    text: str


@dataclass(frozen=True, slots=True)
class EntryCell:
    """A value that may be written over in a protected sheet."""

    value: object


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """A name, the columns with their widths, and the rows as plain values.

    Where some columns are for `entry`, all others are locked, without a password.
    """

    name: str
    columns: list[str]
    rows: Iterable[Iterable[object]]
    widths: dict[str, int]
    notes: tuple[CellNote, ...] = ()
    entry: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()


@dataclass(slots=True)
class Sink:
    """What the zip writes, until it is sent."""

    pieces: list[bytes] = field(default_factory=list)
    size: int = 0

    def write(self, data: bytes) -> int:
        self.pieces.append(data)
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        """Nothing waits."""

    def taken(self, least: int = 0) -> Iterator[bytes]:
        if self.size > least:
            data = b"".join(self.pieces)
            self.pieces.clear()
            self.size = 0
            yield data


def workbook(sheets: Iterable[WorkbookSheet], made_at: datetime) -> bytes:
    """The same rows at the same moment of the data give the same bytes."""
    return b"".join(stream(sheets, made_at))


def stream(sheets: Iterable[WorkbookSheet], made_at: datetime) -> Iterator[bytes]:
    sink, names = Sink(), []
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for path, content in _beginning(made_at):
            book.writestr(_entry(path), content)
        yield from sink.taken()
        for sheet in sheets:
            rows = iter(sheet.rows)
            for number in count(1):
                names.append(sheet.name if number == 1 else f"{sheet.name} ({number})")
                with book.open(_entry(f"xl/worksheets/sheet{len(names)}.xml"), "w") as page:
                    is_over = yield from _written(page.write, sheet, rows, sink)
                if is_over:
                    break
        for path, content in _end(names):
            book.writestr(_entry(path), content)
    yield from sink.taken()


def _entry(path: str) -> zipfile.ZipInfo:
    """With no time of its own."""
    entry = zipfile.ZipInfo(path)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _written(write: Callable, sheet: WorkbookSheet, rows: Iterator, sink: Sink) -> Iterator[bytes]:
    """A page of the workbook, and whether all rows are in it."""
    letters = [_letters(number) for number in range(len(sheet.columns))]
    size = write(_head(sheet, letters).encode())
    last, is_over, piece, waiting = 1, False, [], 0
    while last <= MAX_ROWS and size < MAX_SHEET:
        row = next(rows, None)
        if row is None:
            is_over = True
            break
        last += 1
        text = _row(last, letters, row)
        piece.append(text)
        waiting += len(text)
        if waiting > PIECE:
            size += write("".join(piece).encode())
            piece, waiting = [], 0
            yield from sink.taken(PIECE)
    write("".join(piece).encode())
    notes = excel_notes.written(sheet.notes)
    locks = PROTECTED if sheet.entry else ""
    write(f'</sheetData>{locks}<autoFilter ref="A1:{letters[-1]}{last}"/>{notes}</worksheet>'.encode())
    return is_over


def _head(sheet: WorkbookSheet, letters: list[str]) -> str:
    columns = "".join(_column(sheet, number, name) for number, name in enumerate(sheet.columns, start=1))
    names = "".join(
        f'<c r="{letter}1" s="{BOLD}" t="inlineStr"><is><t>{_text(name)}</t></is></c>'
        for letter, name in zip(letters, sheet.columns, strict=True)
    )
    return (
        f'<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<cols>{columns}</cols><sheetData><row r="1">{names}</row>'
    )


def _column(sheet: WorkbookSheet, number: int, name: str) -> str:
    width = sheet.widths.get(name, USUAL_WIDTH)
    style = f' style="{ENTRY}"' if name in sheet.entry else ""
    hidden = ' hidden="1"' if name in sheet.hidden else ""
    return f'<col min="{number}" max="{number}" width="{width}"{style}{hidden} customWidth="1"/>'


def _row(number: int, letters: list[str], values: Iterable[object]) -> str:
    """What is unknown stays an empty cell, never 0."""
    cells = "".join(
        f'<c r="{letter}{number}"{_cell(value)}</c>'
        for letter, value in zip(letters, values, strict=True)
        if value is not None and value != "" and value != EntryCell("")
    )
    return f'<row r="{number}">{cells}</row>'


def _cell(value: object) -> str:
    kind = type(value)
    if kind is str:
        return f' t="inlineStr"><is><t xml:space="preserve">{_text(value)}</t></is>'
    if kind is int:
        return f"><v>{value}</v>"
    if kind is bool:
        return f' t="b"><v>{value:d}</v>'
    if kind is float:
        return f"><v>{int(value) if value == int(value) else value!r}</v>"
    if kind is WrongCell:
        return f' s="{RED}" t="inlineStr"><is><t xml:space="preserve">{_text(value.text)}</t></is>'
    if kind is EntryCell:
        return f' s="{ENTRY}"{_cell(value.value)}'
    if isinstance(value, date):
        return f' s="{DAY}"><v>{(value - FIRST_DAY).days}</v>'
    return _cell(str(value))


def _text(text: str) -> str:
    if len(text) > MAX_CHARACTERS:
        text = f"{text[: MAX_CHARACTERS - 1]}…"
    if not SPECIAL.search(text):
        return text
    return FORBIDDEN.sub(lambda found: f"_x{ord(found[0]):04X}_", escape(text))


def _letters(number: int) -> str:
    """A, B … Z, AA."""
    before, last = divmod(number, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)


def _beginning(made_at: datetime) -> Iterator[tuple[str, str]]:
    moment = made_at.replace(microsecond=0, tzinfo=None).isoformat()
    yield (
        "docProps/core.xml",
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}Z</dcterms:created></cp:coreProperties>',
    )
    yield "xl/styles.xml", STYLES


def _end(names: list[str]) -> Iterator[tuple[str, str]]:
    """What leads to the sheets, once it is known how many there are."""
    sheets = [(number, f"worksheets/sheet{number}.xml") for number in range(1, len(names) + 1)]
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(names, start=1)
    )
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>'
    yield "xl/workbook.xml", book
    ours = [(number, f"{OFFICE}/worksheet", path) for number, path in sheets]
    yield "xl/_rels/workbook.xml.rels", _links([*ours, (len(names) + 1, f"{OFFICE}/styles", "styles.xml")])
    core = f"{PACKAGE}/relationships/metadata/core-properties"
    main = (1, f"{OFFICE}/officeDocument", "xl/workbook.xml")
    yield "_rels/.rels", _links([main, (2, core, "docProps/core.xml")])
    kinds = {"/xl/workbook.xml": f"{PARTS}.sheet.main+xml", "/xl/styles.xml": f"{PARTS}.styles+xml"}
    kinds |= {f"/xl/{path}": f"{PARTS}.worksheet+xml" for _, path in sheets}
    kinds["/docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    listed = "".join(f'<Override PartName="{path}" ContentType="{kind}"/>' for path, kind in kinds.items())
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    yield (
        "[Content_Types].xml",
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="{rels}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>',
    )


def _links(links: Iterable[tuple[int, str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{path}"/>' for number, kind, path in links
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'
