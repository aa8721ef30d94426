"""What was decided, told to who waits for it: reports to their unit, entries to their author.

A day's decisions are told together, once it is over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from projects.choices import NoticeKind, Role
from projects.notices.rules import Reminder

RECENT_DECISION = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class ApprovedReports:
    """Of one unit and month, what was approved on one day."""

    month: str
    department: int | None
    on: date
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DecidedEntries:
    """On which of one author's entries was decided on one day: their projects, and as whom one is told."""

    author: int
    role: Role
    department: int | None
    on: date
    codes: tuple[str, ...] = ()


def told(
    approved: Iterable[ApprovedReports], decided: Iterable[DecidedEntries], today: date
) -> Iterator[Reminder]:
    yield from (_approved(one) for one in approved if _is_over(one.on, today))
    yield from (_decided(one) for one in decided if _is_over(one.on, today))


def _is_over(on: date, today: date) -> bool:
    return today - RECENT_DECISION <= on < today


def _approved(given: ApprovedReports) -> Reminder:
    day = given.on.isoformat()
    values, subject = {"month": given.month, "since": day}, f"{given.month}/{day}"
    kind = NoticeKind.REPORTS_APPROVED
    return Reminder(kind, subject, Role.REPORTER, given.department, given.codes, values)


def _decided(given: DecidedEntries) -> Reminder:
    day = given.on.isoformat()
    kind, values = NoticeKind.ENTRIES_DECIDED, {"since": day}
    return Reminder(kind, day, given.role, given.department, given.codes, values, to=given.author)
