"""Where somebody is signed in, and ending a session of one's own elsewhere."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings

from projects.models import SignedInSession, User
from tracker.sessions import BEGAN, DEVICE


def end(ref: str, *, by: User, but: str) -> bool:
    """Whether there was one; never the one (by its key) in which it is asked for: that is signing out."""
    rows = SignedInSession.objects.filter(user=by).exclude(pk=but)
    return any(row.delete() for row in rows if row.ref == ref)


@dataclass(frozen=True, slots=True)
class OpenSession:
    ref: str
    is_this: bool
    began: datetime
    seen: datetime
    browser: str
    system: str


def open_sessions(user: User, key: str, now: datetime) -> list[OpenSession]:
    """One's own alone, this one (by its key) first, then the last seen."""
    rows = SignedInSession.objects.filter(user=user, expire_date__gt=now)
    found = [_session(row, row.pk == key, now) for row in rows]
    return sorted(found, key=lambda one: (not one.is_this, now - one.seen))


def _session(row: SignedInSession, is_this: bool, now: datetime) -> OpenSession:
    held = row.get_decoded()
    began = datetime.fromtimestamp(held.get(BEGAN, now.timestamp()), tz=UTC)
    # In its last half hour the end no longer moves on: then it was seen since, and at least as it began.
    seen = now if is_this else max(began, row.expire_date - timedelta(seconds=settings.SESSION_COOKIE_AGE))
    browser, system = held.get(DEVICE, ("", ""))
    return OpenSession(row.ref, is_this, began, seen, browser, system)
