"""What the daily command has to say, to whom, and once: rounds, reports, promises, pauses, problems.

Plain values in, `Reminder`s out. The same day gives the same reminders, whatever was said before: kind and
subject make the key by which each person is told once (`notices.inbox`). After days of silence only the most
pressing step of a thing is said. The sentences are `notices.messages`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from projects.choices import NoticeKind, Role
from projects.core.promises import Facts
from projects.notices.rules import Reminder
from projects.reports.rules import decisions, rounds
from projects.reports.rules.decisions import ApprovedReports, DecidedEntries
from projects.reports.rules.workflow import HANDED_IN


@dataclass(frozen=True, slots=True)
class ExpectedReport:
    """A project of which a round expects a report; `state` is empty where nothing was begun."""

    code: str
    department: int | None
    state: str = ""


@dataclass(frozen=True, slots=True)
class RoundMonth:
    month: str
    opens_on: date
    closes_on: date
    closed_on: date | None = None
    asked: tuple[ExpectedReport, ...] = ()


@dataclass(frozen=True, slots=True)
class HandedReport:
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

    months: tuple[RoundMonth, ...] = ()
    handed: tuple[HandedReport, ...] = ()
    pledges: tuple[Pledge, ...] = ()
    pauses: tuple[Paused, ...] = ()
    problems: tuple[Raised, ...] = ()
    approved: tuple[ApprovedReports, ...] = ()
    decided: tuple[DecidedEntries, ...] = ()


CLOSING_STEPS = (1, 3)  # days before a round closes, the most pressing first
PROMISE_STEPS = (7, 30)
PROBLEM_SOON = 3
PATIENCE = 3  # days that a report may wait for its review
# What ended longer ago is no news: the first run on an old record stays calm.
RECENT_ROUND, RECENT_PROMISE = timedelta(days=7), timedelta(days=90)


def due(given: Outlook, today: date) -> list[Reminder]:
    """Everything to be said as of a day; a project without a unit has nobody to be told."""
    said = [
        *(one for month in given.months for one in _of_month(month, today)),
        *(returned(one) for one in given.handed if one.returned_at),
        *_of_waiting([one for one in given.handed if not one.returned_at], today),
        *(one for pause in given.pauses for one in _of_pause(pause, today)),
        *(one for pledge in given.pledges for one in _of_pledge(pledge, today)),
        *(one for problem in given.problems for one in _of_problem(problem, today)),
        *decisions.told(given.approved, given.decided, today),
    ]
    return [one for one in said if one.role != Role.REPORTER or one.department is not None]


def returned(report: HandedReport) -> Reminder:
    """To the unit, as soon as it happens."""
    subject = f"{report.month}/{report.code}/{report.returned_at}"
    values = {"month": report.month, "note": report.note}
    return _to_unit(NoticeKind.REPORT_RETURNED, subject, report.department, [report.code], values)


def _of_month(given: RoundMonth, today: date) -> Iterator[Reminder]:
    kind, step = _phase(given, today)
    if kind is None:
        return
    subject = f"{given.month}/{step}" if step else given.month
    values = {"month": given.month, "closes_on": given.closes_on.isoformat()}
    missing = [one for one in given.asked if one.state not in HANDED_IN]
    for department, codes in _by_unit(missing):
        yield _to_unit(kind, subject, department, codes, values)
    if kind == NoticeKind.ROUND_CLOSED:
        yield _to_reviewers(kind, subject, [one.code for one in missing], values)
    nobodys = [one.code for one in given.asked if one.department is None]
    if nobodys and kind != NoticeKind.ROUND_CLOSED:
        told = (NoticeKind.NO_UNIT, given.month)
        for role in (Role.REVIEWER, Role.EDITOR):  # who sees to the round, and who can name the unit
            yield Reminder(*told, role, None, tuple(nobodys), {"month": given.month})


def _phase(given: RoundMonth, today: date) -> tuple[NoticeKind | None, int]:
    """What is to be said of a round now, and at which step."""
    if given.closed_on is not None:
        is_news = today - given.closed_on <= RECENT_ROUND
        return (NoticeKind.ROUND_CLOSED if is_news else None), 0
    if today < given.opens_on or rounds.has_ended(given.closes_on, today):
        return None, 0
    step = step_of((given.closes_on - today).days, CLOSING_STEPS)
    return (NoticeKind.ROUND_CLOSING if step else NoticeKind.ROUND_OPENED), step


def step_of(days_left: int, steps: tuple[int, ...]) -> int:
    """The most pressing step that has come; 0 before the first."""
    return next((step for step in steps if days_left <= step), 0)


def _by_unit(asked: Iterable[ExpectedReport]) -> list[tuple[int | None, list[str]]]:
    units: dict[int | None, list[str]] = defaultdict(list)
    for one in asked:
        units[one.department].append(one.code)
    return list(units.items())


def _of_waiting(handed: list[HandedReport], today: date) -> Iterator[Reminder]:
    """Those of one day together: a reviewer is told once of each day's."""
    days: dict[date, list[HandedReport]] = defaultdict(list)
    for one in handed:
        if (today - one.submitted_on).days > PATIENCE:
            days[one.submitted_on].append(one)
    for since, reports in sorted(days.items()):
        writers = tuple(one.writers for one in reports)
        codes, values = [one.code for one in reports], {"since": since.isoformat()}
        yield _to_reviewers(NoticeKind.REPORTS_WAITING, since.isoformat(), codes, values, writers)


