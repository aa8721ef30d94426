"""The report form with its script: the server reads as one types, and no reload loses what was typed."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser import checks
from tests.browser.desks import COLLEAGUE, EDITOR, REPORTER, sign_in

pytestmark = pytest.mark.browser

WORDS = "下月安装设备，完成厂区道路。"
WIDTH = 360
NEXT, PROGRESS, LAST = "#id_next_steps", "#id_progress", "#id_pause_note"


@pytest.fixture
def form(seats) -> Iterator[Page]:
    """A report that was begun, on a phone; as it was before, afterwards."""
    page = opened(seats.page(REPORTER, WIDTH))
    before = {field: page.input_value(field) for field in (NEXT, PROGRESS)}
    yield page
    page.unroute_all()
    page.on("dialog", accept)
    opened(page)
    for field, text in before.items():
        page.fill(field, text)
    save(page)
    page.goto("/en/desk/")
    page.remove_listener("dialog", accept)


def accept(dialog: Dialog) -> None:
    dialog.accept()


def opened(page: Page) -> Page:
    page.goto("/en/desk/")
    page.evaluate("localStorage.clear()")
    page.get_by_role("link", name="Go on", exact=True).first.click()
    expect(page.locator("form[data-report]")).to_be_visible()
    return page


def save(page: Page) -> None:
    page.get_by_role("button", name="Save draft").first.click()
    expect(page.locator(".messages")).to_contain_text("The draft is saved.")


def kept(page: Page) -> list[str]:
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('desk:'))")


def leave(page: Page, url: str) -> None:
    """Go, though the browser asks about what is not saved."""
    with page.expect_event("dialog") as asked:
        page.once("dialog", accept)
        page.goto(url)
    assert asked.value.type == "beforeunload"


def test_what_was_typed_is_offered_again_and_brought_back(form):
    here, before = form.url, form.input_value(NEXT)
    form.fill(NEXT, WORDS)
    form.select_option("#id_stage", "completed")
    leave(form, "/en/desk/")
    form.goto(here)
    box = form.locator("[data-restore]")
    expect(box).to_contain_text("Typed on this device at")
    expect(form.locator(NEXT)).to_have_value(before)
    box.get_by_role("button", name="Bring back").click()
    expect(form.locator(NEXT)).to_have_value(WORDS)
    expect(form.locator("#id_stage")).to_have_value("completed")
    expect(box).to_be_hidden()


def test_what_is_typed_beside_an_offer_is_the_next_offer(form):
    here = form.url
    form.fill(NEXT, WORDS)
    leave(form, here)
    form.fill(NEXT, "另一段文字")
    leave(form, here)
    form.get_by_role("button", name="Bring back").click()
    expect(form.locator(NEXT)).to_have_value("另一段文字")
    leave(form, here)
    form.get_by_role("button", name="Discard").click()
    assert kept(form) == []


def test_once_it_is_saved_the_device_forgets_it(form):
    """Though the form then says it in other words."""
    form.fill(NEXT, WORDS)
    form.fill(PROGRESS, "37.50%")
    assert len(kept(form)) == 1
    save(form)
    expect(form.locator(NEXT)).to_have_value(WORDS)
    expect(form.locator(PROGRESS)).to_have_value("37.5")
    expect(form.locator("[data-restore]")).to_be_hidden()
    assert kept(form) == []


def test_a_long_box_counts_what_was_typed_and_cuts_nothing_off(form):
    count = form.locator(f"{NEXT} + .count")
    form.fill(NEXT, "字" * 500)
    expect(count).to_have_text("500 / 500")
    expect(count).not_to_have_class(re.compile("over"))
    form.fill(NEXT, "字" * 501)
    expect(count).to_have_text("501 / 500")
    expect(count).to_have_class(re.compile("over"))
    assert len(form.input_value(NEXT)) == 501


def test_a_server_that_is_gone_takes_nothing_along(form):
    here, before = form.url, form.input_value(NEXT)
    form.fill(NEXT, WORDS)
    form.route("**/desk/reports/**", lambda route: route.abort())
    form.get_by_role("button", name="Save draft").first.click()
    form.wait_for_timeout(300)
    form.unroute_all()
    form.goto(here)
    expect(form.locator(NEXT)).to_have_value(before)
    form.get_by_role("button", name="Bring back").click()
    expect(form.locator(NEXT)).to_have_value(WORDS)


def test_what_the_server_understands_stands_beside_the_box_after_a_rest(form):
    asked = []
    form.on("request", lambda request: asked.append(request.url) if "/desk/reading/" in request.url else None)
    amount, date = (form.locator(f"[data-reading='{name}']") for name in ("to_date", "pause_resumes"))
    form.select_option("#id_condition", "paused")
    form.select_option("#id_to_date_unit", "wan")
    form.locator("#id_to_date").press_sequentially("100,025.5", delay=20)
    expect(amount).to_contain_text("CNY 1.000255 billion")
    assert len(asked) == 1, "once it rests, and not at every key"
    form.fill("#id_to_date", "很多")
    expect(amount).to_have_text("")
    expect(amount).to_have_class("difference fault")
    expect(amount).to_contain_text("cannot be read as a sum of money")
    form.fill("#id_pause_resumes", "明年三季度")
    expect(date).to_have_text(re.compile(r"^Q3 20\d\d$"))
    expect(amount).to_contain_text("cannot be read")


def test_names_alike_and_what_is_understood_stand_beside_the_boxes_of_a_project(seats):
    page = seats.page(EDITOR, WIDTH)
    page.goto("/en/desk/projects/new/")
    page.fill("#id_name", "藻渡水库二期")
    alike = page.locator("[data-reading=name]")
    expect(alike.get_by_role("link")).to_have_attribute("href", "/en/desk/projects/QJ-0116/facts/")
    page.fill("#id_total_investment", "5600")
    page.fill("#id_source", "2024-autumn")
    page.fill("#id_date_completed", "明年底")
    expect(page.locator("[data-reading=total_investment]")).to_have_text("CNY 56.00 million")
    expect(page.locator("[data-reading=date_completed]")).to_contain_text("2025")
    page.fill("#id_name", "永新梨园")
    expect(alike).to_have_text("")
    page.on("dialog", accept)
    page.goto("/en/desk/")
    page.remove_listener("dialog", accept)


def test_without_an_answer_nothing_is_said_and_all_goes_on(form):
    shown = form.locator("[data-reading='progress']")
    form.route("**/desk/reading/**", lambda route: route.abort())
    form.fill(PROGRESS, "41%")
    expect(shown).to_have_text("")
    form.wait_for_timeout(500)
    expect(shown).to_have_text("")
    save(form)
    expect(shown).to_contain_text("41%")


def test_choosing_a_pause_opens_what_a_pause_asks(form):
    form.select_option("#id_condition", "active")
    form.reload()
    expect(form.locator(LAST)).to_be_hidden()
    form.select_option("#id_condition", "paused")
    expect(form.locator(LAST)).to_be_visible()


def test_with_the_keyboard_alone_a_draft_is_typed_and_enter_only_saves_it(form):
    here = form.url
    checks.tab_to(form, lambda stop: stop["name"] == "textarea", most=60)
    checks.tab_to(form, lambda stop: stop["name"] == "textarea", most=5)
    form.keyboard.press("Control+A")
    form.keyboard.type(WORDS)
    for _ in range(6):
        form.keyboard.press("Shift+Tab")
        if form.evaluate("document.activeElement.id") == "id_progress":
            break
    form.keyboard.press("Enter")
    expect(form.locator(".messages")).to_contain_text("The draft is saved.")
    assert form.url == here
    expect(form.locator(NEXT)).to_have_value(WORDS)


@pytest.fixture
def left(browser, desk_site) -> Iterator[Page]:
    """A browser of its own in which somebody typed and did not save."""
    context = browser.new_context(base_url=desk_site.origin)
    page = context.new_page()
    sign_in(page, desk_site.origin, REPORTER, desk_site.passwords[REPORTER])
    opened(page).fill(NEXT, WORDS)
    assert len(kept(page)) == 1
    page.on("dialog", accept)
    yield page
    context.close()


def sign_out(page: Page) -> None:
    page.locator("form[action$='/logout/'] button").first.click()
    page.wait_for_url(re.compile("login"))


@pytest.mark.promise(
    "What was typed on a shared computer is gone with signing out, and before anybody else is at the desk",
    control="test_control_without_the_script_it_would_stay",
)
@pytest.mark.parametrize("where", ["/en/desk/", "/en/accounts/"])
def test_signing_out_forgets_what_was_typed(left, where, figure):
    if where != "/en/desk/":
        left.goto(where)
    assert kept(left)
    sign_out(left)
    assert kept(left) == []
    figure("from the desk and from the account; another person's sign-in; 12 hours later")


def test_control_without_the_script_it_would_stay(left):
    left.route("**/desk*.js", lambda route: route.abort())
    left.goto("/en/desk/")
    sign_out(left)
    assert len(kept(left)) == 1


def test_an_ended_session_leaves_it_to_the_same_person_alone(left, desk_site):
    """Without signing out: the cookie is gone, as after half an hour."""
    left.context.clear_cookies()
    sign_in(left, desk_site.origin, REPORTER, desk_site.passwords[REPORTER])
    assert len(kept(left)) == 1
    left.context.clear_cookies()
    sign_in(left, desk_site.origin, COLLEAGUE, desk_site.passwords[COLLEAGUE])
    left.goto("/en/desk/")
    assert kept(left) == []


def test_what_is_older_than_a_session_is_forgotten(left):
    left.evaluate(
        """() => { for (const key of Object.keys(localStorage)) {
            const entry = JSON.parse(localStorage.getItem(key));
            localStorage.setItem(key, JSON.stringify({ ...entry, at: entry.at - 12 * 3600 * 1000 - 1 }));
        } }"""
    )
    left.goto("/en/desk/")
    assert kept(left) == []
