"""What a worker remembers of public pages: the data version, and each page as it goes over the line.

Who asks is `tracker.kept_pages`.
"""

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from django.db import Error, connection
from django.utils.http import parse_etags

from tracker.encoding import accepts_gzip

MAX_BYTES = 32 * 2**20  # of kept pages in one worker
REST = 1.0  # seconds before a version that could not be read is asked for again


class Version:
    """The data version of its row. While it cannot be read the last reading stands, and is no sure one."""

    def __init__(self, ask: Callable[[], int]):
        self.ask = ask
        self.last: int | None = None
        self.asked_again_at = 0.0

    def read(self) -> tuple[int | None, bool]:
        if time.monotonic() < self.asked_again_at:
            return self.last, False
        try:
            number = self.ask()
        except (Error, connection.Database.Error):
            self.asked_again_at = time.monotonic() + REST
            return self.last, False
        self.last = number
        return number, True


class Page:
    """A finished answer in its forms: status, headers, body. Each is made once it is asked for."""

    def __init__(self, body: bytes, headers: dict[str, str]):
        self.body, self.headers, self.size = body, headers, len(body) * 2
        self.etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        self.forms: dict[tuple[bool, bool], tuple[int, dict[str, str], bytes]] = {}

    def form(self, environ: dict) -> tuple[int, dict[str, str], bytes]:
        # Compared weakly: a proxy that compresses says so of the tag, and it names the same page.
        known = environ.get("HTTP_IF_NONE_MATCH", "")
        is_known = bool(known) and self.etag in {tag.removeprefix("W/") for tag in parse_etags(known)}
        key = accepts_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")), is_known
        return self.forms.get(key) or self.forms.setdefault(key, self._made(*key))

    def _made(self, is_packed: bool, is_known: bool) -> tuple[int, dict[str, str], bytes]:
        headers = self.headers | {"ETag": f"W/{self.etag}" if is_packed and not is_known else self.etag}
        if is_known:
            del headers["Content-Type"]
            return 304, headers, b""
        body = gzip.compress(self.body, compresslevel=6, mtime=0) if is_packed else self.body
        packed = {"Content-Encoding": "gzip"} if is_packed else {}
        return 200, headers | packed | {"Content-Length": str(len(body))}, body


class Memory:
    """The pages of one version, the longest unused going first; shared by the threads of a worker."""

    def __init__(self):
        self.lock = threading.Lock()
        self.pages: OrderedDict[tuple, Page] = OrderedDict()
        self.size, self.version = 0, None

    def find(self, version: int, key: tuple) -> Page | None:
        with self.lock:
            self._turn_to(version)
            if page := self.pages.get(key):
                self.pages.move_to_end(key)
            return page

    def keep(self, version: int, key: tuple, page: Page) -> None:
        with self.lock:
            self._turn_to(version)
            before = self.pages.pop(key, None)
            self.pages[key] = page
            self.size += page.size - (before.size if before else 0)
            while self.size > MAX_BYTES:
                self.size -= self.pages.popitem(last=False)[1].size

    def _turn_to(self, version: int) -> None:
        if version != self.version:
            self.pages.clear()
            self.size, self.version = 0, version
