"""What a question of the list, or a past day, has counted is remembered until something is published."""

import re

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from projects.audit.data_version import publishing
from projects.choices import Topic
from projects.core import fuzzy_dates
from projects.models import Project
from tests import cast
from tests.public.portfolio import settle

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


def test_a_past_day_of_the_overview_is_counted_once(client):
    numbers, statements = found(client, "/?", "asof=2026-01-31")
    assert statements
    for address in ("/en/?", "/?type=large&"):
        assert found(client, address, "asof=2026-01-31") == (numbers, 0)


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_published_is_counted(client, question):
    before, _ = found(client, "/projects/?", question)
    publish("乙仓库")
    after, statements = found(client, "/projects/?", question)
    assert after != before and statements


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
