"""Putting a backup in the place of what is there: checked first, never beside a server, the old data kept."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tracker.backups import archive, databases
from tracker.secret import secrets_key_fingerprint

SERVING = ".serving.lock"  # of the data folder; the server holds it as long as it lives


class Refused(Exception):
    """Why it is not restored, in a sentence; the data are as before."""


@dataclass(frozen=True, slots=True)
class Restored:
    made_at: str
    old_data: tuple[str, ...]
    has_key: bool  # of second factors: the one with which they were locked


def hold_while_serving(folder: Path) -> None:
    """The lock goes with the server and all its workers, however they end: it is theirs by inheritance."""
    file = os.open(folder / SERVING, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(file, fcntl.LOCK_SH)
    os.set_inheritable(file, True)


def restore(path: Path, at: datetime) -> Restored:
    folder = Path(settings.DATA_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _nobody_serves(folder), _room(folder) as room:
        manifest = _checked(path)
        archive.unpack(path, manifest, room)
        moment = f"{at.astimezone(UTC):%Y%m%d-%H%M%S}"
        aside = folder / f"before-restore-{moment}"
        aside.mkdir(mode=0o700)
        places = {databases.replace(room / databases.member(), moment, aside)}
        places |= _swap(room / "media", Path(settings.MEDIA_ROOT), aside)
        for key in sorted((room / "keys").glob("*")):
            places |= _swap(key, folder / key.name, aside)
        archive.sync(folder)
        if not any(aside.iterdir()):
            aside.rmdir()
    return Restored(manifest["made_at"], tuple(sorted(places)), _has_key(manifest))


@contextmanager
def _nobody_serves(folder: Path) -> Iterator[None]:
    with open(folder / SERVING, "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(f"The server is running on {folder}: stop it first.") from None
        if databases.is_in_use():
            raise Refused("Others are connected to the database: stop the server and all commands first.")
        yield


@contextmanager
def _room(folder: Path) -> Iterator[Path]:
    """On the same disk, so that what is unpacked is put in place by its name alone."""
    for left in folder.glob(".restore-*"):
        shutil.rmtree(left)
    room = Path(tempfile.mkdtemp(prefix=".restore-", dir=folder))
    try:
        yield room
    finally:
        shutil.rmtree(room)


def _checked(path: Path) -> dict:
    manifest = archive.check(path)
    if manifest["engine"] != connection.vendor:
        raise Refused(f"It is a backup of {manifest['engine']}, and this is {connection.vendor}.")
    known = {"/".join(one) for one in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    if newer := sorted(set(manifest["migrations"]) - known):
        raise Refused(f"It was made by a newer release, which knows {newer[-1]}: install that first.")
    return manifest


def _swap(fresh: Path, live: Path, aside: Path) -> set[str]:
    """The fresh one under the live one's name; where the old one lies, if there was one."""
    places = set()
    if live.exists():
        os.replace(live, aside / live.name)
        places.add(str(aside))
    if fresh.exists():
        os.replace(fresh, live)
    return places


def _has_key(manifest: dict) -> bool:
    try:
        return secrets_key_fingerprint() == manifest["secrets_key"]
    except (ImproperlyConfigured, OSError):
        return False
