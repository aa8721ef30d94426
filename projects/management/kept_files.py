"""Photos, papers and documents that are kept, held against their digests: for `verification`."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from projects.models import Attachment, Source
from projects.models.attachment import folder
from projects.models.managers import in_batches
from projects.models.source import folder as documents_folder

BLOCK = 2**20


def of_files() -> Iterator[str]:
    """Every row finds its file, bit for bit; of small copies only that they are there."""
    for rows in in_batches(Attachment.objects.all()):
        for row in rows:
            faults = [fault for name in row.names if (fault := _fault_of_file(row, name))]
            if faults and Attachment.objects.filter(pk=row.pk).exists():  # not taken away meanwhile
                yield from faults


def _fault_of_file(row: Attachment, name: str) -> str:
    return _fault_of(folder() / name, row.sha256 if name == row.name else "")


def of_documents() -> Iterator[str]:
    """Every file of a source that is kept, bit for bit."""
    for row in Source.objects.exclude(sha256=""):
        if fault := _fault_of(documents_folder() / row.file_name, row.sha256):
            yield f"source {row.code}: {fault}"


def _fault_of(path: Path, sha256: str) -> str:
    """Without a digest, only that it can be read."""
    try:
        digest = _digest(path)
    except OSError as error:
        return f"file {path.name}: it cannot be read ({error.strerror})"
    return "" if digest == sha256 or not sha256 else f"file {path.name}: it is not as it was stored"


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while data := file.read(BLOCK):
            digest.update(data)
    return digest.hexdigest()
