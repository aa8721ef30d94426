"""A reader that the system kills: what the server does of it is tested."""

import os
import signal


def read(data: bytes) -> str:
    os.kill(os.getpid(), signal.SIGKILL)
    return str(len(data))
