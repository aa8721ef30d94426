"""Public pages answered whole from memory, before anything else is done: a worker's hello, with headers.

An answer is kept with its headers by its question as it came over the line, the day, and the data version,
whose row `settings.DATA_VERSION` reads; whoever publishes raises it in the same transaction. `KeptPages` is
the outermost middleware and keeps what passes it; `first` is around the application and spares what is kept
Django's request and response. Which views may be kept is `tracker.kept`. Decisions 0024, 0035, 0045.
"""

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import has_vary_header
from django.utils.http import parse_etags
from django.utils.module_loading import import_string

from tracker.connections import let_go
from tracker.encoding import FOREIGN, accepts_gzip
from tracker.kept import PUBLIC, is_never_kept

MAX_BYTES = 32 * 2**20  # of kept pages in one worker
HOLDS = {"sqlite": 0.0, "postgresql": 1.0}  # seconds for which a worker takes a reading of the version
REST = 1.0  # seconds before a version that could not be read is asked for again
SHANGHAI = 8 * 3600  # seconds ahead, all year: lateness and age change at its midnight
ASKED = ("HTTP_HOST", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING", "wsgi.url_scheme", "HTTP_X_FORWARDED_PROTO")
LINES = {200: "200 OK", 304: "304 Not Modified"}


class Version:
    """The data version of its row. While it cannot be read the last reading stands, and is no sure one."""

    def __init__(self, ask: Callable[[], int], holds: float = 0.0):
        self.ask, self.holds = ask, holds
        self.reading: tuple[int | None, bool] = (None, False)
        self.asked_again_at = 0.0

    def read(self) -> tuple[int | None, bool]:
        if (now := time.monotonic()) >= self.asked_again_at:
            try:
                self.reading, self.asked_again_at = (self.ask(), True), now + self.holds
            except (Error, connection.Database.Error):
                self.reading, self.asked_again_at = (self.reading[0], False), now + REST
        return self.reading


class Page:
    """A finished answer in its forms: status, headers, body. Each is made once it is asked for."""

    def __init__(self, body: bytes, headers: dict[str, str]):
        self.body, self.headers, self.size = body, headers, len(body) * 2
        self.etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        self.forms: dict[tuple[bool, bool], tuple[int, list[tuple[str, str]], bytes]] = {}

    def form(self, environ: dict) -> tuple[int, list[tuple[str, str]], bytes]:
        # Compared weakly: a proxy that compresses says so of the tag, and it names the same page.
        known = environ.get("HTTP_IF_NONE_MATCH", "")
        is_known = bool(known) and self.etag in {tag.removeprefix("W/") for tag in parse_etags(known)}
        key = accepts_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")), is_known
        return self.forms.get(key) or self.forms.setdefault(key, self._made(*key))

    def _made(self, is_packed: bool, is_known: bool) -> tuple[int, list[tuple[str, str]], bytes]:
        headers = self.headers | {"ETag": f"W/{self.etag}" if is_packed and not is_known else self.etag}
        if is_known:
            del headers["Content-Type"]
            return 304, list(headers.items()), b""
        body = gzip.compress(self.body, compresslevel=6, mtime=0) if is_packed else self.body
        packed = {"Content-Encoding": "gzip"} if is_packed else {}
        return 200, list((headers | packed | {"Content-Length": str(len(body))}).items()), body


class Memory:
    """The pages of one version, the longest unused going first; shared by the threads of a worker."""

    def __init__(self):
        self.lock = threading.Lock()
        self.pages: OrderedDict[tuple, Page] = OrderedDict()
        self.size, self.version = 0, None

    def find(self, version: int | None, key: tuple) -> Page | None:
        with self.lock:
            page = self.pages.get(key) if version == self.version else None
            if page:
                self.pages.move_to_end(key)
            return page

    def keep(self, version: int, key: tuple, page: Page) -> None:
        with self.lock:
            if version != self.version:
                self.pages.clear()
                self.size, self.version = 0, version
            before = self.pages.pop(key, None)
            self.pages[key] = page
            self.size += page.size - (before.size if before else 0)
            while self.size > MAX_BYTES:
                self.size -= self.pages.popitem(last=False)[1].size


class KeptPages:
    """The outermost middleware: whatever lies inside has set its headers."""

    def __init__(self, get_response: Callable):
        self.get_response = get_response
        self.version = Version(lent(import_string(settings.DATA_VERSION)), HOLDS[connection.vendor])
        self.memory = Memory()
        KeptPages.of_worker = self

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            FOREIGN in request.META
            or request.method not in ("GET", "HEAD")
            or is_never_kept(request.path_info)
        ):
            return self.get_response(request)
        # Before the page is made: what is published meanwhile raises it, and nobody asks for this one again.
        version, is_sure = self.version.read()
        key = key_of(request.META)
        page = self.memory.find(version, key)
        if page is None:
            response = self.get_response(request)
            page = finished(response)
            if page is None:
                return response
            if is_sure and response.may_be_kept and page.size <= MAX_BYTES // 4:
                self.memory.keep(version, key, page)
        status, headers, body = page.form(request.META)
        made = HttpResponseNotModified() if status == 304 else HttpResponse(body)
        for name, value in headers:
            made[name] = value
        return made


def first(application: Callable) -> Callable:
    """Around the application: what its worker keeps is answered without it."""

    def answered(environ: dict, start_response: Callable):
        kept, key, page = KeptPages.of_worker, key_of(environ), None
        # Whatever has a type of content goes the long way, where another charset is refused.
        if key in kept.memory.pages and not environ.get("CONTENT_TYPE"):
            page = kept.memory.find(kept.version.read()[0], key)
        if page is None or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return application(environ, start_response)
        status, headers, body = page.form(environ)
        start_response(LINES[status], headers)
        return [body if environ["REQUEST_METHOD"] == "GET" else b""]

    return answered


def lent(ask: Callable[[], int]) -> Callable[[], int]:
    """PostgreSQL's connection goes back to the pool: no request of Django's does it."""
    if settings.DATABASES["default"]["CONN_MAX_AGE"] != 0:
        return ask

    def asked() -> int:
        try:
            return ask()
        finally:
            let_go()

    return asked


def key_of(environ: dict) -> tuple:
    """The question as it came over the line: whatever a view makes of it, it makes the same of the same."""
    return (*map(environ.get, ASKED), (time.time() + SHANGHAI) // 86_400)


def finished(response: HttpResponse) -> Page | None:
    """None for what nobody may keep: an error, a stream, what looked at a cookie (made for one person)."""
    if not getattr(response, "is_public_page", False):
        return None
    response.headers.setdefault("Cache-Control", PUBLIC)
    if response.streaming or response.status_code != 200:
        return None
    if response.cookies or has_vary_header(response, "Cookie"):
        return None
    headers = {name: value for name, value in response.items() if name != "Content-Length"}
    return Page(response.content, headers | {"Vary": "Accept-Encoding"})
