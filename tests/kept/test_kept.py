"""The pages kept in memory, by stubs that count how often they were asked; real workers in `test_workers`."""

import gzip
import re
import threading

import pytest
import time_machine
from django.test import Client

from projects.audit.data_version import publishing
from projects.audit.version_reading import VersionReading
from tests.cast import AT, person
from tests.kept import pages
from tracker import encoding
from tracker import kept_pages as kept


@pytest.fixture
def visitor(db, settings) -> Client:
    settings.ROOT_URLCONF = "tests.kept.pages"
    pages.asked.clear()
    return Client()


def publish() -> None:
    with publishing(AT):
        pass


def test_a_page_is_made_once_and_answered_without_a_table(visitor, django_assert_num_queries):
    first = visitor.get("/page/")
    with django_assert_num_queries(0):
        second = visitor.get("/page/")
    assert second.content == first.content
    assert second["ETag"] == first["ETag"]
    assert pages.asked["page"] == 1


def test_the_next_request_after_a_publishing_sees_it(visitor):
    before = visitor.get("/page/")
    publish()
    after = visitor.get("/page/")
    assert pages.asked["page"] == 2
    assert after["ETag"] != before["ETag"] and after.content != before.content


def test_a_page_made_while_the_row_cannot_be_read_is_not_kept(visitor, monkeypatch):
    first = visitor.get("/page/")
    monkeypatch.setattr(VersionReading, "read", lambda self: (self.reading[0], False))
    assert visitor.get("/page/").content == first.content, "what is kept goes on"
    for _ in range(2):
        assert visitor.get("/page/?q=new").status_code == 200
    assert pages.asked["page"] == 3


def test_what_is_published_while_a_page_is_made_is_seen_by_the_next_request(visitor, monkeypatch):
    """The version is read before: a page that may be half old is kept for nobody."""
    real = pages.User.objects.count

    def publish_meanwhile():
        publish()
        return real()

    monkeypatch.setattr(pages.User.objects, "count", publish_meanwhile)
    visitor.get("/page/")
    monkeypatch.undo()
    visitor.get("/page/")
    assert pages.asked["page"] == 2


def test_a_publishing_that_fails_leaves_the_pages_true(visitor):
    before = visitor.get("/page/")
    with pytest.raises(ValueError, match="no"), publishing(AT):
        raise ValueError("no")
    assert visitor.get("/page/").content == before.content


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/page/?q=a&page=2", "/page/?page=2&q=a"),
        ("/page/?q=%E7%BB%BF", "/page/?q=%e7%bb%bf"),
        ("/page/?q=a", "/page/?q=b"),
        ("/page/", "/en/page/"),
        ("/page/?q=a%0Ab", "/page/?q=a"),
        ("/page/?q=a%26page%3Db", "/page/?q=a&page=b"),
        ("/page/?q=%E7%BB%BF", "/page/?q=%C3%A7%C2%BB%C2%BF"),
    ],
)
def test_another_question_is_another_page(visitor, one, other):
    """By the letter: that two ways to write a question mean the same is not worth finding out."""
    visitor.get(one), visitor.get(other)
    assert pages.asked["page"] == 2
    visitor.get(one), visitor.get(other)
    assert pages.asked["page"] == 2, "both are kept"


@pytest.mark.parametrize(
    "question",
    [
        "utm_source=x",  # a name that the view does not read
        "q=a&utm_source=x",
        "q=a&q=b",  # a name twice
        "q=a&q=",
        "q=%FF",  # no text
        "q=%E7%BB",
    ],
)
def test_what_the_view_does_not_read_is_answered_and_not_kept(visitor, question):
    for _ in range(2):
        response = visitor.get(f"/page/?{question}")
        assert response.status_code == 200 and "ETag" in response
    assert pages.asked["page"] == 2


def test_what_the_view_found_to_mean_nothing_is_not_kept(visitor):
    for _ in range(2):
        assert b"nothing is meant by x" in visitor.get("/odd/?q=x").content
    assert pages.asked["odd"] == 2


