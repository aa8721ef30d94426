"""The desk in a browser: who sits where, which pages each of them sees, and how one signs in."""

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.places import SIZES
from tests.imports.workbooks import workbook

WIDE = max(SIZES)
REPORTER, COLLEAGUE, REVIEWER = "demo-reporter", "demo-reporter-2", "demo-reviewer"
EDITOR = "demo-editor"
# Latin on their Chinese pages that is no English: the names of accounts, and of notations.
NAMES = frozenset(
    {
        "demo",
        "editor",
        "xlsx",
        "csv",
        "reporter",
        "reviewer",
        "JPEG",
        "PNG",
        "WebP",
        "PDF",
        "MB",
        "TOTP",
        "Chrome",
        "Linux",
    }
)


SHEET = [
    ["项目名称", "项目类别", "总投资（万元）", "进展阶段", "计划竣工时间"],
    ["示例停车楼", "交通", "1200", "在建中啊", "2027年底"],
    ["示例污水管网", "交通", "3,400.5", "在建中啊", "尽快"],
]


@dataclass(frozen=True)
class DeskSite:
    """Where the demonstration answers, the passwords that it printed, and its data folder."""

    origin: str
    passwords: dict[str, str]
    folder: Path


def passwords_in(said: str) -> dict[str, str]:
    return dict(re.findall(r"^  (demo-\S+)  (\S+)$", said, re.MULTILINE))


def sign_in(page: Page, origin: str, name: str, password: str, path: str = "/accounts/login/") -> None:
    page.goto(origin + path)
    page.fill("[name=login]", name)
    page.fill("[name=password]", password)
    page.click("main button")


@dataclass
class Seats:
    """One window for each person and width, signed in once and used for page after page."""

    browser: Browser
    site: DeskSite
    contexts: dict[tuple[str, int], BrowserContext] = field(default_factory=dict)

    def page(self, name: str, width: int) -> Page:
        if (name, width) not in self.contexts:
            size = {"width": width, "height": SIZES[width]}
            context = self.browser.new_context(viewport=size, base_url=self.site.origin)
            context.set_default_timeout(30_000)
            sign_in(context.new_page(), self.site.origin, name, self.site.passwords[name])
            self.contexts[name, width] = context
        return self.contexts[name, width].pages[0]

    def close(self) -> None:
        for context in self.contexts.values():
            context.close()


@dataclass(frozen=True)
class Desk:
    """A page of the desk with whoever looks at it; `{…}` stands for a report in that state."""

    who: str
    path: str


DESKS = {
    "my_desk": Desk(REPORTER, "/desk/"),
    "my_desk_reviewing": Desk(REVIEWER, "/desk/"),
    "month_table": Desk(REPORTER, "/desk/table/{month}/"),
    "report_book": Desk(REPORTER, "/desk/book/{month}/"),
    "signoff": Desk(REPORTER, "/desk/signoff/{month}/"),
    "my_reports": Desk(REPORTER, "/desk/reports/"),
    "figure_correction": Desk(REPORTER, "/desk/reports/{published}/correct/"),
    "report_due": Desk(REPORTER, "/desk/reports/{due}/"),
    "report_returned": Desk(REPORTER, "/desk/reports/{returned}/"),
    "report_draft": Desk(REPORTER, "/desk/reports/{draft}/"),
    "report_handed_in": Desk(COLLEAGUE, "/desk/reports/{handed_in}/"),
    "report_preview": Desk(COLLEAGUE, "/desk/reports/{handed_in}/preview/"),
    "review_queue": Desk(REVIEWER, "/desk/review/"),
    "review_together": Desk(REVIEWER, "/desk/review/together/?several=chosen&chosen={paper}"),
    "review_report": Desk(REVIEWER, "/desk/review/{handed_in}/"),
    "cadence": Desk(REVIEWER, "/desk/cadence/"),
    "round_list": Desk(REVIEWER, "/desk/rounds/"),
    "round_page": Desk(REVIEWER, "/desk/rounds/{month}/"),
    "problem_list": Desk(REVIEWER, "/desk/problems/?show=all"),
    "problem_page": Desk(REVIEWER, "/desk/problems/{problem}/"),
    "import_list": Desk(EDITOR, "/desk/imports/"),
    "import_reading": Desk(EDITOR, "/desk/imports/readings/{file_reading}/"),
    "import_columns": Desk(EDITOR, "/desk/imports/{file}/columns/"),
    "import_faults": Desk(EDITOR, "/desk/imports/{file}/faults/"),
    "import_page": Desk(EDITOR, "/desk/imports/{file}/"),
    "fill_list": Desk(REPORTER, "/desk/fill/"),
    "fill_form": Desk(EDITOR, "/desk/fill/{form}/"),
    "project_facts": Desk(EDITOR, "/desk/projects/new/"),
    "hiding_list": Desk(REVIEWER, "/desk/hiding/"),
    "project_hiding": Desk(EDITOR, "/desk/projects/QJ-0001/hide/"),
    "duplicate_list": Desk(EDITOR, "/desk/duplicates/"),
    "duplicate_pair": Desk(EDITOR, "/desk/duplicates/QJ-0001/QJ-0002/"),
    "tip_list": Desk(REVIEWER, "/desk/tips/"),
    "tip_page": Desk(REVIEWER, "/desk/tips/{tip}/"),
    "desk_search": Desk(REVIEWER, "/desk/search/?q=QJ"),
    "notices": Desk(REPORTER, "/desk/notices/"),
    "my_account": Desk(REPORTER, "/accounts/"),
    "account_change_password": Desk(REPORTER, "/accounts/password/"),
    "mfa_activate_totp": Desk(REVIEWER, "/accounts/second-factor/"),
}


