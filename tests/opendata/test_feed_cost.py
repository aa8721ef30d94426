"""What a feed that a filter narrows costs, and counting events: what is shown or may be looked at."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from itertools import count as counting
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from projects.choices import EventKind, Kind
from projects.claims import tallies
from projects.core.clocks import Clocks
from projects.models import Claim, Current
from projects.pages import keyset
from projects.records import recent_news
from tests import cast
from tests.public.crowd import SINCE, analyze, crowd, events
from tests.public.test_news_past import _blocks
from tests.public.test_plans import STEPS

pytestmark = [pytest.mark.django_db, pytest.mark.every_engine]

ATOM = "{http://www.w3.org/2005/Atom}"
WANTED = Kind.INDUSTRIAL
FEED = f"/feeds/projects.atom?kind={WANTED}"
LINES = 12  # of what is wanted; all of it older than the rest
FEW, MANY = 500, 20_000
DAYS = 50  # on which the rest became known
LOOKED = 200
SLACK = 40  # blocks, or counts of SQLite's steps
DAY = SINCE + timedelta(days=100)
BEGUN = [EventKind.STARTED]
NUMBERS = counting()


def told(of: list[int], on: date, count: int, kind: EventKind = EventKind.STARTED) -> None:
    claim = Claim.objects.get(ref="x0")
    events(of, count, what=kind.value, day=on, known_on=on, claim=claim, is_news=True, is_counted=True)


@pytest.fixture
def lines():
    crowd(300)
    cast.published(cast.project("甲"), ref="x0")
    told(wanted(), SINCE, LINES)


def wanted() -> list[int]:
    return list(Current.objects.filter(kind=WANTED).values_list("project", flat=True))


def rest() -> list[int]:
    return list(Current.objects.exclude(kind=WANTED).values_list("project", flat=True))


def others(count: int) -> None:
    for number in range(DAYS):
        told(rest(), DAY + timedelta(days=number), count // DAYS)
    analyze()


@pytest.fixture
def of_many(monkeypatch):
    """What is wanted counts as many projects, and a page looks at little."""
    monkeypatch.setattr(recent_news, "MAX_FEW", 1)
    monkeypatch.setattr(recent_news, "MAX_LOOKED", LOOKED)


def cost(act: Callable[[], object]) -> int:
    """SQLite's steps, or the blocks that PostgreSQL takes into its hand to find the lines."""
    if connection.vendor == "sqlite":
        counted = []
        connection.ensure_connection()
        connection.connection.set_progress_handler(lambda: counted.append(1), STEPS)
        try:
            act()
        finally:
            connection.connection.set_progress_handler(None, 0)
        return len(counted)
    with CaptureQueriesContext(connection) as captured:
        act()
    return sum(_blocks(one["sql"]) for one in captured if one["sql"].startswith("SELECT"))


def of_feed(path: str = FEED) -> int:
    client = Client()
    client.get("/data/")  # the version of the data is settled once
    return cost(lambda: client.get(f"{path}&x={next(NUMBERS)}"))


def read(path: str) -> tuple[int, dict[str, str]]:
    """How many entries a page has, and where it leads."""
    found = ElementTree.fromstring(Client().get(path).content)  # noqa: S314 (our own)
    links = {one.get("rel"): one.get("href") for one in found.findall(f"{ATOM}link")}
    return len(found.findall(f"{ATOM}entry")), links


def test_of_few_projects_all_is_found_behind_whatever_is_newer(lines):
    others(FEW)
    few = of_feed()
    others(MANY)
    assert read(FEED)[0] == LINES
    assert of_feed() < 3 * few + SLACK  # the index of each project grows by a storey


def test_of_many_projects_a_page_looks_at_so_much_and_goes_on(lines, of_many):
    others(FEW)
    few = of_feed()
    others(MANY)
    assert of_feed() < few + SLACK
    assert read(FEED)[0] == 0 and "next" in read(FEED)[1]


def test_pages_that_stopped_looking_lead_on_to_all_and_back(lines, of_many):
    others(FEW)
    there, found, passed = FEED, 0, 0
    while there:
        shown, links = read(there)
        found, passed, last, there = found + shown, passed + 1, there, links.get("next")
    assert found == LINES and passed == 1 + (FEW + LINES) // LOOKED
    back = 0
    while there := read(last)[1].get("previous"):
        back, last = back + read(there)[0], there
    assert back == 0  # before the last page lies nothing that is wanted


def test_control_asked_as_one_list_it_reads_more_of_more(lines, of_many, monkeypatch):
    def page(clocks, params, question, rows):
        told = recent_news.news(clocks).filter(project__in=rows.query().values("project"))
        segments = [keyset.Segment(told, recent_news.NEWEST)]
        return keyset.page(segments, ("pk",), recent_news.PAGE_SIZE, params, question)

    monkeypatch.setattr(recent_news, "_page_of_some", page)
    told(wanted(), SINCE, FEW)
    others(FEW)
    few = of_feed()
    told(wanted(), SINCE, MANY)
    others(MANY)
    assert of_feed() > few + SLACK


# How often something happened

KNOWN = [cast.TODAY, cast.TODAY - timedelta(days=1)]


def counted(known: date) -> Counter[str]:
    return recent_news.counts(BEGUN, SINCE, Clocks(DAY, known, cast.TODAY))


@pytest.mark.parametrize("known", KNOWN)
def test_what_happened_is_counted_after_the_one_day_and_until_the_other(lines, known):
    told(rest(), SINCE + timedelta(days=1), 3)
    told(rest(), DAY, 2)
    told(rest(), DAY + timedelta(days=1), 4)
    told(rest(), DAY, 5, EventKind.MOVED)
    tallies.write(tallies.counted())
    assert counted(known) == {EventKind.STARTED: 5}


@pytest.mark.parametrize("known", KNOWN)
def test_counting_reads_nothing_of_other_kinds_and_years(lines, known):
    told(rest(), DAY, 20)
    years = [timedelta(days=400), timedelta(days=-400)]
    costs = []
    for n in (FEW, MANY):
        told(rest(), DAY, n // 10, EventKind.MOVED)
        for away in years:
            told(rest(), DAY + away, n)
        tallies.write(tallies.counted())
        analyze()
        costs.append(cost(lambda: counted(known)))
    assert costs[1] < costs[0] + SLACK
