"""The month's table with its script: cells copied from a workbook fill the boxes, and nothing else."""

import pytest
from playwright.sync_api import Page

from tests.browser.desks import REPORTER, WIDE

pytestmark = pytest.mark.browser
PASTE = """text => {
  const given = new DataTransfer();
  given.setData("text/plain", text);
  const told = {clipboardData: given, bubbles: true, cancelable: true};
  return document.activeElement.dispatchEvent(new ClipboardEvent("paste", told));
}"""


@pytest.fixture
def table(seats) -> Page:
    page = seats.page(REPORTER, WIDE)
    page.goto("/desk/")
    page.locator("a[href*='/desk/table/']").first.click()
    yield page
    page.evaluate("localStorage.clear()")
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto("/desk/")


def boxes(page: Page, row: int) -> list[str]:
    found = (
        page.locator(".month-table tr:has(select)")
        .nth(row)
        .locator(".typed > :not([name$=_unit], [name$=stage_on])")
    )
    return [found.nth(number).input_value() for number in range(found.count())]


def paste(page: Page, row: int, cell: str, text: str) -> bool:
    page.locator(f".month-table tr:has(select) >> nth={row} >> [name$='-{cell}']").focus()
    return page.evaluate(PASTE, text)


def test_rows_of_a_workbook_fill_the_boxes_from_the_one_in_focus(table):
    paste(table, 0, "to_date", '1200\t35%\t"架\n""梁"""\r\n\t40\t\r\n')
    assert boxes(table, 0)[2:] == ["1200", "35%", '架\n"梁"']
    assert boxes(table, 1)[2:4] == ["", "40"]


def test_a_line_that_begins_with_a_code_goes_to_its_project(table):
    rows = table.locator(".month-table tr:has(select)")
    code = rows.nth(1).get_attribute("data-code")
    before = boxes(table, 0)
    paste(table, 0, "works", f"{code}\t在建\t100\t200\t\t吊装")
    assert boxes(table, 0) == before
    assert boxes(table, 1) == ["building", "100", "200", "", "吊装"]


def test_a_stage_that_nobody_knows_is_asked_about(table):
    paste(table, 0, "stage", "盖楼\t1")
    assert boxes(table, 0)[:2] == ["", "1"]


def test_one_cell_is_left_to_the_box(table):
    assert paste(table, 0, "works", "架梁")
