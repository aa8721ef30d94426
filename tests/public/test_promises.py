"""Every first promise with its verdict, its slippage and who said it."""

import re

import pytest

from projects.choices import Topic, Verdict
from projects.core import fuzzy_dates
from tests import cast
from tests.public.portfolio import settle
from tests.public.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.every_engine]


@pytest.fixture
def told(made):
    """Beside the factory's late completion one kept, one without a word, one open, one cancelled."""
    for of, until in (
        (made.road, "2023"),
        (made.phase, "2025-06"),
        (made.logistics, "2027"),
        (made.centre, "2027"),
    ):
        said = {"measure": "operating", "as_of": "2022", "known_on": "2024-10-17", "source": made.paper}
        cast.published(of, Topic.PROMISED, fuzzy_dates.parse(until), ref=f"p-{of.slug}", **said)
    settle()
    return made


def verdicts(client, **query) -> dict[str, str]:
    """By name of the project, the words of the verdict without their sign."""
    rows = read(client, "/en/promises/", **query).rows("promised")
    return {cells[0]: cells[5].split(maxsplit=1)[-1] for cells in rows if len(cells) > 1}


def test_every_promise_with_its_verdict(client, told):
    assert verdicts(client) == {
        "Beidu Logistics Park": "not due yet",
        "Convention Centre": "cancelled",
        "Model factory": "late",
        "Model factory, phase two": "no word",
        "Qiwan Road": "kept",
    }


def test_a_whole_line(client, told):
    page = read(client, "/en/promises/", verdict="late")
    (line,) = page.rows("promised")
    assert line[:7] == [
        "Model factory",
        "completion",
        "2025",
        "June 2026",
        "no word",
        "■ late",
        "6 months late",
    ]
    assert line[7].startswith("A page of the daily · part 1, paragraph 1")


def test_what_is_not_due_is_neither_in_time_nor_late(client, told):
    (line,) = read(client, "/en/promises/", verdict="open").rows("promised")
    assert line[6] == "none measured"


@pytest.mark.parametrize("verdict", Verdict.values)
def test_each_verdict_lists_its_own_and_its_count_agrees(client, told, verdict):
    counts = {
        name[1]: int(number[0])
        for link in read(client, "/en/promises/").links
        if (name := re.search(r"verdict=(\w+)", link.href)) and (number := re.search(r"\d+$", link.words))
    }
    assert sum(counts.values()) == 4  # the cancelled one has none
    assert len(verdicts(client, verdict=verdict)) == counts.get(verdict, 0)


def test_the_rate_leaves_silence_out_and_counts_it_aloud(client, told):
    lede = read(client, "/en/promises/").one("p", "lede").text
    assert "The sources promise 5 dates." in lede
    assert (
        "Of the 2 that fell due and on which there is word, 1 were kept; on 1 more nothing was said since."
        in lede
    )


def test_sorting(client, told):
    assert list(verdicts(client, sort="due"))[0] == "Qiwan Road"
    assert set(list(verdicts(client, sort="-due"))[:2]) == {"Beidu Logistics Park", "Convention Centre"}
    measured = [cells[6] for cells in read(client, "/en/promises/", sort="-slip").rows("promised")]
    assert measured[0] == "6 months late"


@pytest.mark.parametrize("query", [{"verdict": "broken"}, {"sort": "beauty"}])
def test_an_unknown_value_is_named_and_ignored(client, told, query):
    page = read(client, "/en/promises/", **query)
    ((name, value),) = query.items()
    assert page.status == 200 and page.notices == [f"Ignored, because it means nothing here: {name}={value}"]
    assert len(page.rows("promised")) == 5


def test_as_of_a_day_before_the_promise_moved(client, told):
    assert verdicts(client, known="2025-02-28")["Model factory"] == "not due yet"


def test_each_leads_to_its_project_and_its_place_in_the_source(client, told):
    page = read(client, "/en/promises/")
    anchors = [link.href.partition("#") for link in page.links if "/sources/paper/#" in link.href]
    assert len(anchors) == 5 and all(anchor in read(client, path).ids for path, _, anchor in anchors)


def test_without_a_promise_the_page_says_so(client, db):
    assert "The sources promise 0 dates." in read(client, "/en/promises/").main


def test_the_number_of_statements_does_not_grow(client, told, django_assert_max_num_queries):
    for number in range(20):
        said = {"measure": "started", "scope": f"{number}号", "source": told.paper}
        cast.published(told.road, Topic.PROMISED, fuzzy_dates.parse("2027"), ref=f"q{number}", **said)
    settle()
    read(client, "/data/")
    with django_assert_max_num_queries(3):
        assert len(read(client, "/promises/").rows("promised")) == 25
