"""What a reviewer and an editor find on their desk: numbers that lead to pages; a fixed number of statements.

What waits for who reports is `desk.reporter_desk`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min
from django.utils import timezone

from projects.choices import Role
from projects.core.roles import Person
from projects.models import Claim, Problem, Project, Report, Round, Standing, Statistic
from projects.reports.queue import waiting
from projects.reports.rules.workflow import HANDED_IN


@dataclass(frozen=True, slots=True)
class OpenRound:
    """A round in which reports are due, and of how many projects none was handed in."""

    round: Round
    days_left: int
    expected: int
    missing: int


@dataclass(frozen=True, slots=True)
class ReviewWatch:
    """What a reviewer keeps an eye on; `unnamed` are the projects expected to report that have no unit."""

    waiting: int
    oldest: date | None
    rounds: tuple[OpenRound, ...]
    unnamed: tuple[Project, ...]
    overdue: int

    @property
    def is_done(self) -> bool:
        return not (self.waiting or self.unnamed or self.overdue or any(one.missing for one in self.rounds))


def of_reviewer(person: Person, today: date) -> ReviewWatch | None:
    if not person.has(Role.REVIEWER):
        return None
    queue = waiting(person).order_by().aggregate(count=Count("pk"), oldest=Min("submitted_at"))
    expected = _expected()
    open_rounds = tuple(_open_rounds(expected, today))
    return ReviewWatch(
        waiting=queue["count"],
        oldest=queue["oldest"] and timezone.localdate(queue["oldest"]),
        rounds=open_rounds,
        unnamed=tuple(one for one in expected if one.department_id is None) if open_rounds else (),
        overdue=Problem.objects.reachable_by(person).overdue(today).count(),
    )


def awaiting_editor(person: Person) -> int | None:
    """Claims and statistics entered by others that wait for a second person."""
    if not person.has(Role.EDITOR):
        return None
    pending = (model.objects.pending().exclude(entered_by=person.pk) for model in (Claim, Statistic))
    return sum(rows.count() for rows in pending)


def _expected() -> list[Project]:
    rows = Standing.objects.today().select_related("project").order_by("project")
    return [one.project for one in rows if one.is_expected]


def _open_rounds(expected: list[Project], today: date) -> list[OpenRound]:
    """The one that closes first, first."""
    open_rounds = list(Round.objects.open_on(today).order_by("closes_on"))
    rows = Report.objects.filter(round__in=open_rounds, state__in=HANDED_IN).order_by()
    handed_in = set(rows.values_list("round", "project"))
    return [
        OpenRound(
            round=one,
            days_left=(one.closes_on - today).days,
            expected=len(expected),
            missing=sum((one.pk, project.pk) not in handed_in for project in expected),
        )
        for one in open_rounds
    ]
