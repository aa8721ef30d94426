"""Work goes on in a thread while a page answers: few at once, and what it took is given back."""

import threading

import pytest

from projects.core.refusals import Refused
from projects.imports import long_work
from tests.imports.slow_work import in_thread

SECONDS = 20


@pytest.fixture
def gate():
    event = threading.Event()
    yield event
    event.set()


@pytest.mark.django_db
def test_a_page_waits_only_so_long(gate, monkeypatch):
    work = in_thread(gate.wait, SECONDS)
    monkeypatch.setattr(long_work, "PATIENCE", 0.01)
    assert not long_work.is_done_soon(work)
    gate.set()
    monkeypatch.setattr(long_work, "PATIENCE", SECONDS)
    assert long_work.is_done_soon(work) and work.result()


def test_what_it_raises_is_met_by_whoever_asks():
    def refuse():
        raise Refused("file_empty", "file")

    with pytest.raises(Refused, match="file_empty"):
        in_thread(refuse).result(SECONDS)


def test_few_are_done_at_once_and_their_places_are_given_back(gate):
    running = [in_thread(gate.wait, SECONDS) for _ in range(long_work.MAX_AT_ONCE)]
    with pytest.raises(Refused, match="server_busy"):
        in_thread(gate.wait, SECONDS)
    gate.set()
    assert all(one.result(SECONDS) for one in running)
    for _ in running:
        assert long_work._places.acquire(timeout=SECONDS)
    for _ in running:
        long_work._places.release()


def test_its_connections_are_closed_with_it(monkeypatch):
    closed = threading.Event()
    monkeypatch.setattr(long_work.connections, "close_all", closed.set)
    in_thread(int).result(SECONDS)
    assert closed.wait(SECONDS)
