"""Where the table of a sheet is: its heading of one row or several, its rows, and what is none of them.

Titles above, totals and notes below, headings printed again on each page and rows that part the table into
sections are recognised and left out, each with its reason. What the columns mean is `mapping`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from projects.core.numbers import narrow
from projects.core.refusals import Refused
from projects.imports.rules.cells import Sheet
from projects.imports.rules.downwards import is_downwards
from projects.imports.rules.headings import (
    SURE,
    HeadMeaning,
    Match,
    Names,
    match_head,
    meaning_of,
    near,
    plain_name,
    said_by,
    unit_of,
)
from projects.imports.rules.left_out import TOTAL, is_heading, parted
from projects.imports.rules.merged import spread

LOOKED_AT = 30  # rows with something in them, from the top
MAX_HEADING = 3  # rows
LEAST_HEADS = 2
FIGURE_OR_WORDS = ("progress", "works")
OF_UNITS = ("said_unit",)

_TIMES = ("计划", "预计", "拟", "目标", "实际")  # a group's word that its columns need
_FIGURE = re.compile(r"[0-9.]+%?")
_UNIT = re.compile(r"单位[::](?:人民币)?(元|万元|亿元)")
_UNITS = {"元": "yuan", "万元": "wan", "亿元": "yi"}


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """One column's heading; `text` joins the rows that it stands in."""

    column: int
    text: str
    meaning: HeadMeaning
    match: Match
    variants: tuple[str, ...] = ()  # how it may be read, plainly
    is_hidden: bool = False
    holds_units: bool = False  # each of its cells is a unit of sums, or nothing

    @property
    def key(self) -> str:
        """What stays the same next month; another unit is another column."""
        return f"{plain_name(self.text)}|{self.meaning.unit}"


@dataclass(frozen=True, slots=True)
class Layout:
    heading: tuple[int, ...]  # row numbers
    heads: tuple[ColumnHead, ...]
    body: tuple[int, ...]
    left_out: tuple[tuple[int, str], ...] = ()  # row number, and why
    title: str = ""
    unit: str = ""  # said above the table: of every amount without one of its own

    @property
    def totals(self) -> tuple[int, ...]:
        return tuple(row for row, why in self.left_out if why == TOTAL)


def layout_of(sheet: Sheet, names: Names, *, may_be_blank: bool = False) -> Layout:
    """`Refused` where there is no heading, or where another table begins below the first; and no row."""
    heading, heads = _heading(sheet, names)
    if is_downwards(sheet, names):
        raise Refused("form_downwards", text=sheet.name)
    above = [cell.text for row in sheet.rows if row < heading[0] for cell in sheet.rows[row].values()]
    unit = _UNIT.search(narrow(" ".join(above)))
    serial = {head.column for head in heads if head.match.codes == ("serial",)}
    sheet = spread(sheet, heading[-1])
    body, left_out = parted(sheet, heading, serial, len(heads), names)
    if not body and not may_be_blank:
        raise Refused("sheet_without_rows")
    heads = tuple(
        replace(_by_content(head, sheet, body), is_hidden=head.column in sheet.hidden_columns)
        for head in heads
    )
    return Layout(
        heading, heads, tuple(body), tuple(left_out), " ".join(above), _UNITS[unit[1]] if unit else ""
    )


def _by_content(head: ColumnHead, sheet: Sheet, body: list[int]) -> ColumnHead:
    """形象进度 holds per cents or words: its cells say which, if they agree. 单位 may be an office."""
    texts = [cell.text for row in body if (cell := sheet.cell(row, head.column))]
    if head.match.codes == OF_UNITS:
        return replace(head, holds_units=bool(texts) and all(map(unit_of, texts)))
    if head.match.codes != FIGURE_OR_WORDS:
        return head
    found = figure_or_words(texts)
    return replace(head, match=Match(SURE, found)) if len(found) == 1 else head


def figure_or_words(texts: Iterable[str]) -> tuple[str, ...]:
    """Which of the columns of figures and of words these cells belong to; both where they do not agree."""
    are_figures = {_FIGURE.fullmatch(narrow(text)) is not None for text in texts}
    return (FIGURE_OR_WORDS[not are_figures.pop()],) if len(are_figures) == 1 else FIGURE_OR_WORDS


