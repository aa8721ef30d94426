"""The checks themselves: each finds its fault on a page broken for it, and nothing on a sound one."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.browser import checks, chromium
from tests.browser.conftest import new_window

pytestmark = pytest.mark.browser

SOUND = """<!doctype html><html lang="zh-Hans"><title>标题</title>
<style>a { display: block; padding: 1rem }</style><a href="#one">链接一</a><a href="#two">链接二</a>
<h1>标题</h1><p>文字 <code>name_en</code> <span lang="en">words</span></p>"""
LAID_OUT = {
    "the page scrolls sideways": "<p style='inline-size: 200vw'>文字</p>",
    "beyond the edge": "<p style='white-space: nowrap'>" + "文字" * 100,
    "cut off": "<p style='overflow: hidden; inline-size: 2em; white-space: nowrap'>一二三四五六",
    "lies on": "<p style='position: relative; inset-block-start: -2.5em'>别的文字</p>",
}
STUMBLED_OVER = {
    "nothing is shown": "<style>body * { display: none }</style>",
    "stands over nothing: 小标题": "<section><h2>小标题</h2><p hidden>文字</p></section>",
    "stands over nothing: 展开": "<details open><summary>展开</summary><p hidden>文字</p></details>",
    "runs into the next link: 三": "<style>a { display: inline !important }</style><a>三</a> <a>四</a>",
    "cut off: 按名称查找": "<input placeholder='按名称查找' style='inline-size: 3em'>",
    "a blank after a wide colon: 常看： 医院": "<p>常看： 医院</p>",
    "no blank after a stop: date.Feed": "<p lang='en'>Its own date.Feed</p>",
}
ACCESSIBLE = {
    "color-contrast": "<p style='color: #aaa; background: #fff'>文字",
    "link-name": "<a href='#three'></a>",
    "target-size": "<button title='钮' style='inline-size: 9px; block-size: 9px; padding: 0'></button>" * 2,
    "label": "<input>",
}
LANGUAGES = {
    "zh-Hans: Overview": "<p>概览 Overview</p>",
    "zh-Hans: Sources": "<p title='Sources'>来源</p>",
    "en: 在建": "<p lang='en'>在建</p>",
}
# A small photograph of nothing, from elsewhere.
VISITED = {
    "console log: word": "<script>console.log('word')</script>",
    "script failed": "<script>nothing.at.all()</script>",
    "console error": "<p style='color: red'>文字",
    "asked elsewhere: http://192.0.2.1/x": "<img alt='' src='http://192.0.2.1/x'>",
    "not loaded": "<img alt='' src='http://192.0.2.1/x'>",
    "cookie: a": "<script>document.cookie = 'a=1'</script>",
    "stored: b": "<script>localStorage.b = 1</script>",
}


@pytest.fixture
def open_window(browser, site) -> Iterator[Callable[..., Page]]:
    """A window of its own, in which a page may leave something."""
    pages = []

    def window(**options) -> Page:
        pages.append(new_window(browser, site.origin, **options))
        return pages[-1]

    yield window
    for page in pages:
        page.context.close()


@pytest.fixture(scope="module")
def window(browser) -> Iterator[Page]:
    """One for every control that writes the whole page anew, and leaves nothing but that behind."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


@pytest.fixture
def page(window) -> Iterator[Page]:
    window.set_content(SOUND)
    yield window
    window.emulate_media(media="screen", color_scheme="light")


def spoil(page, html: str) -> None:
    page.set_content(SOUND + html)


def test_a_sound_page_has_no_fault(page):
    faults = checks.layout(page) + checks.stumbles(page) + checks.axe(page) + checks.language(page)
    assert faults + checks.first_screen(page, "h1") + checks.shown(page, ["h1"], ["h2"]) == []


@pytest.mark.parametrize("fault", LAID_OUT)
def test_a_bad_layout_is_found(fault, page):
    spoil(page, LAID_OUT[fault])
    assert any(said.startswith(fault) for said in checks.layout(page))


@pytest.mark.parametrize("fault", STUMBLED_OVER)
def test_what_an_eye_stumbles_over_is_found(fault, page):
    spoil(page, STUMBLED_OVER[fault])
    assert fault in checks.stumbles(page)


def test_what_folds_is_open_on_paper(page):
    spoil(page, "<details><summary>展开</summary><p hidden>文字</p></details>")
    assert checks.stumbles(page) == []
    page.emulate_media(media="print")
    assert checks.stumbles(page) == ["stands over nothing: 展开"]


@pytest.mark.parametrize("rule", ACCESSIBLE)
def test_a_barrier_is_found(rule, page):
    spoil(page, ACCESSIBLE[rule])
    assert any(said.startswith(f"axe {rule}") for said in checks.axe(page))


def test_what_cannot_be_read_in_the_dark_alone_is_found_by_the_rules_of_colours(page):
    style = "<style>:root { color-scheme: light dark; background: light-dark(#fff, #111) }</style>"
    spoil(page, style + "<p style='color: light-dark(#222, #222)'>文字")
    assert checks.axe(page) == []
    page.emulate_media(color_scheme="dark")
    assert [said.split(":")[0] for said in checks.axe(page, "dark")] == ["axe color-contrast"]


