"""Files in the data folder: written whole or not at all, and those that no row names swept away.

What may be stored is decided before; the rows are `actions.attaching`.
"""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from math import inf
from pathlib import Path

from projects.models.attachment import folder

PART = ".part"  # ends the name of a file that is still being written
FORGOTTEN = timedelta(days=1)  # after which a file without a row belongs to nothing on its way


def keep(files: Mapping[str, bytes]) -> None:
    """For good once this returns: each under a temporary name, synced, renamed; then the folder."""
    place = folder()
    place.mkdir(parents=True, exist_ok=True)
    try:
        for name, data in files.items():
            _write(place / f"{name}{PART}", data)
            os.replace(place / f"{name}{PART}", place / name)
        _sync(place)
    except OSError:
        with suppress(OSError):  # the first one says what is wrong; what stays is swept
            drop([*files, *(f"{name}{PART}" for name in files)])
        raise


def drop(names: Iterable[str]) -> None:
    for name in names:
        (folder() / name).unlink(missing_ok=True)


def forgotten(named: Iterable[str], at: datetime) -> list[str]:
    """Files that no row names and that were not written just now."""
    if not folder().exists():
        return []
    known, before = set(named), (at - FORGOTTEN).timestamp()
    found = (path for path in folder().iterdir() if path.name not in known)
    return sorted(path.name for path in found if _written_at(path) < before)


def _written_at(path: Path) -> float:
    """Later than anything where it is gone: renamed or removed by somebody else meanwhile."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return inf


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(place: Path) -> None:
    """The new names too outlast a power cut."""
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
