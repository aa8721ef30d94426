"""How the page of district figures reads: each subject in a line, facts against targets, notes below."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from projects.core.money import Money
from projects.core.statements import Number, Value
from projects.models import Statistic
from projects.pages.charts import clear

if TYPE_CHECKING:
    from projects.public.statistics import Group, StatisticFigure, Subject

WIDTH, WORDS = 600.0, 78.0  # of the line, and of a period's words


@dataclass(frozen=True, slots=True)
class AxisMark:
    """A figure on the line, and where its time stands beside it."""

    row: Statistic
    x: float
    words: float


@dataclass(frozen=True, slots=True)
class StatisticLine:
    """A subject: its figures, those that can be drawn to one scale, and whether any are disputed."""

    subject: Subject
    facts: list[AxisMark]
    targets: list[AxisMark]

    @property
    def is_drawn(self) -> bool:
        return bool(self.facts) and bool(self.targets)

    @property
    def is_contested(self) -> bool:
        return any(figure.others for figure in self.subject.figures)


@dataclass(frozen=True, slots=True, eq=False)
class LineGroup:
    """Lines under a heading; without a group those on which the sources disagree.

    It stands for all that it was made from, and for the page that it was made for.
    """

    code: str
    title: str
    lines: list[StatisticLine]

    @property
    def more(self) -> list[StatisticLine]:
        """What a narrow screen folds away: all but the first."""
        return self.lines[1:]

    @property
    def notes(self) -> list[Statistic]:
        return [row for line in self.lines for figure in line.subject.figures for row in rows_of(figure)]


def groups(found: Iterable[Group]) -> list[LineGroup]:
    """Where the sources disagree first, under a heading of its own; then by group."""
    lines = [(group, [line_of(subject) for subject in group.subjects]) for group in found]
    disputed = [line for _group, of_group in lines for line in of_group if line.is_contested]
    rest = [
        LineGroup(group.group.value, str(group.group.label), agreed)
        for group, of_group in lines
        if (agreed := [line for line in of_group if not line.is_contested])
    ]
    return [LineGroup("contested", _("Where the sources disagree"), disputed), *rest] if disputed else rest


def numbers(shown: Iterable[LineGroup]) -> dict[str, int]:
    """The number of each note, in the order of the page."""
    refs = (row.ref for group in shown for row in group.notes)
    return {ref: number for number, ref in enumerate(dict.fromkeys(refs), 1)}


def rows_of(figure: StatisticFigure) -> list[Statistic]:
    """What holds, what contradicts it, where else it is said."""
    return [figure.row, *(other for other, _conflict in figure.others), *figure.elsewhere]


def line_of(subject: Subject) -> StatisticLine:
    """Drawn where a fact and a target have the same unit."""
    rows = [figure.row for figure in subject.figures]
    sized = [(row, size) for row in rows if (size := _size(row.statement().value))]
    units = {size[1] for _row, size in sized}
    if len(units) != 1:
        return StatisticLine(subject, [], [])
    most = max(size[0] for _row, size in sized)
    facts = [(row, number / most) for row, (number, _unit) in sized if not row.is_target]
    targets = [(row, number / most) for row, (number, _unit) in sized if row.is_target]
    return StatisticLine(subject, _marks(facts), _marks(targets))


def _size(value: Value | None) -> tuple[Decimal, str] | None:
    if isinstance(value, Money) and value.yuan > 0:
        return Decimal(value.yuan), "yuan"
    return (value.value, value.unit) if isinstance(value, Number) and value.value > 0 else None


def _marks(shares: list[tuple[Statistic, Decimal]]) -> list[AxisMark]:
    at = [round(float(share) * WIDTH, 2) for _row, share in shares]
    words = clear(at, WIDTH, WORDS)
    return [AxisMark(row, x, there) for (row, _share), x, there in zip(shares, at, words, strict=True)]
