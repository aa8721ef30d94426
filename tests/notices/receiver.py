"""A receiver of the webhook for tests: keeps what it got, answers as told."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from tracker.webhook import signature

SECRET = "a secret of sixteen characters"


@dataclass
class Got:
    headers: dict[str, str]
    body: bytes
    path: str

    @property
    def said(self) -> dict:
        return json.loads(self.body)


@dataclass
class Receiver:
    """Its answers in order; 204 once there are no more."""

    server: ThreadingHTTPServer
    got: list[Got] = field(default_factory=list)
    answers: list = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/hook"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def signed_with(secret: str, got: Got) -> str:
    return signature(secret, int(got.headers["X-Timestamp"]), got.body)


@contextmanager
def receiver() -> Iterator[Receiver]:
    one = Receiver(ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            one.got.append(Got(dict(self.headers), body, self.path))
            answer = one.answers.pop(0) if one.answers else 204
            if answer == "nonsense":
                self.wfile.write(b"what do you want?\r\n\r\n")
                return
            body = answer if isinstance(answer, bytes) else b""
            self.send_response(200 if body else answer)
            self.send_header("Location", one.url)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    one.server.RequestHandlerClass = Handler
    Thread(target=one.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield one
    finally:
        one.close()
