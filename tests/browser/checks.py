"""What a page is held to in a browser. Each check gives its faults in words; an empty list is a good page.

What runs inside the page is in `checks.js`. That each check can fail is shown in `test_controls`.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from math import inf
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Locator, Page, Request

from tests.browser.places import LANGUAGES, SIZES

AXE = Axe().axe_script
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
COLOURS = ["color-contrast", "link-in-text-block"]  # four fifths of the time that axe takes
# What is no colour is examined in each language and in each width, not in every pair of them: a page is of
# the same elements in both languages, and a width hides the same of them.
WIDTHS = dict(zip(LANGUAGES, SIZES, strict=True))
SCRIPT = Path(__file__).with_name("checks.js").read_text(encoding="utf-8")

CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
# Not a parameter's name (`asof=`), a code in brackets, or part of a column's name (`name_en`).
LATIN = re.compile(r"(?<![A-Za-z_*])[A-Za-z]{2,}(?![A-Za-z_=）])")
ADDRESS = re.compile(r"https?://\S+|\w+\.csv")  # of no language, as in a text to copy
# Latin on a Chinese page that is no English: names of notations, and of our record numbers.
SHORT = {"CSV", "JSON", "XLSX", "DOCX", "ZIP", "ICS", "Atom", "EDTF", "WCAG", "AA", "Cookie", "ICP", "QJ"}
SHORT |= {"Excel", "WPS", "KB", "MB", "CNY", "null"}

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"


def hold(faults: dict[object, list[str]]) -> None:
    """Fails where there is a fault anywhere, and names every one with where it was found."""
    said = [f"{where}: {fault}" for where, found in faults.items() for fault in found]
    if said:
        pytest.fail("\n".join(said), pytrace=False)


def begin_axe(
    page: Page, scheme: str = "light", examined: set[str] | None = None, of_all: bool = True
) -> None:
    """Only begins, so that the pages of several windows are examined at the same time.

    `examined` are the colours of all pages before this one: where it shows no others, they are left alone.
    Without `of_all` nothing else is examined.
    """
    options = _options(scheme, _has_new_colours(page, scheme, examined), of_all)
    if options and not page.evaluate("!!window.axe"):
        page.evaluate(AXE)
    start = "setTimeout(() => axe.run(options).then(done, failed))"
    run = f"options && new Promise((done, failed) => {start})"
    page.evaluate(f"options => {{ window.examined = {run} }}", options)


def _has_new_colours(page: Page, scheme: str, examined: set[str] | None) -> bool:
    if examined is None:
        return True
    shown = {f"{scheme} {colours}" for colours in _run(page, "colours")}
    is_new = not shown <= examined
    examined |= shown
    return is_new


def _options(scheme: str, of_colours: bool, of_all: bool) -> dict | None:
    """What axe is asked, if anything."""
    if scheme == "light" and of_all:
        rules = {rule: {"enabled": of_colours} for rule in COLOURS}
        return {"runOnly": WCAG, "rules": rules, "resultTypes": ["violations"]}
    # Nothing but colours is another (`test_in_the_dark_nothing_but_colours_is_another`).
    return {"runOnly": COLOURS, "resultTypes": ["violations"]} if of_colours else None


def end_axe(page: Page) -> list[str]:
    said = page.evaluate("window.examined") or {"violations": []}
    return [
        f"axe {rule['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for rule in said["violations"]
        for node in rule["nodes"]
    ]


def axe(
    page: Page, scheme: str = "light", examined: set[str] | None = None, of_all: bool = True
) -> list[str]:
    begin_axe(page, scheme, examined, of_all)
    return end_axe(page)


def layout(page: Page) -> list[str]:
    return _run(page, "layout")


def stumbles(page: Page) -> list[str]:
    return _run(page, "stumbles")


def focused(page: Page) -> dict:
    return _run(page, "focused")


def same_words(page: Page, other: Page) -> list[str]:
    """Whether two windows show the same words; if not both look again, since a day may have begun between."""
    differing = _lines(page) ^ _lines(other)
    if differing:
        page.reload()
        other.reload()
        differing = _lines(page) ^ _lines(other)
    return [f"only in one of two: {line}" for line in sorted(differing)]


def _lines(page: Page) -> set[str]:
    return set(page.locator("body").inner_text().splitlines())


def first_screen(page: Page, *selectors: str) -> list[str]:
    """What should be seen before anybody scrolls."""
    height = page.viewport_size["height"]
    ends = {name: _end(page.locator(name).first) for name in selectors}
    return [
        f"not on the first screen: {name} ends at {end}" for name, end in ends.items() if not end <= height
    ]


def _end(one: Locator) -> float:
    box = one.bounding_box() if one.count() else None
    return box["y"] + box["height"] if box else inf


def shown(page: Page, present: list[str], absent: list[str]) -> list[str]:
    """What a medium must show and what it must leave away."""
    missing = [f"not there: {name}" for name in present if not page.locator(name).first.is_visible()]
    return missing + [f"there: {name}" for name in absent if any(_visible(page, name))]


def _visible(page: Page, selector: str) -> Iterator[bool]:
    return (one.is_visible() for one in page.locator(selector).all())


def tab_to(page: Page, wanted: Callable[[dict], bool], most: int = 120) -> dict:
    """Go on with the Tab key until `wanted` has the focus; every stop on the way must be seen and marked."""
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = focused(page)
        assert stop["name"] != "body", "the Tab key left the page"
        assert stop["isSeen"], f"out of sight: {stop}"
        assert stop["outline"] >= 2, f"no outline: {stop}"
        if wanted(stop):
            return stop
    raise AssertionError(f"not reached with {most} Tabs")


def _run(page: Page, name: str):
    return page.evaluate(f"{SCRIPT.strip()}.{name}()")


def language(page: Page, known: frozenset[str] = frozenset()) -> list[str]:
    """Chinese outside what is marked as Chinese; English on what is marked as Chinese, but known names."""
    return [
        f"{text['where']} in {text['language'] or 'no language'}: {text['text']}"
        for text in _run(page, "texts")
        if _is_misnamed(text["text"], text["language"], known)
    ]


def _is_misnamed(text: str, language: str, known: frozenset[str]) -> bool:
    if language.startswith("zh") and "Latn" not in language:
        return not set(LATIN.findall(ADDRESS.sub("", text))) <= SHORT | names() | known
    return bool(CHINESE.search(text))


@cache
def names() -> set[str]:
    """Latin words of the Chinese texts of the data: names of firms and products."""
    rows = [row["fields"] for path in FIXTURES.glob("*.json") for row in json.loads(path.read_text("utf-8"))]
    texts = [text for row in rows for text in row.values() if isinstance(text, str)]
    return {word for text in texts if CHINESE.search(text) for word in LATIN.findall(text)}


@dataclass
class Visits:
    """Listens to a page: what it asks for, what it says in the console, what fails."""

    page: Page
    origin: str
    said: list[str] = field(default_factory=list)

    def __post_init__(self):
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.said.append(f"script failed: {error}"))
        self.page.on("request", self._request)
        self.page.on("requestfailed", lambda one: self.said.append(f"not loaded: {one.url} {one.failure}"))

    def _console(self, message: ConsoleMessage) -> None:
        # The browser itself says so of a page that is meant not to be there.
        is_own = message.location["url"] == self.page.url and "status of 404" in message.text
        if not is_own:
            self.said.append(f"console {message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.origin + "/", "data:")):
            self.said.append(f"asked elsewhere: {request.url}")

    def open(self, path: str) -> list[str]:
        """Open an address; what was said meanwhile, and whether something was left with the reader."""
        self.said.clear()
        self.page.goto(self.origin + path)
        return self.faults()

    def faults(self) -> list[str]:
        cookies = [f"cookie: {one['name']}" for one in self.page.context.cookies()]
        stored = self.page.evaluate("Object.keys({...localStorage, ...sessionStorage})")
        return [*self.said, *cookies, *(f"stored: {name}" for name in stored)]
