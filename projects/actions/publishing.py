"""Publishing: one transaction that raises the data version, so that no page outlives it.

Every action that changes what the public sees runs inside. The mirror for the workers is
`tracker.kept`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.db import transaction

from projects.actions import clock_watching
from projects.models import DataVersion
from tracker.kept import version_file

# Whether somebody around us settles the mirror once the outermost transaction is committed.
_is_announced: ContextVar[bool] = ContextVar("is_announced", default=False)


@contextmanager
def publishing(at: datetime) -> Iterator[DataVersion]:
    """Publishers take turns at the row; it also orders the audit chain.

    Within another transaction the mirror would be settled before the commit, so that is refused
    (`durable`) unless it is announced.
    """
    own = transaction.atomic(durable=not _is_announced.get())
    with version_file().changing(current_version), own:
        version = locked_version()
        clock_watching.require_right(at)
        version.number += 1
        version.changed_at = at
        version.save()
        yield version


@contextmanager
def announcing() -> Iterator[None]:
    """Around a transaction that another opens (the admin's own): settled only once that is committed.

    `publishing` within it cannot settle, because this one still holds the lock.
    """
    with version_file().changing(current_version):
        before = _is_announced.set(True)
        try:
            yield
        finally:
            _is_announced.reset(before)


def locked_version() -> DataVersion:
    """The one row, locked for this transaction."""
    version, _ = DataVersion.objects.select_for_update().get_or_create(id=1)
    return version


def current_version() -> int:
    """The number in the row; 0 before anything was published."""
    return DataVersion.objects.filter(id=1).values_list("number", flat=True).first() or 0
