"""Every first promise with its verdict, its slippage and who said it."""

import re
from urllib.parse import parse_qs

import pytest

from projects.choices import Basis, Topic, Verdict
from projects.core import fuzzy_dates
from projects.records import promise_list
from tests import cast
from tests.opendata.tables import table
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


def lines(client, **query) -> list[dict[str, str]]:
    """By the words of its head what each line says, without the sign of its verdict."""
    page = read(client, "/en/promises/", **query)
    heads = [one.text for one in page.all("th", scope="col")]
    return [dict(zip(heads, cells, strict=True)) for cells in page.rows("promised")]


def verdicts(client, **query) -> dict[str, str]:
    return {one["Project"]: one["Verdict"].split(maxsplit=1)[-1] for one in lines(client, **query)}


def test_every_promise_with_its_verdict(client, told):
    assert verdicts(client) == {
        "Beidu Logistics Park": "not due yet",
        "Convention Centre": "cancelled",
        "Model factory": "late",
        "Model factory, phase two": "no report since due 8 months ago",
        "Qiwan Road": "kept",
    }


def test_a_whole_line(client, told):
    (line,) = lines(client, verdict="late")
    assert line.pop("Who said it, when").startswith("A page of the daily · part 1, paragraph 1")
    assert line == {
        "Project": "Model factory",
        "Milestone": "completion",
        "First promised": "2025",
        "Promised now": "June 2026",
        "Verdict": "✕ late",
        "Slippage": "6 months late",
    }


def test_that_no_word_came_is_said_once(client, told):
    actual = {one["Project"]: one["Actual"] for one in lines(client)}
    assert actual.pop("Qiwan Road") == "June 2023"
    silent = [actual.pop(name) for name in ("Model factory, phase two", "Beidu Logistics Park")]
    assert silent == ["", ""], "the verdict beside it says so"
    assert set(actual.values()) == {"not published"}


def test_a_column_in_which_nothing_is_said_is_not_there(client, told):
    (line,) = lines(client, verdict="open")
    assert line.keys() == {"Project", "Milestone", "First promised", "Verdict", "Who said it, when"}


def test_what_is_past_without_a_word_comes_first_then_what_is_past_then_what_is_to_come(client, told):
    for query in ({}, {"known": "2026-03-01", "asof": "2026-03-02"}):
        names = list(verdicts(client, **query))
        assert names[:3] == ["Model factory, phase two", "Model factory", "Qiwan Road"]
        assert set(names[3:]) == {"Beidu Logistics Park", "Convention Centre"}


def test_what_is_read_into_a_source_says_so_and_is_counted(client, told):
    assert "(inferred)" not in read(client, "/en/promises/", type="large").main
    said = {"measure": "completed", "basis": Basis.INFERRED, "note": "读作竣工", "source": told.paper}
    cast.published(told.plant, Topic.PROMISED, fuzzy_dates.parse("2024-12"), ref="p-read", **said)
    settle()
    for query in ({}, {"known": "2026-03-01", "asof": "2026-03-02"}):
        page = read(client, "/en/promises/", **query)
        assert "1 of them is this site's own reading of the text (inferred)." in page.one("p", "lede").text
        (date,) = [one for one in page.all("span", "dated") if one.given.get("data-basis") == "inferred"]
        assert date.text == "December 2024 inferred"


def test_the_page_is_cited_by_the_address_that_goes_on_showing_it(client, told):
    page = read(client, "/en/promises/", verdict="late", type="large")
    frozen = "http://testserver/en/promises/?verdict=late&asof=2026-03-02&known=2026-03-02"
    assert page.one("p", "cite").text.endswith(frozen) and page.link(frozen) == frozen


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
    assert "5 dates were promised in public. 1 is past due, with no outcome reported." in lede
    assert "Past due with a reported outcome: 2; kept: 1." in lede
    assert lede.endswith("Last report: March 2025, 12 months ago.")


def test_the_picture_speaks_of_today_only_today(client, told):
    def ends(**query) -> list[str]:
        page = read(client, "/en/promises/", **query)
        return [one.text for one in page.all("text") if "no report" in one.text]

    assert ends() == ["today: no report on 1"]
    assert ends(asof="2026-03-01") == ["1 March 2026: no report on 1"]


def test_sorting(client, told):
    assert list(verdicts(client, sort="due"))[0] == "Qiwan Road"
    assert set(list(verdicts(client, sort="-due"))[:2]) == {"Beidu Logistics Park", "Convention Centre"}
    assert lines(client, sort="-slip")[0]["Slippage"] == "6 months late"


PAST = {"known": "2026-03-01", "asof": "2026-03-02"}


