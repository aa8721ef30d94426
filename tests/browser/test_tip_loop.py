"""The closed loop of a message from outside: told on a phone, answered, corrected, approved, shown to all."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.desks import EDITOR, REVIEWER, WIDE, DeskSite, Seats
from tests.browser.places import SIZES

pytestmark = pytest.mark.browser

PROJECT, NAME = "/projects/zaodu-reservoir/", "藻渡水库"
TOLD, ANSWER = "水库大坝已经完工，路过时看得到", "谢谢，已核实，按区情报道更正。"
PHONE = min(SIZES)


def told_by_a_reader(phone: Page) -> None:
    """By the stage's own note, with leave to show the answer; who takes more than three seconds."""
    phone.goto(PROJECT)
    assert "竣工" not in phone.locator(".answer").inner_text()
    phone.locator(".cited a:text-is('有误？')").first.click()
    phone.wait_for_url("**/tell/?ref=*")
    phone.fill("[name=text]", TOLD)
    phone.check("[name=may_be_shown]")
    phone.wait_for_timeout(4_000)
    phone.click("form.tell button")
    phone.wait_for_load_state()
    assert "已收到你的反映" in phone.locator("main").inner_text()


def answered(reviewer: Page) -> str:
    """Gives the path of its page on the desk."""
    reviewer.goto("/desk/tips/")
    reviewer.locator("main li, main tr", has_text=NAME).locator("a[href*='/desk/tips/']").first.click()
    reviewer.wait_for_load_state()
    assert TOLD in reviewer.locator("main").inner_text()
    reviewer.get_by_label("属实", exact=True).check()
    reviewer.fill("[name=answer]", ANSWER)
    reviewer.click("button:text-is('答复并办结')")
    reviewer.wait_for_load_state()
    assert "答复已公开" in reviewer.locator("main").inner_text()
    return reviewer.url.partition("#")[0]


def corrected(editor: Page, tip: str) -> None:
    """On a source of its own, with a note that says whence it was known."""
    editor.goto(tip)
    editor.click("a:text-is('录入更正')")
    editor.wait_for_url("**/admin/projects/claim/add/**")
    assert editor.input_value("[name=note]") == "据读者反映核实"
    editor.select_option("[name=code]", "completed")
    editor.locator(".field-source .select2-selection").first.click()
    editor.fill(".select2-search__field", "区情")
    editor.locator(".select2-results__option[role=option]:not(.loading-results)").first.click()
    editor.click("[name=_save]")
    editor.wait_for_url(lambda url: "/add/" not in url)


def approved(reviewer: Page) -> None:
    reviewer.goto("/desk/")
    reviewer.click("a:text-is('审核记载')")
    reviewer.wait_for_load_state()
    reviewer.locator("#result_list tbody tr", has_text=NAME).locator("a").first.click()
    reviewer.wait_for_load_state()
    reviewer.locator("#content :is(button:text-is('通过'), input[value='通过'])").first.click()
    reviewer.wait_for_load_state()


def test_a_reader_s_word_is_answered_corrected_and_shown(browser: Browser, desk_site: DeskSite, seats: Seats):
    size = {"width": PHONE, "height": SIZES[PHONE]}
    phone = browser.new_context(viewport=size, base_url=desk_site.origin).new_page()
    editor, reviewer = seats.page(EDITOR, WIDE), seats.page(REVIEWER, WIDE)
    told_by_a_reader(phone)
    tip = answered(reviewer)
    corrected(editor, tip)
    phone.goto(PROJECT)
    assert "竣工" not in phone.locator(".answer").inner_text(), "not before a second person approved"
    approved(reviewer)
    phone.goto(PROJECT)
    assert "竣工" in phone.locator(".answer").inner_text()
    assert ANSWER in phone.locator(".answers").inner_text()
    assert "据读者反映核实" in phone.content() and TOLD not in phone.content()
    phone.context.close()
