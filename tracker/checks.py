"""System checks of the frame: what the database really runs with, who could read it, what is refused."""

import ipaddress
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.checks import Error, Info, Tags, Warning, register
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
def production(app_configs, **kwargs):
    """A start fails on these: strangers would read the inside of a failure, or speak past the proxy."""
    if not settings.IS_PRODUCTION:
        return []
    found = []
    if settings.DEBUG:
        found.append(
            Error(
                "DEBUG is on in production: its error pages show the inside to everybody.",
                hint="Take DEBUG out of the environment and out of .env.",
                id="tracker.E002",
            )
        )
    if not is_within(settings.HOST):
        found.append(
            Error(
                f"HOST is {settings.HOST!r} in production: what comes past the proxy may claim anything.",
                hint="Take HOST out, so that it is 127.0.0.1, or name an address of the inner network.",
                id="tracker.E003",
            )
        )
    return found


def is_within(host: str) -> bool:
    """This machine or an inner network; not every address at once, and no name that may mean anything."""
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_private and not address.is_unspecified


@register(Tags.security)
def modes(app_configs, **kwargs):
    return [Warning(text, hint=hint, id="tracker.W001") for text, hint in _open_to_others()]


@register(Tags.security, deploy=True)
def modes_in_production(app_configs, **kwargs):
    return [Error(text, hint=hint, id="tracker.E004") for text, hint in _open_to_others()]


def _open_to_others() -> Iterator[tuple[str, str]]:
    """`.env` may hold passwords, the data folder what nobody else is to read."""
    for path, right in ((Path(settings.BASE_DIR) / ".env", "600"), (Path(settings.DATA_DIR), "700")):
        if path.exists() and (mode := path.stat().st_mode & 0o777) & 0o077:
            yield f"{path} is open to other users of this machine (mode {mode:o}).", f"chmod {right} {path}"


@register(Tags.security, deploy=True)
def publisher(app_configs, **kwargs):
    """Who reads a public site must be able to see whose it is, and to reach them."""
    if not settings.IS_PRODUCTION or settings.DEMO:
        return []
    return [
        Error(
            f"{name} is not set: the footer of every public page needs it.",
            hint=f"Set {name} in the environment or in .env.",
            id="tracker.E005",
        )
        for name in ("HOST_ORGANISATION", "CONTACT")
        if not getattr(settings, name)
    ]


@register(Tags.security)
def secrets_key(app_configs, **kwargs):
    """A start fails on it, so that no second factor is ever kept in plain words beside the rest."""
    fault = secrets_key_fault()
    return [Error(fault, id="tracker.E001")] if fault else []
