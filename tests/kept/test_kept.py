"""The version file and the pages kept by it, each alone; together with real workers in `test_workers`."""

import gzip
import re
import signal
import subprocess
import sys
import threading
import time

import pytest
import time_machine
from django.test import Client

from projects.actions.publishing import announcing, current_version, publishing
from tests.cast import AT, person
from tests.kept import pages
from tracker import kept
from tracker.kept import VersionFile, version_file

# The file


@pytest.fixture
def file(tmp_path) -> VersionFile:
    return VersionFile(tmp_path / "data" / "version")


def test_what_was_never_written_says_nothing_until_it_is_settled(file):
    assert file.read() is None
    assert file.settle(lambda: 7) == 7
    assert file.read() == 7


def test_it_is_marked_before_a_change_and_settled_after(file):
    row = {"number": 1}
    file.settle(lambda: row["number"])
    with file.changing(lambda: row["number"]):
        assert file.read() is None
        row["number"] = 2
        assert file.read() is None
    assert file.read() == 2


def test_a_change_that_fails_settles_what_the_row_says(file):
    with pytest.raises(ValueError, match="no"), file.changing(lambda: 3):
        raise ValueError("no")
    assert file.read() == 3


def test_a_reader_does_not_settle_what_somebody_is_changing(file):
    reader = VersionFile(file.path)
    with file.changing(lambda: 1):
        assert reader.settle(lambda: 0) is None
        assert reader.read() is None
    assert reader.read() == 1


def test_of_two_writers_the_last_settles(file):
    row = {"number": 0}
    other = VersionFile(file.path)
    first, second = file.changing(lambda: row["number"]), other.changing(lambda: row["number"])
    first.__enter__()
    second.__enter__()
    row["number"] = 1
    first.__exit__(None, None, None)
    assert file.read() is None, "the second is still at it"
    row["number"] = 2
    second.__exit__(None, None, None)
    assert file.read() == 2


def test_a_writer_that_begins_while_another_settles_keeps_its_mark(file):
    """Settling reads the row under the lock: nobody can begin between the reading and the writing."""
    begun, entered = threading.Event(), threading.Event()
    second = VersionFile(file.path)

    def begin():
        begun.set()
        with second.changing(lambda: 2):
            entered.set()
            release.wait(5)

    release = threading.Event()
    thread = threading.Thread(target=begin)

    def version_of_row():
        thread.start()
        begun.wait(5)
        time.sleep(0.05)
        assert not entered.is_set()
        return 1

    assert file.settle(version_of_row) == 1
    assert entered.wait(5)
    assert file.read() is None
    release.set()
    thread.join(5)
    assert file.read() == 2


KILLED = """
import sys, time
from pathlib import Path
from tracker.kept import VersionFile
with VersionFile(Path(sys.argv[1])).changing(lambda: 0):
    print("changing", flush=True)
    time.sleep(60)
"""


def test_a_writer_killed_in_the_middle_leaves_a_mark_that_the_next_reader_settles(file):
    file.settle(lambda: 4)
    program = subprocess.Popen([sys.executable, "-c", KILLED, file.path], stdout=subprocess.PIPE, text=True)
    try:
        assert program.stdout.readline() == "changing\n"
        assert file.read() is None
        assert file.settle(lambda: 5) is None, "the lock is the writer's"
    finally:
        program.send_signal(signal.SIGKILL)
        program.wait()
    assert file.read() is None, "the mark outlives its writer"
    assert file.settle(lambda: 5) == 5
    assert file.read() == 5


def test_readers_never_see_less_than_what_is_done_and_never_go_back(file):
    """Four writers raise a number; whoever has finished sees its own or later, or that it is changing."""
    row, lock, seen, ended = {"number": 0}, threading.Lock(), [], threading.Event()

    def write():
        mine = VersionFile(file.path)
        for _ in range(50):
            with mine.changing(lambda: row["number"]), lock:
                row["number"] += 1
                done = row["number"]
            read = VersionFile(file.path).read()
            assert read is None or read >= done

    def watch():
        mine = VersionFile(file.path)
        while not ended.is_set():
            if (number := mine.read()) is not None:
                seen.append(number)

    failures = []
    threading.excepthook, before = failures.append, threading.excepthook
    try:
        writers = [threading.Thread(target=write) for _ in range(4)]
        watcher = threading.Thread(target=watch)
        for thread in (watcher, *writers):
            thread.start()
        for thread in writers:
            thread.join(30)
        ended.set()
        watcher.join(5)
    finally:
        threading.excepthook = before
    assert not failures
    assert seen == sorted(seen)
    assert file.read() == 200


def test_a_reader_notices_every_change_however_fast(file):
    """By `stat` alone: size and inode may come again, and the system's clock may stand still."""
    reader = VersionFile(file.path)
    for number in range(100, 400):
        with file.changing(lambda: number):  # noqa: B023
            pass
        assert reader.read() == number


def test_a_reader_that_saw_no_change_reads_no_file(file, monkeypatch):
    file.settle(lambda: 1)
    assert file.read() == 1
    monkeypatch.setattr(type(file.path), "read_text", None)
    assert file.read() == 1


