"""Whether a folder can be read and written, and has room for the largest file: asked of itself."""

import os
import tempfile
from pathlib import Path

from django.conf import settings

from tracker.trouble import Trouble, trouble_of

PROBE = b"\0" * 4096


def folders() -> dict[str, Path]:
    """Those in which the application writes, by the name that people are told."""
    return {
        "data folder": Path(settings.DATA_DIR),
        "media": Path(settings.MEDIA_ROOT),
        "temporary folder": Path(tempfile.gettempdir()),
    }


def trouble_in(folder: Path) -> Trouble | None:
    """Tries it with a file that has no name and is gone at once, even if this process dies."""
    place = _there(folder)
    try:
        os.scandir(place).close()
        with tempfile.TemporaryFile(dir=place, buffering=0) as file:
            if file.write(PROBE) < len(PROBE):
                return Trouble.FULL
    except OSError as error:
        return trouble_of(error) or Trouble.UNREADABLE
    found = os.statvfs(place)
    return Trouble.FULL if found.f_bavail * found.f_frsize < settings.FILE_UPLOAD_MOST_BYTES else None


def is_read_only_file(name: str | Path) -> bool:
    """Of one that is there; a database in memory is none."""
    return Path(name).exists() and not os.access(name, os.W_OK)


def _there(folder: Path) -> Path:
    """Itself, or what it would be made in: the folder of media comes with the first photo."""
    return next(place for place in (folder, *folder.parents) if place.exists() or place == place.parent)
