"""The admin's lists on an office screen: nothing beyond its width, no barrier"""

import pytest
from playwright.sync_api import Page

from tests.browser import checks
from tests.browser.desks import EDITOR, WIDE
from tests.browser.places import LANGUAGES

pytestmark = pytest.mark.browser

LISTS = ("project", "claim", "statistic", "source", "organisation", "place", "department", "auditentry")
BEYOND = """[...document.querySelectorAll("main *")].filter(
  (one) => one.scrollWidth > one.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(one).overflowX)
).map((one) => `${one.id}.${one.className}: ${one.scrollWidth} in ${one.clientWidth}`)"""


@pytest.fixture
def office(seats) -> Page:
    return seats.page(EDITOR, WIDE)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LISTS)
def test_a_list_fits_the_screen(name, language, office, examined):
    assert office.viewport_size["width"] == 1280
    office.goto(f"{LANGUAGES[language]}/admin/projects/{name}/")
    wide = office.evaluate("document.documentElement.scrollWidth")
    assert office.evaluate(BEYOND) == [] and wide <= 1280
    assert checks.axe(office, examined=examined, of_all=checks.WIDTHS[language] == WIDE) == []
