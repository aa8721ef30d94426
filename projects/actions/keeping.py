"""What was posted with a dead session: kept for half an hour, given back once to the same person and address.

Whether a post may be kept at all (its signed token) is asked at the door, in `views.keeping`. Nothing here is
audited or logged: it is no part of any record until its author saves it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction

from projects.models import KeptText, User
from tracker.trouble import trouble_of

KEPT_FOR = timedelta(minutes=30)
MOST_BYTES = 100_000
LONGEST_PATH = 200


@dataclass(frozen=True, slots=True)
class Kept:
    """The fields as they were posted, and when."""

    fields: dict[str, str]
    at: datetime


def keep(user: int, path: str, fields: dict[str, str], *, at: datetime) -> bool:
    """The last post of a person to an address; False where it is too large or there is no such person."""
    size = sum(len(f"{name}{text}".encode(errors="replace")) for name, text in fields.items())
    with transaction.atomic():
        is_someone = User.objects.filter(pk=user, is_active=True).exists()
        if not is_someone or size > MOST_BYTES or len(path) > LONGEST_PATH:
            return False
        sweep(at)
        told = {"fields": _storable(fields), "kept_at": at}
        KeptText.objects.update_or_create(user_id=user, path=path, defaults=told)
    return True


def take(user: User, path: str, *, at: datetime) -> Kept | None:
    """Given back once: the row goes, too old or not. It is read too while nothing can be written."""
    row = KeptText.objects.filter(user=user, path=path).first()
    if row is None:
        return None
    try:
        with transaction.atomic():
            is_ours, _ = KeptText.objects.filter(pk=row.pk).delete()
    except DatabaseError as error:
        if not trouble_of(error):
            raise
        is_ours = True
    return Kept(row.fields, row.kept_at) if is_ours and row.kept_at >= at - KEPT_FOR else None


def sweep(now: datetime) -> int:
    """Remove what nobody came back for in time; gives how many there were. The daily command calls it too."""
    gone, _ = KeptText.objects.filter(kept_at__lt=now - KEPT_FOR).delete()
    return gone


def _storable(fields: dict[str, str]) -> dict[str, str]:
    """PostgreSQL's JSON takes neither NUL nor half a surrogate; no keyboard types one."""
    return {_plain(name): _plain(text) for name, text in fields.items()}


def _plain(text: str) -> str:
    return text.replace("\x00", "").encode(errors="replace").decode()
