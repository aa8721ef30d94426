"""Publishing: one transaction that raises the data version, so that no kept page outlives it.

Every action that changes what the public sees runs inside. The pages are kept by `tracker.kept`.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Model

from projects.audit import clock
from projects.models import DataVersion

MAX_WAIT = 0.05  # seconds for a commit that is on its way
_ROW = f"SELECT number FROM {DataVersion._meta.db_table} WHERE id = 1"  # noqa: S608 (no input)
_readers = threading.local()


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


def committed_version() -> int:
    """The number as a request meets it before it has begun: cheap, and never behind a writer's lock.

    On SQLite by a connection of its own for each thread, which only reads; it waits for a commit that is on
    its way and no longer. A database in memory has only the one connection.
    """
    database = connections[DEFAULT_DB_ALIAS]  # itself: `connection` looks it up at each name
    if database.vendor == "sqlite" and not database.is_in_memory_db():
        row = _reader(database.settings_dict["NAME"]).execute(_ROW).fetchone()
    else:
        database.ensure_connection()
        row = database.connection.execute(_ROW).fetchone()
    return row[0] if row else 0


def _reader(path: Path | str) -> sqlite3.Connection:
    if getattr(_readers, "path", None) is not path:
        address = f"file:{quote(str(path))}?mode=ro"
        _readers.connection = sqlite3.connect(address, uri=True, timeout=MAX_WAIT, isolation_level=None)
        _readers.path = path
    return _readers.connection
