"""How an inferred value is worded, and that a Chinese note says that it is one; each value: `test_values`."""

from decimal import Decimal

import pytest

from projects.choices import Basis, Topic
from projects.core import fuzzy_dates
from projects.core.statements import Number
from tests import cast
from tests.public.portfolio import settle, yi
from tests.public.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def inferred(made) -> None:
    """A value of each kind that is our reading, each with a qualifier where it can have one."""
    read_as = {"basis": Basis.INFERRED.value, "source": made.notice, "note": "读作"}
    date = fuzzy_dates.parse
    cast.published(made.plant, Topic.TOTAL_INVESTMENT, yi(3), qualifier="about", **read_as)
    cast.published(made.plant, Topic.CAPACITY, Number(Decimal(9), "个"), measure="water", **read_as)
    cast.published(made.plant, Topic.ACTUAL, date("2025-01"), measure="started", as_of="2025-01", **read_as)
    said = {"measure": "full_capacity", "qualifier": "expected"}
    cast.published(made.plant, Topic.PROMISED, date("2025-06"), **said, **read_as)
    later = {"measure": "operating", "scope": "二期"}
    cast.published(made.plant, Topic.PROMISED, date("2027"), **later, **read_as)
    cast.published(made.plant, Topic.WORKS, "厂房", **read_as)
    settle()


def test_what_was_promised_by_our_reading_says_so_on_the_overview(client, inferred):
    (line,) = [one.text for one in read(client, "/en/").all("li") if "due " in one.text]
    assert "expected June 2025 inferred" in line


def test_a_qualifier_stays_beside_its_value(client, inferred):
    page = read(client, "/en/projects/plant/")
    assert [one.text for one in page.all("span", "amount")][1] == "about CNY 300 million inferred"
    assert "expected June 2025" in page.main


def notes_unmarked(client, path: str) -> int:
    said = read(client, path).main
    assert "读作" in said, path
    return said.count("读作") - said.count("读作 (in Chinese)")


def test_a_note_in_chinese_says_so_on_an_english_page(client, inferred):
    for path in ("/en/projects/plant/", "/en/projects/plant/history/", "/en/sources/notice/"):
        assert notes_unmarked(client, path) == 0, path
    assert "(in Chinese)" not in read(client, "/projects/plant/").main


def test_works_in_chinese_say_so_on_an_english_page(client, inferred):
    page = read(client, "/en/projects/plant/")
    assert "Details (in Chinese)" in [one.text for one in page.all("dt")]
    for path in ("/en/projects/plant/", "/en/projects/plant/history/", "/en/sources/notice/"):
        said = [
            one.text for one in read(client, path).elements if one.tag in ("td", "p") and "厂房" in one.text
        ]
        assert said and all("厂房 (in Chinese)" in one for one in said), path


def test_control_a_note_without_it_is_found(client, inferred, settings, tmp_path):
    path = "public/parts/chinese_note.html"
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text("{{ text }}")
    settings.TEMPLATES = [one | {"DIRS": [tmp_path, *one["DIRS"]]} for one in settings.TEMPLATES]
    assert notes_unmarked(client, "/en/projects/plant/") > 0
