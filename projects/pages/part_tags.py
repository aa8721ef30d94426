"""A part of a page as its template writes it, remembered by all that it is written from.

Pages show the same parts again and again: rows of lists, sorted and in pages, the links around them.
What is remembered is never wrong: its key holds every value that the template reads.
"""

import pickle
from collections import OrderedDict
from collections.abc import Hashable
from functools import lru_cache
from hashlib import blake2b
from threading import Lock
from types import SimpleNamespace

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
Written = tuple[SafeString, set[str]]  # a part, and the words that it explains


class Parts(OrderedDict[Hashable, Written]):
    """Those that are remembered, by what they follow from; the oldest go first."""

    def __init__(self) -> None:
        super().__init__()
        self.characters, self.turn = 0, Lock()

    def keep(self, key: Hashable, found: Written) -> None:
        with self.turn:
            if key in self:  # another thread was first
                return
            self[key] = found
            self.characters += len(found[0])
            while self.characters > MAX_CHARACTERS:
                _key, (text, _words) = self.popitem(last=False)
                self.characters -= len(text)

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
        text, more = _row(row, clocks, carried, words, hits, frozenset(explained), spoken)
        explained |= more
        texts.append(text)
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
) -> Written:
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
    many of them together.
    """
    values |= given or {}
    clocks, of_page, carried = context.get("clocks"), context.get("language"), context.get("carried", {})
    explained = _explained(context)
    told = by if by is not None else _told(values)
    around = (clocks, of_page, tuple(carried.items()), frozenset(explained), language())
    found = PARTS.get((name, told, around))
    if found is None:
        frame = {"clocks": clocks, "language": of_page, "carried": carried}
        found = _written(name, values | frame, explained)
        if by is not None or _told(values) == told:  # it read no more than it was given
            PARTS.keep((name, told, around), found)
    text, more = found
    explained |= more
    return text


def _explained(context) -> set[str]:
    request = context.get("request")
    return set() if request is None else request.__dict__.setdefault("explained", set())


def _told(values: dict[str, object]) -> Hashable:
    """What a part follows from; a few words and signs are themselves told apart."""
    if all(type(one) in PLAIN for one in values.values()):
        return tuple(values.items())
    return _digest(values)


def _digest(read: object) -> bytes:
    """Rows of tables count with all that was read of them, not by their number alone."""
    return blake2b(pickle.dumps(read), digest_size=16).digest()


def _written(name: str, values: dict[str, object], explained: set[str]) -> Written:
    request = SimpleNamespace(explained=set(explained))
    text = Engine.get_default().get_template(name).render(Context(values | {"request": request}))
    return text, request.explained - explained
