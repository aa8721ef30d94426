"""What a page shows once it is touched (menu, notes, filters, folds): narrow and wide, light and dark."""

import pytest
from playwright.sync_api import Page

from tests.browser import checks
from tests.browser.places import LANGUAGES, SCHEMES, SIZES

pytestmark = pytest.mark.browser

OPEN_ALL = "document.querySelectorAll('main details').forEach((one) => (one.open = true))"
# As a sheet of the page's own: its policy allows no other style.
RESTYLE = (
    "css => { const own = new CSSStyleSheet(); own.replaceSync(css); document.adoptedStyleSheets = [own]; }"
)
# The page, what is touched on it, and what is seen then.
STATES = {
    "menu": ("home", ".menu > summary", ".menu nav"),
    "filters": ("list", "", ".facet a"),
    "note": ("project_disputed", ".answer .fn", ".note:target"),
    "folds": ("project_disputed", "", ".claims tbody tr"),
    "figure": ("statistics", ".figure-line .fn", ".note:target"),
    "first mentions": ("compare", "", "#new li, #new tr"),
}


def touch(page: Page, selector: str) -> None:
    if selector:
        page.locator(selector).first.click()
    else:
        page.evaluate(OPEN_ALL)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", STATES)
def test_a_page_that_was_touched(state, language, site, windows, examined):
    name, touched, seen = STATES[state]
    faults = {}
    for width, visits in windows.items():
        faults[width] = visits.open(site.path(name, language))
        touch(visits.page, touched)
        faults[width] += checks.shown(visits.page, [seen], [])
        if not touched:  # what opens over the page lies on it
            faults[width] += checks.layout(visits.page)
    for scheme in SCHEMES:
        for width, visits in windows.items():
            visits.page.emulate_media(color_scheme=scheme)
            checks.begin_axe(visits.page, scheme, examined, checks.WIDTHS[language] == width)
        for width, visits in windows.items():
            faults[width, scheme] = checks.end_axe(visits.page)
    checks.hold(faults)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_control_what_only_a_touch_shows_is_examined(scheme, site, windows):
    page = windows[min(SIZES)].page
    page.emulate_media(color_scheme=scheme)
    page.goto(site.origin + site.path("home"))
    page.evaluate(RESTYLE, ".menu nav a { color: light-dark(#ccc, #333) !important }")
    assert checks.axe(page, scheme) == []
    page.locator(".menu > summary").click()
    assert any(said.startswith("axe color-contrast") for said in checks.axe(page, scheme))
