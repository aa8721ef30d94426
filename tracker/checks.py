"""System checks of the frame: what the database really runs with, and the key of second factors."""

import sqlite3

from django.core.checks import Error, Info, Tags, register
from django.db import OperationalError, connections

from tracker.secret import secrets_key_fault


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


@register(Tags.security)
def secrets_key(app_configs, **kwargs):
    """A start fails on it, so that no second factor is ever kept in plain words beside the rest."""
    fault = secrets_key_fault()
    return [Error(fault, id="tracker.E001")] if fault else []
