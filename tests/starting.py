"""The application as `./run` starts it, in a process of its own; and what its first start leaves.

A start from nothing takes half a minute of the processor: tables, fixtures, static files.
"""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = dict.fromkeys(["HOST", "DATABASE_URL", "PUBLIC_URL", "DEMO", "DEBUG"], "") | {
    "WORKERS": "2",
    # As most people's: what is printed into a pipe waits until somebody flushes it.
    "PYTHONUNBUFFERED": "",
    # The pages with all that they may carry.
    "HOST_ORGANISATION": "某区某局",
    "ICP_NUMBER": "渝ICP备00000000号",
    "POLICE_NUMBER": "渝公网安备00000000000000号",
}


@contextmanager
def serving(folder: Path, *arguments: str) -> Iterator[tuple[str, str]]:
    """The application on the data of a folder: where it answers, what it said. Gone in any case."""
    with socket.create_server(("127.0.0.1", 0)) as trial:
        port = trial.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "tracker.serve", *arguments],
        cwd=ROOT,
        env=os.environ | SETTINGS | {"DATA_DIR": str(folder), "PORT": str(port)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        said = []
        while not said or not said[-1].startswith("Serving"):
            said.append(next(server.stdout, ""))
            assert said[-1], "the application did not start; see above"
        yield f"http://127.0.0.1:{port}", "".join(said)
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(20)


def start_first(folder: Path) -> None:
    """In an empty folder, and end."""
    with serving(folder):
        pass
