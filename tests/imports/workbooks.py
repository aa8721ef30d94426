"""Workbooks for tests, written part by part, so that a test can say anything that a file may say.

A cell is a value, or one of the classes below; `None` is left out. What a reader of ours must not depend on,
such as how a library writes, is varied by the tests that are about it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from xml.sax.saxutils import escape

from projects.imports import draft_sheet
from projects.imports.draft_sheet import SentFile
from projects.imports.rules.cells import address
from projects.models import Batch, User

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
FORMATS = ["General", "yyyy-mm-dd", 'yyyy"年"m"月"', "0%", "0.00", "#,##0.00"]


def take_in(name: str, data: bytes, digest: str, *, sender: str, by: User, at: datetime) -> list[Batch]:
    """Read a file and keep its drafts, as the page of imports does one after the other."""
    file = SentFile(name, data, digest, sender)
    return draft_sheet.keep(draft_sheet.read(file, at), file, by=by, at=at)


@dataclass(frozen=True)
class Formula:
    text: str
    value: str | None = None  # that the file keeps


@dataclass(frozen=True)
class Failed:
    text: str = "#REF!"


@dataclass(frozen=True)
class Styled:
    value: float
    format: str


@dataclass(frozen=True)
class Month:
    """A day that its cell shows as a month."""

    on: date


def workbook(
    rows: Iterable[Iterable],
    *,
    merged: Iterable[str] = (),
    more: dict[str, str | bytes] | None = None,
    without: Iterable[str] = (),
    sheet: str | None = None,
    main: str = f"{SHEET_TYPE}.sheet.main+xml",
    calc: str = "",
) -> bytes:
    """The bytes of a file of one sheet; `more` adds parts or takes the place of some."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": _links([("rId1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        f'<sheets><sheet name="表一" sheetId="1" r:id="rId1"/></sheets>{calc}</workbook>',
        "xl/_rels/workbook.xml.rels": _links(
            [("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "styles", "styles.xml")]
        ),
        "xl/styles.xml": _styles(),
        "xl/worksheets/sheet1.xml": sheet or sheet_xml(rows, merged),
    } | (more or {})
    for name in without:
        del parts[name]
    return zipped(parts)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for name, text in parts.items():
            out.writestr(name, text)
    return file.getvalue()


def sheet_xml(
    rows: Iterable[Iterable],
    merged: Iterable[str] = (),
    *,
    hidden_rows: Iterable[int] = (),
    hidden_columns: Iterable[int] = (),
) -> str:
    body = "".join(_row(number, row) for number, row in enumerate(rows, 1))
    for number in hidden_rows:
        body = body.replace(f'<row r="{number}">', f'<row r="{number}" hidden="1">')
    columns = "".join(f'<col min="{at}" max="{at}" hidden="1"/>' for at in hidden_columns)
    columns = f"<cols>{columns}</cols>" if columns else ""
    areas = "".join(f'<mergeCell ref="{one}"/>' for one in merged)
    areas = f"<mergeCells>{areas}</mergeCells>" if areas else ""
    return f'{XML}<worksheet xmlns="{MAIN}">{columns}<sheetData>{body}</sheetData>{areas}</worksheet>'


def csv_text(rows: Iterable[Iterable], separator: str = ",") -> str:
    lines = (separator.join(_csv(one, separator) for one in row) for row in rows)
    return "".join(f"{line}\r\n" for line in lines)


def _csv(value: object, separator: str) -> str:
    text = "" if value is None else str(value)
    return '"' + text.replace('"', '""') + '"' if set(text) & {separator, '"', "\n"} else text


def _row(number: int, row: Iterable) -> str:
    cells = "".join(_cell(address(number, at), one) for at, one in enumerate(row, 1) if one is not None)
    return f'<row r="{number}">{cells}</row>' if cells else ""


def _cell(at: str, value: object) -> str:
    match value:
        case bool():
            return f'<c r="{at}" t="b"><v>{int(value)}</v></c>'
        case int() | float():
            return f'<c r="{at}"><v>{value!r}</v></c>'
        case date():
            return f'<c r="{at}" s="1"><v>{serial(value)}</v></c>'
        case Month():
            return f'<c r="{at}" s="2"><v>{serial(value.on)}</v></c>'
        case Styled():
            return f'<c r="{at}" s="{FORMATS.index(value.format)}"><v>{value.value!r}</v></c>'
        case Failed():
            return f'<c r="{at}" t="e"><v>{value.text}</v></c>'
        case Formula():
            kept = "" if value.value is None else f"<v>{value.value}</v>"
            return f'<c r="{at}"><f>{escape(value.text)}</f>{kept}</c>'
    return f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'


def serial(on: date) -> int:
    return (on - date(1899, 12, 30)).days


def _links(links: Iterable[tuple[str, str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>' for key, kind, target in links
    )
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def _styles() -> str:
    formats = "".join(
        f'<numFmt numFmtId="{164 + at}" formatCode="{escape(one, {chr(34): "&quot;"})}"/>'
        for at, one in enumerate(FORMATS)
    )
    styles = "".join(f'<xf numFmtId="{164 + at}"/>' for at in range(len(FORMATS)))
    return (
        f'{XML}<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts>'
        f"<cellXfs>{styles}</cellXfs></styleSheet>"
    )
