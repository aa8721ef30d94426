"""Making a backup while people work: the database, the photos and papers, the keys of the data folder.

The key of second factors is never in it: the manifest names its fingerprint alone.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from tracker.backups import archive, databases
from tracker.secret import secrets_key_fingerprint

FORMAT = 1
KEEP = 14
# By the moment. What somebody put beside them under another name is not ours to remove.
OURS = f"backup-{'[0-9]' * 8}-{'[0-9]' * 6}*.tar"
KEYS = ("secret_key",)
ROOM = ".being-backed-up-"


class Busy(Exception):
    """Another backup is being made."""


def folder() -> Path:
    return Path(settings.BACKUP_DIR or Path(settings.DATA_DIR) / "backups")


def is_made(folder: Path, day: date) -> bool:
    return any(folder.glob(f"backup-{day:%Y%m%d}-*.tar"))


def make(folder: Path, keep: int, at: datetime) -> Path:
    """One more; then the oldest go, so that `keep` are left."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone():
        _sweep(folder)
        path = _free_name(folder, at)
        with archive.written_aside(path) as part, _room(folder) as room, _room(_held()) as media:
            archive.write(part, _members(room, media), _about(at))
        others = sorted(one for one in folder.glob(OURS) if one != path)
        for old in others[: max(0, len(others) + 1 - keep)]:
            old.unlink()
    return path


@contextmanager
def _alone() -> Iterator[None]:
    with open(Path(settings.DATA_DIR) / ".backup.lock", "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy("Another one is being made.") from None
        yield


def _sweep(folder: Path) -> None:
    """What one that was killed left: nobody else is at work here."""
    for left in (*folder.glob(f"{OURS}.part"), *folder.glob(f"{ROOM}*"), *_held().glob(f"{ROOM}*")):
        shutil.rmtree(left) if left.is_dir() else left.unlink()


def _free_name(folder: Path, at: datetime) -> Path:
    name = f"backup-{timezone.localtime(at):%Y%m%d-%H%M%S}"
    names = (f"{name}{f'.{number}' if number else ''}.tar" for number in range(1000))
    return next(path for one in names if not (path := folder / one).exists())


@contextmanager
def _room(folder: Path) -> Iterator[Path]:
    room = Path(tempfile.mkdtemp(prefix=ROOM, dir=folder))
    try:
        yield room
    finally:
        shutil.rmtree(room)


def _held() -> Path:
    """On the disk of the media, where a second name of a file takes no room."""
    return Path(settings.DATA_DIR)


def _members(room: Path, media: Path) -> Iterator[tuple[str, Path]]:
    """A file is stored before its row and removed after it: those from before the copy are held fast."""
    _hold(media)
    database = room / databases.member()
    databases.copy(database)
    _hold(media)  # those stored until the moment of the copy, too
    yield database.name, database
    for path in sorted(media.rglob("*")):
        if path.is_file():
            yield f"media/{path.relative_to(media)}", path
    for name in KEYS:
        if (path := Path(settings.DATA_DIR) / name).exists():
            yield f"keys/{name}", path


def _hold(room: Path) -> None:
    """Under a second name, so that none goes while the backup is written; copied where that cannot be."""
    root = Path(settings.MEDIA_ROOT)
    for path in root.rglob("*"):
        held = room / path.relative_to(root)
        if path.name.endswith(".part") or not path.is_file() or held.exists():
            continue
        held.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):  # removed just now: so is its row
            try:
                os.link(path, held)
            except FileNotFoundError:
                raise
            except OSError:
                shutil.copyfile(path, held)


def _about(at: datetime) -> dict:
    return {
        "format": FORMAT,
        "made_at": at.astimezone(UTC).isoformat(timespec="seconds"),
        "is_demonstration": settings.DEMO,
        "engine": connection.vendor,
        "migrations": sorted("/".join(one) for one in MigrationRecorder(connection).applied_migrations()),
        "secrets_key": secrets_key_fingerprint(),
    }