def _of_pause(given: Paused, today: date) -> Iterator[Reminder]:
    if rounds.needs_renewal(given.noted_on, today):
        subject = f"{given.code}/{today.year}-{33 + (today.month - 1) // 3}"
        yield _to_unit(NoticeKind.PAUSE_RENEWAL, subject, given.department, [given.code], {})


def _of_pledge(given: Pledge, today: date) -> Iterator[Reminder]:
    told = given.told
    if told.to_come is None:
        return
    promised = told.to_come.value
    days_left = (promised.latest - today).days
    subject = f"{given.code}/{told.milestone}/{told.scope}/{promised.latest.isoformat()}"
    values = {"milestone": told.milestone, "scope": told.scope, "date": promised.text}
    if days_left < 0 and today - promised.latest <= RECENT_PROMISE:
        yield _to_unit(NoticeKind.PROMISE_PASSED, subject, given.department, [given.code], values)
    elif days_left >= 0 and (step := step_of(days_left, PROMISE_STEPS)):
        near = f"{subject}/{step}"
        yield _to_unit(NoticeKind.PROMISE_NEAR, near, given.department, [given.code], values)


def _of_problem(given: Raised, today: date) -> Iterator[Reminder]:
    """The unit learns of it once it is published; reviewers once it presses."""
    days_left = (given.due_on - today).days
    kind = NoticeKind.PROBLEM_OVERDUE if days_left < 0 else NoticeKind.PROBLEM_DUE
    kind = NoticeKind.PROBLEM_ASSIGNED if days_left > PROBLEM_SOON else kind
    subject = f"{given.number}/{given.due_on.isoformat()}"
    values = {"problem": str(given.number), "due_on": given.due_on.isoformat()}
    yield _to_unit(kind, subject, given.department, [given.code], values)
    if kind != NoticeKind.PROBLEM_ASSIGNED:
        yield _to_reviewers(kind, subject, [given.code], values)


def _to_unit(
    kind: NoticeKind, subject: str, department: int | None, codes: list[str], values: dict[str, str]
) -> Reminder:
    return Reminder(kind, subject, Role.REPORTER, department, tuple(codes), values)


def _to_reviewers(
    kind: NoticeKind,
    subject: str,
    codes: list[str],
    values: dict[str, str],
    writers: tuple[frozenset[int], ...] = (),
) -> Reminder:
    return Reminder(kind, subject, Role.REVIEWER, None, tuple(codes), values, writers=writers)
