"""Files of a folder of the data folder: stored for good, removed, left behind.

A file is stored first and its row last: what ends in between leaves a file that no row names, to be swept.
"""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from math import inf
from pathlib import Path

PART = ".part"  # ends the name of a file that is still being written
FORGOTTEN = timedelta(days=1)  # after which a file without a row belongs to nothing on its way


def keep(place: Path, files: Mapping[str, bytes]) -> None:
    """For good once this returns: each under a temporary name, synced, renamed; then the folder."""
    place.mkdir(parents=True, exist_ok=True)
    try:
        for name, data in files.items():
            _write(place / f"{name}{PART}", data)
            os.replace(place / f"{name}{PART}", place / name)
        _sync(place)
    except OSError:
        with suppress(OSError):  # the first one says what is wrong; what stays is swept
            drop(place, [*files, *(f"{name}{PART}" for name in files)])
        raise


def drop(place: Path, names: Iterable[str]) -> None:
    for name in names:
        (place / name).unlink(missing_ok=True)


def forgotten(place: Path, named: Iterable[str], at: datetime) -> list[str]:
    """Files that no row names and that were not written just now."""
    if not place.exists():
        return []
    known, before = set(named), (at - FORGOTTEN).timestamp()
    found = (path for path in place.iterdir() if path.name not in known)
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
