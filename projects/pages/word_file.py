"""Official papers as .docx, set as GB/T 9704 sets them: a title, headings, paragraphs, lists, tables.

The one door to python-docx, loaded on first use. A paper is given as a row of parts; which parts it has
others say (`reports.round_files`). Text is only text: no field, no link and no control character comes of it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from projects.pages.plain_text import plain

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PAGE_MM = {"page_width": 210, "page_height": 297}
MARGINS_MM = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}
FOOTER_MM = 25  # from the edge: the page number stands 7 mm below the text
TEXT_MM = PAGE_MM["page_width"] - MARGINS_MM["left_margin"] - MARGINS_MM["right_margin"]
LATIN = "Times New Roman"
FONT_OF_TABLE_HEADS = "黑体"


@dataclass(frozen=True, slots=True)
class Face:
    """How a kind of line is set: a Chinese font, its size and the height of its lines in points."""

    font: str
    points: float
    line: float = 28
    after: float = 0
    is_centred: bool = False
    indent: int = 0  # of the first line, in characters


FACES = {
    "Title": Face("方正小标宋简体", 22, line=36, after=28, is_centred=True),
    "Heading 1": Face("黑体", 16, indent=2),
    "Heading 2": Face("楷体", 16, indent=2),
    "Normal": Face("仿宋", 16, indent=2),
    "Footer": Face("宋体", 14, line=20, is_centred=True),
    "No Spacing": Face("宋体", 10.5, line=18),  # within a table
}


@dataclass(frozen=True, slots=True)
class Title:
    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """The first column holds words, the others figures; `total` is the last row. Widths are shares."""

    head: Sequence[object]
    rows: Sequence[Sequence[object]]
    total: Sequence[object] = ()
    first_width: float = 2.6


Part = Title | Heading | Paragraph | Table


def letter(parts: Iterable[Part], name: str, made_at: datetime) -> bytes:
    """`name` is the title that the file itself carries; it names no author."""
    press = _Press(name, made_at)
    for part in parts:
        press.put(part)
    out = io.BytesIO()
    press.paper.save(out)
    return out.getvalue()


class _Press:
    """One paper while it is being set."""

    def __init__(self, name: str, made_at: datetime):
        import docx  # noqa: PLC0415 (on first use)

        self.docx = docx
        self.paper = docx.Document()
        self._name(name, made_at)
        language = self.paper.styles.element.find(f".//{self._tag('w:lang')}")
        language.set(self._tag("w:eastAsia"), "zh-CN")
        for style, face in FACES.items():
            self._style(style, face)
        self._page()

    def put(self, part: Part) -> None:
        match part:
            case Title(text):
                self.paper.add_paragraph(plain(text), "Title")
            case Heading(text, level):
                self.paper.add_paragraph(plain(text), f"Heading {level}")
            case Paragraph(text):
                self.paper.add_paragraph(plain(text))
            case Table():
                self._table(part)

    def _name(self, name: str, made_at: datetime) -> None:
        known = self.paper.core_properties
        known.title, known.author, known.comments = plain(name)[:255], "", ""
        known.created = known.modified = made_at.astimezone(UTC).replace(tzinfo=None)

    def _page(self) -> None:
        [section] = self.paper.sections
        for side, millimetres in (PAGE_MM | MARGINS_MM).items():
            setattr(section, side, self.docx.shared.Mm(millimetres))
        section.footer_distance = self.docx.shared.Mm(FOOTER_MM)
        number = section.footer.paragraphs[0]
        number.add_run("— ")
        number._p.append(self._element("w:fldSimple", instr="PAGE"))
        number.add_run(" —")

    def _style(self, name: str, face: Face) -> None:
        """Black and upright, whatever the template says; Chinese fonts have an attribute of their own."""
        style = self.paper.styles[name]
        style.element._remove_rPr()
        for rule in style.element.findall(f".//{self._tag('w:pBdr')}"):
            rule.getparent().remove(rule)
        style.font.size = self.docx.shared.Pt(face.points)
        self._fonts(style, face.font)
        spacing, centre = style.paragraph_format, self.docx.enum.text.WD_ALIGN_PARAGRAPH.CENTER
        spacing.line_spacing = self.docx.shared.Pt(face.line)
        spacing.space_before, spacing.space_after = 0, self.docx.shared.Pt(face.after)
        spacing.alignment = centre if face.is_centred else None
        spacing.first_line_indent = self.docx.shared.Pt(face.indent * face.points)

    def _fonts(self, holder, font: str) -> None:
        holder.font.name = LATIN
        holder.element.rPr.rFonts.set(self._tag("w:eastAsia"), font)

    def _table(self, part: Table) -> None:
        rows = [part.head, *part.rows, *([part.total] if part.total else [])]
        table = self.paper.add_table(len(rows), len(part.head), "Table Grid")
        table.autofit = False
        shares = [part.first_width] + [1] * (len(part.head) - 1)
        widths = [self.docx.shared.Mm(TEXT_MM * one / sum(shares)) for one in shares]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for number, (row, values) in enumerate(zip(table.rows, rows, strict=True)):
            self._row(row, values, widths, is_apart=number == 0 or values is part.total)
        table.rows[0]._tr.get_or_add_trPr().append(self._element("w:tblHeader"))

    def _row(self, row, values: Sequence[object], widths: list[int], is_apart: bool) -> None:
        """Not broken over two pages; the head and the total in a font of their own."""
        row._tr.get_or_add_trPr().append(self._element("w:cantSplit"))
        centre = self.docx.enum.text.WD_ALIGN_PARAGRAPH.CENTER
        for number, (cell, value) in enumerate(zip(row.cells, values, strict=True)):
            cell.width = widths[number]
            line = cell.paragraphs[0]
            line.style, line.alignment = "No Spacing", centre if number or is_apart else None
            run = line.add_run(plain(str(value)))
            if is_apart:
                self._fonts(run, FONT_OF_TABLE_HEADS)

    def _tag(self, name: str) -> str:
        return self.docx.oxml.ns.qn(name)

    def _element(self, name: str, **attributes: str):
        made = self.docx.oxml.OxmlElement(name)
        for key, value in attributes.items():
            made.set(self._tag(f"w:{key}"), value)
        return made
