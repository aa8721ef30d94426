"""The real application in two workers: both show what a third process publishes, on SQLite at once."""

import gzip
import json
import socket
import subprocess
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from itertools import islice

import pytest
from django.db import connection

from projects.audit import version_reading
from tests.claims.workers import PROGRAM

PATIENCE = 30
LIST = "/projects/"
SEEN_AFTER = version_reading.HOLDS[connection.vendor]


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


@pytest.fixture(scope="module")
def waiting(served_database) -> Iterator[dict]:
    """Three projects of which nothing is published yet, and two claims each that wait."""
    said = served_database.run(*PROGRAM, "prepare", "3", "2")
    return iter([json.loads(line) for line in said.splitlines()])


@pytest.fixture(scope="module")
def workers(served_database, waiting) -> Iterator[list[Worker]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--no-ws"]
    options += ["--workers", "2", "--blocking-threads", "1", "--log-level", "warning"]
    server = served_database.start("-m", "granian", *options, "tests.kept.wsgi:application")
    try:
        yield both(port, server)
    finally:
        end(server)


@pytest.fixture(scope="module")
def approve(served_database, waiting):
    """Publish a claim in a third process."""
    program = served_database.start(*PROGRAM, "approve_as_told")

    def approve(ref: str) -> None:
        program.stdin.write(f"{ref}\n")
        program.stdin.flush()
        assert program.stdout.readline() == f"{ref} done\n"
        time.sleep(SEEN_AFTER)

    try:
        assert program.stdout.readline() == "ready\n"
        yield approve
    finally:
        end(program)


def end(program: subprocess.Popen) -> None:
    program.terminate()
    try:
        program.wait(10)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()


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


def test_both_workers_show_what_a_third_process_published(waiting, workers, approve):
    one, other = workers
    assert one.process != other.process
    for of in islice(waiting, 2):
        before = [worker.get(LIST) for worker in workers for _ in range(2)]
        assert [answer.status for answer in before] == [200] * 4
        assert not any(of["name"] in answer.text for answer in before)
        assert len({answer["ETag"] for answer in before}) == 1, "one page, whoever made it"
        for position, ref in enumerate(of["refs"]):
            before = one.get(LIST)
            approve(ref)
            after = [worker.get(LIST) for worker in workers]
            assert all(of["name"] in answer.text for answer in after), position
            assert len({answer["ETag"] for answer in after}) == 1
            assert after[0].body == after[1].body
            assert (after[0]["ETag"] == before["ETag"]) is (after[0].body == before.body)


def test_a_public_page_as_it_goes_over_the_line(waiting, workers, approve):
    approve(next(waiting)["refs"][0])
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
