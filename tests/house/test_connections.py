"""What a server's connections are held to: a read ends, a write does not, a lock is waited for five seconds.

SQLite alone: on PostgreSQL the server does it, and its own settings are tested in `test_settings`.
"""

import json
import os
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError, connection
from django.db.backends.signals import connection_created
from django.db.utils import ConnectionHandler
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from tracker import connections
from tracker.connections import Watch, hold_to_limits, limit
from tracker.settings import _sqlite

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="SQLite's own"),
]

MINUTES = """SELECT count(*) FROM
    (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n)"""
# The first row is there at once, the second never.
DRIPPING = """SELECT i FROM
    (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n) WHERE i = 1"""
LONG_READ = """SELECT count(*) FROM
    (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000000) SELECT i FROM n)"""
LONG_WRITE = f"INSERT INTO kept {LONG_READ}"


@contextmanager
def held() -> Iterator[None]:
    hold_to_limits()
    yield
    connection_created.disconnect(dispatch_uid="tracker.connections")


@pytest.fixture
def opened(tmp_path):
    """A connection to a file of its own, as the server opens it."""
    with held():
        one = opened_on(tmp_path)
        yield one
        one.close()


def opened_on(folder):
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "own.sqlite3", "OPTIONS": _sqlite}
    one = ConnectionHandler({"default": database | {"CONN_MAX_AGE": None}})["default"]
    with one.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS kept (n)")
    return one


@pytest.fixture
def soon(monkeypatch):
    monkeypatch.setattr(connections, "MAX_READ", 0.2)


def seconds(act) -> float:
    began = time.monotonic()
    act()
    return time.monotonic() - began


def rows(one, sql: str) -> list:
    with one.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


@pytest.mark.promise(
    "A read that would run for minutes is ended", control="test_control_without_it_it_runs_on"
)
@pytest.mark.parametrize("sql", [MINUTES, DRIPPING])
def test_a_read_ends_while_it_computes_and_while_it_is_fetched(opened, soon, figure, sql):
    def read():
        with pytest.raises(OperationalError, match="interrupted"):
            rows(opened, sql)

    took = seconds(read)
    assert 0.2 <= took < 2
    figure(f"a limit of 0.2 s in force after {took:.2f} s")
    assert rows(opened, "SELECT 1") == [(1,)]


@login_not_required
def minutes(request):
    return HttpResponse(rows(connection, MINUTES))


urlpatterns = [path("minutes/", minutes)]


def test_who_asked_is_told_so(settings, soon):
    settings.ROOT_URLCONF = sys.modules[__name__]
    limit(connection)
    try:
        answer = Client().get("/minutes/")
    finally:
        connection.connection.set_progress_handler(None, 1)
        connection.execute_wrappers.clear()
        connection.close_at = None
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "暂时无法使用" in answer.text and "Unavailable for the moment" in answer.text


def test_control_without_it_it_runs_on(tmp_path, soon):
    """Ended from outside after five times the limit."""
    one = opened_on(tmp_path)
    end = time.monotonic() + 1
    one.connection.set_progress_handler(lambda: time.monotonic() > end, 20_000)
    with pytest.raises(OperationalError, match="interrupted"):
        rows(one, MINUTES)
    assert time.monotonic() >= end
    one.close()


def test_the_limit_is_three_seconds():
    assert connections.MAX_READ == 3


@pytest.mark.promise("A write is never ended half-way", control="test_control_a_read_as_long_is_ended")
def test_a_write_takes_the_time_it_needs(opened, soon, figure):
    took = seconds(lambda: opened.cursor().execute(LONG_WRITE))
    assert took > 0.2
    assert rows(opened, "SELECT n FROM kept") == [(4_000_000,)]
    figure(f"{took:.1f} s against a limit of 0.2 s for reads")


def test_control_a_read_as_long_is_ended(opened, soon):
    with pytest.raises(OperationalError, match="interrupted"):
        rows(opened, LONG_READ)


def test_after_a_write_reads_of_the_same_transaction_take_their_time(opened, soon):
    opened.in_atomic_block = True
    rows(opened, "INSERT INTO kept VALUES (1)")
    assert rows(opened, LONG_READ) == [(4_000_000,)]
    opened.in_atomic_block = False
    with pytest.raises(OperationalError, match="interrupted"):
        rows(opened, LONG_READ)


def test_a_transaction_begins_unwritten():
    """BEGIN is no SELECT and comes before the block is marked."""
    watch, asked = Watch(), []
    block = type("Connection", (), {"in_atomic_block": False})()

    def says(sql, is_in_block):
        block.in_atomic_block = is_in_block
        watch(lambda *given: asked.append(given), sql, (), False, {"connection": block})
        return watch.end is not None

    said = [
        ("INSERT", True),
        ("SELECT", True),
        ("BEGIN IMMEDIATE", False),
        ("SELECT", True),
        ("SELECT", False),
    ]
    assert [says(*one) for one in said] == [False, False, False, True, True]
    assert len(asked) == 5


