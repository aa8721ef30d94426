"""Publishing: one transaction that raises the data version, so that no kept page outlives it.

Every action that changes what the public sees runs inside. How a request reads it: `audit.version_reading`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.db.models import Model

from projects.audit import clock
from projects.models import DataVersion


@contextmanager
def publishing(at: datetime, table: type[Model] = DataVersion) -> Iterator[DataVersion]:
    """Publishers take turns at the row; it also orders the audit chain. A migration has its own `table`."""
    with transaction.atomic():
        version = locked_version(table)
        clock.require_right(at)
        version.number += 1
        version.changed_at = at
        version.save()
        yield version


def locked_version(table: type[Model] = DataVersion) -> DataVersion:
    """The one row, locked for this transaction."""
    version, _ = table._base_manager.select_for_update().get_or_create(id=1)
    return version


def current_version() -> int:
    """The number in the row; 0 before anything was published."""
    return number_and_moment()[0]


def number_and_moment() -> tuple[int, datetime | None]:
    """With when it was raised last."""
    return DataVersion.objects.filter(id=1).values_list("number", "changed_at").first() or (0, None)
