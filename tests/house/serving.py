"""The server as it is shipped, in a data folder of its own, and clients that do not hurry."""

import os
import signal
import socket
import statistics
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPConnection

from tracker.bodies import LARGE

PATIENCE = 60
# As it is shipped; and the same without loading fixtures and collecting static files, which takes long.
SHIPPED = ("-m", "tracker.serve")
BEGIN = "from tracker import serve; {} serve.become_server()"
AT_ONCE = ("-c", BEGIN.format(""))
# The same, broken on purpose: one thread for each worker; workers that do not see whether their master lives.
ONE_THREAD = ("-c", BEGIN.format("serve.THREADS = 1;"))
UNWATCHED = ("-c", BEGIN.format("serve.APPLICATION = 'tests.house.unwatched:worker';"))


class Server:
    """Two workers."""

    def __init__(self, database, *program: str):
        with socket.create_server(("127.0.0.1", 0)) as trial:
            self.port = trial.getsockname()[1]
        database.environment |= {"PORT": str(self.port), "HOST": "", "WORKERS": "2", "PUBLIC_URL": ""}
        self.database = database
        self.master = database.start(*program or AT_ONCE, start_new_session=True)

    def get(self, path: str, timeout: float = PATIENCE) -> int:
        """The status, on a new connection: whichever worker takes it."""
        return self.ask("GET", path, timeout=timeout)

    def ask(self, method: str, path: str, timeout: float = PATIENCE, **more) -> int:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, **more)
            response = connection.getresponse()
            response.read()
            return response.status
        finally:
            connection.close()

    def wait(self, patience: float = PATIENCE) -> float:
        """Until it answers; gives the seconds."""
        began = time.monotonic()
        while time.monotonic() < began + patience:
            try:
                if self.get("/healthz", 2) == 200:
                    return time.monotonic() - began
            except OSError:
                time.sleep(0.05)
        raise AssertionError(f"no answer within {patience} seconds")

    def workers(self) -> list[int]:
        said = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
        pairs = [tuple(map(int, line.split())) for line in said.splitlines()]
        return [pid for pid, parent in pairs if parent == self.master.pid]

    def raw(self, head: str, *, reads: bool = True) -> socket.socket:
        client = socket.socket()
        if not reads:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        client.settimeout(0.3)
        client.connect(("127.0.0.1", self.port))
        client.sendall(f"{head}\r\nHost: 127.0.0.1\r\n".encode())
        return client


@contextmanager
def serving(database, *program: str) -> Iterator[Server]:
    server = Server(database, *program)
    try:
        server.wait()
        yield server
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.master.pid, signal.SIGKILL)
        server.master.wait()


@contextmanager
def dripping(server: Server, path: str, count: int, length: int) -> Iterator[list[socket.socket]]:
    """Clients that have sent their heads and the beginning of a body, and send no more."""
    with ExitStack() as stack:
        kind = "multipart/form-data; boundary=x" if length > LARGE else "application/x-www-form-urlencoded"
        head = f"POST {path} HTTP/1.1\r\nContent-Length: {length}\r\nContent-Type: {kind}"
        clients = [stack.enter_context(server.raw(head)) for _ in range(count)]
        for client in clients:
            client.sendall(b"\r\nnote=")
        yield clients


@contextmanager
def not_reading(server: Server, path: str, count: int) -> Iterator[None]:
    """Clients that ask for much and take none of it."""
    with ExitStack() as stack:
        for _ in range(count):
            stack.enter_context(server.raw(f"GET {path} HTTP/1.1", reads=False)).sendall(b"\r\n")
        yield


def told(client: socket.socket) -> bytes:
    """The status line, empty where the server is still waiting for more."""
    try:
        return client.recv(4096).partition(b"\r\n")[0]
    except TimeoutError:
        return b""


def pace(server: Server, paths: list[str], rounds: int) -> tuple[float, float]:
    """Median and worst of the milliseconds to an answer, on new connections."""
    taken = []
    for path in paths * rounds:
        began = time.monotonic()
        assert server.get(path, 3) == 200, path
        taken.append((time.monotonic() - began) * 1000)
    return statistics.median(taken), max(taken)
