"""The data version as requests read it beside every writer: never an old one, never one not committed."""

import os
import random
import sqlite3
import time
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import OperationalError, connection

from projects.audit import version_reading
from projects.audit.version_reading import SQLiteFile, VersionReading, committed_version

on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="a file with its locks")

# What a worker makes of it


class Row:
    """A data version that can be out of reach."""

    def __init__(self):
        self.number, self.trouble, self.asked = 1, None, 0

    def __call__(self) -> int:
        self.asked += 1
        if self.trouble:
            raise self.trouble("out of reach")
        return self.number


@pytest.fixture
def row(monkeypatch) -> Row:
    row = Row()
    monkeypatch.setattr(version_reading, "_way", lambda: row)
    return row


@pytest.fixture
def now(monkeypatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr(version_reading.time, "monotonic", lambda: now[0])
    return now


def holding(seconds: float, monkeypatch) -> VersionReading:
    monkeypatch.setitem(version_reading.HOLDS, connection.vendor, seconds)
    return VersionReading()


def test_the_version_is_asked_for_each_time(row, monkeypatch):
    version = holding(0.0, monkeypatch)
    assert version.read() == (1, True)
    row.number = 2
    assert version.read() == (2, True)


@pytest.mark.parametrize("trouble", [OperationalError, connection.Database.OperationalError, OSError])
def test_out_of_reach_the_last_reading_stands_and_is_tried_again_after_a_second(
    row, now, monkeypatch, trouble
):
    version = holding(0.0, monkeypatch)
    version.read()
    row.trouble = trouble
    assert version.read() == (1, False)
    row.trouble, row.number = None, 2
    assert version.read() == (1, False) and row.asked == 2, "a long lock is not asked at every request"
    now[0] += version_reading.REST
    assert version.read() == (2, True)


@pytest.mark.django_db
def test_where_a_reading_holds_it_is_asked_once_in_that_time(row, now, monkeypatch):
    version = holding(1.0, monkeypatch)
    for _ in range(9):
        assert version.read() == (1, True)
        now[0] += 0.1
    row.number = 2
    assert version.read() == (1, True) and row.asked == 1
    now[0] += 0.2
    assert version.read() == (2, True) and row.asked == 2


def test_a_version_never_read_is_none(row):
    row.trouble = OperationalError
    assert VersionReading().read() == (None, False)


# SQLite's file


@pytest.fixture
def path(tmp_path, monkeypatch) -> Path:
    path = tmp_path / "file with a ?.sqlite3"
    writer = writer_of(path)
    writer.execute("PRAGMA journal_mode = TRUNCATE")
    writer.execute("CREATE TABLE projects_dataversion (id, number)")
    writer.execute("INSERT INTO projects_dataversion VALUES (1, 7)")
    monkeypatch.setitem(connection.settings_dict, "NAME", path)
    return path


def writer_of(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None, timeout=0)


def write(writer: sqlite3.Connection, ends: str = "COMMIT") -> None:
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE projects_dataversion SET number = number + 1")
    writer.execute(ends)


@on_sqlite
def test_the_row_is_read_beside_a_writer_and_never_waits_for_one(path):
    writer = writer_of(path)
    assert committed_version() == 7
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE projects_dataversion SET number = 8")
    assert committed_version() == 7, "what is not committed is not seen"
    writer.execute("COMMIT")
    writer.execute("BEGIN EXCLUSIVE")
    began = time.monotonic()
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        committed_version()
    assert time.monotonic() - began < 1
    writer.execute("ROLLBACK")
    assert committed_version() == 8
    writer.execute("BEGIN EXCLUSIVE")
    assert committed_version() == 8, "the file says that nothing was committed"


@on_sqlite
def test_the_row_is_asked_again_only_where_something_was_committed(path, monkeypatch):
    asked = []
    number = version_reading._number
    monkeypatch.setattr(version_reading, "_number", lambda reader: asked.append(1) or number(reader))
    writer = writer_of(path)
    for _ in range(3):
        assert committed_version() == 7
    write(writer, "ROLLBACK")
    assert committed_version() == 7 and len(asked) == 1
    writer.execute("CREATE TABLE other (id)")
    assert committed_version() == 7 and len(asked) == 2


@on_sqlite
def test_each_commit_is_seen_by_the_next_reading(path):
    """Whatever two writers do; each reading is held against that of another connection."""
    dice, writers, seen = random.Random(1), [writer_of(path), writer_of(path)], set()
    for _ in range(600):
        dice.choice(writers).execute(
            f"PRAGMA journal_mode = {dice.choice(['DELETE', 'TRUNCATE', 'PERSIST'])}"
        )
        write(dice.choice(writers), dice.choice(["COMMIT", "ROLLBACK"]))
        truth = writers[0].execute("SELECT number FROM projects_dataversion").fetchone()[0]
        assert committed_version() == truth
        seen.add(truth)
    assert len(seen) > 200


def wal_is_followed(path: Path) -> bool:
    writer = writer_of(path)
    assert writer.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
    for _ in range(3):
        write(writer)
        if committed_version() != writer.execute("SELECT number FROM projects_dataversion").fetchone()[0]:
            return False
    return True


@on_sqlite
def test_with_a_wal_the_row_is_read_each_time(path):
    assert wal_is_followed(path)


@on_sqlite
def test_control_with_a_wal_the_head_of_the_file_says_nothing(path, monkeypatch):
    monkeypatch.setattr(version_reading, "WITH_JOURNAL", b"")
    assert not wal_is_followed(path)


def number_after_a_commit_that_broke_off(path: Path, file: SQLiteFile) -> int:
    """It has written the head of the file and is undone; the next commit writes the very same head."""
    # Closed only with the process, as the application's own: else the locks below would be gone.
    head = os.open(path, os.O_RDWR)
    writer, before = writer_of(path), os.pread(head, 4, 24)
    writer.execute("BEGIN EXCLUSIVE")
    os.pwrite(head, (int.from_bytes(before) + 1).to_bytes(4), 24)
    with suppress(sqlite3.OperationalError):
        file.version()
    os.pwrite(head, before, 24)
    writer.execute("ROLLBACK")
    assert file.version() == 7
    write(writer)
    return file.version()


@on_sqlite
def test_a_commit_that_broke_off_leaves_nothing_behind(path):
    assert number_after_a_commit_that_broke_off(path, SQLiteFile(path)) == 8


@on_sqlite
def test_control_a_sign_taken_without_the_lock_hides_the_next_commit(path):
    class Early(SQLiteFile):
        """Takes the sign, and asks for the row once the writer is gone."""

        early = b""

        def _sign(self) -> bytes:
            sign, self.early = self.early or super()._sign(), b""
            return sign

        def version(self) -> int:
            try:
                return super().version()
            except sqlite3.OperationalError:
                self.early = super()._sign()
                raise

    file = Early(path)
    assert number_after_a_commit_that_broke_off(path, file) == 7


@on_sqlite
def test_a_file_that_is_not_there_is_told_as_the_engine_tells_it(tmp_path, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "NAME", tmp_path / "nothing.sqlite3")
    with pytest.raises(sqlite3.OperationalError):
        committed_version()
    assert VersionReading().read() == (None, False)
