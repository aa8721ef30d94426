"""Whether a page that shows a value says all of it: that it is our reading, how exact, how old it is.

A value that is our own reading says so, an inexact one keeps its qualifier, a stage of which nothing was said
for a year its date: in the element that tells it. Expected is what the tables hold (`tests.public.held`).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import chain
from urllib.parse import urlsplit

from django.test import Client

from projects.choices import Basis
from projects.core.clocks import Clocks
from tests.public.held import Tables, Told
from tests.public.reading import Element, Page, own_words

PARTS = {"amount", "clause", "dated"}  # one value each; a block tells what is in none of them
BLOCKS = {"td", "th", "li", "p", "dd", "dt", "h1", "h2", "h3", "text", "figcaption", "summary"}
LINES = ("tr", "li", "g", "p", "article")  # what stands around the name of a record is about it
SENTENCE = re.compile(r"。|\. ")


class Looked:
    """A page beside the tables: `faults`, and how many values it shows that must say more than themselves."""

    def __init__(self, page: Page, path: str, tables: Tables):
        self.page, self.path, self.tables, self.seen = page, path, tables, 0
        self.slug = _slug_of(path)
        found = (self._of_lines(), self._of_statements(), self._of_links(), self._of_description())
        self.faults = list(chain(*found))
        self.faults += ["no age"] * (self.seen > 0 and not self._has_age)

    def _of_lines(self) -> Iterator[str]:
        tellers = [one for one in self.page.elements if _tells(one)]
        for at, one in enumerate(tellers, 1):
            said, around = own_words(one, tellers[at:]), (_line(one) or one).text
            near = one.within.text if one.within.has("promised") else ""  # first expected: 2021
            for told in self._told_of(self._about(one)):
                is_said = one.has("clause") and not self._is_step(told)
                if not told.is_stage or is_said or self._has_sign(one):
                    yield from self._fault(told, said, around, near)

    def _of_statements(self) -> Iterator[str]:
        """Each that stands with its key: beside its value, too, not in its note alone."""
        notes = self.page.all("div", "note")
        for one in self.page.elements:
            claim = self.tables.statements.get(one.given.get("id") or "")
            if claim is not None and one.tag in ("tr", "li"):
                said = own_words(one, [note for note in notes if note.begin >= one.begin])
                yield from self._fault(self.tables.said(claim), said)

    def _of_links(self) -> Iterator[str]:
        """What leads to a statement of our own reading in a document stands in a line with what was read."""
        for one in self.page.all("a"):
            path, _, ref = (one.given.get("href") or "").partition("#")
            claim = self.tables.statements.get(ref)
            if claim is not None and "/sources/" in path and one.is_in("main"):
                told = Told("", claim.basis == Basis.INFERRED)
                yield from self._fault(told, (_line(one) or one.within).text)

    def _of_description(self) -> Iterator[str]:
        """Of a shared link: the answer, sentence by sentence; its end may be cut. Statements have a day."""
        is_history = f"/projects/{self.slug}/history/" in self.path
        (said,) = (one.given["content"] for one in self.page.all("meta", name="description"))
        sentences = SENTENCE.split(said)
        for sentence in sentences[:-1] if said.endswith(" …") else sentences:
            for told in self._told_of(self.slug):
                if not told.is_stage or not self._is_step(told):
                    told = replace(told, ages=()) if is_history else told
                    yield from self._fault(told, sentence, sentence)

    def _fault(self, told: Told, said: str, around: str = "", near: str = "") -> Iterator[str]:
        if told.is_in(said, around):
            self.seen += not told.is_plain
            if missing := told.missing(said, near, self._headline, self.tables.inferred):
                yield f"{told.text} without {', '.join(missing)}: {said[:160]}"

    def _told_of(self, slug: str) -> list[Told]:
        return self.tables.told.get(slug, [])

    def _about(self, one: Element) -> str:
        """The record that it tells of: the one that its line leads to, else that of the page."""
        around = _line(one)
        while around is not None:
            if around.given.get("id") in self.tables.statements or around.is_in("table", "planes"):
                return ""  # a statement, looked at by its key; the days of rectangles
            if slug := self._led_to.get(id(around)):
                return slug
            around = _line(around.within)
        return self.slug

    @cached_property
    def _led_to(self) -> dict[int, str]:
        found: dict[int, str] = {}
        for link in self.page.all("a"):
            slug, line = _slug_of(link.given.get("href") or ""), _line(link.within)
            if slug and line is not None:
                found.setdefault(id(line), slug)
        return found

    @property
    def _has_age(self) -> bool:
        """Whether it says how old what it shows is; of one record, when its stage was last said."""
        (main,) = self.page.all("main")
        on = [words for told in self._told_of(self.slug) for words in told.ages]
        is_young = bool(self.slug) and not on
        return is_young or any(words in main.text for words in (*self.tables.ages, *on))

    @cached_property
    def _headline(self) -> str:
        """What stands at the head of a page of one record, which is of it alone."""
        return " ".join(one.text for one in self.page.all("header")) if self.slug else ""

    def _is_step(self, told: Told) -> bool:
        """Whether a step of the record of the page is called like this stage: a sentence may tell of that."""
        return any(told.text in other.about for other in self._told_of(self.slug))

    def _has_sign(self, one: Element) -> bool:
        signs = self.page.all("span", "stage")
        return any(one.heard is sign.heard and one.begin <= sign.begin < one.end for sign in signs)


def walk(
    client: Client, paths: Iterable[str], language: str, day: date, today: date
) -> Iterator[tuple[str, Looked]]:
    """One page after the other as it is on a day; two days are compared by themselves alone."""
    door, is_past = {"zh": "", "en": "/en"}[language], day != today
    tables = Tables(Clocks(day, today, today), language)
    for path in paths:
        if not (is_past and path.startswith("/compare/")):
            asked = door + path + f"{'?&'['?' in path]}asof={day}" * is_past
            yield asked, Looked(Page(client.get(asked)), path, tables)


def _slug_of(href: str) -> str:
    found = re.match(r"(?:/en)?/projects/([\w-]+)/", urlsplit(href).path)
    return found[1] if found else ""


def _tells(one: Element) -> bool:
    """What others say, and what may be chosen, is told by nobody here."""
    is_told = one.tag in BLOCKS or PARTS & set(one.classes)
    return bool(is_told) and one.is_in("main") and not (one.is_in("blockquote") or one.is_in("form"))


def _line(one: Element | None) -> Element | None:
    """The innermost line: it, or what it stands in."""
    while one is not None and one.tag not in LINES:
        one = one.within
    return one