def test_each_host_has_its_own(visitor, settings):
    settings.ALLOWED_HOSTS = ["one.example", "other.example"]
    one, other = (visitor.get("/page/", headers={"host": f"{name}.example"}) for name in ("one", "other"))
    assert one.content != other.content


def test_at_midnight_in_shanghai_a_page_is_made_anew(visitor):
    with time_machine.travel("2026-03-02T15:59:00Z", tick=False):
        visitor.get("/page/")
        visitor.get("/page/")
        assert pages.asked["page"] == 1
    with time_machine.travel("2026-03-02T16:00:00Z", tick=False):
        assert visitor.get("/page/").status_code == 200
    assert pages.asked["page"] == 2


def test_the_tag_is_that_of_the_body(visitor):
    """The same body has the same tag, whoever made it; another body never has."""
    one, other = visitor.get("/page/?q=a"), visitor.get("/page/?q=b")
    assert one["ETag"] != other["ETag"]
    pages.asked.clear()
    assert Client().get("/page/?q=a")["ETag"] == one["ETag"]


def test_it_is_public_and_asks_back_each_time(visitor):
    for response in (visitor.get("/page/"), visitor.get("/page/")):
        assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
        assert response["Vary"] == "Accept-Encoding"
        assert response["Content-Language"] == "zh-Hans"
        assert response["Content-Type"] == "text/html; charset=utf-8"
        assert "Set-Cookie" not in response and not response.cookies
        assert "Content-Security-Policy" in response


def test_who_is_signed_in_gets_the_very_same(visitor):
    page = visitor.get("/page/")
    visitor.force_login(person("somebody"))
    again = visitor.get("/page/")
    assert again.content == page.content and again["Vary"] == "Accept-Encoding"
    assert "Set-Cookie" not in again


@pytest.mark.parametrize("wrap", ["{}", "W/{}", '"other", {}', '"other", W/{}'])
def test_what_the_reader_has_is_not_sent_again(visitor, django_assert_num_queries, wrap):
    tag = visitor.get("/page/")["ETag"]
    with django_assert_num_queries(0):
        answer = visitor.get("/page/", headers={"if-none-match": wrap.format(tag)})
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)
    assert answer["Vary"] == "Accept-Encoding" and "Set-Cookie" not in answer
    assert "Content-Length" not in answer
    publish()
    assert visitor.get("/page/", headers={"if-none-match": wrap.format(tag)}).status_code == 200


def test_another_tag_gets_the_page(visitor):
    visitor.get("/page/")
    for other in ('"other"', "nonsense", "", '"', '"*"'):
        assert visitor.get("/page/", headers={"if-none-match": other}).status_code == 200


@pytest.mark.parametrize("method", ["get", "head"])
def test_who_has_any_of_it_is_sent_nothing(visitor, method):
    tag = visitor.get("/page/")["ETag"]
    answer = getattr(visitor, method)("/page/", headers={"if-none-match": "*"})
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)
    assert visitor.get("/nothing/", headers={"if-none-match": "*"}).status_code == 404


def test_the_first_reader_of_a_version_may_have_it_too(visitor):
    """A tag of another worker, or of before a restart: the page is made, and the tag is the same."""
    tag = visitor.get("/page/")["ETag"]
    pages.asked.clear()
    assert Client().get("/page/", headers={"if-none-match": tag}).status_code == 304


def test_compressed_is_the_same_page(visitor):
    plain = visitor.get("/page/", headers={"accept-encoding": "identity"})
    packed = visitor.get("/page/", headers={"accept-encoding": "gzip, deflate, br"})
    assert packed["Content-Encoding"] == "gzip" and "Content-Encoding" not in plain
    assert gzip.decompress(packed.content) == plain.content
    assert int(packed["Content-Length"]) == len(packed.content) < len(plain.content)
    assert int(plain["Content-Length"]) == len(plain.content)
    assert packed["ETag"] == f"W/{plain['ETag']}" and packed["Vary"] == plain["Vary"] == "Accept-Encoding"
    assert pages.asked["page"] == 1


