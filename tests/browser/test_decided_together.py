"""Claims decided on together, and facts set together, on an office screen and on a phone: no barrier."""

import pytest
from playwright.sync_api import Page

from tests.browser import checks
from tests.browser.desks import EDITOR, REVIEWER, WIDE, Seats

pytestmark = pytest.mark.browser

NARROW = 360


ADD = """([name, value]) => {
  const list = document.querySelector(`select[name=${name}]`);
  list.append(new Option(value, value, true, true));
}"""


@pytest.fixture(scope="module")
def waiting(seats: Seats) -> None:
    """A claim that an editor entered."""
    office = seats.page(EDITOR, WIDE)
    keys = {name: _first_key(office, name) for name in ("project", "source")}
    office.goto("/admin/projects/claim/add/")
    for name, key in keys.items():
        office.evaluate(ADD, [name, key])
    office.select_option("[name=topic]", "works")
    office.fill("[name=scope]", "南段")
    office.fill("[name=value]", "正在平场")
    office.locator("[name=_save]").first.click()
    office.locator(".messagelist .success, .errorlist").first.wait_for()
    assert office.locator(".errorlist").all_inner_texts() == []


def _first_key(office: Page, name: str) -> str:
    office.goto(f"/admin/projects/{name}/")
    return office.locator("#result_list tbody th a").first.get_attribute("href").split("/")[-3]


def fits(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_deciding_together(width, seats, waiting):
    page = seats.page(REVIEWER, width)
    page.goto("/admin/projects/claim/?state=pending")
    page.locator("input.action-select").first.check()
    page.locator(".actions button").click()
    page.locator("[name=approve]").wait_for()
    assert page.locator("[name=ref]").count() == 1 and page.locator("td strong").count() == 1
    assert checks.axe(page) == [] and fits(page)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_setting_together(width, seats):
    page = seats.page(EDITOR, width)
    page.goto("/admin/projects/project/")
    page.locator("input.action-select").first.check()
    page.locator("select[name=action]").select_option("kind:digital")
    page.locator(".actions button").click()
    page.locator("[name=why]").wait_for()
    assert checks.axe(page) == [] and fits(page)
