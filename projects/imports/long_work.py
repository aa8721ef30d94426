"""Work that a page waits for only so long: it goes on in a thread of its own while the page says so.

A thread ends with its process, whatever it is doing: what it writes is one transaction.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import wait as wait_for
from threading import BoundedSemaphore, Thread
from typing import TypeVar

from django.db import connections

from projects.core.refusals import Refused

T = TypeVar("T")
PATIENCE = 1.5  # seconds; with what a page does beside it, an answer is there within two
MAX_AT_ONCE = 4  # of a process, as many as bodies of requests
_places = BoundedSemaphore(MAX_AT_ONCE)


def start(work: Callable[..., T], *args) -> Future[T]:
    """`Refused` where too much is being done already."""
    if not _places.acquire(blocking=False):
        raise Refused("server_busy", "file")
    future: Future[T] = Future()
    Thread(target=_apart, args=(future, work, *args), daemon=True).start()
    return future


def is_done_soon(future: Future) -> bool:
    return bool(wait_for([future], PATIENCE).done)


def do(future: Future[T], work: Callable[..., T], *args) -> None:
    """The work itself; whoever asks for the result meets what it raised."""
    try:
        said = work(*args)
    except Exception as error:
        future.set_exception(error)
    else:
        future.set_result(said)


def _apart(future: Future, work: Callable, *args) -> None:
    try:
        do(future, work, *args)
    finally:
        connections.close_all()
        _places.release()
