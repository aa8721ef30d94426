"""Official papers: the page, fonts and lines of GB/T 9704; text is nothing but text."""

import io
from datetime import UTC, datetime

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from projects.pages.word_file import Heading, Paragraph, Table, Title, letter

AT = datetime(2026, 3, 2, tzinfo=UTC)
TABLE = Table(["单位", "应报"], [["甲", 3], ["乙", 4]], ["合计", 7])


def made(*parts):
    return docx.Document(io.BytesIO(letter(parts, "填报情况", AT)))


def east_asian(holder) -> str:
    return holder.element.rPr.rFonts.get(qn("w:eastAsia"))


def test_the_page_is_a4_with_the_margins_of_an_official_paper():
    [section] = made(Title("x")).sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(side.mm) for side in sides] == [37, 35, 28, 26]


@pytest.mark.parametrize(
    ("style", "font", "points"),
    [
        ("Title", "方正小标宋简体", 22),
        ("Heading 1", "黑体", 16),
        ("Heading 2", "楷体", 16),
        ("Normal", "仿宋", 16),
        ("No Spacing", "宋体", 10.5),
    ],
)
def test_chinese_has_its_font_and_size_in_every_kind_of_line(style, font, points):
    found = made(Title("x")).styles[style]
    assert (east_asian(found), found.font.size.pt) == (font, points)
    fonts = found.element.rPr.rFonts
    assert not [name for name in fonts.attrib if name.endswith("Theme")]  # a theme's font would win
    assert found.font.color.rgb is None and not found.font.bold


def test_body_lines_are_28_points_and_begin_two_characters_in():
    normal = made(Paragraph("x")).styles["Normal"].paragraph_format
    assert (normal.line_spacing.pt, normal.first_line_indent.pt) == (28, 32)
    assert (normal.space_before, normal.space_after) == (0, 0)


def test_each_part_is_its_kind_of_line_in_its_order():
    paper = made(Title("题"), Paragraph("文"), Heading("一、"), Heading("（一）", 2))
    told = [(one.style.name, one.text) for one in paper.paragraphs]
    assert told == [("Title", "题"), ("Normal", "文"), ("Heading 1", "一、"), ("Heading 2", "（一）")]


def test_a_table_repeats_its_head_breaks_no_row_and_fills_the_width():
    [table] = made(TABLE).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["单位", "应报"],
        ["甲", "3"],
        ["乙", "4"],
        ["合计", "7"],
    ]
    rows = [row._tr.trPr for row in table.rows]
    assert [one.find(qn("w:tblHeader")) is not None for one in rows] == [True, False, False, False]
    assert all(one.find(qn("w:cantSplit")) is not None for one in rows)
    assert round(sum(cell.width.mm for cell in table.rows[0].cells)) == 156
    runs = [row.cells[0].paragraphs[0].runs[0] for row in (table.rows[0], table.rows[3])]
    assert [east_asian(one) for one in runs] == ["黑体", "黑体"]


def test_a_row_of_the_values_of_the_total_is_not_taken_for_it():
    [table] = made(Table(["a", "b"], [["x", 1]], ["x", 1])).tables
    assert table.rows[1].cells[0].paragraphs[0].runs[0].font.name is None
    assert len(made(Table(["a"], [])).tables[0].rows) == 1


def test_pages_are_numbered_and_the_file_names_nobody():
    paper = made(Title("x"))
    field = paper.sections[0].footer._element.find(f".//{qn('w:fldSimple')}")
    assert field.get(qn("w:instr")) == "PAGE"
    known = paper.core_properties
    assert (known.title, known.author, known.comments) == ("填报情况", "", "")
    assert known.created == AT or known.created == AT.replace(tzinfo=None)


@pytest.mark.parametrize(
    "text", ["=1+1", "<w:p/>&", "a\x00\x1fb", "{ HYPERLINK x }", "长" * 5000, "http://x"]
)
def test_text_is_text_whatever_it_looks_like(text):
    paper = made(Paragraph(text), Table(["a"], [[text]]))
    shown = text.replace("\x00", "").replace("\x1f", "")
    assert paper.paragraphs[0].text == paper.tables[0].rows[1].cells[0].text == shown
    body = paper.element.body
    assert not body.findall(f".//{qn('w:hyperlink')}") and not body.findall(f".//{qn('w:fldSimple')}")


@given(st.text(max_size=30))
def test_no_text_at_all_breaks_the_file(text):
    assert len(made(Title(text), Paragraph(text), Paragraph("x")).paragraphs) == 3
