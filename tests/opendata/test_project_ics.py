"""A project's dates for a calendar: what has come, and what is promised and may still come."""

from datetime import date

import pytest
from icalendar import Calendar

from projects.choices import Condition, Topic
from projects.core import fuzzy_dates
from projects.models import OldSlug, Project
from tests import cast
from tests.public.portfolio import settle, what_must_not_show

pytestmark = pytest.mark.django_db

PATH = "/projects/factory/milestones.ics"


def events(client, path: str = PATH, **query) -> dict[str, tuple]:
    """By the milestone in the identifier: first day, day after the last, whether a fact, summary."""
    made = Calendar.from_ical(client.get(path, query).content)
    return {
        str(one["uid"]).partition("@")[0]: (
            one.decoded("dtstart"),
            one.decoded("dtend"),
            str(one["status"]) == "CONFIRMED",
            str(one["summary"]),
        )
        for one in made.walk("VEVENT")
    }


def test_a_fact_is_a_span_and_a_promise_its_last_day(client, made):
    assert events(client) == {
        "QJ-0001-started": (date(2023, 5, 1), date(2023, 6, 1), True, "示范工厂1 · 2023年5月开工"),
        "QJ-0001-completed": (
            *(date(2026, 6, 30), date(2026, 7, 1), False),
            "示范工厂1 · 计划2026年6月竣工，首次承诺为2025年",
        ),
    }


def test_in_english(client, made):
    assert events(client, f"/en{PATH}")["QJ-0001-completed"][3] == (
        "Model factory · Completion planned in June 2026, first promised for 2025"
    )


def test_the_file_says_what_it_is(client, made):
    answer = client.get(PATH)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == 'inline; filename="QJ-0001.ics"'
    assert client.head(PATH).status_code == 200 and client.post(PATH).status_code == 405
    (name,) = {str(Calendar.from_ical(answer.content)["x-wr-calname"])}
    assert name == made.factory.name


def test_the_words_say_who_said_it_and_what_was_promised_first(client, made):
    made_so = Calendar.from_ical(client.get(f"/en{PATH}").content)
    (one,) = (each for each in made_so.walk("VEVENT") if "completed" in each["uid"])
    assert str(one["description"]) == "A notice · as of 1 March 2025 — First promised: 2025"
    assert str(one["url"]) == "http://testserver/en/projects/factory/#f-moved"


def test_a_past_day_is_answered_as_it_was(client, made):
    then = events(client, known="2024-12-31")
    assert then["QJ-0001-completed"][:2] == (date(2025, 12, 31), date(2026, 1, 1))  # the first promise


def test_a_promise_whose_time_is_past_is_no_date_to_come(client, made):
    cast.published(
        made.road, Topic.PROMISED, fuzzy_dates.parse("2025-06"), measure="full_capacity", source=made.notice
    )
    settle()
    assert set(events(client, "/projects/road/milestones.ics")) == {"QJ-0004-operating"}
    then = events(client, "/projects/road/milestones.ics", asof="2025-06-30")
    assert set(then) == {"QJ-0004-operating", "QJ-0004-full_capacity"}


def test_nothing_is_to_come_of_what_was_cancelled(client, made):
    cast.published(made.factory, Topic.CONDITION, Condition.CANCELLED.value, source=made.notice)
    settle()
    assert set(events(client)) == {"QJ-0001-started"}


def test_when_a_promised_date_comes_the_same_event_moves(client, made):
    cast.published(
        made.factory,
        Topic.ACTUAL,
        fuzzy_dates.parse("2026-02-20"),
        measure="completed",
        as_of="2026-02-20",
        known_on="2026-02-28",
        source=made.notice,
    )
    settle()
    assert events(client)["QJ-0001-completed"][:3] == (date(2026, 2, 20), date(2026, 2, 21), True)


def test_without_a_date_it_is_empty_and_still_a_calendar(client, made):
    assert events(client, "/projects/plant/milestones.ics") == {}
    assert events(client, "/projects/phase/milestones.ics", asof="2024-12-01") == {}


def test_an_old_address_leads_on_and_a_hidden_one_nowhere(client, made):
    OldSlug.objects.create(slug="old-factory", project=made.factory)
    assert client.get("/projects/old-factory/milestones.ics")["Location"] == PATH
    what_must_not_show(made)
    private = Project.objects.get(is_public=False)
    assert client.get(f"/projects/{private.slug}/milestones.ics").status_code == 404


def test_its_page_links_it(client, made):
    assert f'href="{PATH}"' in client.get("/projects/factory/").content.decode()
