"""A public page as a reader meets it: its words, links, anchors and notices."""

import re
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from urllib.parse import urlencode

from django.utils import translation

VOID = {"meta", "link", "input", "br", "img", "hr"}
MARKS = {"fn", "meaning", "wrong"}
INLINE = {"a", "abbr", "b", "code", "em", "mark", "small", "span", "strong"}  # what does not part words


@dataclass
class Link:
    """An anchor: where it leads, what it says, how it is marked."""

    href: str
    words: str
    given: dict[str, str | None]

    @property
    def is_on(self) -> bool:
        return "aria-current" in self.given


@dataclass(eq=False)
class Element:
    """What stands between two tags; `heard` grows while a page is read, and this is a stretch of it."""

    tag: str
    given: dict[str, str | None]
    within: "Element | None"
    heard: list[str]

    def __post_init__(self):
        self.classes = _classes(self.given)
        self.begin = self.end = len(self.heard)

    @cached_property
    def words(self) -> list[str]:
        return self.heard[self.begin : self.end]

    @cached_property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    def has(self, css_class: str) -> bool:
        return css_class in self.classes

    def is_in(self, tag: str, css_class: str = "") -> bool:
        around = self.within
        while around and not (around.tag == tag and (not css_class or around.has(css_class))):
            around = around.within
        return around is not None


def _classes(given: dict[str, str | None]) -> list[str]:
    return (given.get("class") or "").split()


class _Reader(HTMLParser):
    """A footnote's number, and what asks about a word or a line, are no part of what is around them."""

    def __init__(self):
        super().__init__()
        self.open: list[Element] = []
        self.elements: list[Element] = []
        self.plain: list[str] = []  # what is in no mark
        self.heard: list[str] = []  # all of it
        self.mark: Element | None = None

    def handle_starttag(self, tag, attrs):
        if tag not in INLINE:
            self.handle_data(" ")
        element = self._begun(tag, attrs)
        if tag not in VOID:
            self.open.append(element)
            element.end = None
            if element.heard is self.heard:
                self.mark = self.mark or element

    def handle_startendtag(self, tag, attrs):
        self._begun(tag, attrs)

    def _begun(self, tag, attrs) -> Element:
        given, within = dict(attrs), self.open[-1] if self.open else None
        is_marked = self.mark or not MARKS.isdisjoint(_classes(given))
        self.elements.append(Element(tag, given, within, self.heard if is_marked else self.plain))
        return self.elements[-1]

    def handle_endtag(self, tag):
        while self.open:
            ended = self.open.pop()
            ended.end = len(ended.heard)
            if ended is self.mark:
                self.mark = None
            if ended.tag == tag:
                break
        if tag not in INLINE:
            self.handle_data(" ")

    def handle_data(self, data):
        self.heard.append(data)
        if not self.mark:
            self.plain.append(data)


class Page:
    """What was answered, and the elements of it."""

    def __init__(self, response):
        self.response = response
        self.status = response.status_code
        self.html = response.content.decode()

    @cached_property
    def elements(self) -> list[Element]:
        reader = _Reader()
        reader.feed(self.html)
        return reader.elements

    def all(self, tag: str = "", css_class: str = "", **given: str) -> list[Element]:
        return [
            one
            for one in self.elements
            if (not tag or one.tag == tag)
            and (not css_class or one.has(css_class))
            and all(one.given.get(name) == value for name, value in given.items())
        ]

    def one(self, tag: str = "", css_class: str = "", **given: str) -> Element:
        (found,) = self.all(tag, css_class, **given)
        return found

    @property
    def text(self) -> str:
        return self.one("body").text

    @property
    def main(self) -> str:
        return self.one("main").text

    @property
    def ids(self) -> set[str]:
        return {one.given["id"] for one in self.elements if one.given.get("id")}

    @property
    def links(self) -> list[Link]:
        return [Link(one.given.get("href") or "", one.text, one.given) for one in self.all("a")]

    @property
    def notices(self) -> list[str]:
        return [one.text for one in self.all("p", "notice")]

    def link(self, words: str) -> str:
        """Where the link with these words leads; there is exactly one."""
        (href,) = {link.href for link in self.links if link.words == words}
        return href

    def section(self, heading: str) -> str:
        """What stands in the section of this heading."""
        texts = (one.text for one in self.all("section") if one.text.startswith(heading))
        return next(texts).removeprefix(heading).strip()

    def rows(self, css_class: str = "") -> list[list[str]]:
        """The cells of each line of the body of the tables of a class."""
        lines = [one for one in self.all("tr") if one.is_in("tbody") and one.is_in("table", css_class)]
        cells = {id(line): [] for line in lines}
        for one in self.elements:
            if one.tag in ("td", "th") and id(one.within) in cells:
                cells[id(one.within)].append(one.text)
        return list(cells.values())

    @property
    def codes(self) -> list[str]:
        """The records of the list, in its order."""
        return [re.search(r"QJ-\d{4}", cells[0])[0] for cells in self.rows("projects")]


def own_words(one: Element, later: list[Element]) -> str:
    """Its words without those of what begins later, within it, and is told apart."""
    inside = (other for other in later if other.heard is one.heard and one.begin <= other.begin < one.end)
    spans = sorted((other.begin, other.end) for other in inside)
    left, at = [], one.begin
    for begin, end in spans:
        left += one.heard[at:begin]
        at = max(at, min(end, one.end))
    return " ".join("".join([*left, *one.heard[at : one.end]]).split())


def read(client, path: str, **query) -> Page:
    return Page(client.get(path + (f"?{urlencode(query, doseq=True)}" if query else "")))


def zh(message: str) -> str:
    """How the Chinese pages say it; the catalogue may choose other words, but must have some."""
    with translation.override("zh-hans"):
        words = translation.gettext(message)
    assert words != message, f"not translated: {message}"
    return words
