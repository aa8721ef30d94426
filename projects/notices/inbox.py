"""Telling people, each of a thing once: the rows of notices on the desk, and that they were read.

What is due to be said comes as reminders (`reports.rules.reminders`); what leaves the house is
`notices.outbox`.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from projects.audit.data_version import locked_version
from projects.choices import NoticeKind, Role
from projects.core.roles import Person
from projects.models import Notice, User
from projects.models.user import person_of
from projects.notices.rules import Reminder

KEYS_AT_ONCE = 500
TOLD = (Role.REPORTER, Role.REVIEWER, Role.EDITOR)


def tell(reminders: Iterable[Reminder], *, at: datetime) -> int:
    """Write what nobody was told yet; the number of rows written."""
    with transaction.atomic():
        locked_version()  # two who tell at once take turns
        people = _people(timezone.localdate(at))
        rows = {row.key: row for reminder in reminders for row in _rows(reminder, people, at)}
        told = _told(list(rows))
        new = [row for key, row in rows.items() if key not in told]
        Notice.objects.bulk_create(new, batch_size=KEYS_AT_ONCE)
    return len(new)


def withdraw(kinds: Iterable[NoticeKind], month: str) -> int:
    """Take back what a month's round was announced by; how many."""
    of_month = reduce(or_, (Q(key__startswith=f"{kind.value}:{month}") for kind in kinds))
    return Notice.objects.filter(of_month).delete()[1].get(Notice._meta.label, 0)


def mark_read(person: Person, *, at: datetime, number: int | None = None) -> int:
    """One of one's own, or all; how many were unread."""
    rows = Notice.objects.reachable_by(person).unread()
    if number is not None:
        rows = rows.filter(pk=number)
    return rows.update(read_at=at)


def _people(on: date) -> list[Person]:
    """Everybody who may come in and has a part in the record, in three statements."""
    has_part = Q(groups__name__in=[one.value for one in TOLD]) | Q(is_superuser=True)
    users = User.objects.filter(has_part, is_active=True).distinct().order_by("pk")
    return [person_of(user, on) for user in users.prefetch_related("groups", "further_units")]


def _rows(reminder: Reminder, people: list[Person], at: datetime) -> Iterator[Notice]:
    for person in people:
        if _is_told(reminder, person):
            yield Notice(
                key=f"{reminder.kind}:{reminder.subject}:{reminder.department or ''}:{person.pk}",
                user_id=person.pk,
                kind=reminder.kind.value,
                role=reminder.role.value,
                department_id=reminder.department,
                projects=list(reminder.projects_for(person.pk)),
                values=reminder.values,
                made_at=at,
            )


def _is_told(reminder: Reminder, person: Person) -> bool:
    if reminder.to not in (None, person.pk):
        return False
    if reminder.role == Role.REPORTER:
        return person.reports_for(reminder.department)
    return person.has(reminder.role) and reminder.concerns(person.pk)


def _told(keys: list[str]) -> set[str]:
    """In portions: a statement takes only so many values."""
    found: set[str] = set()
    for start in range(0, len(keys), KEYS_AT_ONCE):
        portion = keys[start : start + KEYS_AT_ONCE]
        found.update(Notice.objects.filter(key__in=portion).values_list("key", flat=True))
    return found
