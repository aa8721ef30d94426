"""A part of a page as its template writes it, remembered by all that it is written from.

Pages show the same parts again and again: rows of lists, sorted and in pages, the links around them.
What is remembered is never wrong: its key holds every value that the template reads.
"""

import pickle
from collections import OrderedDict
from collections.abc import Hashable, Sequence
from functools import lru_cache
from hashlib import blake2b
from threading import Lock
from types import SimpleNamespace
from typing import NamedTuple

from django import template
from django.template import Context, Engine
from django.utils.safestring import SafeString

from projects.core.clocks import Clocks
from projects.words.language import language

register = template.Library()
ROW = "public/parts/project_row.html"
MAX_ROWS = 5_000
PLAIN = str, bool, type(None)
MAX_CHARACTERS = 5_000_000  # of all other parts together


class WrittenPart(NamedTuple):
    """With what it does to its page: the words that it explains, the notes that it marks first."""

    text: SafeString
    explained: set[str]
    marked: Sequence[str] = ()


class Parts(OrderedDict[Hashable, WrittenPart]):
    """Those that are remembered, by what they follow from; the oldest go first."""

    def __init__(self) -> None:
        super().__init__()
        self.characters, self.turn = 0, Lock()

    def keep(self, key: Hashable, found: WrittenPart) -> None:
        with self.turn:
            if key in self:  # another thread was first
                return
            self[key] = found
            self.characters += len(found.text)
            while self.characters > MAX_CHARACTERS:
                _key, oldest = self.popitem(last=False)
                self.characters -= len(oldest.text)

    def clear(self) -> None:
        super().clear()
        self.characters = 0


PARTS = Parts()


@register.simple_tag(takes_context=True)
def project_rows(context, rows) -> SafeString:
    """Each as a part, with the words of a search and what else it was found by marked in it."""
    explained, clocks, spoken = _explained(context), context["clocks"], language()
    carried, words = tuple(context["carried"].items()), tuple(context.get("words", ()))
    texts = []
    for row in rows:
        hits = context["hits"][row.code] if words else ()
        found = _row(row, clocks, carried, words, hits, frozenset(explained), spoken)
        explained |= found.explained
        texts.append(found.text)
    return SafeString("".join(texts))


@lru_cache(MAX_ROWS)
def _row(
    row,
    clocks: Clocks,
    carried: tuple[tuple[str, str], ...],
    words: tuple[str, ...],
    hits: tuple,
    explained: frozenset[str],
    spoken: str,
) -> WrittenPart:
    """Of plain values alone, which tell by themselves whether they are the same."""
    told = {"row": row, "clocks": clocks, "carried": dict(carried), "words": words, "hits": {row.code: hits}}
    return _written(ROW, told, set(explained))


@register.filter
def along_with(one: Hashable, other: Hashable) -> tuple[Hashable, Hashable]:
    """What a part follows from, where it is two things."""
    return one, other


@register.simple_tag(takes_context=True)
def part(context, name: str, by: Hashable = None, given: dict | None = None, **values) -> SafeString:
    """It reads these values, and of its page the clocks, what links carry and which words are explained.

    `by` is what all of the values follow from, where it is told apart more cheaply than they are; `given` are
    many of them together. Given the page's notes, it marks them.
    """
    values |= given or {}
    clocks, of_page, carried = context.get("clocks"), context.get("language"), context.get("carried", {})
    explained, notes = _explained(context), values.get("notes")
    told = by if by is not None else _told(values)
    marked = tuple(notes.marked) if notes else ()
    around = (clocks, of_page, tuple(carried.items()), frozenset(explained), marked, language())
    found = PARTS.get((name, told, around))
    if found is None:
        frame = {"clocks": clocks, "language": of_page, "carried": carried}
        found = _written(name, values | frame, explained)
        if by is not None or _told(values) == told:  # it read no more than it was given
            PARTS.keep((name, told, around), found)
    explained |= found.explained
    for ref in found.marked:
        notes.mark(ref)
    return found.text


def _explained(context) -> set[str]:
    request = context.get("request")
    return set() if request is None else request.__dict__.setdefault("explained", set())


def _told(values: dict[str, object]) -> Hashable:
    """What a part follows from; a few words and signs are themselves told apart."""
    return tuple(values.items()) if all(map(_is_plain, values.values())) else _digest(values)


def _is_plain(one: object) -> bool:
    return type(one) in PLAIN or type(one) is tuple and all(map(_is_plain, one))


def _digest(read: object) -> bytes:
    """Rows of tables count with all that was read of them, not by their number alone."""
    return blake2b(pickle.dumps(read), digest_size=16).digest()


def _written(name: str, values: dict[str, object], explained: set[str]) -> WrittenPart:
    request, notes = SimpleNamespace(explained=set(explained)), values.get("notes")
    before = len(notes.marked) if notes else 0
    text = Engine.get_default().get_template(name).render(Context(values | {"request": request}))
    return WrittenPart(text, request.explained - explained, notes.marked[before:] if notes else ())
