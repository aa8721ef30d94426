"""What people come for, counted in taps on a phone from the overview, in both languages."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.places import LANGUAGES, Site
from tests.starting import ROOT, SETTINGS, serving

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("language", LANGUAGES)]

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
# In the order of the languages.
HOSPITAL, BUILDING = ("医院", "hospital"), ("在建", "under construction")
LOGISTICS, INDUSTRY = ("物流", "logistics"), ("工业", "industr")


class Phone:
    """A page that counts the taps that it was given; each is where a finger could be put."""

    def __init__(self, page: Page, language: str):
        self.page, self.language, self.taps = page, language, 0
        page.set_default_timeout(10_000)
        page.goto(f"{LANGUAGES[language]}/")

    def words(self, both: tuple[str, str]) -> str:
        return both[list(LANGUAGES).index(self.language)]

    def tap(self, target: Locator) -> None:
        box = target.bounding_box()
        assert box and box["width"] >= 10 and box["height"] >= 16, f"no room for a finger: {target}"
        if (target.get_attribute("href") or "#").startswith("#"):
            target.tap()
        else:
            with self.page.expect_navigation(wait_until="load"):
                target.tap()
        self.taps += 1

    def link(self, within: str, both: tuple[str, str]) -> Locator:
        return self.page.locator(f"{within} a", has_text=self.words(both)).first

    def main(self, selector: str) -> Locator:
        return self.page.locator(f"main {selector}")


@pytest.fixture
def phone(open_window, language) -> Phone:
    return Phone(open_window(**PHONE), language)


def test_when_does_the_hospital_open(phone):
    phone.tap(phone.link(".common", HOSPITAL))
    phone.tap(phone.main("table.projects tbody th a").first)
    assert phone.taps <= 2
    assert re.search(r"2025", phone.main(".answer").inner_text())


@pytest.mark.parametrize(("kind", "is_any"), [(LOGISTICS, False), (INDUSTRY, True)])
def test_what_is_being_built_in_logistics(phone, kind, is_any):
    """Where nothing is, the choices of the stage say so."""
    phone.tap(phone.link(".kinds", kind))
    building = phone.main(".facet a[href*='stage=building']")
    assert phone.main(".facet a[href*='stage=planned']").is_visible()
    assert building.count() == is_any
    if is_any:
        phone.tap(building)
        expect(phone.main(".result strong").first).to_be_in_viewport()
        told = phone.main("table.projects td .stage").all_inner_texts()
        assert told and all(phone.words(BUILDING) in one for one in told)
    assert phone.taps <= 3


def test_what_was_promised_and_is_past(phone):
    count = phone.main(".portfolio a[data-counts=promise]").first
    number = int(count.inner_text())
    phone.tap(count)
    assert phone.taps == 1
    assert phone.main("[data-is=promise]").count() == number > 0


def between_two_year_ends(phone) -> None:
    phone.tap(phone.main("a[href*='/compare/']").last)
    phone.tap(phone.main("a.year[href*='from=2021-12-31']").first)
    phone.tap(phone.main("a.year[href*='to=2024-12-31']").last)


def test_what_happened_between_the_ends_of_two_years_and_its_download(phone):
    between_two_year_ends(phone)
    assert phone.taps <= 3 and "from=2021-12-31&to=2024-12-31" in phone.page.url
    assert phone.main("[data-is=event]").count() > 0
    with phone.page.expect_download() as download:
        phone.main("a").filter(has_text="CSV").first.tap()
    assert download.value.suggested_filename == "comparison.csv"


def test_all_that_stands_in_a_park(phone):
    phone.tap(phone.main(".kinds a[href*='/places/high-tech-zone/']"))
    assert phone.taps <= 2
    assert phone.main("[data-is=project]").count() > 2


def test_something_is_wrong(phone):
    phone.tap(phone.page.locator("footer a.wrong"))
    assert phone.taps <= 2
    expect(phone.main("form textarea").first).to_be_visible()


# The text of a document is with the fixtures of nobody: one is kept here.

REF = "2410-024"  # what the hospital's page says of its opening
SENTENCE = "江苏省人民医院重庆医院将于明年投用。"
KEEP = """
from django.utils import timezone
from projects.models import Claim, Source, SourceSection
from projects.records import documents
claim = Claim.objects.get(ref=REF)
section = SourceSection.objects.get(pk=claim.section_id)
text = "\\n".join([SENTENCE * 9] * section.paragraphs)
source = documents.keep(claim.source, text.encode(), by=None, at=timezone.now())
lines = "; ".join(str(number + 1) for number in range(section.paragraphs))
SourceSection.objects.filter(pk=section.pk).update(lines=lines)
Source.objects.filter(pk=source.pk).update(may_be_quoted=True)
"""


@pytest.fixture(scope="module")
def quoting(chromium: str, first_start: Path, tmp_path_factory) -> Iterator[Site]:
    """The site with the text of what says when the hospital opens."""
    folder = tmp_path_factory.mktemp("quoting")
    shutil.copytree(first_start, folder, dirs_exist_ok=True)
    environment = os.environ | SETTINGS | {"DATA_DIR": str(folder)}
    code = f"REF, SENTENCE = {REF!r}, {SENTENCE!r}\n{KEEP}"
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
    subprocess.run(command, check=True, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    with serving(folder) as (origin, _said):
        yield Site(origin, {})


def test_the_sentence_behind_a_figure(browser, quoting, language):
    context = browser.new_context(base_url=quoting.origin, **PHONE)
    page = context.new_page()
    page.goto(f"{LANGUAGES[language]}/projects/jiangsu-hospital-chongqing/")
    address, mark = page.url, page.locator(".answer a.fn").last
    mark.tap()
    expect(page.locator(".note:target blockquote")).to_contain_text(SENTENCE)
    expect(page.locator(".note:target blockquote")).to_be_in_viewport()
    assert page.url.partition("#")[0] == address
    context.close()
