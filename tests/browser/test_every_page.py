"""Every public page, in both languages, wide and narrow, light and dark."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.urls import URLPattern, resolve

from projects import urls
from tests.browser import checks
from tests.browser.places import LANGUAGES, PAGES, SCHEMES

pytestmark = pytest.mark.browser

SCREENSHOTS = Path(__file__).resolve().parents[2] / "screenshots"
# What has no dot in its address, and yet is no page.
NO_PAGES = {"healthz", "readyz", "attachment"}


def test_no_page_is_left_out(site):
    others = [*urls.ACCOUNTS, *urls.DESK]
    doors = [one for one in urls.urlpatterns if isinstance(one, URLPattern) and one not in others]
    pages = {one.name for one in doors if "." not in str(one.pattern)} - NO_PAGES
    assert pages == {resolve(urlsplit(site.path(name)).path).url_name for name in PAGES}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_in_all_its_forms(name, language, site, windows, scriptless, examined):
    path, faults = site.path(name, language), {}
    for width, visits in windows.items():
        faults[width] = visits.open(path) + checks.layout(visits.page) + checks.stumbles(visits.page)
    wide, *_ = windows.values()
    faults["without scripts"] = scriptless.open(path) + checks.same_words(scriptless.page, wide.page)
    faults["in any form"] = checks.language(scriptless.page)
    for scheme in SCHEMES:
        for width, visits in windows.items():
            visits.page.emulate_media(color_scheme=scheme)
            checks.begin_axe(visits.page, scheme, examined, checks.WIDTHS[language] == width)
        for width, visits in windows.items():
            faults[width, scheme] = checks.end_axe(visits.page)
            if os.environ.get("SCREENSHOTS"):
                shot = SCREENSHOTS / f"{name}-{language}-{width}-{scheme}.png"
                visits.page.screenshot(path=shot, full_page=True)
    for width, visits in windows.items():
        faults[width] += visits.faults()
    checks.hold(faults)


@pytest.mark.parametrize("path", ["//example.org/", "/en//example.org/", "/en/%2F%2Fexample.org/"])
def test_no_address_makes_a_link_that_leads_elsewhere(path, site, scriptless):
    scriptless.open(path)
    links = scriptless.page.locator("a").evaluate_all("all => all.map(one => one.href)")
    assert links
    assert [link for link in links if not link.startswith((site.origin + "/", "mailto:"))] == []
