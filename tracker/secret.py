"""The two keys: `secret_key` signs sessions, the secrets key locks the secrets of second factors.

The first is made once and kept in the data folder. The second is given by SECRETS_KEY or SECRETS_KEY_FILE, so
that whoever reads the database and the data folder reads no second factor; outside production it is made in
the data folder as well. Of several keys (comma or line between them) the first locks, all of them open.
"""

import base64
import hashlib
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

LOCKED = "fernet:"  # begins what is locked; no secret in plain words does
HOW = "python3 -c 'import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())'"


class Unreadable(Exception):
    """A text was locked with a key that is not at hand."""


def secret_key(folder: Path) -> str:
    """Read the key, or make it."""
    path = folder / "secret_key"
    with suppress(FileNotFoundError):
        return _read(path)
    _make(path, lambda: secrets.token_urlsafe(64))
    return _read(path)


def secrets_keys() -> tuple[bytes, ...]:
    """Those given, the one that locks first."""
    text = settings.SECRETS_KEY or _text_of(secrets_key_file())
    keys = tuple(part.encode() for part in text.replace(",", " ").split())
    if not keys or not all(map(_is_key, keys)):
        raise ImproperlyConfigured(
            f"SECRETS_KEY or its file holds no usable key; a key is 32 random bytes in base64: {HOW}"
        )
    return keys


def secrets_key_file() -> Path:
    return Path(settings.SECRETS_KEY_FILE or settings.DATA_DIR / "secrets_key")


def secrets_key_fault() -> str:
    """What is wrong with the key, in a sentence; nothing where it is as it must be."""
    if settings.IS_PRODUCTION and not settings.SECRETS_KEY:
        if not settings.SECRETS_KEY_FILE:
            return f"In production second factors are locked with a key of their own: set SECRETS_KEY. {HOW}"
        if secrets_key_file().resolve().is_relative_to(Path(settings.DATA_DIR).resolve()):
            return "SECRETS_KEY_FILE lies in the data folder, beside what it locks: keep it elsewhere."
    try:
        secrets_keys()
    except (ImproperlyConfigured, OSError) as error:
        return str(error)
    return ""


def secrets_key_fingerprint() -> str:
    """Twelve characters that tell one key from another and nothing of it; of the key that locks."""
    return secrets_key_fingerprints()[0]


def secrets_key_fingerprints() -> tuple[str, ...]:
    """Of all that are at hand."""
    told = (hashlib.sha256(b"tracker secrets key: " + key) for key in secrets_keys())
    return tuple(digest.hexdigest()[:12] for digest in told)


def lock(text: str) -> str:
    return LOCKED + _locks(secrets_keys()).encrypt(text.encode()).decode()


def unlock(text: str) -> str:
    """What stands in plain words, from before there was a key, is given back as it is."""
    if not text.startswith(LOCKED):
        return text
    return _opened(text, secrets_keys())


def is_locked_with_first(text: str) -> bool:
    """Whether nothing need be done when the older keys are taken away."""
    try:
        return text.startswith(LOCKED) and bool(_opened(text, secrets_keys()[:1]))
    except Unreadable:
        return False


def _opened(text: str, keys: tuple[bytes, ...]) -> str:
    try:
        return _locks(keys).decrypt(text.removeprefix(LOCKED)).decode()
    except _fernet().InvalidToken as error:
        raise Unreadable from error


@cache
def _locks(keys: tuple[bytes, ...]):
    return _fernet().MultiFernet([_fernet().Fernet(key) for key in keys])


def _fernet():
    """It weighs some megabytes a worker: loaded when the first code is asked for."""
    from cryptography import fernet  # noqa: PLC0415

    return fernet


def _is_key(key: bytes) -> bool:
    with suppress(ValueError):
        return len(base64.b64decode(key, altchars=b"-_", validate=True)) == 32
    return False


def _text_of(path: Path) -> str:
    if not settings.SECRETS_KEY_FILE and not settings.IS_PRODUCTION and not path.exists():
        _make(path, lambda: base64.urlsafe_b64encode(os.urandom(32)).decode())
    return path.read_text(encoding="ascii", errors="replace")


def _make(path: Path, key: Callable[[], str]) -> None:
    """The key appears under its name complete or not at all (written aside, then linked), so that of two
    processes starting at once both read the same one.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with open(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(key())
        file.flush()
        os.fsync(file.fileno())
    try:
        with suppress(FileExistsError):
            os.link(aside, path)
    finally:
        aside.unlink()


def _read(path: Path) -> str:
    key = path.read_text(encoding="ascii").strip()
    if len(key) < 50:
        raise ImproperlyConfigured(
            f"{path} holds no usable key. Remove it: a new one is made, all sign in anew."
        )
    return key
