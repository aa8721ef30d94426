"""Programs of tests in processes of their own, forked from one in which Django is loaded (`tests.loaded`).

A start takes some hundredths of a second of the processor; of a new Python it takes two thirds of one.
"""

import multiprocessing
import os
import signal
import subprocess
import sys
from contextlib import suppress
from multiprocessing.connection import Connection

from django.conf import Settings, settings
from django.db import connections

FORKING = multiprocessing.get_context("forkserver")
FORKING.set_forkserver_preload(["tests.loaded"])


class Program:
    """`python -c CODE ARGUMENTS`, as `subprocess.Popen` has it: with pipes of text."""

    def __init__(self, environment: dict[str, str], code: str, *arguments: str):
        their_input, stdin = FORKING.Pipe(duplex=False)
        stdout, their_output = FORKING.Pipe(duplex=False)
        told = (environment, code, arguments, their_input, their_output)
        self.process = FORKING.Process(target=_run, args=told, daemon=True)
        self.process.start()
        their_input.close()
        their_output.close()
        self.stdin, self.stdout = _file(stdin, "w"), _file(stdout, "r")

    @property
    def returncode(self) -> int | None:
        return self.process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        self.process.join(timeout)
        if self.returncode is None:
            raise subprocess.TimeoutExpired("a program", timeout)
        return self.returncode

    def communicate(self, told: str = "", timeout: float | None = None) -> tuple[str, None]:
        with suppress(BrokenPipeError):
            self.stdin.write(told)
            self.stdin.close()
        said = self.stdout.read()
        self.wait(timeout)
        return said, None

    def send_signal(self, number: int) -> None:
        """One that has ended meanwhile gets none, though it was not heard of yet."""
        if self.returncode is None:
            with suppress(ProcessLookupError):
                os.kill(self.process.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def _file(pipe: Connection, mode: str):
    with pipe:
        return open(os.dup(pipe.fileno()), mode, encoding="utf-8")


def _run(environment: dict[str, str], code: str, arguments: tuple[str, ...], *pipes: Connection) -> None:
    """In the new process: as if it had been started with this environment."""
    for number, pipe in enumerate(pipes):
        os.dup2(pipe.fileno(), number)
        pipe.close()
    sys.stdin, sys.stdout = os.fdopen(0, encoding="utf-8"), os.fdopen(1, "w", encoding="utf-8")
    sys.argv = ["-c", *arguments]
    os.environ.clear()
    os.environ.update(environment)
    del sys.modules["tracker.settings"]
    settings._wrapped = Settings("tracker.settings")
    vars(connections).clear()
    connections.__init__()
    exec(code, {"__name__": "__main__"})  # noqa: S102 (a test's own)
