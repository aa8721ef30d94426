"""Reads a workbook by the standard library alone: what stands in the file, not what a library makes of it."""

import io
import zipfile
from dataclasses import dataclass, field
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass
class Page:
    """The cells by address, each as its kind and text; and how the sheet is set up."""

    cells: dict[str, tuple[str, str]] = field(default_factory=dict)
    frozen_rows: int = 0
    widths: list[float] = field(default_factory=list)
    has_formula_or_link: bool = False

    def row(self, number: int) -> list[str]:
        return [
            text
            for address, (_, text) in self.cells.items()
            if address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == str(number)
        ]

    def column(self, letters: str) -> list[tuple[str, str]]:
        return [cell for address, cell in self.cells.items() if address.rstrip("0123456789") == letters]


def read(content: bytes) -> dict[str, Page]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert file.testzip() is None
        book = ElementTree.fromstring(file.read("xl/workbook.xml"))  # noqa: S314 (our own)
        names = [one.get("name") for one in book.iter(f"{MAIN}sheet")]
        sheets = [file.read(f"xl/worksheets/sheet{number}.xml") for number in range(1, len(names) + 1)]
        links = [name for name in file.namelist() if "_rels/sheet" in name]
    return {name: _page(text, bool(links)) for name, text in zip(names, sheets, strict=True)}


def text_of(content: bytes) -> str:
    """Everything written anywhere in the file."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return "\n".join(file.read(name).decode() for name in file.namelist())


def _page(text: bytes, has_links: bool) -> Page:
    sheet = ElementTree.fromstring(text)  # noqa: S314 (our own)
    page = Page(has_formula_or_link=has_links or sheet.find(f".//{MAIN}f") is not None)
    pane = sheet.find(f".//{MAIN}pane")
    page.frozen_rows = int(pane.get("ySplit", 0)) if pane is not None else 0
    page.widths = [float(one.get("width")) for one in sheet.iter(f"{MAIN}col")]
    for cell in sheet.iter(f"{MAIN}c"):
        page.cells[cell.get("r")] = (cell.get("t") or "n", "".join(cell.itertext()))
    return page
