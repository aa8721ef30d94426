"""What a question of the list, or a past day, has counted is remembered until something is published."""

import re

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from projects.audit.data_version import publishing
from projects.choices import Topic
from projects.core import fuzzy_dates
from projects.models import Project
from projects.pages import part_tags
from tests import cast
from tests.public.portfolio import settle
from tests.public.reading import read

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.every_engine]

QUESTIONS = ("stage=building", "q=仓库", "q=仓库&stage=building", "stage=building&asof=2026-01-31")


@pytest.fixture(autouse=True)
def listed() -> None:
    publish("甲仓库")


def publish(name: str) -> None:
    with publishing(cast.AT):
        cast.published(cast.project(name), Topic.STAGE, "building")
        settle()


def found(client, address: str, question: str) -> tuple[list[str], int]:
    """The numbers that the page says, and how many statements searched, counted or added up for it."""
    with CaptureQueriesContext(connection) as asked:
        page = client.get(f"{address}{question}&x=past-what-is-kept").content.decode()
    numbers = re.findall(r'class="num">(\d+)<|data-counts="project"><strong>(\d+)<', page)
    return numbers, sum("COUNT(" in one["sql"] or "searchpair" in one["sql"] for one in asked)


@pytest.mark.parametrize("question", QUESTIONS)
def test_other_orders_and_languages_of_a_question_count_no_more(client, question):
    numbers, statements = found(client, "/projects/?", question)
    assert statements and numbers
    for address in ("/projects/?sort=-name&", "/en/projects/?", "/en/projects/?sort=code&"):
        assert found(client, address, question) == (numbers, 0)


@pytest.mark.parametrize("question", ["q=甲仓店", "q=甲仓店&asof=2026-01-31"])
def test_what_is_near_is_asked_once(client, question):
    """Where nothing is found."""
    assert found(client, "/projects/?", question)[1]
    assert found(client, "/en/projects/?", question)[1] == 0


def test_a_past_day_of_the_overview_is_counted_once(client):
    numbers, statements = found(client, "/?", "asof=2026-01-31")
    assert statements
    for address in ("/en/?", "/?type=large&"):
        assert found(client, address, "asof=2026-01-31") == (numbers, 0)


def test_a_past_day_of_the_overview_is_written_once_for_what_its_links_carry(client, monkeypatch):
    written, write = [], part_tags._written
    monkeypatch.setattr(part_tags, "_written", lambda name, *more: written.append(name) or write(name, *more))
    for address in ("/?asof=2026-01-31&x=1", "/?asof=2026-01-31&x=2", "/?asof=2026-01-31&type=large"):
        assert address.rpartition("&")[0][2:] in client.get(address).content.decode()
    assert written.count("public/parts/overview.html") == 2


def test_how_far_back_there_is_anything_is_asked_once_and_anew_when_something_is_published(client):
    assert read(client, "/news/", asof="2019-06-30").notices
    with CaptureQueriesContext(connection) as asked:
        client.get("/places/?asof=2026-01-31")
    assert not any("first_asof" in one["sql"] for one in asked)
    with publishing(cast.AT):
        cast.published(cast.project("丙仓库"), Topic.STAGE, "planned", as_of="2019-01-01")
        settle()
    assert not read(client, "/news/", asof="2019-06-30").notices


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_published_is_counted(client, question):
    before, _ = found(client, "/projects/?", question)
    publish("乙仓库")
    after, statements = found(client, "/projects/?", question)
    assert after != before and statements


OTHERS = {
    "/wall/?kind=logistics": ("/en/wall/?kind=logistics", "/wall/?kind=logistics&every=5"),
    "/promises/?sort=due": ("/en/promises/?sort=due", "/promises/?sort=-due"),
}


def taken(client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"{address}&x=past-what-is-kept").status_code == 200
    return sum("projectmilestone" in one["sql"] or "tally" in one["sql"] for one in asked)


@pytest.mark.parametrize("address", OTHERS)
def test_the_same_dates_are_not_counted_again(client, address):
    first, *more = (taken(client, one) for one in (address, *OTHERS[address]))
    assert first > max(more)
    publish("乙仓库")
    assert taken(client, address) == first


def test_what_a_transaction_sees_is_not_remembered(client):
    with transaction.atomic():
        first, again = (found(client, "/projects/?", QUESTIONS[0])[1] for _ in range(2))
        assert first == again > 0


def test_control_what_is_written_past_the_version_is_not_counted(client):
    before, _ = found(client, "/projects/?", QUESTIONS[0])
    cast.published(cast.project("乙仓库"), Topic.STAGE, "building")
    settle()
    assert found(client, "/projects/?", QUESTIONS[0]) == (before, 0)


def offers_a_calendar(client, question: str) -> bool:
    return "/calendar.ics?" in client.get(f"/projects/?{question}").content.decode()


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_calendar_is_offered_where_a_date_is_to_come(client, question):
    assert not offers_a_calendar(client, question)
    with publishing(cast.AT):
        due = fuzzy_dates.parse("2027")
        cast.published(Project.objects.get(), Topic.PROMISED, due, measure="operating")
        settle()
    assert offers_a_calendar(client, question)
    assert not offers_a_calendar(client, "stage=planned")
