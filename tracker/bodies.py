"""Bounds of what is sent and of what is long in the sending, so that no worker is ever held.

How long a body may be, and whether files may be in it, is decided by its address before a byte is read. How
many requests with a body, and how many exports, a worker serves at once is counted here; the next is told to
come again. The threads that these counts leave free are those of `serve.THREADS`.
"""

import re
from collections.abc import Callable, Iterator
from threading import BoundedSemaphore

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, UnreadablePostError

from tracker.plain_pages import PLAIN_PAGES, plain_page

MAX_BYTES = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
LARGE = 2**16  # bytes from which a body counts as large
MAX_BODIES, MAX_LARGE_BODIES, MAX_EXPORTS = 4, 2, 2


class Bodies:
    """A request with a body: refused by address and length, or served while few others are.

    The place is held until the answer is there: whoever waits for a lock, or decodes photos, counts too.
    """

    def __init__(self, get_response: Callable):
        self.get_response = get_response
        self.all, self.large = BoundedSemaphore(MAX_BODIES), BoundedSemaphore(MAX_LARGE_BODIES)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return self.get_response(request)
        length = request.META.get("CONTENT_LENGTH") or "0"
        if status := refusal(request, length):
            return plain_page(status)
        places = [self.all, self.large] if int(length) > LARGE else [self.all]
        taken = [place for place in places if place.acquire(blocking=False)]
        try:
            return self._read(request) if taken == places else plain_page(503, PLAIN_PAGES["busy"])
        finally:
            for place in taken:
                place.release()

    def _read(self, request: HttpRequest) -> HttpResponse:
        try:
            request.POST  # noqa: B018 (read now: what broke off goes no further)
        except UnreadablePostError:
            return plain_page(400)
        except RequestDataTooBig:
            return plain_page(413)
        return self.get_response(request)


def refusal(request: HttpRequest, length: str) -> int:
    """The status that says why a body is not read; 0 where it may be."""
    if "HTTP_TRANSFER_ENCODING" in request.META or not re.fullmatch("[0-9]{1,18}", length):
        return 411
    has_files = request.content_type.startswith("multipart/")
    most = max_bytes_of_files(request.path_info)
    if has_files and not most:
        return 415
    return 413 if int(length) > (most if has_files else MAX_BYTES) else 0


def max_bytes_of_files(path: str) -> int:
    """0 where none are taken."""
    return next((most for address, most in settings.TAKES_FILES.items() if re.fullmatch(address, path)), 0)


class Exports:
    """A download that takes long to make or to send: few at once, until the last byte is taken."""

    def __init__(self, get_response: Callable):
        self.get_response = get_response
        self.places = BoundedSemaphore(MAX_EXPORTS)
        self.is_export = re.compile(settings.EXPORTS).fullmatch

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self.is_export(request.path_info):
            return self.get_response(request)
        if not self.places.acquire(blocking=False):
            return plain_page(503, PLAIN_PAGES["busy"])
        try:
            response = self.get_response(request)
        except BaseException:
            self.places.release()
            raise
        if response.streaming:
            response.streaming_content = Sent(response.streaming_content, self.places.release)
        else:
            self.places.release()
        return response


class Sent:
    """The parts of an answer: over with the last, or when the server closes it since nobody reads on."""

    def __init__(self, parts: Iterator[bytes], then: Callable[[], None] | None):
        self.parts, self.then = parts, then

    def __iter__(self):
        return self

    def __next__(self) -> bytes:
        try:
            return next(self.parts)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        then, self.then = self.then, None
        if then:
            then()
