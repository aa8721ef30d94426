"""Public pages answered whole from memory, before anything else is done: a worker's hello, with headers.

An answer is kept with its headers by its question as it came over the line, the day, and the data version,
which whoever publishes raises in the same transaction. Which views may be kept is `tracker.kept`; how the
version is read, `settings.DATA_VERSION`. Decisions 0024, 0035, 0045, 0050.
"""

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import ResponseHeaders
from django.utils.http import parse_etags
from django.utils.module_loading import import_string

from tracker.encoding import accepts_gzip
from tracker.kept import is_for_everyone, is_whole_page

MAX_BYTES = 32 * 2**20  # of kept pages in one worker
SHANGHAI = 8 * 3600  # seconds ahead, all year: lateness and age change at its midnight
ASKED = ("HTTP_HOST", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING", "wsgi.url_scheme", "HTTP_X_FORWARDED_PROTO")


class Page:
    """A finished answer in its forms: status, headers, body. Each is made once it is asked for."""

    def __init__(self, body: bytes, headers: dict[str, str]):
        self.body, self.headers, self.size = body, headers, len(body) * 2
        self.etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        self.forms: dict[tuple[bool, bool], tuple[str, list, bytes]] = {}

    def form(self, environ: dict) -> tuple[str, list, bytes]:
        # Compared weakly: a proxy that compresses says so of the tag, and it names the same page; `*` any.
        asked = environ.get("HTTP_IF_NONE_MATCH")
        tags = parse_etags(asked) if asked else ()
        is_known = not {self.etag, "*"}.isdisjoint(tag.removeprefix("W/") for tag in tags)
        key = is_known, not is_known and accepts_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
        return self.forms.get(key) or self.forms.setdefault(key, self._made(*key))

    def _made(self, is_known: bool, is_packed: bool) -> tuple[str, list, bytes]:
        if is_known:
            told = [one for one in self.headers.items() if one[0] not in ("Content-Type", "Content-Length")]
            return "304 Not Modified", [*told, ("ETag", self.etag)], b""
        body = gzip.compress(self.body, compresslevel=6, mtime=0) if is_packed else self.body
        told = {"Content-Encoding": "gzip", "ETag": f"W/{self.etag}"} if is_packed else {"ETag": self.etag}
        return "200 OK", [*(self.headers | told | {"Content-Length": str(len(body))}).items()], body


class Memory:
    """The pages of one version, the longest unused going first; shared by the threads of a worker."""

    def __init__(self):
        self.lock, self.pages = threading.Lock(), OrderedDict[tuple, Page]()
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
            if self.pages.setdefault(key, page) is page:  # and no other thread was quicker
                self.size += page.size
            while self.size > MAX_BYTES:
                self.size -= self.pages.popitem(last=False)[1].size


class KeptPages:
    """The outermost middleware: whatever lies inside has set its headers."""

    def __init__(self, get_response: Callable):
        self.get_response, self.memory = get_response, Memory()
        self.version = import_string(settings.DATA_VERSION)()
        KeptPages.of_worker = self

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_for_everyone(request):
            return self.get_response(request)
        # Before the page is made: what is published meanwhile raises it, and nobody asks for this one again.
        (version, is_sure), key = self.version.read(), key_of(request.META)
        page = self.memory.find(version, key)
        if page is None:
            response = self.get_response(request)
            if not is_whole_page(response):
                return response
            page = Page(response.content, dict(response.items()) | {"Vary": "Accept-Encoding"})
            if is_sure and response.may_be_kept and page.size <= MAX_BYTES // 4:
                self.memory.keep(version, key, page)
        status, headers, body = page.form(request.META)
        made = HttpResponse(body, status=int(status[:3]))
        made.headers = ResponseHeaders(headers)  # and no others
        return made


def answered(environ: dict, start_response: Callable) -> list[bytes] | None:
    """Before Django: what its worker keeps, else None."""
    kept, key, method, page = KeptPages.of_worker, key_of(environ), environ["REQUEST_METHOD"], None
    # Whatever has a type of content goes the long way, where another charset is refused.
    if key in kept.memory.pages and method in ("GET", "HEAD") and not environ.get("CONTENT_TYPE"):
        page = kept.memory.find(kept.version.read()[0], key)
    if page is None:
        return None
    status, headers, body = page.form(environ)
    start_response(status, headers)
    return [body if method == "GET" else b""]


def key_of(environ: dict) -> tuple:
    """The question as it came over the line: whatever a view makes of it, it makes the same of the same."""
    return (*map(environ.get, ASKED), (time.time() + SHANGHAI) // 86_400)
