"""A whole month at the desk, in Chinese: opened, reported on a phone, returned, put right, approved, public.

What officials must press and fill in is counted: it is what a report costs them.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pytest import TempPathFactory

from tests.browser.desks import sign_in
from tests.reports.photo_files import jpeg
from tests.starting import ROOT, SETTINGS, serving

pytestmark = pytest.mark.browser

PASSWORD = "a-long-enough-word-27"  # noqa: S105 (of this test alone)
# Two people with a password each, and made-up units for the projects of the fixtures.
PEOPLE = """
import django; django.setup()
from django.contrib.auth.models import Group
from django.utils import timezone
from projects.management import demonstration
from projects.models import User
demonstration.give_units(at=timezone.now())
unit = demonstration.unit("demo-transport")
for name, role in (("official", "Reporter"), ("reviewer", "Reviewer")):
    of = unit if role == "Reporter" else None
    user = User.objects.create_user(name, password={password!r}, department=of)
    user.groups.add(Group.objects.get(name=role))
"""
WORKS = "隧道贯通，路面铺装过半"
NOTE = "请补充路面铺装的长度"
PUT_RIGHT = "隧道贯通，路面铺装完成一半以上（约三公里）"
# What a report may cost: presses and fields. A field is five seconds of typing at most, a press two.
MOST_FOR_ONE = 12
MOST_FOR_TEN = 3


class Hands:
    """Somebody at a browser: presses and fields are counted."""

    def __init__(self, page: Page, name: str, origin: str):
        self.page, self.presses, self.fields = page, 0, 0
        sign_in(page, origin, name, PASSWORD)

    def press(self, selector: str, words: str = "") -> None:
        self.presses += 1
        self.page.locator(selector, has_text=words or None).first.click()
        self.page.wait_for_load_state()

    def fill(self, selector: str, value: str) -> None:
        self.fields += 1
        field = self.page.locator(selector).first
        if field.evaluate("one => one.localName") == "select":
            field.select_option(value)
        else:
            field.fill(value)

    def begin(self) -> None:
        self.presses = self.fields = 0

    @property
    def cost(self) -> int:
        return self.presses + self.fields

    def words(self) -> str:
        return self.page.locator("main").inner_text()


@pytest.fixture(scope="module")
def office(chromium: str, first_start: Path, tmp_path_factory: TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The application with the fixtures, two people, and no round yet."""
    folder = tmp_path_factory.mktemp("office")
    shutil.copytree(first_start, folder, dirs_exist_ok=True)
    with serving(folder) as (origin, _said):
        program = [sys.executable, "-c", PEOPLE.format(password=PASSWORD)]
        settings = {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "tracker.settings"}
        subprocess.run(program, cwd=ROOT, env=os.environ | SETTINGS | settings, check=True)  # noqa: S603
        yield origin, folder


@pytest.fixture(scope="module")
def reviewer(browser: Browser, office) -> Iterator[Hands]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, base_url=office[0])
    yield Hands(context.new_page(), "reviewer", office[0])
    context.close()


@pytest.fixture(scope="module")
def official(browser: Browser, office) -> Iterator[Hands]:
    """On a phone."""
    size = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
    context = browser.new_context(base_url=office[0], **size)
    yield Hands(context.new_page(), "official", office[0])
    context.close()


def test_a_month(reviewer: Hands, official: Hands, office, tmp_path):
    today = date.today()  # noqa: DTZ011 (of the machine, as the application's)
    month = f"{today:%Y-%m}"
    open_round(reviewer, month, today)
    path = report_one(official, tmp_path)
    report_the_others(official)
    return_it(reviewer, path)
    put_it_right(official, path)
    approve_all(reviewer)
    is_public(reviewer.page, path)
    close_it(reviewer, month)


def open_round(reviewer: Hands, month: str, today: date) -> None:
    assert reviewer.page.url.endswith("/desk/"), "who reviews lands at the desk"
    reviewer.press("nav a", "填报轮次")
    reviewer.fill("[name=month]", month)
    reviewer.fill("[name=opens_on]", f"{month}-01")
    reviewer.fill("[name=closes_on]", f"{today + timedelta(days=20)}")
    reviewer.press("#open button")
    assert "填报中" in reviewer.words()


