"""Takes the pictures of README.md and of the guides in docs/: `.venv/bin/python docs/pictures/take.py`

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
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]
sys.path.insert(0, str(ROOT))
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

# A unit's sheet as an editor takes it in, in the demonstration: what is photographed at each step.
HEADS = ["序号", "项目名称", "项目类别", "总投资（万元）", "进展阶段", "计划竣工时间", "目前进展"]
NEW_ROWS = [
    [8, "示例污水管网工程", "城市", 3400.5, "在建中", "2027年底", "管沟开挖"],
    [9, "示例标准厂房三期", "工业", "1.2亿", "前期", "尽快", "办理用地手续"],
]
AS_OF = "2026-02-28"


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
            take_import(browser, address, passwords)


def take_import(browser: Browser, address: str, passwords: dict[str, str]) -> None:
    """The steps of a sheet, from the file to the second person."""
    editor = signed_in(browser, address, "demo-editor", passwords["demo-editor"], SIZE)
    editor.goto(f"{address}/desk/imports/")
    keep(editor, FOLDER / "import-file.png", is_last=False)
    sheet = {"name": "二月.xlsx", "mimeType": "", "buffer": unit_sheet(editor, address)}
    editor.set_input_files("[name=file]", sheet)
    editor.fill("[name=sender]", "演示单位·城建")
    editor.click("button:text-is('读取文件')")
    editor.wait_for_url("**/columns/")
    editor.locator("main table").evaluate("table => table.scrollIntoView()")
    keep(editor, FOLDER / "import-columns.png", is_last=False)
    editor.fill("[name=as_of]", AS_OF)
    editor.click("button:text-is('保存并继续')")
    editor.wait_for_url("**/faults/")
    keep(editor, FOLDER / "import-faults.png", is_last=False)
    editor.locator("fieldset", has_text="在建中").locator("select").select_option("building")
    editor.locator("fieldset", has_text="尽快").get_by_label("或改写为").fill("2027年6月")
    editor.click("button:text-is('保存并重新检查')")
    editor.wait_for_load_state()
    editor.goto(editor.url.removesuffix("faults/"))
    keep(editor, FOLDER / "import-send.png", is_last=False)
    editor.click("button:text-is('提交给第二人审批')")
    editor.wait_for_load_state()
    reviewer = signed_in(browser, address, "demo-reviewer", passwords["demo-reviewer"], SIZE)
    reviewer.goto(editor.url)
    reviewer.locator("button:text-is('全部批准')").scroll_into_view_if_needed()
    keep(reviewer, FOLDER / "import-approve.png")


def unit_sheet(page: Page, address: str) -> bytes:
    """Of a few projects on record, what is said again of them, and two new ones."""
    from projects.pages import excel_file  # noqa: PLC0415 (found by the folder above)

    rows = page.request.get(f"{address}/data/projects.json?counted=1").json()["projects"]
    known = [one for one in rows if one["total_investment"] or one["stage"] == "building"]
    told = [[number, *said_of(one)] for number, one in enumerate(known[-7:], start=1)]
    table = excel_file.WorkbookSheet("项目", HEADS, [*told, *NEW_ROWS], {})
    return excel_file.workbook([table], datetime(2026, 3, 2, tzinfo=UTC))


def said_of(row: dict) -> list:
    """A little more is invested than was said before."""
    total = row["total_investment"] and row["total_investment"] / 10_000 + 500
    return [row["name"], "", total, "在建中", "2027年底", "主体施工"]


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


def keep(page: Page, path: Path, *, is_last: bool = True) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=path)
    if is_last:
        page.close()
    size = path.stat().st_size
    print(f"{path.name}: {size // 1000} kB")
    if size > MOST_BYTES:
        sys.exit(f"{path.name} is larger than {MOST_BYTES // 1000} kB.")


if __name__ == "__main__":
    main()
