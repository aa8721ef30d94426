"""What is to come, over all public projects or those that the list's filters leave."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from projects.choices import Topic
from projects.core import fuzzy_dates
from projects.models import Project
from projects.opendata import calendars
from tests import cast
from tests.public.portfolio import settle, what_must_not_show

pytestmark = pytest.mark.django_db


def uids(client, path: str = "/calendar.ics", **query) -> list[str]:
    made = Calendar.from_ical(client.get(path, query).content)
    return [str(one["uid"]).partition("@")[0] for one in made.walk("VEVENT")]


@pytest.fixture
def planned(made):
    cast.published(made.road, Topic.PROMISED, fuzzy_dates.parse("2026-03"), measure="full_capacity")
    cast.published(
        made.logistics, Topic.PROMISED, fuzzy_dates.parse("2027~"), measure="started", scope="一期"
    )
    settle()
    return made


def test_the_soonest_first_and_no_facts(client, planned):
    found = uids(client)
    assert [uid[:15] for uid in found] == ["QJ-0004-full_ca", "QJ-0001-complet", "QJ-0003-started"]


def test_the_filters_of_the_list(client, planned):
    assert uids(client, kind="transport") == ["QJ-0004-full_capacity"]
    assert uids(client, q="示范") == ["QJ-0001-completed"]
    assert uids(client, q="没有的") == []
    assert len(uids(client, kind="castle")) == 3  # as the list: ignored


def test_as_of_a_past_day(client, planned):
    assert "QJ-0001-completed" in uids(client, asof="2025-06-01", known="2024-12-01")
    assert uids(client, asof="2023-06-01") == []


@pytest.mark.parametrize("clocks", [{}, {"asof": "2026-01-01"}])
def test_it_reads_no_more_claims_than_it_tells_dates(client, planned, monkeypatch, clocks):
    """Of a past day, too: a statement takes only so many names."""
    everything = uids(client, **clocks)
    monkeypatch.setattr(calendars, "MAX_DATES", 2)
    with CaptureQueriesContext(connection) as captured:
        assert uids(client, **clocks, type="large") == everything[:2]
    [claims] = [one["sql"] for one in captured if '"projects_claim"."ref" IN' in one["sql"]]
    assert claims.partition(" IN (")[2].partition(")")[0].count(",") == 1


def test_in_english_with_links_that_stay(client, planned):
    content = client.get("/en/calendar.ics?asof=2026-03-01").content
    made = Calendar.from_ical(content)
    assert str(made["x-wr-calname"]) == "Qijiang Project Progress"
    urls = {str(one["url"]) for one in made.walk("VEVENT")}
    assert "http://testserver/en/projects/factory/?asof=2026-03-01#f-moved" in urls


def test_the_same_data_give_the_same_file(client, planned):
    client.get("/about/")
    assert client.get("/calendar.ics").content == client.get("/calendar.ics").content


def test_the_file_says_what_it_is(client, planned):
    answer = client.get("/calendar.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert client.head("/calendar.ics").status_code == 200
    assert client.post("/calendar.ics").status_code == 405


def test_the_list_offers_it_for_its_own_result(client, planned):
    assert (
        'href="/calendar.ics?kind=transport&amp;counted=1"'
        in client.get("/projects/?kind=transport").content.decode()
    )


def test_what_a_stage_shows_to_have_come_is_not_to_come(client, planned):
    cast.published(planned.factory, Topic.STAGE, "operating", source=planned.notice)
    settle()
    assert "QJ-0001-completed" not in uids(client)


def test_nothing_hidden_is_in_it(client, planned):
    marks = what_must_not_show(planned)
    private = Project.objects.get(is_public=False)
    cast.published(
        private, Topic.PROMISED, fuzzy_dates.parse("2027"), measure="started", ref="unseen-promise"
    )
    settle()
    text = client.get("/calendar.ics").content.decode()
    assert len(uids(client)) == 3
    assert [mark for mark in marks if mark in text] == []


def test_it_takes_a_fixed_number_of_statements(client, planned, django_assert_max_num_queries):
    client.get("/about/")
    for _ in range(20):
        cast.published(cast.project(), Topic.PROMISED, fuzzy_dates.parse("2027"), measure="started")
    settle()
    with django_assert_max_num_queries(5):
        assert len(uids(client)) == 23