def test_nothing_is_left_beside_it(file):
    for _ in range(3):
        with file.changing(lambda: 1):
            pass
    assert sorted(path.name for path in file.path.parent.iterdir()) == ["version", "version.lock"]


# The pages


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


def test_while_the_data_change_pages_are_made_anew_and_not_kept(visitor):
    visitor.get("/page/")
    with publishing(AT):
        for _ in range(2):
            assert "ETag" not in visitor.get("/page/")
    assert pages.asked["page"] == 3
    visitor.get("/page/")
    visitor.get("/page/")
    assert pages.asked["page"] == 4


def test_a_publishing_within_another_transaction_is_settled_by_the_outer_one(visitor):
    """As in the admin, whose own transaction is committed after the action's has ended."""
    publish()
    with announcing():
        publish()
        assert version_file().read() is None
    assert version_file().read() == 2 == current_version()


def test_a_publishing_that_fails_leaves_the_pages_true(visitor):
    before = visitor.get("/page/")
    with pytest.raises(ValueError, match="no"), publishing(AT):
        raise ValueError("no")
    assert visitor.get("/page/").content == before.content


@pytest.mark.django_db(transaction=True)
def test_a_stale_mark_is_settled_by_the_next_request(visitor):
    publish()
    version_file()._write(kept.CHANGING)
    assert "ETag" in visitor.get("/page/")
    assert version_file().read() == 1


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("/page/?q=a&page=2", "/page/?page=2&q=a", True),
        # Of a name given twice the last one counts, and it may be empty.
        ("/page/?q=a", "/page/?q=a&q=", False),
        ("/page/?q=%E7%BB%BF", "/page/?q=%e7%bb%bf", True),
        ("/page/?q=a", "/page/?q=b", False),
        ("/page/?q=a", "/page/?q=a&q=b", False),
        ("/page/?q=a&q=b", "/page/?q=b&q=a", False),
        ("/page/", "/en/page/", False),
        ("/page/?q=a%0Ab", "/page/?q=a", False),
        ("/page/?q=a%26kind%3Db", "/page/?q=a&kind=b", False),
    ],
)
def test_which_requests_are_the_same_page(visitor, one, other, is_same):
    first, second = visitor.get(one), visitor.get(other)
    assert (first["ETag"] == second["ETag"]) is is_same
    assert (pages.asked["page"] == 1) is is_same


def test_each_host_has_its_own(visitor, settings):
    settings.ALLOWED_HOSTS = ["one.example", "other.example"]
    one, other = (visitor.get("/page/", headers={"host": f"{name}.example"}) for name in ("one", "other"))
    assert one["ETag"] != other["ETag"]


def test_at_midnight_in_shanghai_a_page_is_made_anew(visitor):
    with time_machine.travel("2026-03-02T15:59:00Z", tick=False):
        visitor.get("/page/")
        visitor.get("/page/")
        assert pages.asked["page"] == 1
    with time_machine.travel("2026-03-02T16:00:00Z", tick=False):
        assert visitor.get("/page/").status_code == 200
    assert pages.asked["page"] == 2


def test_a_new_release_has_new_tags(visitor, monkeypatch):
    before = visitor.get("/page/")["ETag"]
    monkeypatch.setattr(kept, "release", lambda: "another")
    assert Client().get("/page/")["ETag"] != before


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
    for other in ('"other"', "nonsense", "", '"'):
        assert visitor.get("/page/", headers={"if-none-match": other}).status_code == 200


def test_the_first_reader_of_a_version_may_have_it_too(visitor):
    """A tag of another worker, or of before a restart: the page is made, and the tag is the same."""
    tag = visitor.get("/page/")["ETag"]
    assert Client().get("/page/", headers={"if-none-match": tag}).status_code == 304


def test_compressed_is_the_same_page(visitor):
    plain = visitor.get("/page/", headers={"accept-encoding": "identity"})
    packed = visitor.get("/page/", headers={"accept-encoding": "gzip, deflate, br"})
    assert packed["Content-Encoding"] == "gzip" and "Content-Encoding" not in plain
    assert gzip.decompress(packed.content) == plain.content
    assert int(packed["Content-Length"]) == len(packed.content) < len(plain.content)
    assert int(plain["Content-Length"]) == len(plain.content)
    assert packed["ETag"] == plain["ETag"] and packed["Vary"] == plain["Vary"] == "Accept-Encoding"
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
        visitor.get("/desk/page/")
    assert pages.asked["page"] == 2


def test_what_is_not_for_everyone_still_asks_for_a_login(visitor):
    response = visitor.get("/inside/")
    assert response.status_code == 302 and "/accounts/login/" in response["Location"]


def test_memory_has_an_end(visitor, monkeypatch):
    """The longest unused go first."""
    size = len(visitor.get("/page/").content)
    monkeypatch.setattr(kept, "MOST_BYTES", 9 * size)
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


def test_the_page_says_its_words(visitor):
    """The control for the stub itself: it is really asked, and in two languages."""
    said = visitor.get("/page/?q=x").content.decode(), visitor.get("/en/page/?q=x").content.decode()
    assert [re.sub("綦江的项目。", "", one).split() for one in said] == [
        ["zh-hans", "x", "1"],
        ["en", "x", "2"],
    ]
