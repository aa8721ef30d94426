"""Who comes with a keyboard, without scripts, with large type, double size or a printer finds everything."""

import re
from itertools import cycle
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser import checks
from tests.browser.chromium import OPTIONS
from tests.browser.conftest import new_window
from tests.browser.places import LANGUAGES, PAGES, SCHEMES

pytestmark = pytest.mark.browser

# What is laid out in words is looked at in both languages; where a click leads and what print hides is of the
# same elements in both, and each page of those is looked at in one of them, by turns.
BOTH = pytest.mark.parametrize("language", LANGUAGES)
NARROW = {"viewport": {"width": 360, "height": 740}}
# Half of 1280 by 800, each pixel doubled: what a browser does at 200 %.
DOUBLE = {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2}
# A4 without its margins of 14 mm.
A4 = {"viewport": {"width": 688, "height": 1017}}
# What people print, and what is of no use to them there.
PAPER = ["home", "project_disputed", "project_promised", "promises", "compare", "statistics", "board", "wall"]
NOT_ON_PAPER = [
    ".skip, .nav, .menu, .tools, form, button, .wrong, .meaning, .missing a, .more[href], a[href*='.csv']"
]
SECTIONS = [f".portfolio > section:nth-of-type({number}) h2" for number in (1, 2)]


class TestKeyboard:
    @BOTH
    def test_through_the_list_to_a_project(self, language, site, open_window):
        page = open_window()
        page.goto(site.path("list", language))
        checks.tab_to(page, lambda stop: "skip" in stop["classes"], most=1)
        checks.tab_to(page, lambda stop: stop["name"] == "input")
        page.keyboard.type("綦江")
        checks.tab_to(page, lambda stop: stop["name"] == "button", most=1)
        page.keyboard.press("Enter")
        page.wait_for_url(asked(q="綦江"))
        checks.tab_to(page, lambda stop: "kind=" in (stop["href"] or ""))
        page.keyboard.press("Enter")
        page.wait_for_url(asked(q="綦江", kind=r"\w+"))
        checks.tab_to(page, lambda stop: "sort=total" in (stop["href"] or ""))
        page.keyboard.press("Enter")
        page.wait_for_url(asked(q="綦江", kind=r"\w+", sort="total"))
        link = page.locator("table.projects th[scope=row] a").first
        href = link.get_attribute("href")
        checks.tab_to(page, lambda stop: stop["href"] == href)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: urlsplit(url).path == urlsplit(href).path)

    @BOTH
    def test_from_a_figure_to_its_place_in_the_source(self, language, site, open_window):
        page = open_window()
        page.goto(site.path("project_disputed", language))
        note = checks.tab_to(page, lambda stop: "fn" in stop["classes"])
        page.keyboard.press("Enter")
        opened = page.locator(".note:target")
        expect(opened).to_be_in_viewport(ratio=0.95)
        checks.tab_to(page, lambda stop: "/sources/" in (stop["href"] or ""), most=2)
        page.keyboard.press("Enter")
        page.wait_for_url("**/sources/**")
        row = page.locator("tr:target")
        expect(row).to_have_id(urlsplit(note["href"]).fragment.removeprefix("note-"))
        expect(row).to_be_in_viewport(ratio=0.95)


class TestThreeClicks:
    @pytest.mark.parametrize(("figure", "language"), [*zip(range(8), cycle(LANGUAGES), strict=False)])
    def test_from_a_figure_of_the_overview_to_its_place_in_the_document(
        self, figure, language, site, open_window
    ):
        page = open_window()
        page.goto(site.path("home", language))
        page.locator(".headline a[data-counts]").nth(figure).click()
        page.locator("table.projects th[scope=row] a").first.click()
        page.locator("main a.fn").first.click()
        page.locator(".note:target a").first.click()
        page.wait_for_url("**/sources/**#*")
        expect(page.locator("tr:target")).to_be_in_viewport(ratio=0.9)


def asked(**wanted: str):
    """An address with these parameters, each a pattern."""

    def is_it(url: str) -> bool:
        query = parse_qs(urlsplit(url).query)
        return all(re.fullmatch(pattern, query.get(name, [""])[0]) for name, pattern in wanted.items())

    return is_it


