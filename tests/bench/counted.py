"""The application with a count on each answer: statements, rows that came from the database, and where its
processor time went."""

import threading
import time
from functools import wraps

from django.db.backends.utils import CursorWrapper
from django.db.models.query import QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.template.base import Template

from tracker.wsgi import application as real

_now = threading.local()


def _counted(name: str):
    def fetch(cursor, *args):
        found = getattr(cursor.cursor, name)(*args)
        if name == "fetchone":
            _now.rows += found is not None
        else:
            _now.rows += len(found)
        return found

    return fetch


for _name in ("fetchone", "fetchmany", "fetchall"):
    setattr(CursorWrapper, _name, _counted(_name))


def _asked(name: str):
    """Not by `execute_wrapper`: the last in is the first out, and a new connection brings its own."""
    act = getattr(CursorWrapper, name)

    def execute(*args, **kwargs):
        _now.statements += 1
        return act(*args, **kwargs)

    return execute


for _name in ("execute", "executemany"):
    setattr(CursorWrapper, _name, _asked(_name))


class Shares:
    """Processor time by what is at work: each moment counts for the innermost of those that were begun."""

    def __init__(self):
        self.spent = {"database": 0.0, "templates": 0.0, "rest": 0.0}
        self.begun, self.since = ["rest"], time.thread_time()

    def turn(self) -> None:
        now = time.thread_time()
        self.spent[self.begun[-1]] += now - self.since
        self.since = now

    def during(self, name: str, act, *args, **kwargs):
        self.turn()
        self.begun.append(name)
        try:
            return act(*args, **kwargs)
        finally:
            self.turn()
            self.begun.pop()


def _shared(name: str, owner: type, method: str) -> None:
    act = getattr(owner, method)

    @wraps(act)
    def timed(*args, **kwargs):
        return _now.shares.during(name, act, *args, **kwargs)

    setattr(owner, method, timed)


from projects.models.prepared import PreparedStatement  # noqa: E402 (Django is set up by now)

_shared("database", QuerySet, "_fetch_all")
_shared("database", SQLCompiler, "execute_sql")
_shared("database", PreparedStatement, "found")
_shared("database", PreparedStatement, "read")
_shared("templates", Template, "render")


def application(environ, start_response):
    begin()
    answer = {}

    def start(status, headers, *_rest):
        answer.update(status=status, headers=headers)

    parts = real(environ, start)
    body = b"".join(parts)
    if hasattr(parts, "close"):
        parts.close()
    _now.shares.turn()
    shares = [(f"X-{name.title()}", f"{1000 * spent:.3f}") for name, spent in _now.shares.spent.items()]
    counts = [("X-Statements", str(_now.statements)), ("X-Rows", str(_now.rows))]
    start_response(answer["status"], [*answer["headers"], *counts, *shares])
    return [body]


def begin() -> None:
    _now.statements = _now.rows = 0
    _now.shares = Shares()


def worker():
    begin()
    return application
