"""What changed in the site and its rules: dated, the newest first, reached from how to read it."""

from itertools import pairwise

import pytest

from projects.public.site_changes import CHANGES
from tests.public.reading import read
from tests.public.test_about import HOUSE_WORDS

pytestmark = pytest.mark.django_db


def test_the_newest_is_first_and_no_day_stands_twice():
    assert all(newer.on > older.on for newer, older in pairwise(CHANGES))


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_each_day_has_its_place_its_reason_and_its_points(client, prefix):
    page = read(client, f"{prefix}/about/changes/")
    assert [one.given["datetime"] for one in page.all("time")] == [one.on.isoformat() for one in CHANGES]
    assert {one.on.isoformat() for one in CHANGES} <= page.ids
    assert len(page.all("li")) >= sum(len(one.points) for one in CHANGES)


@pytest.mark.parametrize(
    "words", ["2026年11月28日", "判定和阶段", "5至10年", "推定的说法不再", "待定", "基本建成", "最近一次"]
)
def test_the_first_entry_says_what_is_read_differently(client, words):
    assert words in read(client, "/about/changes/").one("section", id="2026-11-28").text


def test_in_a_residents_words(client):
    assert not [word for word in HOUSE_WORDS if word in read(client, "/about/changes/").main]


def test_the_page_on_how_to_read_leads_to_it(client):
    assert "/about/changes/" in [link.href for link in read(client, "/about/").links]
