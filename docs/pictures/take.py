"""Takes the pictures of README.md and docs/desk.md: `.venv/bin/python docs/pictures/take.py`

Starts the application on a free port with the fixtures in a temporary data folder, then the demonstration in
another, and photographs both with the system's Chromium, light. Needs requirements-dev.txt (./test installs
it).
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SIZE = {"width": 1280, "height": 800}
MOST_BYTES = 200 * 1000
PHONE = {"width": 390, "height": 844}
# What everybody sees: which page, how large a window. The project is the one with the most to show among
# those that are neither a plan nor a plant of before; it stands in the English part.
FULLEST = "/en/projects/…/"
PAGES = {
    "overview": ("/", SIZE),
    "list": ("/projects/", PHONE),
    "place": ("/places/high-tech-zone/", PHONE),
    "project": (FULLEST, SIZE),
}
# What officials see in the demonstration: who, which page, how large a window; a link to follow first.
DESK = {
    "desk-reporter": ("demo-reporter", "/desk/", PHONE, ""),
    "desk-report": ("demo-reporter", "/desk/", PHONE, "填报"),
    "desk-review": ("demo-reviewer", "/desk/review/", SIZE, ""),
    "desk-round": ("demo-reviewer", "/desk/rounds/", SIZE, "main tbody a"),
}


def main() -> None:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=["--no-sandbox"] * (os.getuid() == 0))
        with serving() as (address, _said):
            for name, (path, size) in PAGES.items():
                asked = fullest(browser, address) if path == FULLEST else path
                take(browser, address + asked, size, FOLDER / f"{name}.png")
        with serving("--demo") as (address, said):
            passwords = dict(re.findall(r"^  (demo-\S+)  (\S+)$", said, re.MULTILINE))
            for name, (who, path, size, link) in DESK.items():
                page = signed_in(browser, address, who, passwords[who], size)
                page.goto(address + path)
                if link:
                    page.locator(link if " " in link else f"main a:text-is('{link}')").first.click()
                keep(page, FOLDER / f"{name}.png")


@contextmanager
def serving(*arguments: str) -> Iterator[tuple[str, str]]:
    """The address of the application and what it said at its start, while it runs on data of its own."""
    folder = tempfile.mkdtemp()
    with socket.create_server(("127.0.0.1", 0)) as trial:
        port = trial.getsockname()[1]
    plain = dict.fromkeys(["HOST", "DATABASE_URL", "PUBLIC_URL", "DEBUG", "DEMO"], "")
    own = {"DATA_DIR": str(folder), "PORT": str(port), "WORKERS": "1", "PYTHONUTF8": "1"}
    server = subprocess.Popen(  # noqa: S603 (ourselves)
        [sys.executable, "-m", "tracker.serve", *arguments],
        cwd=ROOT,
        env=os.environ | plain | own,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        said = []
        while not said or not said[-1].startswith("Serving"):
            said.append(next(server.stdout, None) or sys.exit("The application did not start; see above."))
        yield f"http://127.0.0.1:{port}", "".join(said)
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(20)
        shutil.rmtree(folder)


def signed_in(browser: Browser, address: str, who: str, password: str, size: dict) -> Page:
    page = browser.new_page(viewport=size, color_scheme="light", locale="zh-CN")
    page.goto(f"{address}/accounts/login/")
    page.fill("[name=login]", who)
    page.fill("[name=password]", password)
    page.click("main button")
    return page


def chromium() -> str:
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    return found or sys.exit(f"No Chromium found: none of {', '.join(CHROMIUM)}.")


def fullest(browser: Browser, address: str) -> str:
    """The page of the counted project on which most is known: milestones, an amount, sources."""
    page = browser.new_page()
    rows = page.request.get(f"{address}/data/projects.json?counted=1").json()["projects"]
    page.close()
    best = max(rows, key=lambda row: (known(row), row["code"]))
    return FULLEST.replace("…", best["slug"])


def known(row: dict) -> int:
    return 3 * len(row["milestones"]) + 4 * bool(row["total_investment"]) + 2 * len(row["sources"])


def take(browser: Browser, url: str, size: dict, path: Path) -> None:
    page = browser.new_page(viewport=size, color_scheme="light", locale="zh-CN")
    page.goto(url)
    keep(page, path)


def keep(page: Page, path: Path) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=path)
    page.close()
    size = path.stat().st_size
    print(f"{path.name}: {size // 1000} kB")
    if size > MOST_BYTES:
        sys.exit(f"{path.name} is larger than {MOST_BYTES // 1000} kB.")


if __name__ == "__main__":
    main()
