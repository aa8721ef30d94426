"""The first screen of a project says how far it is, how old that is and what is not known of it."""

import json
import re

import pytest
from playwright.sync_api import Page

from tests.browser.places import LANGUAGES, SIZES, Site

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("language", LANGUAGES)]

SAID = (".answer", ".newest", ".missing")  # how far, how old, what is not known
PAGES = 5


def most_to_say(site: Site, language: str) -> list[str]:
    """The pages whose opening is the longest; one of which all is known opens with less."""
    paths = [f"{LANGUAGES[language]}/projects/{slug}/" for slug in slugs(site)]
    openings = {path: opening(site.read(path)) for path in paths}
    return sorted(paths, key=lambda path: len(openings[path]))[-PAGES:]


def slugs(site: Site) -> list[str]:
    return [one["slug"] for one in json.loads(site.read("/data/projects.json"))["projects"]]


def opening(page: str) -> str:
    (header,) = re.findall(r'<header class="record".*?</header>', page, re.DOTALL)
    return re.sub(r"<details.*?</details>|<[^>]*>", "", header, flags=re.DOTALL)


def beneath(page: Page, height: int) -> list[str]:
    """What a reader has to move down to."""
    bottoms = {
        one: page.locator(f"main {one}").evaluate("it => it.getBoundingClientRect().bottom") for one in SAID
    }
    return [f"{page.url}: {one} ends at {bottom:.0f}" for one, bottom in bottoms.items() if bottom > height]


@pytest.mark.parametrize(("width", "height"), SIZES.items())
def test_the_five_that_have_most_to_say(language, width, height, site, open_window):
    page, faults = open_window(viewport={"width": width, "height": height}), []
    for path in most_to_say(site, language):
        page.goto(path)
        faults += beneath(page, height)
    assert faults == []


def test_control_what_is_not_known_after_the_figures(language, site, open_window):
    page = open_window(viewport={"width": 360, "height": 740})
    page.goto(most_to_say(site, language)[-1])
    page.evaluate("document.querySelector('main').append(document.querySelector('.missing'))")
    (fault,) = beneath(page, 740)
    assert ".missing" in fault