@pytest.mark.promise(
    "The database runs no patterns", control="test_control_a_pattern_runs_where_nothing_is_held"
)
def test_there_are_no_patterns(opened):
    with pytest.raises(OperationalError):
        rows(opened, "SELECT 'a' REGEXP 'a'")


def test_control_a_pattern_runs_where_nothing_is_held(tmp_path):
    one = opened_on(tmp_path)
    assert rows(one, "SELECT 'a' REGEXP 'a'") == [(1,)]
    one.close()


def test_a_connection_is_kept_until_something_fails(opened):
    """Opened while its file could not be written, it never could be again."""
    before = opened.connection
    opened.close_if_unusable_or_obsolete()
    assert opened.connection is before
    with pytest.raises(OperationalError):
        rows(opened, "SELECT * FROM nothing")
    opened.close_if_unusable_or_obsolete()
    assert opened.connection is None
    assert rows(opened, "SELECT 1") == [(1,)]
    opened.close_if_unusable_or_obsolete()
    assert opened.connection is not None
    assert sum(isinstance(one, Watch) for one in opened.execute_wrappers) == 1


def test_what_it_costs(opened, figure):
    """Measured beside the same statement without it; the bound is wide, for a busy machine."""

    def best(times=5, count=2_000):
        with opened.cursor() as cursor:
            loop = lambda: [cursor.execute("SELECT 1").fetchone() for _ in range(count)]  # noqa: E731
            return min(seconds(loop) for _ in range(times)) / count

    with_it = best()
    opened.execute_wrappers.clear()
    assert with_it - best() < 50e-6


# The whole application, in a process of its own


PROGRAM = """
import json, sys, time
from urllib.parse import urlencode
from datetime import timedelta
import tracker.wsgi
from django.contrib.sessions.models import Session
from django.db.models import F
from django.conf import settings
from django.test import Client, override_settings
from projects.models import User

def ask(line):
    who, method, address, fields = json.loads(line)
    client = Client(raise_request_exception=False, headers={"host": "localhost"})
    if who:
        client.cookies["sessionid"] = sessions[who]
    began = time.monotonic()
    if method == "get":
        answer = client.get(address, fields)
    else:
        answer = client.post(address, urlencode(fields), "application/x-www-form-urlencoded")
    words = answer.content.decode()
    return [answer.status_code, time.monotonic() - began, answer.get("Retry-After", ""), words]

plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
override_settings(STORAGES=settings.STORAGES | {"staticfiles": plain}).enable()
from tests.cast import cast
people, sessions = cast(), {}
for name in ("reviewer", "editor"):
    client = Client()
    client.force_login(getattr(people, name))
    sessions[name] = client.cookies["sessionid"].value
# So old that the next look into it moves it on.
Session.objects.update(expire_date=F("expire_date") - timedelta(minutes=5))
print("ready", flush=True)
for line in sys.stdin:
    print(json.dumps(ask(line)), flush=True)
"""


class Program:
    def __init__(self, process):
        self.process = process
        assert process.stdout.readline() == "ready\n"

    def ask(self, method: str, address: str, *, who: str = "", **fields) -> tuple[int, float, str, str]:
        self.process.stdin.write(json.dumps([who, method, address, fields]) + "\n")
        self.process.stdin.flush()
        return tuple(json.loads(self.process.stdout.readline()))


@pytest.fixture
def program(own_database):
    process = own_database.start("-c", PROGRAM)
    try:
        yield Program(process)
    finally:
        process.kill()
        process.wait()


@contextmanager
def locked(database, how: str) -> Iterator[None]:
    """By another connection to the file, as another process has it."""
    other = sqlite3.connect(database.folder / "tracker.sqlite3", isolation_level=None)
    other.execute(f"BEGIN {how}")
    try:
        yield
    finally:
        other.rollback()
        other.close()


@pytest.mark.promise(
    "Beside a locked database a write is told so after five seconds, and reads go on",
    control="test_control_a_longer_wait_is_noticed",
)
def test_a_write_waits_five_seconds_for_the_lock(own_database, program, figure):
    program.ask("get", "/projects/")
    with locked(own_database, "IMMEDIATE"):
        status, took, retry, words = open_round(program)
        read, read_took, *_ = program.ask("get", "/promises/")
        desk, desk_took, *_ = program.ask("get", "/desk/rounds/", who="reviewer")
    assert in_time((status, took, retry, words)), (status, took)
    assert (read, desk) == (200, 200)
    assert max(read_took, desk_took) < 2
    assert open_round(program)[0] == 302
    figure(f"503 after {took:.1f} s; a public page in {read_took:.2f} s, a desk page in {desk_took:.2f} s")


def open_round(program) -> tuple:
    return program.ask("post", "/desk/rounds/", who="reviewer", month="2026-03", sure="on")


def in_time(answer: tuple) -> bool:
    """Five seconds, in words, with when to come again."""
    status, took, retry, words = answer
    return status == 503 and 4 < took < 7 and retry == "5" and "Unavailable for the moment" in words


def test_control_a_longer_wait_is_noticed():
    assert not in_time((503, 20.0, "5", "Unavailable for the moment"))
    assert in_time((503, 5.1, "5", "Unavailable for the moment"))
