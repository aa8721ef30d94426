"""The database of a backup, on both engines: copied while people write, put in the place of the old one."""

import os
import re
import shutil
import sqlite3
import subprocess
import time
from contextlib import closing
from glob import glob
from pathlib import Path
from urllib.parse import quote

from django.db import connection

from tracker.backups import archive

SQLITE, POSTGRESQL = "database.sqlite3", "database.dump"
PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")
BESIDE = ("-journal", "-wal", "-shm")  # of the old file; they would be played into the new one
# What libpq reads from its environment. There no list of processes shows the password.
OPTIONS = ("host", "port", "user", "password", "service", "passfile", "sslmode", "sslrootcert")
OPTIONS += ("sslcert", "sslkey")
NOBODYS = ("--no-owner", "--no-privileges")  # whoever restores owns it
PATIENCE = 2  # seconds until the server has seen that our own connections are closed


class NotPossible(Exception):
    """Why the database cannot be copied or replaced here, in a sentence."""


def member() -> str:
    return SQLITE if connection.vendor == "sqlite" else POSTGRESQL


def copy(target: Path) -> None:
    """As one moment saw it, whatever is written meanwhile."""
    if connection.vendor == "sqlite":
        _copy_sqlite(_file(), target)
    else:
        _run("pg_dump", "--format=custom", "--schema=public", *NOBODYS, f"--file={target}")


def _copy_sqlite(source: Path, target: Path) -> None:
    """All pages in one go: in steps it would begin anew with every write. Writers wait so long."""
    address = f"file:{quote(str(source))}?mode=rw"  # to write is allowed: after a crash the journal is played
    try:
        with closing(sqlite3.connect(address, uri=True)) as live, closing(sqlite3.connect(target)) as copied:
            copied.execute("PRAGMA synchronous = OFF")  # synced with the whole backup; writers wait less
            live.backup(copied)
            is_whole = copied.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    except sqlite3.Error as error:
        raise NotPossible(f"The database could not be copied: {error}.") from error
    if not is_whole:
        raise NotPossible("The database is damaged, so it was not copied over older backups.")


def is_in_use() -> bool:
    """By anybody else, as far as the engine knows: SQLite's file does not say. Our own connections end."""
    connection.close()
    if connection.vendor == "sqlite":
        return False
    end = time.monotonic() + PATIENCE
    while (others := _others()) and time.monotonic() < end:
        time.sleep(0.1)
    return others > 0


def _others() -> int:
    count = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    )
    with closing(connection.Database.connect(**connection.get_connection_params())) as own:
        return own.execute(count).fetchone()[0]


def replace(fresh: Path, moment: str, aside: Path) -> str:
    """Put it in place, or leave all as it was; gives where the old one lies now."""
    if connection.vendor == "sqlite":
        return _replace_file(fresh, aside)
    return _replace_schema(fresh, moment)


def _replace_file(fresh: Path, aside: Path) -> str:
    live = _file()
    live.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    moved = []
    try:
        for old in (live, *(live.with_name(live.name + end) for end in BESIDE)):
            if old.exists():
                shutil.move(old, aside / old.name)  # perhaps to another disk
                moved.append(old)
        shutil.move(fresh, live)
    except OSError:
        for old in moved:
            shutil.move(aside / old.name, old)
        raise
    archive.sync(live.parent)
    return str(aside)


def _replace_schema(fresh: Path, moment: str) -> str:
    """In one transaction: the old schema under another name, the new one under the old.

    The script is written first: read from a pipe, half of one would be taken for the whole.
    """
    old = f"before_restore_{moment.replace('-', '_')}"
    script = fresh.with_suffix(".sql")
    _run("pg_restore", "--schema=public", *NOBODYS, f"--file={script}", str(fresh))
    begin = f"ALTER SCHEMA public RENAME TO {old}; CREATE SCHEMA public;"
    options = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")
    _run("psql", *options, f"--command={begin}", f"--file={script}")
    return f"schema {old}"


def _file() -> Path:
    return Path(connection.settings_dict["NAME"])


def _run(program: str, *arguments: str) -> None:
    """One of PostgreSQL's own."""
    told = connection.get_connection_params()
    environment = os.environ | {f"PG{name.upper()}": str(told[name]) for name in OPTIONS if told.get(name)}
    environment |= {"PGDATABASE": told.get("dbname", ""), "PGCONNECT_TIMEOUT": "10"}
    environment |= {"PGOPTIONS": "-c statement_timeout=0 -c lock_timeout=5s"}
    done = subprocess.run([_find(program), *arguments], env=environment, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        raise NotPossible(f"{program}: {done.stderr.strip() or f'it ended with {done.returncode}'}")


def _find(program: str) -> str:
    """Of the server's own release, since a newer one writes what an older server cannot read; else the newest
    that packages brought, else the one in PATH.
    """
    server = connection.pg_version // 10000
    places = [place for pattern in PLACES for place in glob(pattern)]
    places.sort(key=lambda place: (_release(place) == server, _release(place)), reverse=True)
    found = [path for place in places if os.access(path := f"{place}/{program}", os.X_OK)]
    if path := (found[0] if found else shutil.which(program)):
        return path
    raise NotPossible(f"{program} is not on this machine: install PostgreSQL's client programs.")


def _release(place: str) -> int:
    numbers = re.findall(r"\d+", place)
    return int(numbers[0]) if numbers else 0
