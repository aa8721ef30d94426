"""A browser and the application it looks at: once for this folder, and gone before the next.

Playwright leaves an event loop running in this thread, in which Django refuses to touch a database: hence the
scope. The application is the real one, started as `./run` does, with the fixtures, in a process of its own.
"""

import itertools
import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.checks import Visits
from tests.browser.chromium import OPTIONS, find
from tests.browser.desks import DeskSite, Seats, passwords_in
from tests.browser.places import SIZES, Site, site_at
from tests.starting import serving


@pytest.fixture(scope="package")
def chromium() -> str:
    if os.environ.get("DATABASE_URL"):
        pytest.skip("on SQLite alone: the pages are the same on PostgreSQL")
    return find()


@pytest.fixture(scope="package")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def site(chromium: str, first_start: Path, tmp_path_factory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(first_start, folder, dirs_exist_ok=True)
    with serving(folder) as (origin, _said):
        yield site_at(origin)


@pytest.fixture(scope="package")
def desk_site(chromium: str, first_start: Path, tmp_path_factory) -> Iterator[DeskSite]:
    """The demonstration, in which every role has something to do."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(first_start, folder, dirs_exist_ok=True)
    (folder / "DEMONSTRATION").touch()
    with serving(folder, "--demo") as (origin, said):
        yield DeskSite(origin, passwords_in(said), folder)


@pytest.fixture(scope="package")
def seats(browser: Browser, desk_site: DeskSite) -> Iterator[Seats]:
    """Windows of people who are signed in, each width one."""
    seats = Seats(browser, desk_site)
    yield seats
    seats.close()


@pytest.fixture(scope="package")
def windows(browser: Browser, site: Site) -> Iterator[dict[int, Visits]]:
    """One window of each width, used for page after page."""
    sizes = {width: {"width": width, "height": height} for width, height in SIZES.items()}
    contexts = {width: browser.new_context(viewport=size) for width, size in sizes.items()}
    yield {width: Visits(context.new_page(), site.origin) for width, context in contexts.items()}
    for context in contexts.values():
        context.close()


@pytest.fixture(scope="package")
def scriptless(browser: Browser, site: Site) -> Iterator[Visits]:
    """A window in which no script runs."""
    context = browser.new_context(java_script_enabled=False)
    yield Visits(context.new_page(), site.origin)
    context.close()


@pytest.fixture(scope="package")
def examined() -> set[str]:
    """In which colours any page was examined."""
    return set()


@pytest.fixture(scope="package")
def used(browser: Browser, site: Site) -> Iterator[dict[str, list[Page]]]:
    """Windows of each kind that a test had: public pages leave nothing in them (`checks.Visits`)."""
    free: dict[str, list[Page]] = defaultdict(list)
    yield free
    for page in itertools.chain(*free.values()):
        page.context.close()


@pytest.fixture
def open_window(browser: Browser, site: Site, used) -> Iterator[Callable[..., Page]]:
    """One that was used, where there is one of its kind."""
    taken = []

    def window(**options) -> Page:
        free = used[repr(options)]
        taken.append((free, free.pop() if free else new_window(browser, site.origin, **options)))
        return taken[-1][1]

    yield window
    for free, page in taken:
        page.goto("about:blank")
        page.emulate_media(media="null")
        free.append(page)


def new_window(browser: Browser, origin: str, **options) -> Page:
    size = {"viewport": {"width": 1280, "height": 800}}
    context = browser.new_context(base_url=origin, **size | options)
    context.set_default_timeout(30_000)
    return context.new_page()
