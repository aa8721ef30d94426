"""Every page of the desk and of accounts, in both languages, wide and narrow, light and dark."""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.urls import URLPattern, resolve

from projects import urls
from tests.browser import checks
from tests.browser.desks import DESKS, NAMES, REPORTER, WIDE, Seats, places
from tests.browser.places import LANGUAGES, SCHEMES, SIZES

pytestmark = pytest.mark.browser

SCREENSHOTS = Path(__file__).resolve().parents[2] / "screenshots"
# What is only sent to; what one sees after a password alone, or with a second factor: tests/accounts.
NO_PAGES = {
    "reading",
    "facts_reading",
    "report_unchanged",
    "reports_together",
    "report_withdraw",
    "desk_attachment",
    "report_book_xlsx",
    "round_xlsx",
    "round_docx",
    "import_blank",
    "import_record",
    "import_red",
    "fill_file",
    "end_sessions",
}
ELSEWHERE = {"account_logout", "account_reauthenticate", "reset_password", "account_login"}


@pytest.fixture(scope="module")
def found(seats: Seats) -> dict[str, str]:
    return places(seats)


def test_no_page_is_left_out(found):
    pages = {one.name for one in (*urls.DESK, *urls.ACCOUNTS) if isinstance(one, URLPattern)}
    shown = {resolve(urlsplit(one.path.format(**found)).path).url_name for one in DESKS.values()}
    left = {name for name in pages - shown - NO_PAGES - ELSEWHERE if not name.startswith("mfa_")}
    assert left == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", DESKS)
def test_a_desk_in_all_its_forms(name, language, seats, found, examined):
    desk, faults = DESKS[name], {}
    pages = {width: seats.page(desk.who, width) for width in SIZES}
    for width, page in pages.items():
        answer = page.goto(LANGUAGES[language] + desk.path.format(**found))
        faults[width] = checks.layout(page) + [f"answered {answer.status}"] * (answer.status != 200)
    faults["in any form"] = checks.language(page, NAMES)
    for scheme in SCHEMES:
        for width, page in pages.items():
            page.emulate_media(color_scheme=scheme)
            checks.begin_axe(page, scheme, examined, checks.WIDTHS[language] == width)
        for width, page in pages.items():
            faults[width, scheme] = checks.end_axe(page)
            if os.environ.get("SCREENSHOTS"):
                page.screenshot(path=SCREENSHOTS / f"{name}-{language}-{width}-{scheme}.png", full_page=True)
    checks.hold(faults)


def test_a_sign_off_sheet_is_black_on_white_a4_without_the_frame(seats, found):
    page = seats.page(REPORTER, WIDE)
    page.goto(DESKS["signoff"].path.format(**found))
    page.emulate_media(media="print", color_scheme="dark")
    faults = checks.shown(page, ["h1", ".signoff thead", ".signatures"], [".masthead", "footer", ".crumbs"])
    style = "getComputedStyle(document.querySelector('.signoff'))"
    colours = page.evaluate(f"[{style}.color, {style}.backgroundColor]")
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)", page.pdf(prefer_css_page_size=True))
    page.emulate_media(media="screen", color_scheme="light")
    assert faults == [] and colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    assert {tuple(round(float(one) / 72 * 25.4) for one in box) for box in boxes} == {(297, 210)}
