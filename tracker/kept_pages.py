"""Public pages answered whole from memory, before anything else is done: a worker's hello, with headers.

An answer is kept with its headers by its question as it came over the line, the day, and the data version,
whose row `settings.DATA_VERSION` reads. Whoever publishes raises that row in the same transaction
(`projects.audit.data_version`). `KeptPages` is the outermost middleware and keeps what passes it; `first` is
around the application and spares what is kept Django's request and response. Which views may be kept is
`tracker.kept`, how they are remembered `tracker.kept_memory`.
"""

import time
from collections.abc import Callable

from django.conf import settings
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import has_vary_header
from django.utils.module_loading import import_string

from tracker.encoding import FOREIGN
from tracker.kept import PUBLIC, is_never_kept
from tracker.kept_memory import MAX_BYTES, Memory, Page, Version

MAX_PAGE_BYTES = MAX_BYTES // 8
SHANGHAI = 8 * 3600  # seconds ahead, all year: lateness and age change at its midnight
ASKED = ("HTTP_HOST", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING", "wsgi.url_scheme", "HTTP_X_FORWARDED_PROTO")


class KeptPages:
    """The outermost middleware: whatever lies inside has set its headers."""

    def __init__(self, get_response: Callable):
        self.get_response = get_response
        self.version, self.memory = Version(import_string(settings.DATA_VERSION)), Memory()
        KeptPages.of_worker = self

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if FOREIGN in request.META or not may_be_kept(request.META):
            return self.get_response(request)
        # Before the page is made: what is published meanwhile raises it, and nobody asks for this one again.
        version, is_sure = self.version.read()
        page = self.find(version, request.META)
        if page is None:
            response = self.get_response(request)
            page = finished(response)
            if page is None:
                return response
            if is_sure and response.may_be_kept and len(page.body) <= MAX_PAGE_BYTES:
                self.memory.keep(version, key_of(request.META), page)
        status, headers, body = page.form(request.META)
        made = HttpResponseNotModified() if status == 304 else HttpResponse(body)
        for name, value in headers.items():
            made[name] = value
        return made

    def find(self, version: int | None, environ: dict) -> Page | None:
        return self.memory.find(version, key_of(environ)) if version is not None else None


def first(application: Callable) -> Callable:
    """Around the application: what its worker keeps is answered without it."""
    is_lent = (
        settings.DATABASES["default"]["CONN_MAX_AGE"] == 0
    )  # the connection that the version was read on

    def answered(environ: dict, start_response: Callable):
        page = None
        if may_be_kept(environ) and not environ.get("CONTENT_TYPE"):
            pages = KeptPages.of_worker
            page = pages.find(pages.version.read()[0], environ)
            if is_lent:
                close_old_connections()
        if page is None:
            return application(environ, start_response)
        status, headers, body = page.form(environ)
        start_response("200 OK" if status == 200 else "304 Not Modified", list(headers.items()))
        return [body if environ["REQUEST_METHOD"] == "GET" else b""]

    return answered


def may_be_kept(environ: dict) -> bool:
    return environ["REQUEST_METHOD"] in ("GET", "HEAD") and not is_never_kept(environ["PATH_INFO"])


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
