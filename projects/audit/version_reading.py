"""The data version as a request meets it before it has begun: cheap, committed, never behind a writer's lock.

Who raises it, and how its own transaction reads it: `audit.data_version`. Decisions 0024, 0045, 0050.
"""

import os
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from django.db import DEFAULT_DB_ALIAS, Error, connection, connections

from projects.models import DataVersion

HOLDS = {"sqlite": 0.0, "postgresql": 1.0}  # seconds for which a worker takes a reading
REST = 1.0  # seconds before a version that could not be read is asked for again
MAX_WAIT = 0.05  # seconds for a commit of SQLite's that is on its way
# How many bytes of SQLite's file, and where: two of the format, then the counter that each commit raises.
SIGN = (10, 18)
WITH_JOURNAL = b"\1\1"  # the format in which it does; with a WAL it need not
_ROW = f"SELECT number FROM {DataVersion._meta.db_table} WHERE id = 1"  # noqa: S608 (no input)
_readers = threading.local()


class VersionReading:
    """A worker's. While the row cannot be read the last reading stands, and is no sure one."""

    def __init__(self):
        # Found once: to look a connection up by its name costs more than the rest.
        self.ask, self.holds = _way(), HOLDS[connection.vendor]
        self.reading: tuple[int | None, bool] = (None, False)
        self.asked_again_at = 0.0

    def read(self) -> tuple[int | None, bool]:
        if (now := time.monotonic()) < self.asked_again_at:
            return self.reading
        try:
            self.reading, self.asked_again_at = (self.ask(), True), now + self.holds
        except (Error, connection.Database.Error, OSError):
            self.reading, self.asked_again_at = (self.reading[0], False), now + REST
        return self.reading


def committed_version() -> int:
    return _way()()


def _way() -> Callable[[], int]:
    """A database in memory has only the one connection."""
    database = connections[DEFAULT_DB_ALIAS]
    if database.vendor == "sqlite" and not database.is_in_memory_db():
        return SQLiteFile.at(database.settings_dict["NAME"]).version
    return _by_connection


def _by_connection() -> int:
    """Where it could be read, Django need not test the connection in this request."""
    connection.ensure_connection()
    try:
        with connection.wrap_database_errors:
            number = _number(connection.connection)
    except Error:
        connection.close_if_unusable_or_obsolete()
        raise
    connection.health_check_done = True
    return number


class SQLiteFile:
    """The row is read again only where a commit, or one on its way, has changed the head of the file.

    Both are read under one lock of SQLite's, so that the sign is that of the transaction which wrote the row.
    No later one has the same, and what is undone puts both back.
    """

    of_path: dict[Path | str, "SQLiteFile"] = {}

    def __init__(self, path: Path | str):
        self.path = path
        # Never closed: with it every lock on the file would end that we hold.
        self.descriptor: int | None = None
        self.known: tuple[bytes, int] = (b"", 0)

    @classmethod
    def at(cls, path: Path | str) -> "SQLiteFile":
        return cls.of_path.get(path) or cls.of_path.setdefault(path, cls(path))

    def version(self) -> int:
        sign, number = self.known
        if sign and os.pread(self.descriptor, *SIGN) == sign:
            return number
        with self._reader() as reader:
            reader.execute("BEGIN")
            number, sign = _number(reader), self._sign()
        if sign.startswith(WITH_JOURNAL):
            self.known = sign, number
        return number

    def _sign(self) -> bytes:
        if self.descriptor is None:
            self.descriptor = os.open(self.path, os.O_RDONLY)
        return os.pread(self.descriptor, *SIGN)

    def _reader(self) -> sqlite3.Connection:
        """Of each thread, which only reads and waits for no longer than a commit takes."""
        if getattr(_readers, "path", None) is not self.path:
            address = f"file:{quote(str(self.path))}?mode=ro"
            _readers.connection = sqlite3.connect(address, uri=True, timeout=MAX_WAIT, isolation_level=None)
            _readers.path = self.path
        return _readers.connection


def _number(connection) -> int:
    row = connection.execute(_ROW).fetchone()
    return row[0] if row else 0
