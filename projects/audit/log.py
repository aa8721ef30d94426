"""Writing the audit chain: who did what, when, to what, with the hash of the entry before.

What of it is kept, and who reaches it, is `audit.rules.reach`: every entry passes there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from projects.audit import clock
from projects.audit.data_version import locked_version
from projects.audit.rules import chain, reach
from projects.models import AuditEntry, Report, User
from projects.models.managers import BATCH, in_batches


def record(
    action: str,
    subject: str,
    *,
    by: User | None,
    at: datetime,
    before: object = None,
    after: object = None,
    report: Report | None = None,
) -> AuditEntry:
    """Append an entry; the caller's transaction makes it stand or fall with what it tells.

    `report` is what a report, a problem or an attachment belongs to: whoever reaches it reads the entry.
    """
    before, after = reach.kept(action, before, after)
    with transaction.atomic():
        locked_version()  # writers of the chain take turns
        clock.require_right(at)
        told = {"action": action, "subject": subject, "by": by, "at": at, "before": before, "after": after}
        return append(AuditEntry, report=report, **told)


@dataclass(frozen=True, slots=True)
class Told:
    """What an entry tells of a subject."""

    subject: str
    before: object = None
    after: object = None


def record_each(action: str, told: Iterable[Told], *, by: User | None, at: datetime) -> None:
    """An entry for each of several subjects, by a few statements, however many there are."""
    with transaction.atomic():
        locked_version()  # writers of the chain take turns
        clock.require_right(at)
        last, entries = _end(AuditEntry), []
        for one in told:
            before, after = reach.kept(action, one.before, one.after)
            sides = {"subject": one.subject, "before": before, "after": after}
            last = _after(last, AuditEntry, action=action, by=by, at=at, **sides)
            entries.append(last)
        AuditEntry.objects.bulk_create(entries, batch_size=BATCH)


def append(table: type[Model], *, action: str, **told) -> AuditEntry:
    """At the end of the chain, for whoever has the lock; a migration has its own `table`."""
    entry = _after(_end(table), table, action=action, **told)
    entry.save(force_insert=True)
    return entry


def _end(table: type[Model]) -> AuditEntry | None:
    return table._base_manager.order_by("-number").first()


def _after(last: AuditEntry | None, table: type[Model], *, action: str, **told) -> AuditEntry:
    """The next of the chain, not yet kept."""
    previous_hash = last.hash if last else chain.BEGINNING
    entry = table(
        number=last.number + 1 if last else 1,
        action=action,
        reach=reach.kind_of(action).reach,
        previous_hash=previous_hash,
        **told,
    )
    entry.hash = chain.link(as_plain(entry), previous_hash)
    return entry


def read_clock(at: datetime) -> None:
    """Once a day, and where the clock can be right: what is written next is measured by it."""
    with transaction.atomic():
        locked_version()  # two machines take turns: the second finds it noted
        clock.require_right(at)
        newest = clock.newest()
        if newest and timezone.localdate(newest) != timezone.localdate(at):
            record("clock.read", "clock", by=None, at=at)


def first_broken() -> int | None:
    """The number of the first entry that does not follow from the one before; None if the chain is whole."""
    batches = in_batches(AuditEntry.objects.all(), by="number")
    return chain.first_broken(as_plain(entry) for batch in batches for entry in batch)


def as_plain(entry: AuditEntry) -> dict:
    """The entry as the hash sees it."""
    return {
        "number": entry.number,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "by": entry.by_id,
        "action": entry.action,
        "subject": entry.subject,
        "reach": str(entry.reach),
        "report": entry.report_id,
        "before": entry.before,
        "after": entry.after,
        "previous_hash": entry.previous_hash,
        "hash": entry.hash,
    }
