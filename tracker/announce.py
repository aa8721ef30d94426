"""Says where the server is, once it answers. Called by `serve.py` with its process id, address and words.

It goes into the background as nobody's child: the server that its caller becomes need not care for it.
"""

import os
import signal
import sys
import time
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

PATIENCE = 60


def announce(server: int, local: str, words: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and is_running(server):
        if status := answer(local):
            well = status == 200
            print(words if well else f"{local}/healthz answers {status}; see above.", flush=True)
            return
        time.sleep(0.1)
    if is_running(server):
        print(
            f"No answer from {local}/healthz after {PATIENCE} seconds; see the lines above.", file=sys.stderr
        )


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def answer(local: str) -> int | None:
    # No proxy: the server is on this machine. The address is our own, never `file:`.
    opener = build_opener(ProxyHandler({}))
    try:
        with opener.open(Request(f"{local}/healthz"), timeout=2) as response:  # noqa: S310
            return response.status
    except HTTPError as error:
        return error.code
    except OSError:
        return None


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if os.fork() == 0:
        announce(int(sys.argv[1]), sys.argv[2], sys.argv[3])
