"""Programs that answer on this machine, and what they and the database cost: processor time and memory.

Read from `/proc`, so on Linux alone.
"""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path

PATIENCE, LONGEST_ANSWER = 60, 600  # seconds: to start, and for an export of a million
TICK = os.sysconf("SC_CLK_TCK")
PLAIN = ("HOST", "DATABASE_URL", "PUBLIC_URL", "DEMO", "DEBUG", "EMAIL_URL", "WEBHOOK_URL", "SECRETS_KEY")


class Served:
    """A server and its children; one connection that stays open."""

    def __init__(self, command: list[str], environment: dict[str, str], port: int, ready: str):
        self.port = port
        self.process = subprocess.Popen(
            command,
            env=environment,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.connection = HTTPConnection("127.0.0.1", port, timeout=LONGEST_ANSWER)
        self._wait(ready)

    def _wait(self, path: str) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            with suppress(OSError):
                if self.get(path)[0] == 200:
                    return
            time.sleep(0.1)
        raise RuntimeError("The server did not start.")

    def get(self, path: str, head: dict[str, str] | None = None) -> tuple[int, HTTPResponse, bytes]:
        return self.ask("GET", path, head or {})

    def ask(self, method: str, path: str, head: dict[str, str], body: str | None = None):
        answer = self.answer(method, path, head, body)
        return answer.status, answer, answer.read()

    def answer(self, method: str, path: str, head: dict[str, str], body: str | None = None) -> HTTPResponse:
        """Not read yet."""
        try:
            return self._answer(method, path, head, body)
        except (OSError, HTTPException):  # a kept connection may be closed at any time: once more on another
            self.connection.close()
            return self._answer(method, path, head, body)

    def _answer(self, method: str, path: str, head: dict[str, str], body: str | None) -> HTTPResponse:
        self.connection.request(method, path, body, head)
        return self.connection.getresponse()

    def processes(self) -> list[int]:
        return tree(self.process.pid)

    def end(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def serving(command: list[str], environment: dict[str, str], ready: str) -> Iterator[Served]:
    port = free_port()
    filled = [part.replace("PORT", str(port)) for part in command]
    served = Served(filled, environment | {"PORT": str(port)}, port, ready)
    try:
        yield served
    finally:
        served.end()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as trial:
        return trial.getsockname()[1]


def tree(of: int) -> list[int]:
    """A process with all that it started and that those started."""
    children: dict[int, list[int]] = {}
    for file in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            found = file.read_text().rpartition(")")[2].split()
            children.setdefault(int(found[1]), []).append(int(file.parent.name))
    return [of, *(one for child in children.get(of, []) for one in tree(child))]


def processor(of: int) -> float:
    """Seconds that a process and its children, those that are gone too, were computing."""
    total = 0
    for process in tree(of):
        with suppress(OSError):
            parts = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            total += sum(map(int, parts[11:15]))
    return total / TICK


def memory(processes: list[int]) -> float:
    """Megabytes, what they share counted once."""
    total = 0
    for process in processes:
        with suppress(OSError):
            text = Path(f"/proc/{process}/smaps_rollup").read_text()
            total += next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))
    return total / 1024