def _heading(sheet: Sheet, names: Names) -> tuple[tuple[int, ...], tuple[ColumnHead, ...]]:
    """The rows in which the most names are found; of equals those that tell most apart, then the first."""
    best: tuple[tuple[int, int], tuple[int, ...], tuple[ColumnHead, ...]] | None = None
    for rows in _candidates(sheet):
        heads = _heads(sheet, rows, names)
        known = sum(bool(head.match.codes) + (head.match.certainty == SURE) for head in heads)
        apart = len({said_by(head.match.codes[0], head.text) for head in heads if head.match.codes})
        if len(heads) >= LEAST_HEADS and known and (best is None or (known, apart) > best[0]):
            best = (known, apart), rows, heads
    if best is None:
        raise Refused("heading_missing", number=str(LOOKED_AT))
    return best[1], tuple(_looked_closer(head, names) for head in best[2])


def _candidates(sheet: Sheet) -> Iterator[tuple[int, ...]]:
    for row in sorted(sheet.rows)[:LOOKED_AT]:
        if not is_heading(sheet.rows[row]):
            continue
        rows: tuple[int, ...] = (row,)
        yield rows
        while len(rows) < MAX_HEADING and _goes_on(sheet, rows):
            rows = (*rows, rows[-1] + 1)
            yield rows


def _goes_on(sheet: Sheet, rows: tuple[int, ...]) -> bool:
    """Whether the heading goes on in one more row, which parts the group headings and leaves others blank."""
    above, below = _spread(sheet, rows), sheet.rows.get(rows[-1] + 1)
    if not below or not is_heading(below) or len(above) < LEAST_HEADS:
        return False
    alone = {column for column in above if column not in below}
    wide = _columns_of_groups(sheet, rows)
    return bool(alone) and all(column in wide or column not in above for column in below)


def _columns_of_groups(sheet: Sheet, rows: tuple[int, ...]) -> set[int]:
    """Columns under a heading that spans several: merged, or with nothing to its right."""
    found = set()
    for area in sheet.merged:
        if area.top in rows and area.right > area.left:
            found |= set(range(area.left, area.right + 1))
    own = sheet.rows[rows[-1]]
    return found | {column for column in own if column + 1 not in own and column + 1 not in found}


def _spread(sheet: Sheet, rows: tuple[int, ...]) -> dict[int, list[str]]:
    """The texts over each column, from above; a merged heading stands over all its columns."""
    texts: dict[int, list[str]] = {}
    for row in rows:
        spans = {area.left: area.right for area in sheet.merged if area.top == row}
        for column, cell in sheet.rows.get(row, {}).items():
            for over in range(column, spans.get(column, column) + 1):
                texts.setdefault(over, []).append(cell.text)
    return texts


def _heads(sheet: Sheet, rows: tuple[int, ...], names: Names) -> tuple[ColumnHead, ...]:
    texts = _spread(sheet, rows)
    if len(rows) > 1:
        _fill_groups(sheet, rows, texts)
    return tuple(_head(column, tuple(texts[column]), names) for column in sorted(texts))


def _fill_groups(sheet: Sheet, rows: tuple[int, ...], texts: dict[int, list[str]]) -> None:
    """Where nothing is merged, as in tables of text, a group's heading stands over its first column alone."""
    merged = {area.left for area in sheet.merged if area.top == rows[0]}
    group, below = "", sheet.rows[rows[1]]
    for column in sorted(set(texts) | set(below)):
        own = sheet.cell(rows[0], column)
        if own:
            group = own.text if column in below and column not in merged else ""
        elif group and column in below and texts[column][0] == below[column].text:
            texts[column].insert(0, group)


def _head(column: int, parts: tuple[str, ...], names: Names) -> ColumnHead:
    """A heading of several rows: looked up joined (投资 总投资), turned (时间 开工) and by its last row."""
    distinct = tuple(dict.fromkeys(parts))
    text = " ".join(part.replace("\n", "") for part in distinct)
    whole = meaning_of(text)
    turned = plain_name("".join(reversed(distinct)))
    last = plain_name(distinct[-1])
    said = [f"{word}{last}" for word in _TIMES if any(word in part for part in distinct[:-1])]
    variants = tuple(dict.fromkeys((whole.name, turned, *said, last)))
    return ColumnHead(column, text, whole, match_head(text, variants, names), variants)


def _looked_closer(head: ColumnHead, names: Names) -> ColumnHead:
    """With names that are like it where none fits; slow, so it is asked of the chosen heading alone."""
    return head if head.match.codes else replace(head, match=near(head.variants, names))
