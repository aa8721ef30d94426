"""Cursors for prepared statements: what Django and the database look for in one each time, they find once."""

from functools import cache, lru_cache
from types import SimpleNamespace

from django.db import connection
from django.db.backends.sqlite3.base import SQLiteCursorWrapper
from django.db.backends.utils import CursorWrapper

MAX_STATEMENTS = 400  # of some kilobytes each


def cursor() -> CursorWrapper:
    """On PostgreSQL each connection plans it once: of a page that takes longer than to answer it."""
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    raw = connection.connection
    if connection.vendor != "postgresql":
        return connection._prepare_cursor(raw.cursor(factory=MarkedOnce))
    raw.prepare_threshold = 0  # whoever asks a form will ask it again
    return connection._prepare_cursor(_planned_once()(raw))


class MarkedOnce(SQLiteCursorWrapper):
    """Django looks through a statement for the places of its values each time that it is asked."""

    def convert_query(self, query: str, *, param_names: list[str] | None = None) -> str:
        return (
            _marked(query) if param_names is None else super().convert_query(query, param_names=param_names)
        )


@lru_cache(MAX_STATEMENTS)
def _marked(query: str) -> str:
    return SQLiteCursorWrapper.convert_query(None, query)


@cache
def _planned_once() -> type:
    """A cursor that hands PostgreSQL the values apart from the statement."""
    from django.db.backends.postgresql.base import ServerBindingCursor  # noqa: PLC0415 (of that engine)

    class PlannedOnce(ServerBindingCursor):
        def execute(self, sql: str, params: list) -> None:
            super().execute(sql, params)
            if connection.queries_logged:
                # As it is told of others: with its values.
                self._query = SimpleNamespace(query=connection.ops.compose_sql(sql, params).encode())

    return PlannedOnce
