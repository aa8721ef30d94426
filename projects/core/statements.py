"""What the rules see of a claim: its series, its typed value, its two clocks, where it was said.

Holds the plain values and when two of them differ. Which of several holds is in `core.precedence`;
the table they come from is `models.claim`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeVar

from projects.choices import Basis, PromiseState, Topic
from projects.core import fuzzy_dates, money, numbers
from projects.core.fuzzy_dates import Fuzzy
from projects.core.money import Money


class Series(NamedTuple):
    """Two claims of a project speak of the same thing exactly when their series are equal."""

    topic: str
    measure: str = ""
    scope: str = ""
    period: str = ""
    method: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A figure with its unit; the decimals are those printed."""

    value: Decimal
    unit: str


DATED_TOPICS = (Topic.PROMISED, Topic.ACTUAL)

Value = str | Money | Number | Fuzzy
V = TypeVar("V", bound=Value)
Place = tuple[int, int | None, int | None]  # section, paragraph, sentence


class Statement(NamedTuple):
    """A public claim or statistic; `value` is None in a withdrawal."""

    ref: str
    series: Series
    value: Value | None
    as_of: Fuzzy
    known_on: date
    is_stated: bool = True
    rank: int = 2
    source: str = ""
    place: Place | None = None
    entered: int = 0
    corrects: str | None = None
    qualifier: str = ""
    is_target: bool = False
    published: Fuzzy | None = None  # the date of its source, where it became known with it

    @property
    def basis(self) -> Basis:
        return Basis.STATED if self.is_stated else Basis.INFERRED

    @property
    def known(self) -> Fuzzy:
        """Since when it is known, as its source gives it: `known_on` is the last day of that."""
        return self.published or fuzzy_dates.day(self.known_on)

    @property
    def said_at(self) -> tuple[str, Place | str]:
        """The statement in its source: two claims from one statement cannot contradict each other."""
        return (self.source, self.place or self.ref)

    @property
    def is_undecided(self) -> bool:
        """待定: that no date stands."""
        return self.value == PromiseState.TBD

    @property
    def speaks_of_a_plan(self) -> bool:
        return self.is_target or self.series.topic == Topic.ANNUAL_PLAN

    def value_as(self, kind: type[V]) -> V:
        """Its value where the topic says of which kind it is (`Topic.takes`)."""
        if not isinstance(self.value, kind):
            raise TypeError(f"{self.ref} holds no {kind.__name__}")
        return self.value


def differ(one: Value | None, other: Value | None, topic: str) -> bool:
    """Whether two values of a series contradict each other, each within its printed precision.

    Words about works are never compared: two descriptions can both be true.
    """
    if topic == Topic.WORKS:
        return False
    if isinstance(one, Fuzzy) and isinstance(other, Fuzzy):
        return not (fuzzy_dates.contains(one, other) or fuzzy_dates.contains(other, one))
    if isinstance(one, Money) and isinstance(other, Money):
        return not money.same_within_precision(one, other)
    if isinstance(one, Number) and isinstance(other, Number):
        return one.unit != other.unit or not numbers.same_within_precision(one.value, other.value)
    return one != other
