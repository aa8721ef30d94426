"""Every number of the overview and the promises equals the rows that its link shows, on random portfolios."""

import random
import re

import pytest

from projects.actions import projecting
from projects.choices import Condition, Kind, Milestone, RecordType, Sector, Stage, Topic
from projects.rules import dates
from projects.rules.money import Money
from tests import cast
from tests.public.reading import Page

pytestmark = pytest.mark.django_db
SEEDS = range(4)


def random_portfolio(seed: int) -> None:
    """A few dozen projects of all kinds, some with parts, cancelled, promised, without a stage."""
    choose = random.Random(seed)
    town = cast.place("town", name="town", name_en="town")
    parks = (cast.place(code, name=code, name_en=code, parent=town) for code in ("park-a", "park-b"))
    places = [town, *parks]
    made = []
    for _ in range(30):
        project = cast.project(
            kind=choose.choice(Kind.values),
            sector=choose.choice(["", *Sector.values]),
            record_type=choose.choice(RecordType.values),
            place=choose.choice([None, *places]),
            parent=choose.choice(made) if made and choose.random() < 0.2 else None,
        )
        made.append(project)
        say_something(project, choose)
    projecting.rebuild_all()


def say_something(project, choose: random.Random) -> None:
    cast.published(project, Topic.WORKS, "厂房")
    if choose.random() < 0.8:
        cast.published(project, Topic.STAGE, choose.choice(Stage.values))
    if choose.random() < 0.2:
        cast.published(project, Topic.CONDITION, Condition.CANCELLED.value)
    if choose.random() < 0.4:
        cast.published(project, Topic.TOTAL_INVESTMENT, Money(choose.randint(1, 90) * 10**8, "yi", 0))
    if choose.random() < 0.5:
        due = dates.parse(choose.choice(["2024-12", "2025", "2026-09", "2027"]))
        cast.published(project, Topic.PROMISED, due, measure=Milestone.OPERATING.value)
    if choose.random() < 0.3:
        on = dates.parse(choose.choice(["2024-03", "2024-10-01"]))
        cast.published(project, Topic.ACTUAL, on, measure=Milestone.OPERATING.value, as_of=on.text)


def number_in(text: str) -> int | None:
    found = re.search(r"\d+", text.replace(",", ""))
    return int(found[0]) if found else None


def numbered_links(page: Page, to: str) -> list[tuple[str, int]]:
    """Links whose words hold a number."""
    return [
        (link.href, number)
        for link in page.links
        if link.href.startswith(to) and (number := number_in(link.words)) is not None
    ]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_count_of_the_overview_is_the_length_of_its_list(client, seed, prefix):
    random_portfolio(seed)
    links = [
        (href, number)
        for href, number in numbered_links(Page(client.get(f"{prefix}/")), f"{prefix}/projects/?")
        if "counted=1" in href
    ]
    assert len(links) > 5
    for href, number in links:
        assert listed(client, href) == number, href


@pytest.mark.parametrize("seed", SEEDS)
def test_every_bar_of_the_overview_is_the_length_of_its_list(client, seed):
    random_portfolio(seed)
    page = Page(client.get("/"))
    bar = r'<th scope="row"[^>]*><a href="(/projects/\?[^"]+)"[^>]*>.*?<td class="num">(\d+)</td>'
    rows = re.findall(bar, page.html, re.DOTALL)
    assert len(rows) > 5
    for href, number in rows:
        assert listed(client, href.replace("&amp;", "&")) == int(number), href


@pytest.mark.parametrize("seed", SEEDS)
def test_the_sum_of_the_overview_is_the_sum_of_its_list(client, seed):
    random_portfolio(seed)
    page = Page(client.get("/"))
    href, words = next((one.href, one.words) for one in page.links if "sort=-total" in one.href)
    assert words.strip() in Page(client.get(href)).main


@pytest.mark.parametrize("seed", SEEDS)
def test_every_verdict_counts_its_rows(client, seed):
    random_portfolio(seed)
    page = Page(client.get("/promises/"))
    links = [(href, n) for href, n in numbered_links(page, "/promises/?") if "verdict=" in href]
    assert links
    for href, number in links:
        shown = Page(client.get(href)).html.count('<tr><th scope="row"><a href="/projects/')
        assert shown == number, href


def test_a_wrong_number_is_seen(client):
    """Control: a link to other rows than those counted."""
    random_portfolio(0)
    href, number = numbered_links(Page(client.get("/")), "/projects/?counted=1")[0]
    assert listed(client, href.replace("counted=1", "kind=logistics")) != number


def listed(client, href: str) -> int:
    """The number of rows that the list says, which is also how many it shows."""
    page = Page(client.get(href))
    said = number_in(page.one("p", "result").text)
    shown = len([row for row in page.all("tr") if row.is_in("table", "projects") and not row.is_in("thead")])
    assert shown == min(said, 50)
    return said