@BOTH
class TestWithoutScripts:
    @pytest.fixture
    def page(self, open_window):
        return open_window(java_script_enabled=False)

    def test_search_filter_and_sort(self, language, site, page):
        page.goto(site.path("list", language))
        page.locator("#q").fill("綦江")
        page.locator("#q").press("Enter")
        page.wait_for_url(asked(q="綦江"))
        facet = page.locator(".facet a[href*='kind=']").first
        count = int(facet.locator("xpath=following-sibling::*").inner_text())
        facet.click()
        page.wait_for_url(asked(q="綦江", kind=r"\w+"))
        page.locator("thead a[href*='sort=']").first.click()
        page.wait_for_url(asked(q="綦江", kind=r"\w+", sort=r"-?\w+"))
        assert int(page.locator(".result strong").first.inner_text()) == count
        assert page.locator("table.projects tbody tr").count() == min(count, 50)

    def test_another_day_and_back(self, language, site, page):
        page.goto(site.path("project_disputed", language))
        page.locator(".menu > summary").click()
        page.locator(".menu input[name=asof]").fill("2023-06-30")
        page.locator(".menu input[name=known]").check()
        page.locator(".menu .clockform button").click()
        page.wait_for_url(asked(asof="2023-06-30", known="then"))
        assert "2023" in page.locator(".clockband strong").inner_text()
        page.locator(".clockband a").first.click()
        page.wait_for_url(lambda url: not urlsplit(url).query)
        assert not page.locator(".clockband").count()

    def test_two_days_compared(self, language, site, page):
        page.goto(site.path("compare", language))
        for name, day in {"from": "2022-01-31", "to": "2022-12-31"}.items():
            page.locator(f"input[name={name}]").fill(day)
        page.locator("form.dates button").click()
        page.wait_for_url(asked(**{"from": "2022-01-31", "to": "2022-12-31"}))
        assert page.locator(".lede").inner_text().count("2022") >= 2


@BOTH
class TestSizes:
    @pytest.mark.parametrize("name", ["home", "list", "project_disputed", "project_promised"])
    def test_double_size(self, name, language, site, open_window):
        page = open_window(**DOUBLE)
        page.goto(site.path(name, language))
        assert checks.layout(page) == []

    def test_large_type_on_a_phone(self, language, site, open_window):
        page = open_window(**NARROW)
        faults = {}
        for name in PAGES:
            page.goto(site.path(name, language, type="large"))
            faults[name] = checks.layout(page) + small_links(page)
        checks.hold(faults)

    def test_letters_that_the_browser_shows_twice_as_large(self, language, site, browser, chromium):
        """Media queries follow its setting, too: what counts is a phone of half the width."""
        twice = [*OPTIONS, "--blink-settings=defaultFontSize=32"]
        with browser.browser_type.launch(executable_path=chromium, args=twice) as large:
            page, faults = new_window(large, site.origin, **NARROW), {}
            for name in PAGES:
                page.goto(site.path(name, language))
                faults[name] = checks.layout(page)
            assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
            checks.hold(faults)

    def test_it_is_larger(self, language, site, open_window):
        page = open_window()
        sizes = []
        for more in ({}, {"type": "large"}):
            page.goto(site.path("home", language, **more))
            sizes.append(page.locator("html").evaluate("html => parseFloat(getComputedStyle(html).fontSize)"))
        assert sizes[1] >= sizes[0] * 1.2

    def test_the_first_screen(self, language, site, open_window):
        page = open_window()
        page.goto(site.path("home", language))
        assert checks.first_screen(page, "h1", ".headline", ".stagebar", ".legend", *SECTIONS) == []
        for name in ("project_disputed", "project_promised", "project_quiet"):
            page.goto(site.path(name, language))
            assert checks.first_screen(page, "h1", ".answer", ".newest") == [], name

    def test_the_first_screen_of_a_phone(self, language, site, open_window):
        page = open_window(**NARROW)
        page.goto(site.path("home", language))
        wanted = ["h1", ".opening .search", ".common", ".headline", ".stagebar"]
        assert checks.first_screen(page, *wanted) == []
        assert page.locator(".masthead").bounding_box()["height"] <= 56


@BOTH
class TestFigures:
    """On a phone all but the first figure of a group waits, and each note until its mark asks for it."""

    MOST = 2_200  # pixels of a phone, of 50 subjects; with all of them it was 9,600
    FOLDED = ".narrow .figure-line"

    def test_on_a_phone_they_wait(self, language, site, open_window):
        page = open_window(**NARROW)
        page.goto(site.path("statistics", language))
        assert checks.first_screen(page, "h1", ".lede", ".figure-line .amount") == []
        assert page.evaluate("document.documentElement.scrollHeight") < self.MOST
        expect(page.locator(self.FOLDED).first).to_be_hidden()
        assert page.locator(".note:visible").count() == 0
        page.locator(".narrow > summary").first.click()
        page.locator(f"{self.FOLDED} .fn").first.click()
        expect(page.locator(".note:visible")).to_have_count(1)
        expect(page.locator(".note:target")).to_be_in_viewport(ratio=0.95)

    def test_an_address_of_a_folded_one_opens_it(self, language, site, open_window):
        page = open_window(**NARROW)
        page.goto(site.path("statistics", language))
        ref = page.locator(f"{self.FOLDED} li").last.get_attribute("id")
        page.goto(site.path("statistics", language) + f"?type=large#{ref}")
        expect(page.locator(f"[id='{ref}']")).to_be_in_viewport()

    @pytest.mark.parametrize(("size", "media"), [({}, "screen"), (A4, "print")])
    def test_on_a_wide_screen_and_on_paper_all_of_it_stands_open(
        self, size, media, language, site, open_window
    ):
        page = open_window(java_script_enabled=False, **size)
        page.emulate_media(media=media)
        page.goto(site.path("statistics", language))
        assert page.locator(".narrow > summary:visible").count() == 0
        for one in (self.FOLDED, ".note"):
            assert page.locator(f"{one}:visible").count() == page.locator(one).count() > 10


