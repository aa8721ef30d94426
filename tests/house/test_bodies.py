"""What is sent is refused by address and length before a byte of it is read; few are served at once."""

import io
from threading import Event, Thread

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory, override_settings

from tracker import bodies
from tracker.bodies import MAX_BODIES, MAX_BYTES, MAX_EXPORTS, MAX_LARGE_BODIES, Bodies, Exports
from tracker.plain_pages import PLAIN_PAGES
from tracker.wsgi import Whole

FORM = "application/x-www-form-urlencoded"
FILES = "multipart/form-data; boundary=x"
REPORT = "/desk/reports/2026-03/QJ-0001/"


class Unread(io.BytesIO):
    def read(self, *args):
        raise AssertionError("a byte was read")


def asked(path="/accounts/login/", length=None, kind=FORM, body=None, method="POST", **more):
    request = RequestFactory().generic(method, path, b"x", kind, **more)
    request.META.pop("CONTENT_LENGTH", None)
    if length is not None:
        request.META["CONTENT_LENGTH"] = str(length)
    request._stream = body or Unread()
    return request


def status(request) -> int:
    return Bodies(lambda _request: HttpResponse())(request).status_code


REFUSED = [
    (413, {"length": MAX_BYTES + 1}),
    (413, {"path": REPORT, "length": MAX_BYTES + 1}),
    (411, {"length": "1" * 5000}),
    (413, {"path": REPORT, "length": 128 * MAX_BYTES + 1, "kind": FILES}),
    (415, {"length": 10, "kind": FILES}),
    (415, {"path": REPORT + "preview/", "length": 10, "kind": FILES}),
    (415, {"path": "/admin/projects/place/add/", "length": 10, "kind": "Multipart/Mixed"}),
    (411, {"HTTP_TRANSFER_ENCODING": "chunked"}),
    (411, {"HTTP_TRANSFER_ENCODING": "chunked", "length": 3}),
    *((411, {"length": length}) for length in ("-1", "1x", " 1", "1.0", "0x10", "１")),
]


@pytest.mark.promise(
    "A body that is too long, of no known length, or with files where none are taken is refused unread",
    control="test_control_without_these_bounds_it_is_read",
)
@pytest.mark.parametrize(("expected", "said"), REFUSED)
def test_refused_before_a_byte_is_read(expected, said, figure):
    assert status(asked(**said)) == expected
    assert "nothing" in PLAIN_PAGES[413][3] and len(PLAIN_PAGES[expected]) == 4
    figure(f"{len(REFUSED)} kinds of body")


@pytest.mark.parametrize(("_expected", "said"), REFUSED[:2])
def test_control_without_these_bounds_it_is_read(monkeypatch, settings, _expected, said):
    monkeypatch.setattr(bodies, "refusal", lambda request, length: 0)
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = None
    with pytest.raises(AssertionError, match="a byte was read"):
        status(asked(**said))


@pytest.mark.parametrize(
    "said",
    [
        {"length": 3, "body": io.BytesIO(b"a=1")},
        {"length": ""},
        {"length": None},
        {"path": "/en" + REPORT, "length": 128 * MAX_BYTES, "kind": FILES, "body": io.BytesIO(b"")},
        {"length": MAX_BYTES * 9, "method": "GET"},
    ],
)
def test_the_others_go_on(said, monkeypatch):
    monkeypatch.setattr(Bodies, "_read", lambda self, request: self.get_response(request))
    assert status(asked(**said)) == 200


class Filled:
    """So many requests at once, each waiting in its view."""

    def __init__(self, middleware, requests):
        self.entered, self.go, self.statuses = [], Event(), []
        self.middleware = middleware(self.wait)
        self.threads = [Thread(target=self.ask, args=[request]) for request in requests]

    def wait(self, request):
        self.entered.append(request)
        assert self.go.wait(5)
        return HttpResponse()

    def ask(self, request):
        self.statuses.append(self.middleware(request).status_code)

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        while len(self.entered) + len(self.statuses) < len(self.threads):
            pass
        return self

    def __exit__(self, *error):
        self.go.set()
        for thread in self.threads:
            thread.join()


def small(_number=0):
    return asked(length=3, body=io.BytesIO(b"a=1"))


