"""What the daily command looks at, as plain values: rounds, reports handed in, promises, pauses, problems.

Read by `queries.outlook`; what is said of it is `rules.reminders`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from projects.core.promises import Facts


@dataclass(frozen=True, slots=True)
class Asked:
    """A project of which a round expects a report; `state` is empty where nothing was begun."""

    code: str
    department: int | None
    state: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    month: str
    opens_on: date
    closes_on: date
    closed_on: date | None = None
    asked: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True)
class Handed:
    """A report that was handed in, and given back where `returned_at` says when."""

    month: str
    code: str
    department: int | None
    submitted_on: date
    writers: frozenset[int] = frozenset()
    returned_at: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Pledge:
    code: str
    department: int | None
    told: Facts


@dataclass(frozen=True, slots=True)
class Paused:
    code: str
    department: int | None
    noted_on: date | None


@dataclass(frozen=True, slots=True)
class Raised:
    """An open problem of a published report, with the unit that answers for it."""

    number: int
    code: str
    department: int
    due_on: date


@dataclass(frozen=True, slots=True)
class Outlook:
    """All that the day's reminders are made from."""

    months: tuple[Month, ...] = ()
    handed: tuple[Handed, ...] = ()
    pledges: tuple[Pledge, ...] = ()
    pauses: tuple[Paused, ...] = ()
    problems: tuple[Raised, ...] = ()