@BOTH
@pytest.mark.parametrize("scheme", SCHEMES)
def test_with_more_contrast(scheme, language, site, open_window, examined):
    page = open_window(contrast="more", color_scheme=scheme)
    faults = {}
    for name in ("home", "list", "project_disputed"):
        page.goto(site.path(name, language))
        faults[name] = checks.axe(page, scheme, examined, of_all=False)
        paper = page.locator("html").evaluate("html => getComputedStyle(html).backgroundColor")
        assert paper == {"light": "rgb(255, 255, 255)", "dark": "rgb(0, 0, 0)"}[scheme]
    checks.hold(faults)


def small_links(page) -> list[str]:
    """Links to our own pages that forget the large type; the one that takes it off is meant to."""
    paths = page.locator("main a, header a, footer a").evaluate_all(
        "all => all.filter(one => !one.closest('.tools, .aids')).map(one => one.getAttribute('href'))"
    )
    pages = {path for path in paths if path.startswith(("/", "?")) and not FILE.search(path)}
    return [f"forgets the large type: {path}" for path in sorted(pages) if "type=large" not in path]


FILE = re.compile(r"^/admin/|\.(csv|json|xlsx|atom|xml|ics)\b")


@BOTH
@pytest.mark.parametrize(("size", "sees"), [(NARROW, [".result"]), ({}, ["h1", ".result"])])
def test_a_number_of_the_overview_leads_to_its_answer(size, sees, language, site, open_window):
    """On a phone below the filters that stand open; on a wide screen, beside them, from above."""
    page = open_window(**size)
    page.goto(site.path("home", language))
    page.locator(".headline a[href*='stage=']").first.click()
    page.wait_for_url(asked(stage=r"\w+"))
    expect(page.locator(".narrow[open]")).to_have_count(1)
    for one in sees:
        expect(page.locator(one).first).to_be_in_viewport()


@BOTH
class TestPrint:
    def test_a_project_on_a4(self, language, site, open_window):
        page = open_window(**A4)
        page.goto(site.path("project_disputed", language))
        page.emulate_media(media="print")
        present = ["h1", ".answer", ".factlines", ".cited", ".claims tbody tr"]
        absent = [".nav", ".tools", ".menu", ".clockform", ".skip", "form", "button"]
        assert checks.shown(page, present, absent) == []
        assert checks.layout(page) == []

    @pytest.mark.parametrize("size", [A4, NARROW], ids=["A4", "as narrow as a phone"])
    def test_no_page_is_wider_than_its_paper(self, language, size, site, open_window):
        page, faults = open_window(**size), {}
        page.emulate_media(media="print")
        others = ["list", "project_quiet", "timeline", "source_page", "place_page"]
        for name in [*PAPER, *others]:
            if name == "wall" and size == A4:
                continue  # its paper is A3
            page.goto(site.path(name, language))
            faults[name] = checks.layout(page)
        checks.hold(faults)

    def test_the_timeline_on_a3_and_nothing_else(self, language, site, open_window):
        page = open_window()
        assert 420 in sheets(page, site.path("timeline", language))
        assert set(sheets(page, site.path("promises", language))) == {216}  # what is in this printer, letter

    @pytest.mark.parametrize(("name", "width"), [("wall", 420), ("board", 210)])
    def test_the_wall_on_one_a3_and_a_board_on_one_a4(self, language, site, open_window, name, width):
        assert sheets(open_window(), site.path(name, language)) == [width]


@pytest.mark.parametrize(("name", "language"), [*zip(PAPER, cycle(LANGUAGES), strict=False)])
def test_what_leads_elsewhere_is_not_printed(name, language, site, open_window):
    page = open_window(**A4)
    page.goto(site.path(name, language))
    assert checks.shown(page, NOT_ON_PAPER, []) == []  # control: some of it is on the screen
    page.emulate_media(media="print")
    assert checks.shown(page, ["h1", ".wordmark", ".publisher"], NOT_ON_PAPER) == []
    assert checks.stumbles(page) == []


def sheets(page, path: str) -> list[int]:
    """How wide each sheet is, in millimetres."""
    page.goto(path)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ", page.pdf(prefer_css_page_size=True))
    return [round(float(points) / 72 * 25.4) for points in boxes]
