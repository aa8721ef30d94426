"""The file of a backup: a tar with a manifest at its end, and after it a digest of every byte before.

A flipped bit anywhere is noticed, in the padding between two members as in a page that nobody reads.
"""

import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

BLOCK = 2**20
MANIFEST = "manifest.json"
_SEAL = re.compile(rb"\nsha256 ([0-9a-f]{64})\n")
SEAL_BYTES = len("\nsha256 \n") + 64


class Damaged(Exception):
    """The file is no backup, or not every bit of it is as it was written."""


class _Hashing:
    """What is written, and the digest of it."""

    def __init__(self, file):
        self.file, self.digest = file, hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        return self.file.write(data)


def write(path: Path, members: Iterable[tuple[str, Path]], about: dict) -> dict:
    """Members in their order, each by its name; gives the manifest; synced, and read again."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        hashing = _Hashing(file)
        with tarfile.open(fileobj=hashing, mode="w|", format=tarfile.PAX_FORMAT) as tar:
            found = [_add(tar, name, source) for name, source in members]
            manifest = about | {"files": found}
            _add_bytes(tar, MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1).encode())
        file.write(b"\nsha256 %s\n" % hashing.digest.hexdigest().encode())
        file.flush()
        os.fsync(file.fileno())
    check(path)
    return manifest


def _add(tar: tarfile.TarFile, name: str, source: Path) -> dict:
    member = tarfile.TarInfo(name)
    with source.open("rb") as file:
        member.size, member.mode = os.fstat(file.fileno()).st_size, 0o600
        reading = _Reading(file)
        tar.addfile(member, reading)
    return {"name": name, "size": member.size, "sha256": reading.digest.hexdigest()}


def _add_bytes(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(data), 0o600
    tar.addfile(member, io.BytesIO(data))


class _Reading:
    """What is read, and the digest of it."""

    def __init__(self, file):
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size: int) -> bytes:
        data = self.file.read(size)
        self.digest.update(data)
        return data


def check(path: Path) -> dict:
    """The manifest of a whole backup; `Damaged` says what is wrong with it."""
    with path.open("rb") as file:
        left = os.fstat(file.fileno()).st_size - SEAL_BYTES
        if left <= 0:
            raise Damaged("it is too short for a backup")
        digest = hashlib.sha256()
        while left:
            data = file.read(min(BLOCK, left))
            digest.update(data)
            left -= len(data)
        seal = _SEAL.fullmatch(file.read())
    if seal is None or seal[1].decode() != digest.hexdigest():
        raise Damaged("it is no backup, or not every bit of it is as it was written")
    return _manifest(path)


def _manifest(path: Path) -> dict:
    try:
        with tarfile.open(path) as tar:
            last = tar.getmember(MANIFEST)
            return json.loads(tar.extractfile(last).read())
    except (tarfile.TarError, KeyError, ValueError) as error:
        raise Damaged("it has no manifest that can be read") from error


def unpack(path: Path, manifest: dict, into: Path) -> None:
    """Every member under its name, synced; names that would lead out of the folder are refused."""
    missing = {entry["name"]: entry for entry in manifest["files"]}
    with tarfile.open(path) as tar:
        for member in tar:
            if member.name == MANIFEST:
                continue
            if member.name not in missing or not member.isfile() or not _is_within(member.name):
                raise Damaged(f"{member.name} does not belong into a backup")
            _unpack(tar.extractfile(member), into / member.name, missing.pop(member.name))
    if missing:
        raise Damaged(f"{next(iter(missing))} is not in it")
    for folder in (into, *(path for path in into.rglob("*") if path.is_dir())):
        sync(folder)


def _is_within(name: str) -> bool:
    parts = Path(name).parts
    return not name.startswith("/") and ".." not in parts


def _unpack(source, target: Path, told: dict) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while data := source.read(BLOCK):
            digest.update(data)
            file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if digest.hexdigest() != told["sha256"]:
        raise Damaged(f"{told['name']} is not as it was written")


def sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def written_aside(path: Path) -> Iterator[Path]:
    """Under its name only once it is whole and synced; what fails leaves nothing."""
    part = path.with_name(f"{path.name}.part")
    try:
        yield part
        os.replace(part, path)
        sync(path.parent)
    finally:
        part.unlink(missing_ok=True)
