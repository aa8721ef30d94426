"""What many pages ask of the record alike, read once and remembered until something is published.

Only what is read for everybody and nobody changes: counts, names, places. Whole pages: `tracker.kept_pages`.
"""

import threading
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import Error, connection

from projects.audit.version_reading import committed_version

MAX_ANSWERS = 200
P, R = ParamSpec("P"), TypeVar("R")


class OfPage(threading.local):
    """What the page that is being made goes on with: the answers of the version that it met first."""

    is_open, answers = False, None


class VersionMemory:
    """A data version with its answers, put in place as one: a thread that met another goes on with that."""

    kept: tuple[int | None, dict[tuple, object]] = (None, {})
    of_page = OfPage()

    @classmethod
    def of_now(cls) -> dict[tuple, object]:
        """None in a transaction, which may never be published, nor while the version cannot be read."""
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
