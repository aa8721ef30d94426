"""What is wrong in a draft, grouped by column and by value, with what each may mean."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.text import capfirst

from projects.choices import CellOutcome, Kind
from projects.core.refusals import Fault
from projects.core.statements import Value
from projects.imports.batches import INSTEAD
from projects.imports.draft_sheet import KIND
from projects.imports.rules.compared import ComparedRow
from projects.imports.rules.proposals import LOST, NAMING
from projects.models import Department, Place, Project
from projects.words.columns import COLUMNS
from projects.words.headings import STATEMENTS
from projects.words.language import in_language

NAMED = {"department": Department, "place": Place}  # columns whose words are names of rows
ALIKE, MOVED, NO_KIND = "name_alike", "record_moved_on", "kind_missing"
NOT_WRITTEN = frozenset({ALIKE, MOVED, NO_KIND, "project_waits", "project_twice", "statement_twice"})
MAX_NAMES = 300  # of units or places offered


@dataclass
class FaultGroup:
    """Cells of one column that say the same and are wrong for the same reason."""

    column: str
    text: str
    fault: Fault
    near: tuple[str, ...] = ()
    rows: list[int] = field(default_factory=list)
    value: Value | None = None  # where the cell can be read, and the record says no
    options: list[tuple[str, str]] = field(default_factory=list)  # codes with their words

    @property
    def key(self) -> str:
        said = "\n".join((self.column, self.text, self.fault.code))
        return hashlib.sha256(said.encode()).hexdigest()[:12]

    @property
    def may_be_written(self) -> bool:
        """Whether another text may stand there instead."""
        return self.fault.code not in NOT_WRITTEN and self.value is None and bool(self.text)

    @property
    def may_be_blank(self) -> bool:
        """Whether the row can do without the cell."""
        return self.may_be_written and self.column not in NAMING

    def chosen(self, code: str) -> tuple[str, str, str]:
        """As a batch keeps it."""
        column, text = KIND if self.fault.code == NO_KIND else (self.column, self.text)
        return column, text, code

    def written(self, text: str) -> tuple[str, str, str]:
        return self.column, self.text, INSTEAD + text


def groups(rows: Iterable[ComparedRow]) -> list[FaultGroup]:
    """Without the rows that are left out; the most frequent first."""
    found: dict[tuple[str, str, str], FaultGroup] = {}
    for row in rows:
        if row.is_skipped:
            continue
        for one in row.faults:
            _group(found, one.on, "" if one.code == NO_KIND else row.name, one).rows.append(row.number)
        for cell in row.cells:
            if cell.outcome == CellOutcome.REFUSED:
                group = _group(found, cell.column, cell.text or _text_of(cell.new), cell.faults[0])
                group.near, group.value = group.near or cell.near, cell.new
                group.rows.append(row.number)
    return sorted(found.values(), key=lambda one: -len(one.rows))


def _group(found: dict, column: str, text: str, fault: Fault) -> FaultGroup:
    return found.setdefault((column, text, fault.code), FaultGroup(column, text, fault))


def _text_of(value: object) -> str:
    return str(getattr(value, "text", value) or "")


def offer(shown: Iterable[FaultGroup]) -> list[FaultGroup]:
    """With what each may mean: near ones first, then all words of the column."""
    shown = list(shown)
    near = {code for one in shown if one.fault.code in (ALIKE, *LOST) for code in one.near}
    names = {one.code: in_language(one) for one in Project.objects.filter(code__in=near)}
    for one in shown:
        one.options = _options(one, names)
    return shown


def _options(group: FaultGroup, names: dict[str, str]) -> list[tuple[str, str]]:
    if group.fault.code == NO_KIND:
        return [(one.value, str(one.label)) for one in Kind]
    if group.fault.code == "unknown_statement":
        words = {code: str(capfirst(head_of(code))) for code in STATEMENTS}
        return list(({code: words[code] for code in group.near} | words).items())
    if group.column in ("name", "parent"):
        return [(code, f"{names[code]} ({code})") for code in group.near if code in names]
    column = COLUMNS.get(group.column)
    if group.fault.code == "unknown_word" and column and column.codes:
        words = {one.value: str(one.label) for one in column.codes}
    elif group.fault.code.startswith("unknown_") and group.column in NAMED:
        rows = NAMED[group.column].objects.order_by("code")[:MAX_NAMES]
        words = {one.code: in_language(one) for one in rows}
    else:
        return []
    first = {code: words[code] for code in group.near if code in words}
    return list((first | words).items())


def head_of(column: str) -> str:
    """The name of a column in the language of the page."""
    found = COLUMNS.get(column)
    return str(found.name) if found else column
