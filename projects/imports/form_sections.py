"""Which section of a form a project stands in: by kind, stage, unit, place or funding, as its titles say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from projects.core.refusals import Refused
from projects.imports import reading
from projects.imports.rules.form_layout import FormBlock
from projects.imports.rules.reading_frame import ColumnRule
from projects.models import Standing

PARTED_BY = ("kind", "stage", "department", "place", "funding")

_REST = re.compile("其[他它](?:类?项目)?")
_ENDINGS = re.compile("(?:类|类?项目|建设项目|工程)$")


@dataclass(frozen=True, slots=True)
class FormSections:
    """The projects of each block, those that no section is for, and the titles that say nothing."""

    blocks: tuple[tuple[FormBlock, list[Standing]], ...]
    left_out: list[Standing] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def parted(blocks: Sequence[FormBlock], rows: Sequence[Standing]) -> FormSections:
    """`Refused` where no title says what its section is for."""
    if len(blocks) == 1:
        return FormSections(((blocks[0], list(rows)),))
    column, codes = _meant([one.title for one in blocks])
    rest = next((at for at, one in enumerate(blocks) if _REST.fullmatch(one.title)), None)
    done = FormSections(tuple((block, []) for block in blocks))
    for row in rows:
        code = _code_of(column, row)
        at = codes.index(code) if code in codes else rest
        (done.left_out if at is None else done.blocks[at][1]).append(row)
    told = zip(blocks, codes, strict=True)
    done.unknown.extend(one.title for at, (one, code) in enumerate(told) if code is None and at != rest)
    return done


def _meant(titles: list[str]) -> tuple[str, list[str | None]]:
    """The column by which a form is parted, the one that reads most titles; and the code that each means.

    A code that two titles mean says of neither which projects are its own.
    """
    best: tuple[str, list[str | None]] = "", []
    for column in PARTED_BY:
        rule = reading.rule_of(column)
        found = [_read(rule, title) for title in titles]
        codes = [code if found.count(code) == 1 else None for code in found]
        if _known(codes) > _known(best[1]):
            best = column, codes
    if not best[0]:
        raise Refused("form_sections_unknown", text="、".join(titles))
    return best


def _known(codes: list[str | None]) -> int:
    return len(codes) - codes.count(None)


def _read(rule: ColumnRule, title: str) -> str | None:
    """As a cell of the column would be, with or without 项目 at its end."""
    if _REST.fullmatch(title):
        return None
    for text in (title, _ENDINGS.sub("", title)):
        try:
            return rule.code_of(text, {})
        except Refused:
            continue
    return None


def _code_of(column: str, row: Standing) -> str | None:
    if column == "stage":
        return row.stage
    value = getattr(row.project, column)
    return getattr(value, "code", value) or None
