"""The secret key: made once, kept in the data folder, readable by its owner alone."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def secret_key(folder: Path) -> str:
    """Read the key, or make it.

    The key appears under its name complete or not at all (written aside, then linked), so that of two
    processes starting at once both read the same one.
    """
    path = folder / "secret_key"
    with suppress(FileNotFoundError):
        return _read(path)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = folder / f".secret_key.{os.getpid()}.{secrets.token_hex(4)}"
    with open(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(64))
        file.flush()
        os.fsync(file.fileno())
    try:
        with suppress(FileExistsError):
            os.link(aside, path)
    finally:
        aside.unlink()
    return _read(path)


def _read(path: Path) -> str:
    key = path.read_text(encoding="ascii").strip()
    if len(key) < 50:
        raise ImproperlyConfigured(
            f"{path} holds no usable key. Remove it: a new one is made, all sign in anew."
        )
    return key
