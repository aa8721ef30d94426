"""What many pages ask of the record alike, read once and remembered until something is published.

Only what is read for everybody and nobody changes: counts, names, places. Whole pages: `tracker.kept_pages`.
"""

import threading
from collections.abc import Callable, Iterable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import Error, connection

from projects.audit.version_reading import committed_version

MAX_ANSWERS = 200
P, K, R = ParamSpec("P"), TypeVar("K"), TypeVar("R")


class OfPage(threading.local):
    """Of the page that this thread is making: the answers of the data version that it met first.

    It keeps to them until it is done, so that it asks for the version once and speaks of one version alone.
    """

    is_open, answers = False, None


class VersionMemory:
    """What this process remembers: a data version and, by question, the answers of that version.

    Both are one tuple, replaced as a whole: a thread that began with another version goes on with its own.
    """

    kept: tuple[int | None, dict[tuple, object]] = (None, {})
    of_page = OfPage()

    @classmethod
    def of_now(cls) -> dict[tuple, object]:
        """The answers that hold now, to be read and added to.

        Empty, and forgotten at once, in a transaction, which may never be published, and while the version is
        out of reach.
        """
        if connection.in_atomic_block:
            return {}
        if cls.of_page.answers is not None:
            return cls.of_page.answers
        try:
            version = committed_version()
        except (Error, connection.Database.Error, OSError):
            return {}
        kept = cls.kept
        if version != kept[0] or len(kept[1]) >= MAX_ANSWERS:
            cls.kept = kept = (version, {})
        if cls.of_page.is_open:
            cls.of_page.answers = kept[1]
        return kept[1]

    @classmethod
    def forget(cls) -> None:
        cls.kept = (None, {})


def of_one_version(view: Callable[P, R]) -> Callable[P, R]:
    """A view that only reads: it asks for the version once, which on PostgreSQL is a way there and back."""

    @wraps(view)
    def answer(*args: P.args, **kwargs: P.kwargs) -> R:
        page = VersionMemory.of_page
        page.is_open, page.answers = True, None
        try:
            return view(*args, **kwargs)
        finally:
            page.is_open, page.answers = False, None

    return answer


def until_published(read: Callable[P, R]) -> Callable[P, R]:
    """What `read` answers to the same arguments, asked once a data version."""

    @wraps(read)
    def answer(*args: P.args, **kwargs: P.kwargs) -> R:
        # Before the record: what is published meanwhile raises it, and nobody asks for this one again.
        answers = VersionMemory.of_now()
        key = (read, args, tuple(kwargs.items()))
        if key not in answers:
            answers[key] = read(*args, **kwargs)
        return answers[key]

    return answer


def read_missing(
    known: dict[K, R], keys: Iterable[K], read: Callable[[list[K]], dict[K, R]], most: int
) -> list[R]:
    """What is known by these keys, in their order; what is not yet is read, all of it at once, and added.

    `known` is remembered by `until_published`; it begins anew once it holds more than `most`.
    """
    found = {key: known.get(key) for key in keys}
    new = [key for key, one in found.items() if one is None]
    if len(known) > most:
        known.clear()
    if new:
        made = read(new)
        known |= made
        found |= made
    return [one for one in found.values() if one is not None]