def test_a_head_is_the_page_without_its_body(visitor):
    head = visitor.head("/page/")
    page = visitor.get("/page/")
    assert head.content == b"" and pages.asked["page"] == 1
    assert head.headers == page.headers


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options", "trace"])
def test_nothing_but_get_and_head(visitor, method):
    visitor.get("/page/")
    assert getattr(visitor, method)("/page/").status_code == 405


@pytest.mark.parametrize("name", ["broken", "stream", "marked", "unmarked", "greeting", "form"])
def test_what_is_not_kept(visitor, name):
    """Errors, streams, what sets a cookie or looks at one, what is not marked as for everyone."""
    for _ in range(2):
        response = visitor.get(f"/{name}/")
        assert "ETag" not in response
    assert pages.asked[name] == 2


@pytest.mark.parametrize("name", ["greeting", "form"])
def test_what_looks_at_a_person_is_no_public_page(visitor, name):
    """A mistake in a view gives a page that nobody keeps, not one person's page to everybody."""
    visitor.force_login(person("somebody"))
    visitor.get(f"/{name}/")
    response = Client().get(f"/{name}/")
    assert b"somebody" not in response.content
    assert "Cookie" in response["Vary"] and response["Cache-Control"] == "private, no-store"


def test_the_doors_that_are_never_kept(visitor):
    for _ in range(2):
        visitor.get("/desk/page/"), visitor.get("/en/desk/page/")
    assert pages.asked["page"] == 4


def test_what_is_not_for_everyone_still_asks_for_a_login(visitor):
    response = visitor.get("/inside/")
    assert response.status_code == 302 and "/accounts/login/" in response["Location"]


def test_memory_has_an_end(visitor, monkeypatch):
    """The longest unused go first."""
    size = len(visitor.get("/page/").content)
    monkeypatch.setattr(kept, "MAX_BYTES", 9 * size)
    client = Client()
    for number in range(8):
        client.get(f"/page/?q={number}")
        client.get("/page/?q=0")
    asked = pages.asked["page"]
    client.get("/page/?q=0")
    client.get("/page/?q=7")
    assert pages.asked["page"] == asked
    client.get("/page/?q=1")
    assert pages.asked["page"] == asked + 1


def test_threads_share_the_memory(visitor, monkeypatch):
    """Eight of them find and keep while versions change and the oldest go: the count of bytes stays true."""
    monkeypatch.setattr(kept, "MAX_BYTES", 40_000)
    memory, failures = kept.Memory(), []

    def work(seed: int) -> None:
        try:
            for number in range(2_000):
                version, key = number // 200, ((seed * 7 + number) % 60,)
                if memory.find(version, key) is None:
                    memory.keep(version, key, kept.Page(b"x" * (number % 900), {}))
        except Exception as error:  # noqa: BLE001 (told below)
            failures.append(error)

    threads = [threading.Thread(target=work, args=[seed]) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not failures
    assert memory.size == sum(page.size for page in memory.pages.values()) <= kept.MAX_BYTES


@pytest.mark.parametrize(
    ("header", "accepts"),
    [
        ("gzip", True),
        ("deflate, GZIP;q=0.5", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000, *", False),
        ("*", True),
        ("*;q=0", False),
        ("br", False),
        ("", False),
        ("gzipped", False),
    ],
)
def test_whether_a_reader_takes_gzip(header, accepts):
    assert encoding.accepts_gzip(header) is accepts


def test_the_page_says_its_words(visitor):
    """The control for the stub itself: it is really asked, and in two languages."""
    said = visitor.get("/page/?q=x").content.decode(), visitor.get("/en/page/?q=x").content.decode()
    assert [re.sub("綦江的项目。", "", one).split() for one in said] == [
        ["zh-hans", "x", "1"],
        ["en", "x", "2"],
    ]
