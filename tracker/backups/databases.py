"""The database of a backup, on both engines: copied while people write, put in the place of the old one."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from glob import glob
from pathlib import Path
from urllib.parse import quote

from django.db import connection

SQLITE, POSTGRESQL = "database.sqlite3", "database.dump"
PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")
BESIDE = ("-journal", "-wal", "-shm")  # of the old file; they would be played into the new one


class NotPossible(Exception):
    """Why the database cannot be copied or replaced here, in a sentence."""


def member() -> str:
    return SQLITE if connection.vendor == "sqlite" else POSTGRESQL


def copy(target: Path) -> None:
    """As one moment saw it, whatever is written meanwhile."""
    if connection.vendor == "sqlite":
        _copy_sqlite(_file(), target)
    else:
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def _copy_sqlite(source: Path, target: Path) -> None:
    """All pages in one go: in steps it would begin anew with every write. Writers wait so long."""
    address = f"file:{quote(str(source))}?mode=rw"  # to write is allowed: after a crash the journal is played
    with closing(sqlite3.connect(address, uri=True)) as live, closing(sqlite3.connect(target)) as copied:
        live.backup(copied)
        if copied.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise NotPossible("The database is damaged, so it was not copied over older backups.")
    with target.open("rb") as file:
        os.fsync(file.fileno())


def replace(fresh: Path, moment: str, aside: Path) -> str:
    """Put it in place; gives where the old one lies now."""
    if connection.vendor == "sqlite":
        return _replace_file(fresh, aside)
    return _replace_schema(fresh, moment)


def _replace_file(fresh: Path, aside: Path) -> str:
    connection.close()
    live = _file()
    for old in (live, *(live.with_name(live.name + end) for end in BESIDE)):
        if old.exists():
            os.replace(old, aside / old.name)
    os.replace(fresh, live)
    return str(aside)


def _replace_schema(fresh: Path, moment: str) -> str:
    """In one transaction: the old schema under another name, the new one under the old."""
    old = f"before_restore_{moment.replace('-', '_')}"
    script = fresh.with_suffix(".sql")
    _run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(fresh))
    begin = f"ALTER SCHEMA public RENAME TO {old}; CREATE SCHEMA public;"
    connection.close()
    options = ("--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")
    _run("psql", *options, f"--command={begin}", f"--file={script}")
    return f"schema {old}"


def is_in_use() -> bool:
    """By anybody else, as far as the engine knows: SQLite's file does not say."""
    if connection.vendor == "sqlite":
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        return cursor.fetchone()[0] > 0


def _file() -> Path:
    return Path(connection.settings_dict["NAME"])


def _run(program: str, *arguments: str) -> None:
    """Of PostgreSQL's own; the password goes by the environment, where no list of processes shows it."""
    settings = connection.settings_dict
    names = {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGDATABASE": "NAME",
    }
    told = {name: str(settings[key]) for name, key in names.items() if settings.get(key)}
    options = {name: str(value) for name, value in settings["OPTIONS"].items() if name == "host"}
    environment = os.environ | told | ({"PGHOST": options["host"]} if options else {})
    environment |= {"PGOPTIONS": "-c statement_timeout=0"}
    done = subprocess.run([_find(program), *arguments], env=environment, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        raise NotPossible(f"{program}: {done.stderr.strip()}")


def _find(program: str) -> str:
    """The newest that packages brought, else the one in PATH."""
    places = sorted((place for pattern in PLACES for place in glob(pattern)), key=_number, reverse=True)
    found = [path for place in places if os.access(path := f"{place}/{program}", os.X_OK)]
    if path := (found[0] if found else shutil.which(program)):
        return path
    raise NotPossible(f"{program} is not on this machine: install PostgreSQL's client programs.")


def _number(place: str) -> int:
    return int("".join(character for character in place if character.isdigit()) or 0)
