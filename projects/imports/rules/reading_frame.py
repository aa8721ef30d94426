"""How the columns of a sheet are read, and what is the same for all of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from projects.core.fuzzy_dates import Fuzzy
from projects.core.refusals import Refused
from projects.imports.rules.headings import Names
from projects.imports.rules.lookups import ProjectTable, WordTable
from projects.imports.rules.mapping import SheetMapping

Choices = Mapping[tuple[str, str], str]  # (column, text of a cell) -> the code that an editor chose for it

TEXT, CODE, PROJECT, MONEY, PERCENT, DATE = "text", "code", "project", "money", "percent", "date"
NAMES = "names"  # of organisations


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """How the cells of a column are read; without a topic they are facts of the project."""

    code: str
    reads: str
    topic: str = ""
    measure: str = ""
    is_either: bool = False  # a date of which the day says whether it is a promise
    words: WordTable | None = None
    most: int = 500  # characters

    def code_of(self, text: str, choices: Choices) -> str:
        """As an editor chose it for this text, else by the words of the column."""
        if chosen := choices.get((self.code, text)):
            return chosen
        if self.words is None:
            raise Refused("unknown_word", text=text)
        return self.words.code(text)

    def short(self, text: str) -> str:
        if len(text) > self.most:
            raise Refused("cell_too_long", text=text)
        return text


@dataclass(frozen=True, slots=True)
class ReadingFrame:
    """What is the same for all rows of a sheet."""

    mapping: SheetMapping
    rules: Mapping[str, ColumnRule]
    projects: ProjectTable
    choices: Choices
    as_of: Fuzzy
    known_on: date
    near: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)  # as they were looked for
    statements: Names = field(
        default_factory=dict
    )  # how a row may call what it says, where it says one thing
    instead: Choices = field(default_factory=dict)  # what an editor wrote over its values

    def instead_of(self, code: str, text: str) -> str:
        return self.instead.get((code, text), text)
