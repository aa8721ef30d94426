"""A database and folders in trouble, for tests: every write fails as the engine or the system says it."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import psycopg
import pytest
from django.core.files import temp
from django.db import connection
from django.db.backends.utils import CursorWrapper

from tracker.trouble import Trouble

WRITES = ("INSERT", "UPDATE", "DELETE")


def _sqlite(kind, code: int, words: str) -> Exception:
    error = kind(words)
    error.sqlite_errorcode = code
    return error


SAID = {
    "sqlite": {
        Trouble.FULL: lambda: _sqlite(sqlite3.OperationalError, 13, "database or disk is full"),
        Trouble.READ_ONLY: lambda: _sqlite(
            sqlite3.OperationalError, 8, "attempt to write a readonly database"
        ),
        Trouble.UNREADABLE: lambda: _sqlite(sqlite3.OperationalError, 266, "disk I/O error"),
        Trouble.BUSY: lambda: _sqlite(sqlite3.OperationalError, 5, "database is locked"),
    },
    "postgresql": {
        Trouble.FULL: lambda: psycopg.errors.DiskFull("could not extend file"),
        Trouble.READ_ONLY: lambda: psycopg.errors.ReadOnlySqlTransaction("cannot execute INSERT"),
        Trouble.UNREADABLE: lambda: psycopg.errors.IoError("could not read block"),
        Trouble.BUSY: lambda: psycopg.errors.LockNotAvailable("canceling statement due to lock timeout"),
    },
}


@contextmanager
def writes_fail(trouble: Trouble) -> Iterator[None]:
    """Where the engine would say so; the statement never arrives, so that the test's transaction lives on."""
    execute = CursorWrapper._execute

    def refuse(self, sql, params, *ignored):
        if sql.lstrip().upper().startswith(WRITES):
            with self.db.wrap_database_errors:
                raise SAID[connection.vendor][trouble]()
        return execute(self, sql, params, *ignored)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(CursorWrapper, "_execute", refuse)
        yield


ERRORS = {Trouble.FULL: errno.ENOSPC, Trouble.READ_ONLY: errno.EROFS, Trouble.UNREADABLE: errno.EACCES}


@contextmanager
def no_temporary_file(trouble: Trouble, after: int = 0) -> Iterator[None]:
    """A temporary folder that takes no file, or whose files take so many bytes and no more."""
    made = temp.NamedTemporaryFile

    def refused(*args, **kwargs):
        if not after:
            raise OSError(ERRORS[trouble], "refused")
        file, room = made(*args, **kwargs), SimpleNamespace(left=after)
        write = file.write

        def bounded(data):
            room.left -= len(data)
            if room.left < 0:
                raise OSError(ERRORS[trouble], "refused")
            return write(data)

        file.write = bounded
        return file

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(temp, "NamedTemporaryFile", refused)
        yield