def large(_number=0):
    return asked(REPORT, length=bodies.LARGE + 1, kind=FILES, body=io.BytesIO(b"--x--"))


@pytest.mark.parametrize(
    ("one", "most"), [(small, MAX_BODIES), (large, MAX_LARGE_BODIES)], ids=["any length", "large"]
)
def test_only_so_many_are_served_at_once(one, most):
    with Filled(Bodies, [one() for _ in range(most)]) as filled:
        assert len(filled.entered) == most
        refused = filled.middleware(asked(one().path, length=bodies.LARGE + 1, kind=one().content_type))
        assert (refused.status_code, refused["Retry-After"]) == (503, "5"), "and nothing is read"
        assert len(filled.entered) == most
    assert filled.statuses == [200] * most
    assert filled.middleware(one()).status_code == 200, "its place is free again"


def test_beside_large_ones_there_is_room_for_small_ones():
    with Filled(Bodies, [large(), large(), small(), small()]) as filled:
        assert len(filled.entered) == MAX_BODIES
        assert filled.middleware(small()).status_code == 503


def test_a_place_is_free_again_after_a_fault():
    def view(_request):
        raise ZeroDivisionError

    middleware = Bodies(view)
    for _ in range(MAX_BODIES + 1):
        with pytest.raises(ZeroDivisionError):
            middleware(small())


# What breaks off


def test_half_a_form_is_none():
    assert status(asked(length=9, body=Whole(io.BytesIO(b"note=half"), 9))) == 200
    assert status(asked(length=99, body=Whole(io.BytesIO(b"note=half"), 99))) == 400


def test_half_a_form_with_files_is_none():
    body = b'--x\r\nContent-Disposition: form-data; name="note"\r\n\r\nhalf of it'
    request = asked(REPORT, len(body) + 50, FILES, Whole(io.BytesIO(body), len(body) + 50))
    assert status(request) == 400


def test_control_django_takes_half_a_form_for_a_whole_one():
    request = asked(length=99, body=io.BytesIO(b"note=half"))
    assert request.POST["note"] == "half"


def test_a_body_is_read_in_lines_and_pieces_too():
    whole = Whole(io.BytesIO(b"one\ntwo\nthree"), 13)
    assert (whole.readline(), whole.read(2), whole.read(), whole.read()) == (
        b"one\n",
        b"tw",
        b"o\nthree",
        b"",
    )


# Exports


@override_settings(EXPORTS="/data/.+")
def test_only_so_many_exports_are_made_at_once():
    get = RequestFactory().get
    with Filled(Exports, [get("/data/claims.csv") for _ in range(MAX_EXPORTS)]) as filled:
        refused = filled.middleware(get("/data/projects.json"))
        assert (refused.status_code, refused["Retry-After"]) == (503, "5")
        filled.go.set()
        assert filled.middleware(get("/data/")).status_code == 200, "a page is none"
    assert filled.middleware(get("/data/claims.csv")).status_code == 200


@pytest.mark.django_db  # an answer that is closed lets its connection go
@override_settings(EXPORTS="/data/.+")
@pytest.mark.parametrize("is_read", [True, False])
def test_one_that_is_sent_in_parts_keeps_its_place_until_it_is_closed(is_read):
    closed = []

    def parts():
        try:
            yield b"one"
            yield b"two"
        finally:
            closed.append(True)

    middleware, request = (
        Exports(lambda _request: StreamingHttpResponse(parts())),
        RequestFactory().get("/data/x"),
    )
    sent = [middleware(request) for _ in range(MAX_EXPORTS)]
    assert middleware(request).status_code == 503
    for answer in sent:
        assert not is_read or b"".join(answer) == b"onetwo"
        answer.close()
        answer.close()
    assert closed == [True] * MAX_EXPORTS if is_read else closed == []
    assert [middleware(request).status_code for _ in range(MAX_EXPORTS + 1)] == [200] * MAX_EXPORTS + [503]


@override_settings(EXPORTS="/data/.+")
def test_an_export_that_fails_leaves_its_place():
    def view(_request):
        raise ZeroDivisionError

    middleware = Exports(view)
    for _ in range(MAX_EXPORTS + 1):
        with pytest.raises(ZeroDivisionError):
            middleware(RequestFactory().get("/data/x"))