def report_one(official: Hands, tmp_path: Path) -> str:
    """One on which much changed: a stage further, an amount, works, a photo."""
    official.page.goto("/desk/")
    due = official.page.locator("main a:text-is('填报')").count()
    assert due >= 9
    official.begin()
    official.press("main a:text-is('填报')")
    path = official.page.url
    stage = official.page.locator("[name=stage]").input_value()
    further = {"signed": "preparing", "preparing": "building", "building": "completed"}.get(
        stage, "operating"
    )
    official.fill("[name=stage]", further)
    official.fill("[name=to_date]", "1.2")
    official.fill("[name=to_date_unit]", "yi")
    official.fill("[name=works]", WORKS)
    picture = tmp_path / "site.jpg"
    picture.write_bytes(jpeg())
    official.page.set_input_files("[name=files]", picture)
    official.fields += 1
    official.press("main button:text-is('提交')")
    explain(official)
    assert "已提交" in official.words()
    assert official.cost <= MOST_FOR_ONE, f"{official.presses} presses and {official.fields} fields"
    return path


def explain(official: Hands) -> None:
    """What is unusual is asked once, all together, each with its own field."""
    reasons = official.page.locator("input[name^=confirm-]")
    for number in range(reasons.count()):
        reasons.nth(number).fill("竣工结算尚未办理")
        official.fields += 1
    if reasons.count():
        official.press("main button:text-is('提交')")


def report_the_others(official: Hands) -> None:
    official.page.goto("/desk/")
    rest = official.page.locator("main a:text-is('填报')").count()
    assert rest >= 8
    official.begin()
    official.press("main button", f"全部 {rest} 个项目无变化")
    assert official.cost <= MOST_FOR_TEN, official.cost
    (left,) = official.page.locator("main a:text-is('填报')").all()
    assert "在建的项目至少填一项" in official.words(), "of one nothing stands that did not change"
    left.click()
    official.presses += 1
    official.fill("[name=works]", WORKS)
    official.press("main button:text-is('提交')")
    assert official.cost <= MOST_FOR_TEN + 1, official.cost
    official.page.goto("/desk/")
    assert official.page.locator("main a:text-is('填报')").count() == 0


def return_it(reviewer: Hands, path: str) -> None:
    reviewer.press("nav a", "审核")
    code = path.rstrip("/").split("/")[-1]
    entry = f"article:has(small:has-text('{code}'))"
    assert WORKS in reviewer.page.locator(entry).inner_text()
    reviewer.press(f"{entry} summary", "退回")
    reviewer.fill(f"{entry} [name=note]", NOTE)
    reviewer.press(f"{entry} button:text-is('退回')")
    assert "/desk/review/" in reviewer.page.url


def put_it_right(official: Hands, path: str) -> None:
    official.page.goto("/desk/")
    assert NOTE in official.words()
    official.begin()
    official.press("main a:text-is('修改')")
    assert official.page.url == path and official.page.locator("[name=works]").input_value() == WORKS
    official.fill("[name=works]", PUT_RIGHT)
    official.press("main button:text-is('提交')")
    explain(official)
    assert "已提交" in official.words()
    assert official.cost <= 4


def approve_all(reviewer: Hands) -> None:
    """Nine at once, the last alone; the page is never left."""
    reviewer.page.goto("/desk/review/")
    reviewer.press("main button", "无疑问")
    assert "/desk/review/together/" in reviewer.page.url and "将公开" in reviewer.words()
    reviewer.press("main button", "通过并公开")
    assert re.search(r"/desk/review/(#|$|\?)", reviewer.page.url)
    rest = reviewer.page.locator("article").count()
    for _number in range(rest):
        reviewer.press("article button", "通过并公开")
        assert re.search(r"/desk/review/(#|$|\?)", reviewer.page.url)
    assert reviewer.page.locator("article").count() == 0 and "没有" in reviewer.words()


def is_public(page: Page, path: str) -> None:
    """The next request of anybody sees it: the page with its photo, the downloads."""
    code = path.rstrip("/").split("/")[-1]
    rows = page.request.get("/data/projects.json").json()["projects"]
    row = next(one for one in rows if one["code"] == code)
    assert row["invested_to_date"] == 120_000_000
    page.goto(f"/projects/{row['slug']}/")
    assert PUT_RIGHT in page.locator("main").inner_text()
    photo = page.locator("main img[src*='/attachments/']").first
    assert page.request.get(photo.get_attribute("src")).headers["content-type"] == "image/jpeg"
    assert PUT_RIGHT in page.request.get("/data/claims.csv").text()


def close_it(reviewer: Hands, month: str) -> None:
    reviewer.page.goto(f"/desk/rounds/{month}/")
    if reviewer.page.locator("[name=sure]").count():
        reviewer.press("[name=sure]")
    reviewer.press("main button", "结束本轮填报")
    assert "已结束" in reviewer.words()
