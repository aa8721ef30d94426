"""The application with a count on each answer: statements, and rows that came from the database."""

import threading

from django.db import connection
from django.db.backends.utils import CursorWrapper

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


def _count(execute, sql, params, many, context):
    _now.statements += 1
    return execute(sql, params, many, context)


def application(environ, start_response):
    _now.statements = _now.rows = 0
    answer = {}

    def start(status, headers, *_rest):
        answer.update(status=status, headers=headers)

    with connection.execute_wrapper(_count):
        parts = real(environ, start)
        body = b"".join(parts)
        if hasattr(parts, "close"):
            parts.close()
    counts = [("X-Statements", str(_now.statements)), ("X-Rows", str(_now.rows))]
    start_response(answer["status"], [*answer["headers"], *counts])
    return [body]


def worker():
    _now.statements = _now.rows = 0
    return application
