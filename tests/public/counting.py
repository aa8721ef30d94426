"""Following every number of a page to the rows that it counts.

A number says in `data-counts` what it counts, and a row in `data-is` what it is. An anchor leads to its rows
itself; a line of a table or a list holds the link beside the number; anything else counts rows of its own
page (of its section, where it has one with an id). `data-adds` is that of a choice among others that are on:
by so many it changes what is here. `data-sums` says the same of an amount.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, urljoin, urlsplit

from tests.public.reading import Element, Page

NUMBER = re.compile(r"\d[\d,]*")
NO_COUNTS = ("fn", "wordmark", "year")  # footnotes; the name of the site; the end of a year


@dataclass(frozen=True)
class Number:
    """What a page says there is of something, and where."""

    said: int
    counts: str
    href: str

    @property
    def where(self) -> str:
        return f"{self.said} × {self.counts} at {self.href}"


def numbers(page: Page, path: str) -> list[Number]:
    return [number for number, _ in _said(page, path, "data-counts")]


def choices(page: Page, path: str) -> list[tuple[Number, bool]]:
    """Those whose link adds to what is here, with whether they are on."""
    return [(number, "aria-current" in link.given) for number, link in _said(page, path, "data-adds")]


def _said(page: Page, path: str, name: str) -> list[tuple[Number, Element]]:
    """The numbers of an attribute, each with the element that says where it leads."""
    lines = _lines(page, name)
    found = []
    for one in page.elements:
        if name not in one.given:
            continue
        link, number = lines.get(id(one), (one, one))
        (digits,) = NUMBER.findall(number.text)
        said = Number(int(digits.replace(",", "")), one.given[name], urljoin(path, _href(link)))
        found.append((said, link))
    return found


def _lines(page: Page, name: str) -> dict[int, tuple[Element, Element]]:
    """The first link and the last number of each line of a table or a list that has the attribute."""
    links: dict[int, Element] = {}
    last: dict[int, Element] = {}
    for one in page.elements:
        line = around(one, lambda other: other.tag in ("tr", "li") and name in other.given)
        if line and one.tag == "a":
            links.setdefault(id(line), one)
        if line and one.has("num"):
            last[id(line)] = one
    return {line: (links[line], last[line]) for line in links}


def _href(one: Element) -> str:
    """Where the rows are: there, or in the section that it stands in."""
    if one.tag == "a":
        return one.given["href"]
    section = around(one, lambda other: other.tag == "section" and bool(other.given.get("id")))
    return f"#{section.given['id']}" if section else ""


def around(one: Element | None, wanted: Callable[[Element], bool]) -> Element | None:
    """The innermost that is wanted: it, or what it stands in."""
    while one is not None and not wanted(one):
        one = one.within
    return one


class Walk:
    """Pages already read, so that what hundreds of numbers lead to is read once."""

    def __init__(self, client):
        self.client = client
        self.pages: dict[str, Page] = {}

    def page(self, path: str) -> Page:
        path = path.partition("#")[0]
        if path not in self.pages:
            self.pages[path] = Page(self.client.get(path))
            assert self.pages[path].status == 200, path
        return self.pages[path]

    def rows(self, number: Number) -> int:
        """How many there really are, page after page."""
        path, _, anchor = number.href.partition("#")
        return sum(self._rows(one, number.counts, anchor) for one in [path, *self._further(path)])

    def _rows(self, path: str, counts: str, anchor: str) -> int:
        page = self.page(path)
        rows = [one for one in page.elements if one.given.get("data-is") == counts]
        if anchor:
            rows = [one for one in rows if around(one, lambda other: other.given.get("id") == anchor)]
        return len(rows)

    def _further(self, path: str) -> Iterator[str]:
        """From a first page on to the last."""
        while following := self._following(path):
            path = urljoin(path, following)
            yield path

    def _following(self, path: str) -> str:
        return next(
            (one.given["href"] for one in self.page(path).all("a") if one.given.get("rel") == "next"), ""
        )

    def wrong(self, path: str) -> list[str]:
        """Each number of a page that is not that of its rows."""
        page = self.page(path)
        found = {number: self.rows(number) for number in numbers(page, path)}
        found |= {number: self._added(path, number, is_on) for number, is_on in choices(page, path)}
        return [f"{number.where}: {rows}" for number, rows in found.items() if rows != number.said]

    def _added(self, path: str, number: Number, is_on: bool) -> int:
        """Turned off it takes its rows away; with the last one off there are those of all choices."""
        here, there = (self.rows(Number(0, number.counts, at)) for at in (path, number.href))
        if not is_on:
            return there - here
        is_last = _names(path) - _names(number.href)
        return here if is_last else here - there


def _names(path: str) -> set[str]:
    return set(parse_qs(urlsplit(path).query))


def silent_links(page: Page) -> list[str]:
    """Links to our own pages that hold a number and do not say what it counts."""
    return [
        f"{link.text}: {link.given['href']}"
        for link in page.all("a")
        if link.is_in("main")
        and not any(map(link.has, NO_COUNTS))
        and not {"data-counts", "data-sums"} & link.given.keys()
        and NUMBER.fullmatch(link.text.split()[-1] if link.text.split() else "")
        and not link.is_in("nav", "pages")
    ]
