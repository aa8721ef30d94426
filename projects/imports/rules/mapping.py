"""Which column of a sheet is which of the catalogue: proposed, chosen by an editor, remembered, replayed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace

from projects.core.fuzzy_dates import Fuzzy
from projects.core.refusals import Refused
from projects.imports.rules.cells import letters
from projects.imports.rules.headings import SURE, UNKNOWN, UNSURE, meaning_of, said_by
from projects.imports.rules.layout import ColumnHead, Layout
from projects.imports.rules.proposals import NAMING

LIKELY_ROLES = ("owner", "investor")
ORGANISATION, ROLE = "organisation", "role"
STATEMENT, VALUE, UNIT, AS_OF, PERIOD = "statement", "said_value", "said_unit", "said_as_of", "said_period"
OF_STATEMENTS = frozenset({STATEMENT, VALUE, UNIT, AS_OF, PERIOD})  # columns of sheets with one a row
OF_ROWS = frozenset({UNIT, AS_OF})  # of them what a row of a sheet of projects may say, too
DEADLINE = "截止"
WORDS = "works"
_SCOPE = re.compile("建设(?:规模|内容)(?!.*进)")
BESIDE = frozenset({"serial", "note", "section", "paragraph", "sentence"})
_OF_SUMS = re.compile("计量|金额|数[据值]")  # of which a unit is no office
NOTHING = ""  # the code of a column that is left out


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A column of the sheet, and what it is taken for."""

    column: int
    head: str
    key: str
    code: str
    certainty: str
    unit: str = ""
    codes: tuple[str, ...] = ()  # that it may be, the likeliest first

    @property
    def letters(self) -> str:
        return letters(self.column)


SheetMapping = tuple[MappedColumn, ...]


def propose(layout: Layout) -> SheetMapping:
    """By the headings alone; two columns that say the same are both unsure."""
    proposed = tuple(_proposed(head, layout) for head in layout.heads)
    columns = _without_scope(_of_its_kind(_with_roles(proposed), layout))
    said = Counter(said_by(one.code, one.head) for one in columns if one.certainty == SURE)
    return tuple(
        replace(one, certainty=UNSURE) if said[said_by(one.code, one.head)] > 1 else one for one in columns
    )


def said_twice(mapping: SheetMapping, as_of: Fuzzy) -> list[str]:
    """Codes of which two columns say the same on this day: 今年 is the year of the sheet."""
    said = Counter(_said_on(one, as_of) for one in mapping if one.code)
    return sorted({str(code) for (code, *_), count in said.items() if count > 1})


def _said_on(column: MappedColumn, as_of: Fuzzy) -> tuple[object, ...]:
    code, time, method = said_by(column.code, column.head)
    return code, meaning_of(column.head).period(as_of) if time else "", method


def _proposed(head: ColumnHead, layout: Layout) -> MappedColumn:
    """What a hidden column says is read only where an editor says so; a number or a version may be hidden."""
    found = head.match
    if head.is_hidden and set(found.codes) - NAMING - {"serial", "version"}:
        found = replace(found, certainty=UNSURE)
    code = found.codes[0] if found.certainty == SURE else NOTHING
    unit = head.meaning.unit or layout.unit
    return MappedColumn(head.column, head.text, head.key, code, found.certainty, unit, found.codes)


def _with_roles(columns: SheetMapping) -> SheetMapping:
    """Organisations of projects without a column of their roles may be either of two: that is asked."""
    codes = {one.code for one in columns}
    if ROLE in codes or (is_of_organisations(codes) and "credit_code" in codes):
        return columns
    likely = LIKELY_ROLES if codes & NAMING else (ORGANISATION, *LIKELY_ROLES)
    return tuple(
        replace(one, code=NOTHING, certainty=UNSURE, codes=likely) if one.code == ORGANISATION else one
        for one in columns
    )


def _of_its_kind(columns: SheetMapping, layout: Layout) -> SheetMapping:
    """A heading means less in a sheet of projects than in one of statements, and the other way round."""
    is_long = is_of_statements({one.code for one in columns})
    columns = tuple(_without(one, is_long) for one in columns)
    return columns if is_long else tuple(map(_of_row, columns, layout.heads))


