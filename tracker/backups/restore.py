"""Putting a backup in the place of what is there: checked first, never beside a server, the old data kept."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from tracker.backups import archive, databases
from tracker.backups.backup import FORMAT
from tracker.secret import secrets_key_fingerprints

# Of the data folder: held by all that use it, as long as they live. In it stands a word while a restore has
# exchanged some of the data and not all.
USED = ".used.lock"
UNFINISHED = b"unfinished"


class NotRestorable(Exception):
    """Why it is not restored or started, in a sentence; the data are as before."""


@dataclass(frozen=True, slots=True)
class Restored:
    made_at: str
    old_data: tuple[str, ...]
    has_key: bool  # of second factors: one of those at hand locked them
    is_older: bool  # made by a release before this one


def hold(folder: Path) -> None:
    """Keep every restore off until this process ends, and whatever takes its place or is forked from it."""
    file = os.open(folder / USED, os.O_RDONLY | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        raise NotRestorable(f"A backup is being restored into {folder}: wait for its end.") from None
    if os.read(file, 1):
        raise NotRestorable(
            f"A restore into {folder} broke off: run it again, and it takes all from the backup."
        )
    os.set_inheritable(file, True)


def restore(path: Path, at: datetime) -> Restored:
    folder = Path(settings.DATA_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _unused(folder) as mark, _room(folder) as room:
        manifest = _checked(path)
        archive.unpack(path, manifest, room)
        places = _exchange(room, folder, f"{timezone.localtime(at):%Y%m%d-%H%M%S-%f}", mark)
    return Restored(manifest["made_at"], tuple(sorted(places)), _has_key(manifest), _is_older(manifest))


@contextmanager
def _unused(folder: Path) -> Iterator[Callable[[bytes], None]]:
    """Gives what writes into the lock's file."""
    with open(os.open(folder / USED, os.O_RDWR | os.O_CREAT, 0o600), "r+b", buffering=0) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NotRestorable(f"The server or a command is running on {folder}: stop it first.") from None
        if databases.is_in_use():
            raise NotRestorable(
                "Others are connected to the database: stop the server and all commands first."
            )
        yield lambda word: _write(file, word)


def _write(file, word: bytes) -> None:
    file.seek(0)
    file.truncate()
    file.write(word)
    os.fsync(file.fileno())


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
    if manifest["format"] != FORMAT:
        raise NotRestorable("It was made by another release, in a form that this one does not know.")
    if manifest["engine"] != connection.vendor:
        raise NotRestorable(f"It is a backup of {manifest['engine']}, and this is {connection.vendor}.")
    if manifest["is_demonstration"] != settings.DEMO:
        raise NotRestorable(
            "Real and demonstration data never share a folder, and one of the two is the other's."
        )
    if newer := sorted(set(manifest["migrations"]) - _migrations()):
        raise NotRestorable(f"It was made by a newer release, which knows {newer[-1]}: install that first.")
    return manifest


def _migrations() -> set[str]:
    """Those of this release."""
    return {"/".join(one) for one in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}


def _is_older(manifest: dict) -> bool:
    return not _migrations() <= set(manifest["migrations"])


def _exchange(room: Path, folder: Path, moment: str, mark: Callable[[bytes], None]) -> set[str]:
    """Gives where the old data lie. The mark stays where this breaks off in the middle."""
    aside = folder / f"before-restore-{moment}"
    aside.mkdir(mode=0o700)
    mark(UNFINISHED)
    try:
        places = {databases.replace(room / databases.member(), moment, aside)}
    except (databases.NotPossible, OSError):
        mark(b"")  # all or nothing
        aside.rmdir()
        raise
    _swap(room / "media", Path(settings.MEDIA_ROOT), aside)
    for key in sorted((room / "keys").glob("*")):
        _swap(key, folder / key.name, aside)
    archive.sync(folder)
    mark(b"")
    if any(aside.iterdir()):
        return places | {str(aside)}
    aside.rmdir()
    return places - {str(aside)}


def _swap(fresh: Path, live: Path, aside: Path) -> None:
    if live.exists():
        os.replace(live, aside / live.name)
    if fresh.exists():
        os.replace(fresh, live)


def _has_key(manifest: dict) -> bool:
    try:
        return manifest["secrets_key"] in secrets_key_fingerprints()
    except (ImproperlyConfigured, OSError):
        return False
