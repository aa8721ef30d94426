"""Public pages kept whole, and the small file that tells every worker when they are out of date.

A kept page is keyed by path, normalised query, the day and one data version. The version's truth is
a row (named by `settings.DATA_VERSION`); the file mirrors it, so that a request learns of a change
by one `stat`. What raises the version is `projects.actions.publishing`; which views may be kept is
marked by `public_page`.
"""

import fcntl
import gzip
import hashlib
import os
import tempfile
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from operator import itemgetter
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import has_vary_header
from django.utils.http import parse_etags
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

CHANGING = "changing"
MOST_BYTES = 32 * 2**20  # of kept pages in one worker
PUBLIC = "public, max-age=0, must-revalidate"  # what anybody may keep, and asks about each time


class VersionFile:
    """The mirror of the data version: a number, or `changing` while a change is on its way.

    Whoever publishes holds a shared lock on the file beside it. A reader that finds the mark and can
    take the lock alone knows that nobody is publishing any more, and settles the number from the row:
    a worker that died in the middle leaves no lasting mark.
    """

    def __init__(self, path: Path):
        self.path = path
        self.lock_path = path.with_suffix(".lock")
        self._seen: tuple[tuple, str] | None = None

    def read(self) -> int | None:
        """The version, None while it is changing or was never written. One `stat` if nothing changed."""
        try:
            found = os.stat(self.path)
        except FileNotFoundError:
            return None
        stamp = (found.st_mtime_ns, found.st_ino, found.st_size)
        if self._seen is None or self._seen[0] != stamp:
            self._seen = (stamp, self.path.read_text())
        text = self._seen[1]
        return int(text) if text.isdigit() else None

    @contextmanager
    def changing(self, version_of_row: Callable[[], int]) -> Iterator[None]:
        """Mark before the change begins; settle once it is committed or undone."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.lock_path.open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH)
            self._write(CHANGING)
            try:
                yield
            finally:
                fcntl.flock(lock, fcntl.LOCK_UN)
                self.settle(version_of_row)

    def settle(self, version_of_row: Callable[[], int]) -> int | None:
        """Write the row's number unless somebody is publishing; the last of several writes it."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.lock_path.open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return None
            number = version_of_row()
            self._write(str(number))
            return number

    def _write(self, text: str) -> None:
        """At once for every reader: a new file under the old name."""
        handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=self.path.name)
        with os.fdopen(handle, "w") as file:
            file.write(text)
        # To the nanosecond: the system's own clock ticks slower than two changes may follow each other.
        os.utime(name, ns=(time.time_ns(), time.time_ns()))
        os.replace(name, self.path)


def version_file() -> VersionFile:
    return VersionFile(Path(settings.DATA_DIR) / "version")


def release() -> str:
    """Changes with the code and templates, so that no page outlives the release that made it."""
    digest = hashlib.sha256()
    for folder in ("projects", "templates", "tracker"):
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            if path.suffix in {".py", ".html", ".txt", ".mo", ".css", ".js"}:
                found = path.stat()
                digest.update(f"{path.name}{found.st_size}{found.st_mtime_ns}".encode())
    return digest.hexdigest()[:12]


def public_page(view: Callable) -> Callable:
    """A view for everyone: GET and HEAD, no login asked, kept whole until the data change."""

    @wraps(view)
    def for_everyone(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.is_keepable = True
        return response

    return login_not_required(require_safe(for_everyone))


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


class KeptPages:
    """Answers a public page from memory, before sessions and tables are touched."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.file = version_file()
        self.version_of_row = import_string(settings.DATA_VERSION)
        self.release = release()
        self.pages: OrderedDict[str, tuple[HttpResponse, dict[str, bytes]]] = OrderedDict()
        self.size = 0
        self.version: int | None = None

    def __call__(self, request):
        if request.method not in ("GET", "HEAD") or request.path_info.startswith(settings.NEVER_KEPT):
            return self.get_response(request)
        key = self._key(request)
        kept = self.pages.get(key) if key else None
        if kept is not None:
            self.pages.move_to_end(key)
            return self._answer(request, *kept)
        response = self.get_response(request)
        if not getattr(response, "is_keepable", False):
            return response
        return self._keep(request, response, key)

    def _key(self, request: HttpRequest) -> str | None:
        """None while the data are changing: the page is made anew and not kept."""
        version = self.file.read()
        if version is None:
            version = self.file.settle(self.version_of_row)
        if version is None:
            return None
        if version != self.version:
            self.pages.clear()
            self.size, self.version = 0, version
        said = parse_qsl(request.META.get("QUERY_STRING", ""), keep_blank_values=True)
        # By name alone: of a name given twice the last one counts, an empty one too, so those stay in order.
        query = urlencode(sorted(said, key=itemgetter(0)))
        parts = (
            request.get_host(),
            request.path_info,
            query,
            timezone.localdate().isoformat(),
            version,
            self.release,
        )
        return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:32]

    def _keep(self, request: HttpRequest, response: HttpResponse, key: str | None) -> HttpResponse:
        response.headers.setdefault("Cache-Control", PUBLIC)
        if response.streaming or response.status_code != 200:
            return response
        # What looked at a cookie was made for one person.
        if key is None or response.cookies or has_vary_header(response, "Cookie"):
            return response
        if hasattr(response, "render"):
            response.render()
        response["ETag"] = f'"{key}"'
        bodies = {"": response.content}
        if len(response.content) < MOST_BYTES // 8:
            self.pages[key] = (response, bodies)
            self.size += len(response.content) * 2
            while self.size > MOST_BYTES:
                _, (_, gone) = self.pages.popitem(last=False)
                self.size -= len(gone[""]) * 2
        return self._answer(request, response, bodies)

    def _answer(self, request: HttpRequest, kept: HttpResponse, bodies: dict[str, bytes]) -> HttpResponse:
        # A proxy that compresses makes an ETag weak; it names the same page.
        known = {tag.removeprefix("W/") for tag in parse_etags(request.META.get("HTTP_IF_NONE_MATCH", ""))}
        if kept["ETag"] in known:
            answer = HttpResponseNotModified()
        else:
            encoding = "gzip" if "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "") else ""
            if encoding not in bodies:
                bodies[encoding] = gzip.compress(bodies[""], compresslevel=6, mtime=0)
            answer = HttpResponse(bodies[encoding])
            if encoding:
                answer["Content-Encoding"] = encoding
            answer["Content-Length"] = str(len(bodies[encoding]))
            answer["Content-Type"] = kept["Content-Type"]
        for name, value in kept.items():
            if name not in ("Content-Length", "Content-Type"):
                answer.headers.setdefault(name, value)
        answer["Vary"] = "Accept-Encoding"
        return answer