def _of_row(column: MappedColumn, head: ColumnHead) -> MappedColumn:
    """Beside figures of projects 单位 may be an office and 截止 a day to come: that is asked."""
    is_office = column.code == UNIT and not (head.holds_units or _OF_SUMS.search(head.text))
    is_deadline = column.code == AS_OF and DEADLINE in head.text
    return replace(column, code=NOTHING, certainty=UNSURE) if is_office or is_deadline else column


def _without_scope(columns: SheetMapping) -> SheetMapping:
    """Beside a column of progress in words one of what is built is asked about: one of the two is read."""
    if sum(one.code == WORDS for one in columns) < 2:
        return columns
    return tuple(
        replace(one, code=NOTHING, certainty=UNSURE) if one.code == WORDS and _SCOPE.search(one.head) else one
        for one in columns
    )


def _without(column: MappedColumn, is_long: bool) -> MappedColumn:
    codes = tuple(code for code in column.codes if is_in_place(code, is_long))
    if codes == column.codes:
        return column
    code = column.code if column.code in codes else NOTHING
    return replace(column, code=code, codes=codes, certainty=column.certainty if codes else UNKNOWN)


def is_in_place(code: str, is_long: bool) -> bool:
    """Whether a sheet with one statement a row, or one project, has such a column."""
    return code in NAMING | BESIDE | OF_STATEMENTS if is_long else code not in OF_STATEMENTS - OF_ROWS


def out_of_place(codes: Collection[str]) -> list[str]:
    """Those that a sheet with these columns does not read."""
    is_long = is_of_statements(codes)
    return [code for code in codes if not is_in_place(code, is_long)]


def is_of_statements(codes: Collection[str]) -> bool:
    """Whether each row says one thing: a column names it, and another holds its value."""
    return {STATEMENT, VALUE} <= set(codes)


def is_of_organisations(codes: Collection[str]) -> bool:
    """Whether a sheet with these columns is about organisations themselves, and about no project."""
    return ORGANISATION in codes and not (NAMING | {ROLE}) & set(codes)


def chosen(mapping: SheetMapping, choices: Mapping[int, str]) -> SheetMapping:
    """As an editor says: codes by the numbers of columns, `NOTHING` for one to leave out."""
    return tuple(
        replace(one, code=choices[one.column], certainty=SURE) if one.column in choices else one
        for one in mapping
    )


def counted_in(mapping: SheetMapping, proposed: SheetMapping, unit: str) -> SheetMapping:
    """With a unit for the figures of which no heading says one."""
    return tuple(replace(one, unit=own.unit or unit) for one, own in zip(mapping, proposed, strict=True))


def replay(kept: Collection[Mapping[str, str]], layout: Layout) -> SheetMapping:
    """The columns of a sheet as they were kept of the last one, in whatever order they stand now.

    `Refused` where one is new, gone, or counts in another unit.
    """
    codes = _in_order(kept)
    heads = {one["key"]: one["head"] for one in kept}
    proposed = propose(layout)
    keys = [one.key for one in proposed]
    new = [one.head for one in proposed if one.key not in codes]
    gone = [heads[key] for key in codes if key not in keys]
    twice = [one.head for one in proposed if keys.count(one.key) > 1]
    if new or gone or (twice and len(kept) != len(proposed)):
        raise Refused("columns_changed", new="、".join(new) or "—", gone="、".join(gone) or "—")
    return tuple(_as_kept(one, codes[one.key].pop(0)) for one in proposed)


def _in_order(kept: Collection[Mapping[str, str]]) -> dict[str, list[Mapping[str, str]]]:
    """By keys; those of one key as they stood, from left to right."""
    found: dict[str, list[Mapping[str, str]]] = {}
    for one in kept:
        found.setdefault(one["key"], []).append(one)
    return found


def _as_kept(column: MappedColumn, kept: Mapping[str, str]) -> MappedColumn:
    return replace(column, code=kept["code"], certainty=SURE, unit=column.unit or kept.get("unit", ""))


def as_plain(mapping: SheetMapping) -> list[dict[str, object]]:
    """As it is kept with a batch, and for the next file of its sender."""
    return [asdict(one) | {"codes": list(one.codes)} for one in mapping]


def mapping_of(plain: Collection[Mapping[str, object]]) -> SheetMapping:
    """What `as_plain` wrote."""
    return tuple(MappedColumn(**{**one, "codes": tuple(one["codes"])}) for one in plain)  # type: ignore[arg-type]
