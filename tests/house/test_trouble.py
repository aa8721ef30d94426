"""Trouble told apart by codes, words and causes: a table of what the engines and the system say."""

import errno
import sqlite3

import psycopg
import pytest
from django.db import DatabaseError, InterfaceError, InternalError, OperationalError

from tracker import trouble
from tracker.trouble import WORDS, Trouble, trouble_of


def from_sqlite(code: int, kind=OperationalError) -> Exception:
    """As Django gives it on: its own exception, caused by the engine's."""
    error, cause = kind("in words"), sqlite3.OperationalError("in words")
    cause.sqlite_errorcode = code
    error.__cause__ = cause
    return error


def from_postgresql(cause: Exception, kind=OperationalError) -> Exception:
    error = kind("in words")
    error.__cause__ = cause
    return error


# SQLite's extended codes, of which the last byte is the primary one.
SQLITE = {
    Trouble.FULL: [13],
    Trouble.READ_ONLY: [8, 264, 520, 1032, 1544],
    Trouble.UNREADABLE: [3, 10, 266, 522, 778, 1034, 14, 270, 526, 11, 26],
    Trouble.BUSY: [5, 261, 517, 6, 262, 9],
}
POSTGRESQL = {
    Trouble.FULL: ["DiskFull"],
    Trouble.READ_ONLY: ["ReadOnlySqlTransaction"],
    Trouble.UNREADABLE: ["IoError", "DataCorrupted", "IndexCorrupted"],
    Trouble.BUSY: [
        "TooManyConnections",
        "AdminShutdown",
        "CrashShutdown",
        "CannotConnectNow",
        "LockNotAvailable",
        "QueryCanceled",
        "ConnectionFailure",
        "OutOfMemory",
        "DeadlockDetected",
    ],
}
SYSTEM = {
    Trouble.FULL: [errno.ENOSPC, errno.EDQUOT, errno.EFBIG],
    Trouble.READ_ONLY: [errno.EROFS],
    Trouble.UNREADABLE: [errno.EACCES, errno.EPERM, errno.EIO, errno.ESTALE],
    Trouble.BUSY: [errno.EMFILE, errno.ENFILE],
}
CASES = [
    *[(kind, from_sqlite(code)) for kind, codes in SQLITE.items() for code in codes],
    *[(kind, from_sqlite(11, DatabaseError)) for kind in [Trouble.UNREADABLE]],
    *[(kind, from_postgresql(getattr(psycopg.errors, n)())) for kind, ns in POSTGRESQL.items() for n in ns],
    (Trouble.READ_ONLY, from_postgresql(psycopg.errors.ReadOnlySqlTransaction(), InternalError)),
    *[(kind, OSError(number, "in words")) for kind, numbers in SYSTEM.items() for number in numbers],
    (Trouble.FULL, OperationalError("database or disk is full")),
    (Trouble.READ_ONLY, OperationalError("attempt to write a readonly database")),
    (Trouble.UNREADABLE, OperationalError("unable to open database file")),
    (Trouble.BUSY, OperationalError("couldn't get a connection after 2.00 sec")),
    (Trouble.BUSY, InterfaceError("connection already closed")),
    (None, FileNotFoundError(errno.ENOENT, "no such file")),
    (None, from_sqlite(19, DatabaseError)),
    (None, from_postgresql(psycopg.errors.UniqueViolation(), DatabaseError)),
    (None, ValueError("database or disk is full")),
    (None, OSError("no number")),
    (None, None),
]


@pytest.mark.promise(
    "Full, read-only, unreadable and busy are told apart for both engines and the system",
    control="test_control_without_the_table_of_codes_they_are_one",
)
def test_each_is_what_it_is(figure):
    assert [error for kind, error in CASES if trouble_of(error) != kind] == []
    figure(f"{len(CASES)} failures told apart")


def test_control_without_the_table_of_codes_they_are_one(monkeypatch):
    monkeypatch.setattr(trouble, "_by_code", lambda error: None)
    assert len([error for kind, error in CASES if trouble_of(error) != kind]) > len(CASES) / 2


def test_every_kind_has_words_in_both_languages_and_of_its_own():
    assert set(WORDS) == set(Trouble)
    assert len({words for both in WORDS.values() for words in both}) == 2 * len(Trouble)
