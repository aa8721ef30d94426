"""The server's clock, compared with the newest entry of the audit before anything is written under its time.

The rule is `audit.rules.server_clock`. Every entry passes `require_right`, so the newest one was plausible
itself; `audit.data_version` asks it too, before it looks at anything else.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta

from django.conf import settings

from projects.audit.rules.server_clock import WrongClock, fault_of
from projects.models import AuditEntry

_is_watched: ContextVar[bool] = ContextVar("is_watched", default=True)


def require_right(at: datetime) -> None:
    """Raise `WrongClock` where it cannot be right."""
    fault = fault_of(at, newest(), quiet=timedelta(days=settings.MAX_QUIET_DAYS))
    if fault and _is_watched.get():
        raise WrongClock.of([fault])


def newest() -> datetime | None:
    return AuditEntry.objects.values_list("at", flat=True).first()


@contextmanager
def unwatched() -> Iterator[None]:
    """For what is written under another time on purpose: a confirmation, and the demonstration's past."""
    before = _is_watched.set(False)
    try:
        yield
    finally:
        _is_watched.reset(before)
