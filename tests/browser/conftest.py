"""A browser and the application it looks at: once for this folder, and gone before the next.

Playwright leaves an event loop running in this thread, in which Django refuses to touch a database: hence the
scope. The application is the real one, started as `./run` does, with the fixtures, in a process of its own.
"""

import itertools
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.checks import Visits
from tests.browser.chromium import OPTIONS, find
from tests.browser.desks import DeskSite, Seats, passwords_in
from tests.browser.places import SIZES, Site, site_at

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = dict.fromkeys(["HOST", "DATABASE_URL", "PUBLIC_URL", "DEMO", "DEBUG"], "") | {
    "WORKERS": "2",
    # As most people's: what is printed into a pipe waits until somebody flushes it.
    "PYTHONUNBUFFERED": "",
    # The pages with all that they may carry.
    "HOST_ORGANISATION": "某区某局",
    "ICP_NUMBER": "渝ICP备00000000号",
    "POLICE_NUMBER": "渝公网安备00000000000000号",
}


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


@contextmanager
def serving(folder: Path, *arguments: str) -> Iterator[tuple[str, str]]:
    """The application on the data of a folder: where it answers, what it said. Gone in any case."""
    with socket.create_server(("127.0.0.1", 0)) as trial:
        port = trial.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "tracker.serve", *arguments],
        cwd=ROOT,
        env=os.environ | SETTINGS | {"DATA_DIR": str(folder), "PORT": str(port)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        said = []
        while not said or not said[-1].startswith("Serving"):
            said.append(next(server.stdout, ""))
            assert said[-1], "the application did not start; see above"
        yield f"http://127.0.0.1:{port}", "".join(said)
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(20)


@pytest.fixture(scope="package")
def seeded(chromium: str, request, tmp_path_factory) -> Path:
    """A data folder with the fixtures and the static files: what the first start makes, made once."""
    migrated = request.getfixturevalue("migrated")  # once it is known that there is a browser
    folder = tmp_path_factory.mktemp("seeded")
    shutil.copytree(request.getfixturevalue("collected"), folder / "static")
    shutil.copy(migrated.folder / "tracker.sqlite3", folder)
    subprocess.run(
        [sys.executable, "manage.py", "seed"],
        check=True,
        cwd=ROOT,
        env=os.environ | SETTINGS | {"DATA_DIR": str(folder)},
        stdout=subprocess.DEVNULL,
    )
    return folder


@pytest.fixture(scope="package")
def site(seeded: Path, tmp_path_factory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(seeded, folder, dirs_exist_ok=True)
    with serving(folder) as (origin, _said):
        yield site_at(origin)


@pytest.fixture(scope="package")
def desk_site(seeded: Path, tmp_path_factory) -> Iterator[DeskSite]:
    """The demonstration, in which every role has something to do."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(seeded, folder, dirs_exist_ok=True)
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