def places(seats: Seats) -> dict[str, str]:
    """What stands for the words in braces, found on the pages themselves."""
    official, reviewer = (seats.page(name, WIDE) for name in (REPORTER, REVIEWER))
    official.goto("/desk/")
    found = {
        name: _first(official, f"a:text-is('{words}')", "/desk/reports/")
        for name, words in {"due": "填报", "returned": "修改", "draft": "继续填写"}.items()
    }
    official.goto("/desk/reports/")
    found["published"] = _first(official, ".waiting > li:has-text('公布') .actions a", "/desk/reports/")
    reviewer.goto("/desk/review/")
    found["handed_in"] = _first(reviewer, "article:has(.notice, .doubts) h2 a", "/desk/review/")
    found["paper"] = reviewer.locator("[name=chosen]").first.get_attribute("value")
    reviewer.goto("/desk/problems/?show=all")
    found["problem"] = _first(reviewer, "main a[href*='/desk/problems/']:not([href*='?'])", "/desk/problems/")
    _tell(official)
    reviewer.goto("/desk/tips/")
    found["tip"] = _first(reviewer, "main a[href*='/desk/tips/']:not([href*='?'])", "/desk/tips/")
    found["file"] = take_in(seats.page(EDITOR, WIDE))
    found["file_reading"] = _broken_reading(seats.site.folder)
    found["form"] = _take_in_form(seats.page(EDITOR, WIDE))
    return found | {"month": found["due"].split("/")[0]}


def take_in(page: Page) -> str:
    """A unit's sheet with a word that nobody knows; gives the number of its draft."""
    page.goto("/desk/imports/")
    page.set_input_files("[name=file]", {"name": "二月.xlsx", "mimeType": "", "buffer": workbook(SHEET)})
    page.fill("[name=sender]", "某局")
    page.click("button:text-is('读取文件')")
    page.wait_for_url("**/columns/")
    return page.url.split("/")[-3]


def _broken_reading(folder: Path) -> str:
    """As of a server that died in the middle, years ago."""
    row = """
        INSERT INTO projects_filereading (digest, file_name, sender, started_at, faults, entered_by_id)
        SELECT '1f', '大表.xlsx', '', '2020-01-01 00:00:00', '[]', id FROM projects_user WHERE username = ?
    """
    with closing(sqlite3.connect(folder / "tracker.sqlite3", timeout=30)) as database, database:
        return str(database.execute(row, [EDITOR]).lastrowid)


def _take_in_form(page: Page) -> str:
    """A superior's blank form, its columns confirmed; gives its number."""
    blank = workbook([["序号", "项目名称", "总投资（万元）", "联系电话"], [], ["合计"]])
    page.goto("/desk/fill/")
    page.set_input_files("[name=file]", {"name": "统计表.xlsx", "mimeType": "", "buffer": blank})
    page.fill("[name=sender]", "市里")
    page.click("button:text-is('读取表格')")
    page.click("button:text-is('确认各列')")
    page.wait_for_selector("text=下载填好的表")
    return page.url.split("/")[-2]


def _tell(page: Page) -> None:
    """As somebody outside would, who takes more than three seconds."""
    page.goto("/tell/")
    page.fill("[name=text]", "开工日期写错了")
    page.wait_for_timeout(4_000)
    page.click("form.tell button")


def _first(page: Page, selector: str, start: str) -> str:
    path = page.locator(selector).first.get_attribute("href")
    return path.partition("?")[0].removeprefix(start).strip("/")
