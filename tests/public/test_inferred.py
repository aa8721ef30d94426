"""Wherever what was read into a source is shown, it says so beside it: a walk over the pages."""

from decimal import Decimal

import pytest

from projects.choices import Basis, Topic
from projects.core import fuzzy_dates
from projects.core.money import Money
from projects.core.statements import Number
from tests import cast
from tests.public.portfolio import settle
from tests.public.reading import Element, Page, read, zh

pytestmark = pytest.mark.django_db

# Values that stand nowhere else, as the pages print them.
PRINTED = ("2023年7月", "2025年8月", "2024年11月", "23.45 亿元", "6.78 亿元", "9.87 亿立方米", "4,321 个")
PAGES = (
    *("/projects/?counted=all", "/projects/?q=会展", "/promises/", "/promises/?sort=name", "/timeline/"),
    *("/", "/projects/park/", "/projects/centre/", "/projects/park/board/", "/places/area/"),
    *("/compare/?from=2024-01-01&to=2025-06-30&counted=all", "/timeline/?kind=logistics", "/about/"),
    *("/statistics/", "/sources/paper/", "/projects/centre/history/", "/projects/park/history/"),
)
LINES = {"td", "th", "li", "p", "text", "g", "tr"}  # beside it: within the same of these


@pytest.fixture
def read_into(made):
    """Inferred values of every kind, of two records and of the district."""
    said = {"basis": Basis.INFERRED, "note": "读作", "source": made.paper, "section": made.first}
    yi = 10**8
    of = made.logistics
    promise = {"measure": "operating", **said}
    cast.published(of, Topic.PROMISED, fuzzy_dates.parse("2023-07"), ref="i-first", as_of="2022", **promise)
    moved = {"as_of": "2024", "known_on": "2024-12-31"} | promise
    cast.published(of, Topic.PROMISED, fuzzy_dates.parse("2025-08"), ref="i-moved", **moved)
    happened = {"measure": "started", "as_of": "2024-11", "known_on": "2024-12-31", **said}
    cast.published(of, Topic.ACTUAL, fuzzy_dates.parse("2024-11"), ref="i-began", **happened)
    cast.published(of, Topic.TOTAL_INVESTMENT, Money(2345 * yi // 100, "yi", 2), ref="i-total", **said)
    water = Number(Decimal("9.87"), "亿立方米")
    cast.published(of, Topic.CAPACITY, water, ref="i-water", measure="water", **said)
    agreed = Money(678 * yi // 100, "yi", 2)
    cast.published(made.centre, Topic.AGREED_INVESTMENT, agreed, ref="i-agreed", **said)
    cast.statistic(Number(Decimal(4321), "个"), ref="i-figure", subject=cast.indicator("i"), **said)
    settle()
    return made


def unsaid(page: Page) -> list[str]:
    """The values that stand in a line that does not say that they are inferred."""
    mark, found = zh("inferred"), []
    days = {zh(words) for words in ("As of", "True as of", "Known on")}  # of what is said, not what is said
    for one in page.elements:
        for value in (value for value in PRINTED if value in one.text):
            is_innermost = not any(value in other.text for other in page.elements if other.within is one)
            line = line_of(one)
            if is_innermost and line.given.get("data-label") not in days and mark not in line.text:
                found.append(value)
    return found


def line_of(one: Element) -> Element:
    """The nearest around it that is a line, or marked itself."""
    while one.tag not in LINES and "data-basis" not in one.given and one.within is not None:
        one = one.within
    return one


def test_every_inferred_value_says_that_it_is(client, read_into):
    seen: set[str] = set()
    for path in PAGES:
        page = read(client, path)
        assert page.status == 200
        assert unsaid(page) == [], path
        seen |= {value for value in PRINTED if value in page.main}
    assert seen == set(PRINTED)


def test_control_a_value_without_its_word_is_found(client, read_into):
    page = read(client, "/promises/")
    for one in page.elements:
        one.words = ["".join(one.words).replace(zh("inferred"), "")]
    assert unsaid(page)
