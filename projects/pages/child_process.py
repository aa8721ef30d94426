"""Readers of files that strangers made, each run in a process of its own with little memory and little time.

A reader is a module with a function `read(data: bytes) -> str`. It imports neither Django nor what does, and
knows no settings and no secrets: its environment is empty. Run by itself, this module is that process.
"""

import importlib
import resource
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

MAX_MEMORY = 512 * 2**20
MAX_CPU = 15  # seconds of the processor
MAX_WAIT = 40  # seconds on the clock: the machine may be busy with others
ROOT = Path(__file__).resolve().parents[2]


class Overrun(Exception):
    """The reader took more than it may, or broke."""


def read(reader: str, data: bytes) -> str:
    """What the reader says of the file."""
    command = [sys.executable, "-I", __file__, reader]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=MAX_WAIT, env={})  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise Overrun("time") from error
    if done.returncode:
        raise Overrun(f"{done.returncode}: {done.stderr[-300:].decode(errors='replace')}")
    return done.stdout.decode()


def limit(what: int, most: int) -> None:
    """Where the system can: macOS knows no limit of memory."""
    with suppress(ValueError, OSError):
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    limit(resource.RLIMIT_AS, MAX_MEMORY)
    limit(resource.RLIMIT_CPU, MAX_CPU)
    limit(resource.RLIMIT_FSIZE, 0)
    limit(resource.RLIMIT_CORE, 0)
    # What is locked is refused: no reader needs ciphers, and loading them takes half of its time.
    sys.modules["cryptography"] = None
    sys.path.insert(0, str(ROOT))
    sys.stdout.write(importlib.import_module(sys.argv[1]).read(sys.stdin.buffer.read()))
