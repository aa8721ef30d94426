"""The overview: one sentence and one screen, each number leading to the rows behind it."""

import re

import pytest

from tests import cast
from tests.public.crowd import crowd
from tests.public.portfolio import settle
from tests.public.reading import read, zh

pytestmark = pytest.mark.django_db


def listed(client, href: str) -> int:
    """How many records the list says there are behind a link."""
    found = re.search(r"<strong>(\d+)</strong>", read(client, href).html)
    return int(found[1]) if found else 0


def numbers(page) -> dict[str, int]:
    """The links to the list that stand beside a number of records, or are one."""
    found = {}
    for link in page.links:
        if link.href.startswith(("/projects/?counted", "/en/projects/?counted")):
            last = re.search(r"(\d+)$", link.words)
            found[link.href] = int(last[1]) if last else _beside(page, link)
    return found


def _beside(page, link) -> int:
    (count,) = {int(cells[-1]) for cells in page.rows() if cells[0] == link.words and cells[-1].isdigit()}
    return count


def test_the_headline_counts_by_the_rules(client, made):
    """The phase, the park and the road count; the whole of the phase, the plant and the centre do not."""
    headline = read(client, "/en/").one("h1").text
    assert headline.startswith("As of 2 March 2026, public documents record 3 investment projects:")
    assert "1 in operation, 1 planned; of 1 no stage is known." in headline
    assert headline.endswith("Of the 3, 2 have a published total investment: CNY 10.456 billion in all.")


def test_in_chinese(client, made):
    headline = read(client, "/").one("h1").text
    assert (
        "2026年3月2日" in headline
        and "3" in headline
        and "3 个中 2 个公布了总投资，合计 104.56 亿元" in headline
    )


@pytest.mark.parametrize("door", ["/", "/en/"])
def test_from_every_figure_in_three_clicks_to_its_place_in_the_document(client, made, door):
    """The figure, the first of its records, the source in the note that its mark opens."""
    figures = [one for one in read(client, door).all("a") if one.is_in("h1")]
    assert len(figures) >= 4
    for figure in figures:
        there = read(client, figure.given["href"]).all("a")
        record = next(
            one.given["href"] for one in there if one.is_in("table", "projects") and one.is_in("tbody")
        )
        page = read(client, record)
        ref = page.all("a", "fn")[0].given["href"].removeprefix("#note-")
        note = next(
            one.href for one in page.links if "/sources/" in one.href and one.href.endswith(f"#{ref}")
        )
        path, _, anchor = note.partition("#")
        assert "/sources/" in path and anchor in read(client, path).ids


def test_a_cancelled_one_is_named_after_the_number(client, made):
    assert "1 cancelled record is not counted." in read(client, "/en/").main


@pytest.mark.parametrize("door", ["/", "/en/"])
@pytest.mark.parametrize("query", ["", "?known=2025-02-28"])
def test_every_number_leads_to_exactly_that_many_rows(client, made, door, query):
    found = numbers(read(client, door + query))
    assert len(found) >= 5
    assert {href: listed(client, href) for href in found} == found


def test_promises_that_fell_due_with_their_verdicts(client, made):
    due = read(client, "/en/").section("What came of promises")
    assert "Model factory completion · 2025" in due and "late" in due


def test_what_happened_last_with_its_place_in_the_source(client, made):
    page = read(client, "/en/")
    news = page.section("What happened last")
    assert "1 March 2025 Qiwan Road total investment CNY 9.956 billion" in news
    marks = [mark.given["href"].partition("#") for mark in page.all("a", "fn")]
    assert marks and all(anchor in read(client, path).ids for path, _, anchor in marks)


def test_a_corrected_claim_is_no_news(client, made):
    wrong = made.road.claims.get(ref="r-total")
    cast.published(made.road, "total_investment", None, ref="gone", source=made.notice, corrects=wrong)
    settle()
    assert "Qiwan Road total investment" not in read(client, "/en/").section("What happened last")


def test_the_largest_with_their_amounts(client, made):
    rows = read(client, "/en/").section("Largest by total investment")
    names = re.findall(r"Qiwan Road|Model factory, phase two|Model factory(?!,)", rows)
    assert names == ["Qiwan Road", "Model factory", "Model factory, phase two"]


def test_as_of_a_past_day_it_says_what_was_known_then(client, made):
    page = read(client, "/en/", known="2025-02-28")
    assert page.one("h1").text.startswith("As of 28 February 2025, public documents record 4 investment")
    assert "is not counted" not in page.main
    assert all("asof=2025-02-28" in href and "known=2025-02-28" in href for href in numbers(page))


def test_the_age_of_the_data_is_that_on_the_day_shown(client, made):
    """Of a past day as known today, the last word came later, and no age is a date to come."""
    said = {
        (): "The newest word is of 1 March 2025, 12 months ago.",
        ("known", "2025-03-31"): "The newest word is of 1 March 2025, 30 days ago.",
        ("asof", "2024-10-31"): "The newest word is of 17 October 2024, 14 days ago.",
        ("asof", "2023-06-30"): "The newest word is of 17 October 2024, 15 months after the day shown.",
    }
    for query, words in said.items():
        page = read(client, "/en/", **dict([query] if query else []))
        assert words in page.main, query
    assert "晚于截至日 15 个月" in read(client, "/", asof="2023-06-30").main


def test_with_nothing_on_record_it_says_so(client, db):
    page = read(client, "/")
    assert page.status == 200 and zh("No amount was published.") in page.main


@pytest.mark.parametrize("size", [10, 1000])
def test_at_most_six_statements_whatever_there_is(client, made, size, django_assert_max_num_queries):
    crowd(size, first=100)
    read(client, "/data/")
    with django_assert_max_num_queries(6):
        assert read(client, "/").status == 200