@pytest.mark.parametrize("clocks", [{}, PAST])
def test_those_that_fall_due_in_a_year(client, told, clocks):
    def names(**query) -> set[str]:
        return set(verdicts(client, **query, **clocks))

    assert names(year="2025") == {"Model factory", "Model factory, phase two"}
    assert names(year="2027") == {"Beidu Logistics Park", "Convention Centre"}
    assert (
        names(year="2025", verdict="late")
        == {"Model factory"}
        == names(year=["2027", "2025"], sort="slip", verdict="late")
    )
    page = read(client, "/en/promises/", year="2025", **clocks)
    assert [link.words for link in page.links if link.is_on and "year=2025" in link.href] == ["all 2", "2025"]
    years = [(one.text.split()) for one in page.all("li", **{"data-counts": "promise"})]
    assert years == [["all", "years", "5"], ["2023", "1"], ["2025", "2"], ["2027", "2"]]


@pytest.mark.parametrize("clocks", [{}, PAST])
@pytest.mark.parametrize("sort", promise_list.ORDERS)
def test_each_of_a_year_stands_on_one_page_there_and_back_as_among_all(
    client, told, monkeypatch, sort, clocks
):
    """One of four has moved, of the others nothing more was said."""
    for slug, until in (("plant", "2025-03"), ("road", "2025-09")):
        said = {"measure": "full_capacity", "as_of": "2022", "known_on": "2024-10-17", "source": told.paper}
        cast.published(getattr(told, slug), Topic.PROMISED, fuzzy_dates.parse(until), ref=f"y-{slug}", **said)
    settle()
    asked = {"sort": sort, **clocks}
    wanted = [one for one in promised(read(client, "/promises/", **asked)) if "2025" in one[2]]
    monkeypatch.setattr(promise_list, "PAGE_SIZE", 1)
    page, there = read(client, "/promises/", year="2025", **asked), []
    while following := [one.given["href"] for one in page.all("a", rel="next")]:
        there += promised(page)
        page = read(client, f"/promises/{following[0]}")
    assert len(wanted) == 4 and there + promised(page) == wanted
    back = promised(page)
    while before := [one.given["href"] for one in page.all("a", rel="prev")]:
        page = read(client, f"/promises/{before[0]}")
        back += promised(page)
    assert back == wanted[::-1]


def promised(page) -> list[tuple[str, ...]]:
    """Project, milestone and day of each line."""
    return [tuple(cells[:3]) for cells in page.rows("promised")]


def test_a_year_without_a_promise_of_these_verdicts_is_offered_only_where_it_is_on(client, told):
    def years(**query) -> list[str]:
        page = read(client, "/en/promises/", **query)
        return [one.text for one in page.all("li", **{"data-counts": "promise"})][1:]

    assert years(verdict="kept") == ["2023 1"]
    assert years(verdict="kept", year="2025") == ["2023 1", "2025 0"]


@pytest.mark.parametrize(
    "query", [{"verdict": "broken"}, {"sort": "beauty"}, {"year": "1999"}, {"year": "2٠25"}]
)
def test_an_unknown_value_is_named_and_ignored(client, told, query):
    page = read(client, "/en/promises/", **query)
    ((name, value),) = query.items()
    assert page.status == 200 and page.notices == [f"Not understood here, and left out: {name}={value}"]
    assert len(page.rows("promised")) == 5


def test_as_of_a_day_before_the_promise_moved(client, told):
    assert verdicts(client, known="2025-02-28")["Model factory"] == "not due yet"


def test_each_leads_to_its_project_and_its_place_in_the_source(client, told):
    page = read(client, "/en/promises/")
    anchors = [link.href.partition("#") for link in page.links if "/sources/paper/?at=" in link.href]
    assert len(anchors) == 5 and all(anchor in read(client, path).ids for path, _, anchor in anchors)


def test_without_a_promise_the_page_says_so(client, db):
    assert "0 dates were promised in public." in read(client, "/en/promises/").main


def test_the_number_of_statements_does_not_grow(client, told, django_assert_max_num_queries):
    for number in range(20):
        said = {"measure": "started", "scope": f"{number}号", "source": told.paper}
        cast.published(told.road, Topic.PROMISED, fuzzy_dates.parse("2027"), ref=f"q{number}", **said)
    settle()
    read(client, "/data/")
    with django_assert_max_num_queries(6):
        assert len(read(client, "/promises/").rows("promised")) == 25


@pytest.mark.parametrize(
    "query",
    [{}, {"verdict": ["late", "kept"]}, {"asof": "2024-12-31"}, {"year": "2025"}, {"year": "2027", **PAST}],
)
def test_the_file_holds_what_the_page_shows(client, told, query):
    page = read(client, "/en/promises/", **query)
    path, _, question = page.link("CSV").partition("?")
    rows = table(client, path, **parse_qs(question))
    assert len(rows) == len(page.all("tr", **{"data-is": "promise"})) > 0
    assert client.get(page.link("XLSX")).status_code == 200


def test_a_verdict_that_there_is_not_leaves_the_file_whole(client, told):
    path = "/data/promises.csv"
    assert table(client, path, verdict="nonsense", year="1999") == table(client, path)
