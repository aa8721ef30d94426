"""Whatever is kept equals what is made anew: for any question, header or bytes, on real public addresses."""

import re
from dataclasses import dataclass
from urllib.parse import quote

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from projects.claims import projection
from tests.cast import project, published
from tracker.encoding import read_as_utf8
from tracker.kept_pages import Memory, answered

pytestmark = pytest.mark.django_db

ADDRESSES = [
    *("/", "/en/", "/projects/", "/promises/", "/timeline/", "/compare/", "/statistics/", "/sources/"),
    "/news/",
    *("/data/projects.json", "/data/projects.csv", "/data/claims.csv", "/feeds/projects.atom", "/robots.txt"),
]
NAMES = (
    "asof",
    "known",
    "type",
    "q",
    "kind",
    "counted",
    "sort",
    "page",
    "verdict",
    "year",
    "from",
    "to",
    "n",
)
VALUES = [
    *(b"2025-07-01", b"2024-01-01", b"large", b"1", b"true", b"industrial", b"-due", b"\xe7\xbb\xbf", b""),
    *(b"\xff", b"\xa7\xbb", b"%", b"a&kind=x", "綦".encode("gb18030"), b"\x00", b"99999999999999999999"),
]
FOREIGN = [
    *("cp037", "rot13", "utf-16", "gb18030", "latin-1", "nothing"),
    *("hex", "zlib", "base64", "punycode", "undefined", "a\0b"),
]
CHARSETS = ["", "utf-8", "UTF8", *FOREIGN]


def encoded(value: bytes, how: str) -> str:
    """As it may stand in an address: percent-encoded, or as raw bytes (which WSGI hands on as Latin-1)."""
    return quote(value) if how == "percent" else value.replace(b"&", b"%26").decode("latin-1")


WORDS = st.tuples(st.sampled_from(NAMES), st.sampled_from(VALUES), st.sampled_from(["percent", "raw"]))
QUESTIONS = st.lists(WORDS, max_size=3).map(
    lambda words: "&".join(f"{quote(name)}={encoded(value, how)}" for name, value, how in words)
)
ASKED = st.tuples(st.sampled_from(ADDRESSES), QUESTIONS, st.sampled_from(CHARSETS))


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


class Reader:
    """Asks the application as a server does: Django's own client leaves out what lies around it."""

    def __init__(self):
        self.application = read_as_utf8(get_wsgi_application())

    def ask(self, path: str, question: str = "", charset: str = "", method: str = "GET") -> Answer:
        environ = RequestFactory().generic(method, path).environ | {"QUERY_STRING": question}
        environ["CONTENT_TYPE"] = f"text/plain; charset={charset}" if charset else ""
        told = []

        def start(*said) -> None:
            told.extend(said)

        body = b"".join(answered(environ, start) or self.application(environ, start))
        status, headers, *_ = told
        return Answer(int(status[:3]), dict(headers), body)


@pytest.fixture(autouse=True)
def one_connection():
    """As around Django's own client: what a test wrote is gone with its connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def portfolio(db):
    of = project()
    published(of, value="building")
    projection.rebuild(of)


@pytest.mark.promise(
    "Whatever is kept equals what is made anew, for any question, header or bytes",
    control="test_control_the_charset_of_a_get_poisons_what_is_kept",
)
def test_whatever_is_kept_equals_what_is_made_anew(portfolio, figure, monkeypatch):
    reader, asked = Reader(), []

    @given(st.lists(ASKED, min_size=1, max_size=4))
    def ask_at_random(questions):
        for address, question, charset in questions:
            reader.ask(address, question, charset)
            kept = reader.ask(address, question)
            with monkeypatch.context() as forgetful:
                forgetful.setattr(Memory, "find", lambda *_: None)
                assert kept == reader.ask(address, question)
            asked.append(address)

    ask_at_random()
    figure(f"{len(asked)} random questions at {len(ADDRESSES)} addresses in {len(CHARSETS)} charsets")


def is_poisoned() -> bool:
    """The page of a past day, asked for in EBCDIC, and then as everybody asks for it."""
    reader = Reader()
    reader.ask("/data/names.json", "asof=2025-07-01", "cp037")
    return b'"as_of": "2025-07-01"' not in reader.ask("/data/names.json", "asof=2025-07-01").body


def test_a_past_day_stays_the_past_day(portfolio):
    assert not is_poisoned()


def test_control_the_charset_of_a_get_poisons_what_is_kept(portfolio, monkeypatch):
    """A build in which any charset is let through, and any question kept."""
    monkeypatch.setattr("tracker.encoding.is_utf8", lambda content_type: True)
    monkeypatch.setattr("tracker.kept._is_plain", lambda request, names: True)
    assert is_poisoned()


@pytest.mark.parametrize("charset", FOREIGN)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_another_charset_than_utf8_is_refused_with_all_headers(charset, method):
    answer = Reader().ask("/projects/", charset=charset, method=method)
    assert answer.status == 400
    assert "UTF-8" in answer.body.decode() and answer.headers["Cache-Control"] == "no-store"
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"):
        assert name in answer.headers


@pytest.mark.parametrize("content_type", ["text/plain; charset*=rot13''x", "x; charset*=nothing''utf-8"])
def test_a_charset_that_is_encoded_itself_is_read_or_refused(content_type, rf):
    environ = rf.get("/").environ | {"CONTENT_TYPE": content_type}
    told = []
    read_as_utf8(get_wsgi_application())(environ, lambda *start: told.append(start[0]))
    assert told == ["400 Bad Request"]


def test_links_of_a_page_carry_declared_names_only(portfolio):
    page = Reader().ask("/en/projects/", "kind=industrial&utm_source=x&type=large").body.decode()
    assert "utm_source" not in "".join(re.findall('href="[^"]*"', page))
    assert "/projects/?kind=industrial&amp;type=large" in page
