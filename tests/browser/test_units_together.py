"""The unit of many projects at once, as an editor does it; last, as it changes what others find."""

import pytest
from playwright.sync_api import Locator, Page

from tests.browser import checks
from tests.browser.desks import EDITOR, WIDE

pytestmark = pytest.mark.browser

UNIT = "select[name=action] optgroup:first-of-type option"
NINE = 9


class Clicks:
    """A page that counts the clicks that it was given; choosing from a list is one."""

    def __init__(self, page: Page):
        self.page, self.count = page, 0

    def click(self, target: Locator) -> None:
        target.click()
        self.count += 1

    def choose(self, target: Locator, value: str) -> None:
        target.select_option(value)
        self.count += 1


def test_the_unit_of_nine_projects_is_set_in_five_clicks(seats):
    office = seats.page(EDITOR, WIDE)
    hands = Clicks(office)
    office.goto("/desk/")
    hands.click(office.locator("main a[href*='doubt=no_unit']"))
    rows = office.locator("#result_list tbody tr")
    rows.first.wait_for()
    assert rows.count() >= NINE, "of the demonstration"
    before = rows.count()
    hands.click(office.locator("#action-toggle"))
    hands.choose(office.locator("select[name=action]"), office.locator(UNIT).last.get_attribute("value"))
    hands.click(office.locator(".actions button"))
    office.locator("[name=why]").wait_for()
    assert office.locator("tbody s").count() == before, "what was and what will be is shown first"
    assert checks.axe(office) == []
    assert office.evaluate("document.documentElement.scrollWidth") <= 1280
    office.keyboard.type("三定方案")
    hands.click(office.locator("input[type=submit].default"))
    office.wait_for_url("**/admin/projects/project/?doubt=no_unit")
    assert hands.count <= 5
    assert str(before) in office.locator(".messagelist .success").inner_text()
