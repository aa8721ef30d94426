"""Writing the audit chain: who did what, when, to what, with the hash of the entry before."""

from datetime import UTC, datetime

from django.db import transaction

from projects.actions.publishing import locked_version
from projects.models import AuditEntry, User
from projects.rules import chain


def record(
    action: str,
    subject: str,
    *,
    by: User | None,
    at: datetime,
    before: object = None,
    after: object = None,
) -> AuditEntry:
    """Append an entry; the caller's transaction makes it stand or fall with what it tells."""
    with transaction.atomic():
        locked_version()  # writers of the chain take turns
        last = AuditEntry.objects.first()
        previous_hash = last.hash if last else chain.BEGINNING
        entry = AuditEntry(
            number=last.number + 1 if last else 1,
            at=at,
            by=by,
            action=action,
            subject=subject,
            before=before,
            after=after,
            previous_hash=previous_hash,
        )
        entry.hash = chain.link(as_plain(entry), previous_hash)
        entry.save(force_insert=True)
    return entry


def as_plain(entry: AuditEntry) -> dict:
    """The entry as the hash sees it."""
    return {
        "number": entry.number,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "by": entry.by_id,
        "action": entry.action,
        "subject": entry.subject,
        "before": entry.before,
        "after": entry.after,
        "previous_hash": entry.previous_hash,
        "hash": entry.hash,
    }
