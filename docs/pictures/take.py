"""Takes the pictures of README.md: `.venv/bin/python docs/pictures/take.py`

Starts the application on a free port with the fixtures in a temporary data folder, and photographs it with
the system's Chromium, light and 1280 pixels wide. Needs requirements-dev.txt (./test installs it).
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SIZE = {"width": 1280, "height": 800}
MOST_BYTES = 200 * 1000
# The project with the most to show among those that are neither a plan nor a plant of before.
PAGES = {"list": "/projects/?counted=1&sort=-total", "project": None}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=["--no-sandbox"] * (os.getuid() == 0))
        for name, path in PAGES.items():
            take(browser, address + (path or fullest(browser, address)), FOLDER / f"{name}.png")


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of the application, while it runs on data of its own."""
    with socket.create_server(("127.0.0.1", 0)) as trial:
        port = trial.getsockname()[1]
    plain = dict.fromkeys(["HOST", "DATABASE_URL", "PUBLIC_URL", "DEBUG", "DEMO"], "")
    own = {"DATA_DIR": str(folder), "PORT": str(port), "WORKERS": "1", "PYTHONUTF8": "1"}
    server = subprocess.Popen(  # noqa: S603 (ourselves)
        [sys.executable, "-m", "tracker.serve"],
        cwd=ROOT,
        env=os.environ | plain | own,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        if not any(line.startswith("Serving") for line in server.stdout):
            sys.exit("The application did not start; see above.")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(20)


def chromium() -> str:
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    return found or sys.exit(f"No Chromium found: none of {', '.join(CHROMIUM)}.")


def fullest(browser: Browser, address: str) -> str:
    """The page of the counted project on which most is known: milestones, an amount, sources."""
    page = browser.new_page()
    rows = page.request.get(f"{address}/data/projects.json?counted=1").json()["projects"]
    page.close()
    best = max(rows, key=lambda row: (known(row), row["code"]))
    return f"/projects/{best['slug']}/"


def known(row: dict) -> int:
    return 3 * len(row["milestones"]) + 4 * bool(row["total_investment"]) + 2 * len(row["sources"])


def take(browser: Browser, url: str, path: Path) -> None:
    page = browser.new_page(viewport=SIZE, color_scheme="light", locale="zh-CN")
    page.goto(url, wait_until="networkidle")
    page.screenshot(path=path)
    page.close()
    size = path.stat().st_size
    print(f"{path.name}: {size // 1000} kB of {url.partition('/projects')[2] or '/'}")
    if size > MOST_BYTES:
        sys.exit(f"{path.name} is larger than {MOST_BYTES // 1000} kB.")


if __name__ == "__main__":
    main()
