"""System checks of the frame: what the database really runs with."""

import sqlite3

from django.core.checks import Info, Tags, register
from django.db import OperationalError, connections


@register(Tags.database)
def journal_mode(app_configs, databases, **kwargs):
    """Say which SQLite journal runs; on PostgreSQL there is nothing to say."""
    return [
        Info(
            f"SQLite {sqlite3.sqlite_version} runs with journal mode {mode}.",
            hint="WAL from SQLite 3.51.3 on; before it, two connections can damage a WAL file.",
            id="tracker.I001",
        )
        for alias in databases or ()
        if (mode := _journal_mode(connections[alias]))
    ]


def _journal_mode(connection) -> str | None:
    if connection.vendor != "sqlite":
        return None
    try:
        with connection.cursor() as cursor:
            return cursor.execute("PRAGMA journal_mode").fetchone()[0]
    except OperationalError:
        # A check says what it sees; a database that cannot be opened is for /readyz to report.
        return None
