"""The real application in two workers: what a third process publishes, both show at the next request."""

import gzip
import json
import socket
import subprocess
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse

import pytest

from tests.claims.workers import PROGRAM

PATIENCE = 30
LIST = "/projects/"


class Answer:
    """What came back, with its body read, so that the connection can be used again."""

    def __init__(self, response: HTTPResponse):
        self.body = response.read()
        self.status, self.headers = response.status, response.headers

    def __getitem__(self, name: str) -> str | None:
        return self.headers[name]

    @property
    def text(self) -> str:
        return self.body.decode()


class Worker:
    """One connection that stays open stays with one worker."""

    def __init__(self, port: int):
        self.connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self.process = self.get("/healthz")["X-Worker"]

    def get(self, path: str, **headers: str) -> Answer:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        self.connection.request("GET", path, headers=names)
        return Answer(self.connection.getresponse())


@pytest.fixture
def waiting(own_database) -> list[dict]:
    """Two projects of which nothing is published yet, and two claims each that wait."""
    said = own_database.run(*PROGRAM, "prepare", "2", "2")
    return [json.loads(line) for line in said.splitlines()]


@pytest.fixture
def workers(own_database, waiting) -> Iterator[list[Worker]]:
    own_database.run("manage.py", "collectstatic", "--noinput", "--verbosity", "0")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--no-ws"]
    options += ["--workers", "2", "--blocking-threads", "1", "--log-level", "warning"]
    server = own_database.start("-m", "granian", *options, "tests.kept.wsgi:application")
    try:
        yield both(port, server)
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()


def both(port: int, server: subprocess.Popen) -> list[Worker]:
    """A connection to each: as many are opened as it takes to meet both."""
    found, opened, end = {}, [], time.monotonic() + PATIENCE
    while len(found) < 2:
        assert time.monotonic() < end and server.poll() is None, f"met {len(found)} workers"
        try:
            worker = Worker(port)
        except ConnectionError:
            time.sleep(0.1)
            continue
        opened.append(worker)
        found.setdefault(worker.process, worker)
    return list(found.values())


def approve(own_database, *refs: str) -> None:
    program = own_database.start(*PROGRAM, "approve", *refs)
    said, _ = program.communicate("go\n", timeout=PATIENCE)
    assert program.returncode == 0 and said.split("\n")[1:-1] == [f"{ref} done" for ref in refs]


def test_both_workers_show_what_a_third_process_published(own_database, waiting, workers):
    one, other = workers
    assert one.process != other.process
    for of in waiting:
        before = [worker.get(LIST) for worker in workers for _ in range(2)]
        assert [answer.status for answer in before] == [200] * 4
        assert not any(of["name"] in answer.text for answer in before)
        assert len({answer["ETag"] for answer in before}) == 1, "one page, whoever made it"
        for position, ref in enumerate(of["refs"]):
            before = one.get(LIST)
            approve(own_database, ref)
            after = [worker.get(LIST) for worker in workers]
            assert all(of["name"] in answer.text for answer in after), position
            assert len({answer["ETag"] for answer in after}) == 1
            assert after[0].body == after[1].body
            assert (after[0]["ETag"] == before["ETag"]) is (after[0].body == before.body)


def test_a_public_page_as_it_goes_over_the_line(own_database, waiting, workers):
    approve(own_database, waiting[0]["refs"][0])
    for worker in workers:
        for path in (LIST, f"/en{LIST}"):
            page = worker.get(path)
            assert page.status == 200 and page["Cache-Control"].startswith("public")
            check_headers(page)
            assert int(page["Content-Length"]) == len(page.body)

            packed = worker.get(path, Accept_Encoding="gzip")
            assert packed["ETag"] == f"W/{page['ETag']}"
            assert packed["Content-Encoding"] == "gzip" and gzip.decompress(packed.body) == page.body

            for tag in (page["ETag"], f"W/{page['ETag']}"):
                same = worker.get(path, If_None_Match=tag, Cookie="sessionid=stolen")
                check_headers(same)
                assert (same.status, same.body, same["ETag"]) == (304, b"", page["ETag"])

            signed_in = worker.get(path, Cookie="sessionid=x; csrftoken=y")
            assert signed_in.body == page.body
            check_headers(signed_in)


def check_headers(answer: Answer) -> None:
    assert answer.headers.get_all("Vary") == ["Accept-Encoding"]
    assert answer["Set-Cookie"] is None
    assert answer["ETag"].startswith('"')
