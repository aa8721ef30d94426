"""A project's money: total, invested so far, agreed; a bar of what is known, its table says the rest.

Other amounts and the capacities are `Record.figures`.
"""

from __future__ import annotations

from dataclasses import dataclass

from projects.choices import Topic
from projects.core.statements import Statement
from projects.pages.charts import MoneyBar, money_bar
from projects.records.project_record import MONEY, Record


@dataclass(frozen=True, slots=True)
class Sum:
    """One line of the table; `said` is None where nothing was published."""

    topic: Topic
    said: Statement | None


@dataclass(frozen=True, slots=True)
class MoneyOnRecord:
    bar: MoneyBar | None
    sums: list[Sum]

    @property
    def is_known(self) -> bool:
        """Whether there is any amount; one of nothing is known, and yet has no bar."""
        return any(one.said for one in self.sums)


def of_record(record: Record) -> MoneyOnRecord:
    return of_statements([held.winner if (held := record.whole(topic)) else None for topic in MONEY])


def of_statements(said: list[Statement | None]) -> MoneyOnRecord:
    """In the order of `MONEY`."""
    yuan = [one.value.yuan if one else None for one in said]
    return MoneyOnRecord(money_bar(*yuan), [Sum(*pair) for pair in zip(MONEY, said, strict=True)])
