"""Public pages kept whole in each worker, and answered before sessions and tables are touched.

A page is kept by its question as it came over the line, the day, and the data version, whose row
`settings.DATA_VERSION` reads. Whoever publishes raises that row in the same transaction
(`projects.audit.data_version`); which views may be kept is marked by `public_page`.
"""

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache, wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import has_vary_header
from django.utils.http import parse_etags
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

MAX_BYTES = 32 * 2**20  # of kept pages in one worker
MAX_PAGE_BYTES = MAX_BYTES // 8
REST = 1.0  # seconds before a version that could not be read is asked for again
PUBLIC = "public, max-age=0, must-revalidate"  # what anybody may keep, and asks about each time
UNDECODABLE = "\ufffd"  # stands where a question was no text


def public_page(*names: str) -> Callable:
    """A view for everyone: GET and HEAD, no login asked, kept whole until the data change.

    `names` are the parameters that it reads. A page prints its own question into itself, so one that was
    asked with another name, with a name twice or with what is no text is answered and not kept; nor is one
    whose view found a value that means nothing (`do_not_keep`).
    """

    def marked(view: Callable) -> Callable:
        @wraps(view)
        def for_everyone(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            response = view(request, *args, **kwargs)
            response.is_public_page = True
            response.may_be_kept = _is_plain(request, names)
            return response

        for_everyone.parameters = frozenset(names)
        return login_not_required(require_safe(for_everyone))

    return marked


def public_file(view: Callable) -> Callable:
    """A file for everyone: asked anew each time and never kept, since the memory is for pages.

    The view sets the `ETag`, once it knows that the file is public still.
    """

    @wraps(view)
    def for_everyone(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", PUBLIC)
        return response

    return login_not_required(require_safe(for_everyone))


def do_not_keep(request: HttpRequest) -> None:
    """The question holds a value that means nothing: the page says so, and is for this reader alone."""
    request.is_odd = True


def _is_plain(request: HttpRequest, names: tuple[str, ...]) -> bool:
    if getattr(request, "is_odd", False):
        return False
    return all(
        name in names and len(values) == 1 and UNDECODABLE not in values[0]
        for name, values in request.GET.lists()
    )


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


@dataclass(slots=True)
class Page:
    """A finished answer: the response as it was made, and its body as it is and compressed."""

    response: HttpResponse
    etag: str
    bodies: dict[str, bytes] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(self.bodies[""]) * 2


class Memory:
    """The pages of one version, the longest unused going first; shared by the threads of a worker."""

    def __init__(self):
        self.lock = threading.Lock()
        self.pages: OrderedDict[tuple, Page] = OrderedDict()
        self.size, self.version = 0, None

    def find(self, version: int, key: tuple) -> Page | None:
        with self.lock:
            self._turn_to(version)
            page = self.pages.get(key)
            if page:
                self.pages.move_to_end(key)
            return page

    def keep(self, version: int, key: tuple, page: Page) -> None:
        with self.lock:
            self._turn_to(version)
            before = self.pages.pop(key, None)
            self.pages[key] = page
            self.size += page.size - (before.size if before else 0)
            while self.size > MAX_BYTES:
                _, gone = self.pages.popitem(last=False)
                self.size -= gone.size

    def _turn_to(self, version: int) -> None:
        if version != self.version:
            self.pages.clear()
            self.size, self.version = 0, version


class KeptPages:
    """Answers a public page from memory."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.version = Version(import_string(settings.DATA_VERSION))
        self.memory = Memory()

    def __call__(self, request):
        if request.method not in ("GET", "HEAD") or is_never_kept(request.path_info):
            return self.get_response(request)
        # Before the page is made: what is published meanwhile raises it, and nobody asks for this one again.
        version, is_sure = self.version.read()
        key = key_of(request)
        page = self.memory.find(version, key) if version is not None else None
        if page is None:
            response = self.get_response(request)
            if not getattr(response, "is_public_page", False):
                return response
            page = finished(response)
            if page is None:
                return response
            if is_sure and response.may_be_kept and len(response.content) <= MAX_PAGE_BYTES:
                self.memory.keep(version, key, page)
        return answer(request, page)


def is_never_kept(path: str) -> bool:
    """Doors for one person, in either language."""
    return path.removeprefix("/en").startswith(settings.NEVER_KEPT)


def key_of(request: HttpRequest) -> tuple:
    """The question as it came over the line: whatever a view makes of it, it makes the same of the same."""
    meta = request.META
    asked = (meta.get("HTTP_HOST"), meta.get("SCRIPT_NAME"), meta.get("PATH_INFO"), meta.get("QUERY_STRING"))
    return (*asked, request.scheme, timezone.localdate())


def finished(response: HttpResponse) -> Page | None:
    """None for what nobody may keep: an error, a stream, what looked at a cookie (made for one person)."""
    response.headers.setdefault("Cache-Control", PUBLIC)
    if response.streaming or response.status_code != 200:
        return None
    if response.cookies or has_vary_header(response, "Cookie"):
        return None
    if hasattr(response, "render"):
        response.render()
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    return Page(response, etag, {"": response.content})


def answer(request: HttpRequest, page: Page) -> HttpResponse:
    encoding = "gzip" if accepts_gzip(request.META.get("HTTP_ACCEPT_ENCODING", "")) else ""
    # Compared weakly: a proxy that compresses says so of the tag, and it names the same page.
    known = {tag.removeprefix("W/") for tag in parse_etags(request.META.get("HTTP_IF_NONE_MATCH", ""))}
    if page.etag in known:
        made = HttpResponseNotModified()
    else:
        if encoding not in page.bodies:
            page.bodies[encoding] = gzip.compress(page.bodies[""], compresslevel=6, mtime=0)
        made = HttpResponse(page.bodies[encoding], content_type=page.response["Content-Type"])
        made["Content-Length"] = str(len(page.bodies[encoding]))
        if encoding:
            made["Content-Encoding"] = encoding
    for name, value in page.response.items():
        if name not in ("Content-Length", "Content-Type"):
            made.headers.setdefault(name, value)
    made["ETag"] = f"W/{page.etag}" if encoding else page.etag
    made["Vary"] = "Accept-Encoding"
    return made


@lru_cache(maxsize=256)
def accepts_gzip(header: str) -> bool:
    """By name, else by `*`; with q=0 it is refused."""
    weights = {}
    for part in header.lower().split(","):
        name, *parameters = (word.strip() for word in part.split(";"))
        quality = next((word[2:] for word in parameters if word.startswith("q=")), "1")
        weights[name] = quality.strip().rstrip("0").rstrip(".") not in ("", "0")
    return weights.get("gzip", weights.get("*", False))