def test_colours_that_no_form_before_has_shown_are_examined(page):
    examined = set()
    spoil(page, "<p>文字")
    assert checks.axe(page, examined=examined) == []
    for faulty in (
        "<p style='color: #aaa'>文字",
        "<div style='background: #444'><p>文字",
        "<p style='opacity: .3'>文字",
    ):
        spoil(page, faulty)
        assert [said.split(":")[0] for said in checks.axe(page, examined=examined)] == ["axe color-contrast"]
    page.emulate_media(color_scheme="dark")
    assert [said.split(":")[0] for said in checks.axe(page, "dark", examined)] == ["axe color-contrast"]


def test_known_colours_are_examined_where_something_was_moved(page):
    examined, dark = set(), "<div style='color: #fff; background: #444; block-size: 9rem'>文字</div>"
    spoil(page, dark + "<p>别的文字")
    assert checks.axe(page, examined=examined) == []
    spoil(page, dark + "<p style='position: relative; inset-block-start: -5rem'>别的文字")
    assert [said.split(":")[0] for said in checks.axe(page, examined=examined)] == ["axe color-contrast"]


def test_what_is_no_colour_is_examined_though_its_colours_are_known(page):
    examined = set()
    assert checks.axe(page, examined=examined) == []
    spoil(page, "<a href='#three'></a>")
    assert [said.split(":")[0] for said in checks.axe(page, examined=examined)] == ["axe link-name"]
    checks.begin_axe(page, examined=examined, of_all=False)
    assert checks.end_axe(page) == [], "the other pair of language and width"


@pytest.mark.parametrize("fault", LANGUAGES)
def test_the_wrong_language_is_found(fault, page):
    spoil(page, LANGUAGES[fault])
    assert any(fault.split()[-1] in said and fault.split(":")[0] in said for said in checks.language(page))


def test_what_a_box_scrolls_into_view_is_no_fault(page):
    spoil(page, "<div style='overflow-x: auto'><p style='inline-size: 200vw'>" + "文字 " * 200)
    assert checks.layout(page) == []


@pytest.mark.parametrize("fault", VISITED)
def test_what_a_visit_leaves_behind_is_found(fault, site, open_window):
    """On an address of the application, under its own policy where that is what objects."""
    page = open_window()
    policy = {"Content-Security-Policy": "style-src 'self'"} if fault == "console error" else {}
    page.route("**/broken", lambda route: route.fulfill(body=SOUND + VISITED[fault], headers=policy))
    page.route("http://192.0.2.1/**", lambda route: route.abort())
    visits = checks.Visits(page, site.origin)
    assert any(said.startswith(fault) for said in visits.open("/broken") + visits.faults())


def test_words_that_only_a_script_writes_are_found(page, open_window):
    scriptless = open_window(java_script_enabled=False)
    for one in (page, scriptless):
        one.goto("data:text/html,<p>a<script>document.querySelector('p').append('b')</script>")
    assert checks.same_words(page, scriptless) == ["only in one of two: a", "only in one of two: ab"]
    assert checks.same_words(page, page) == []


class TestKeyboard:
    @pytest.mark.parametrize(
        ("style", "fault"),
        [("a { outline: none }", "no outline"), ("a { position: absolute; left: -99rem }", "out of sight")],
    )
    def test_a_stop_that_is_not_shown_is_found(self, style, fault, page):
        spoil(page, f"<style>{style}</style>")
        with pytest.raises(AssertionError, match=fault):
            checks.tab_to(page, lambda stop: stop["words"] == "链接二")

    def test_what_no_tab_reaches_is_found(self, page):
        spoil(page, "<style>:focus-visible { outline: 2px solid }</style><span onclick='1'>按钮</span>")
        with pytest.raises(AssertionError, match="left the page|not reached"):
            checks.tab_to(page, lambda stop: stop["words"] == "按钮")
        assert checks.tab_to(page, lambda stop: stop["words"] == "链接二")


def test_what_is_below_the_first_screen_is_found(page):
    page.set_content("<div style='block-size: 900px'></div><h1>标题</h1>")
    assert len(checks.first_screen(page, "h1", "h2")) == 2


def test_what_print_hides_or_leaves_is_found(page):
    page.set_content("<style>@media print { table { display: none } }</style><nav>导航</nav><table><td>一")
    page.emulate_media(media="print")
    assert checks.shown(page, ["table"], ["nav"]) == ["not there: table", "there: nav"]


@pytest.mark.parametrize(("machine", "outcome"), [("", pytest.skip.Exception), ("1", pytest.fail.Exception)])
def test_without_a_browser_a_laptop_skips_and_the_build_fails(machine, outcome, monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("CI", machine)
    with pytest.raises(outcome, match="No browser: none of chromium"):
        chromium.find()
