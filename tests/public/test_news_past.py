"""The news of an old day: as many rows are read as are shown, however much became known later."""

from datetime import timedelta
from itertools import count as counting

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from projects.choices import EventKind
from projects.core.clocks import Clocks
from projects.models import Claim
from projects.pages import keyset
from projects.records import recent_news
from tests import cast
from tests.public.crowd import SINCE, analyze, crowd, events
from tests.public.test_plans import work

pytestmark = [pytest.mark.django_db, pytest.mark.every_engine]

DAY = SINCE + timedelta(days=100)
FIRST = f"/news/?asof={DAY}"
FEW, MANY = 100, 20_000
SLACK = 30  # blocks, or counts of SQLite's steps
NUMBERS = counting()
LATER_DAYS = 12  # on which all of it became known
LATE_OF_A_DAY = 12


def told(known_on, day, count: int) -> None:
    """So many lines that became known on one day, of another."""
    claim = Claim.objects.get(ref="x0")
    said = {"what": EventKind.STARTED.value, "day": day, "known_on": known_on, "claim": claim}
    events([claim.project_id], count, is_news=True, **said)


@pytest.fixture
def lines():
    """Of that day and before: known then, and known only later, on days on which much else became known."""
    crowd(1)
    cast.published(cast.project("甲"), ref="x0")
    told(SINCE, SINCE, 200)
    for number in range(0, LATER_DAYS, 2):
        told(DAY + timedelta(days=10 + number), DAY - timedelta(days=number), LATE_OF_A_DAY)


def later(count: int) -> None:
    """What happened after that day."""
    for number in range(LATER_DAYS):
        on = DAY + timedelta(days=10 + number)
        told(on, on - timedelta(days=3), count // LATER_DAYS or 1)
    analyze()


def blocks_read(client, path: str) -> int:
    """How many blocks PostgreSQL takes into its hand to find which lines are shown."""
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    asked = [one["sql"] for one in captured if "projectevent" in one["sql"] and "JOIN" not in one["sql"]]
    assert asked, path
    return sum(map(_blocks, asked))


def _blocks(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}")
        plan = cursor.fetchone()[0][0]["Plan"]
    return plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]


def cost(path: str) -> int:
    client, path = Client(), f"{path}&x={next(NUMBERS)}"  # not the copy that is kept of it
    client.get("/data/")  # the version of the data is settled once
    return work(client, path) if connection.vendor == "sqlite" else blocks_read(client, path)


def keys(path: str) -> tuple[list[int], dict[str, str]]:
    """Which lines a page shows, and where it leads on."""
    context = Client().get(path).context
    return [one.event.pk for _, lines in context["times"] for one in lines], context["pages"]


def test_as_much_is_read_however_much_became_known_later(lines):
    later(FEW)
    few = cost(FIRST)
    later(MANY)
    assert cost(FIRST) < few + SLACK


def test_pages_go_on_and_back_past_what_happened_later(lines):
    later(MANY)
    every = list(recent_news.news(Clocks(DAY, cast.TODAY, cast.TODAY)).order_by(*recent_news.NEWEST))
    shown, there = keys(FIRST)
    found, before = list(shown), [shown]
    while after := there.get("after"):
        shown, there = keys(f"/news/?{after}")
        found += shown
        before.append(shown)
    assert found == [one.pk for one in every]
    for wanted in reversed(before[:-1]):
        shown, there = keys(f"/news/?{there['before']}")
        assert shown == wanted


def test_no_page_of_them_reads_more(lines):
    later(MANY)
    there = keys(FIRST)[1]
    second = f"/news/?{there['after']}"
    assert cost(second) < 2 * cost(FIRST)
    assert cost(f"/news/?{keys(second)[1]['before']}") < 2 * cost(FIRST)


def test_the_overview_of_that_day_shows_the_first_of_them(lines):
    later(MANY)
    shown = Client().get(f"/?asof={DAY}").context["overview"].news
    assert [one.event.pk for one in shown] == keys(FIRST)[0][:3]


def test_control_without_skipping_it_is_found(lines, monkeypatch):
    monkeypatch.setattr(
        recent_news,
        "_segments",
        lambda clocks: [keyset.Segment(recent_news.news(clocks), recent_news.NEWEST)],
    )
    later(FEW)
    few = cost(FIRST)
    later(MANY)
    assert cost(FIRST) > few + SLACK
