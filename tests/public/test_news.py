"""The news: dated events by the month in which they became known, in pages, each with its source."""

import pytest

from projects.choices import Condition, Topic
from projects.core import fuzzy_dates
from projects.records import recent_news
from tests import cast
from tests.public.portfolio import settle
from tests.public.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.every_engine]


def lines(page) -> list[str]:
    return [one.text for one in page.all("li") if one.is_in("ul", "feed")]


def test_each_event_stands_under_its_month_with_its_own_date_and_source(client, made):
    page = read(client, "/en/news/")
    assert [one.text for one in page.all("h2")][:2] == ["March 2025", "October 2024"]
    told = " ".join(lines(page))
    assert "Model factory completion moved from 2025 to June 2026" in told
    assert "June 2023 Qiwan Road opened to traffic" in told
    assert len(page.all("a", "fn")) == len(lines(page))


@pytest.mark.parametrize(
    ("published", "heading"), [("2025-09/2025-12", "September to December 2025"), ("2025-36", "Q4 2025")]
)
def test_no_month_is_claimed_that_the_source_does_not_name(client, made, published, heading):
    """Beside it stands what was published on that last day: each under its own time, and none twice."""
    span, day = cast.source("span", published=published), cast.source("day", published="2025-12-31")
    for scope, source in {"一标": span, "二标": day, "三标": span}.items():
        said = {"measure": "started", "scope": scope, "source": source}
        cast.published(made.road, Topic.ACTUAL, fuzzy_dates.parse("2025-08"), as_of="2025-08", **said)
    settle()
    headings = [one.text for one in read(client, "/en/news/").all("h2")]
    assert {*headings[:2]} == {heading, "December 2025"} and headings[2] == "March 2025"
    assert len(headings) == len(set(headings))


def test_the_overview_shows_its_first_lines(client, made):
    assert lines(read(client, "/en/"))[-3:] == lines(read(client, "/en/news/"))[:3]


def test_what_only_says_again_what_held_is_no_news(client, made):
    for of, said in ((made.plant, Condition.ACTIVE), (made.factory, Condition.PAUSED)):
        cast.published(of, Topic.CONDITION, said.value, ref=said.value, source=made.notice)
    settle()
    told = " ".join(lines(read(client, "/en/news/")))
    assert "Model factory work has stopped" in told and "Old Smelter" not in told


def test_pages_go_on_by_key_and_back(client, made, monkeypatch):
    every = lines(read(client, "/en/news/"))
    monkeypatch.setattr(recent_news, "PAGE_SIZE", 2)
    first = read(client, "/en/news/?type=large")
    second = read(client, "/en/news/" + first.link("Next page"))
    assert lines(first) + lines(second) == every[:4]
    assert lines(read(client, "/en/news/" + second.link("Previous page"))) == lines(first)
    assert "after=nothing" in read(client, "/en/news/", after="nothing").notices[0]


def test_a_past_day_knows_what_was_known(client, made):
    assert "2025" not in " ".join(lines(read(client, "/en/news/", asof="2024-12-31", known="2024-12-31")))


def test_an_empty_record_says_so(client):
    assert "Nothing had been reported by that day" in read(client, "/en/news/").main
