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
from projects.models import Claim, Current, Problem, Round, Statistic
from projects.reports.queue import waiting
from projects.reports.round_overview import summaries
from projects.tips import queue as tip_queue
from projects.tips.queue import TipCounts

MAX_NAMED = 20


@dataclass(frozen=True, slots=True)
class OpenRound:
    """A round in which reports are due, and of how many projects none was handed in."""

    round: Round
    days_left: int
    expected: int
    missing: int


@dataclass(frozen=True, slots=True)
class Unnamed:
    """The projects that are to be reported on and have no unit: how many, and the first of them."""

    count: int
    first: tuple[Current, ...]


@dataclass(frozen=True, slots=True)
class ReviewWatch:
    """What a reviewer keeps an eye on."""

    waiting: int
    oldest: date | None
    rounds: tuple[OpenRound, ...]
    overdue: int

    @property
    def is_done(self) -> bool:
        return not (self.waiting or self.overdue or any(one.missing for one in self.rounds))


def of_reviewer(person: Person, today: date) -> ReviewWatch | None:
    if not person.has(Role.REVIEWER):
        return None
    queue = waiting(person).order_by().aggregate(count=Count("pk"), oldest=Min("submitted_at"))
    open_rounds = tuple(_open_rounds(person, today))
    return ReviewWatch(
        waiting=queue["count"],
        oldest=queue["oldest"] and timezone.localdate(queue["oldest"]),
        rounds=open_rounds,
        overdue=Problem.objects.reachable_by(person).overdue(today).count(),
    )


@dataclass(frozen=True, slots=True)
class Undecided:
    """Entries of others that wait for a second person; which of them correct what is published."""

    claims: int
    corrections: int
    statistics: int

    @property
    def count(self) -> int:
        return self.claims + self.statistics


def tips(person: Person, today: date) -> TipCounts | None:
    """What people outside told us, for those who answer."""
    return tip_queue.counts(today) if person.reads_all_reports else None


def undecided(person: Person) -> Undecided | None:
    """For whoever may decide on them."""
    if not person.reads_all_reports:
        return None
    claims = Claim.objects.waiting_alone().exclude(entered_by=person.pk)
    told = claims.aggregate(claims=Count("pk"), corrections=Count("corrects"))
    return Undecided(
        **told, statistics=Statistic.objects.waiting_alone().exclude(entered_by=person.pk).count()
    )


def unnamed(person: Person) -> Unnamed | None:
    """For whoever can do something about it, whether a round is open or not."""
    if not person.reads_all_reports:
        return None
    rows = Current.objects.expected().filter(department=None)
    first = tuple(rows.order_by("number")[: MAX_NAMED + 1])
    count = len(first) if len(first) <= MAX_NAMED else rows.count()
    return Unnamed(count, first[:MAX_NAMED]) if count else None


def _open_rounds(person: Person, today: date) -> list[OpenRound]:
    """The one that closes first, first."""
    open_rounds = list(Round.objects.open_on(today).order_by("closes_on"))
    told = summaries(open_rounds, person)
    return [
        OpenRound(one.round, (one.round.closes_on - today).days, one.tally.expected, one.tally.outstanding)
        for one in told
    ]
