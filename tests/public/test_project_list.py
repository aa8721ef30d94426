"""The list: search, filters whose counts are true, sorting, pages, sums; today or as of any day."""

import html
import re
from datetime import date
from urllib.parse import parse_qs, urlencode

import pytest
from django.utils.translation import gettext, override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projects.choices import Stage, Topic
from projects.claims import standings
from projects.core.clocks import Clocks
from projects.records import project_rows
from tests import cast
from tests.public.crowd import crowd
from tests.public.portfolio import settle
from tests.public.reading import Page, read, zh

pytestmark = [pytest.mark.django_db, pytest.mark.every_engine]

# By code: factory, phase, logistics park, road, plant, centre.
FACTORY, PHASE, PARK, ROAD, PLANT, CENTRE = (f"QJ-000{number}" for number in range(1, 7))
ALL = [FACTORY, PHASE, PARK, ROAD, PLANT, CENTRE]
COUNTED = [ROAD, PHASE, PARK]  # in the order of their latest news
PARTS = ("Investment projects", "Plans", "What stands already", "Titles and bids", "Everything")


EVERYTHING = {"counted": "all", "sort": "code"}


def listed(client, **query) -> list[str]:
    """Of everything, in the order of their numbers."""
    return read(client, "/projects/", **(EVERYTHING | query)).codes


def counts(page: Page) -> tuple[int, int]:
    """How many records the page says there are, and how many the headline counts."""
    said = [int(number) for number in re.findall(r"<strong>(?:<a[^>]*>)?(\d+)(?:</a>)?</strong>", page.html)]
    return (said[0], said[1] if len(said) > 1 else said[0]) if said else (0, 0)


def facet_links(page: Page) -> list[tuple[str, bool, int]]:
    """Of every choice beside the list: its question, whether it is on, and its count."""
    aside = page.html[page.html.index("<aside") : page.html.index("</aside>")]
    found = re.findall(
        r'<li[^>]*><a href="\?([^"]*)"([^>]*)>.*?</a>&#32;<span class="num">(\d+)</span>', aside, re.S
    )
    return [
        (html.unescape(query).removesuffix("#found"), "aria-current" in given, int(count))
        for query, given, count in found
    ]


# What a line says


@pytest.mark.parametrize("of_first", ["stated", "inferred"])
@pytest.mark.parametrize("of_last", ["stated", "inferred"])
def test_the_day_of_an_old_stage_says_where_it_is_our_reading(client, made, of_first, of_last):
    """Once: of the stage where that is our reading, else of the day."""
    of = cast.project("旧桥加固", slug="old-bridge")
    for as_of, basis in (("2020", of_first), ("2021-06", of_last)):
        said = {"basis": basis, "note": "由上下文判断", "source": made.paper}
        cast.published(of, Topic.STAGE, Stage.BUILDING.value, as_of=as_of, **said)
    settle()
    *_, stage = read(client, "/en/projects/", **EVERYTHING).all("td", **{"data-label": "Stage"})
    assert "as of June 2021" in stage.text
    assert stage.text.count("inferred") == (of_last == "inferred")


def test_each_record_with_its_stage_money_kind_and_last_word(client, made):
    page = read(client, "/projects/", **EVERYTHING)
    assert page.one("h1").text == zh("Projects")
    rows = {cells[0].split(" QJ")[0]: cells[1:] for cells in page.rows("projects")}
    assert rows == {
        made.factory.name: ["在建 按 2024年10月的说法", "约 40 亿元", "工业", "2025年3月"],
        "示范工厂二期": [zh("not stated"), "5 亿元", "工业", "2025年3月"],
        "北渡物流园": [
            f"谋划 {zh('inferred')} 按 2024年10月的说法",
            f"{zh('agreed')} 20 亿元",
            "物流",
            "2024年10月",
        ],
        "綦万公路": ["通车 按 2023年6月的说法", "99.56 亿元", "交通", "2025年3月"],
        "老铝厂": ["在产 按 2024年10月的说法", zh("not published"), "工业", "2024年10月"],
        "会展中心": ["签约 终止 按 2024年10月的说法", zh("not published"), "城市建设", "2025年3月"],
    }


def test_in_english(client, made):
    page = read(client, "/en/projects/", **EVERYTHING)
    assert page.one("h1").text == "Projects"
    name, *cells = page.rows("projects")[0]
    assert name.startswith("Model factory QJ-0001 · project · Beidu area")
    assert cells == [
        "under construction as of October 2024",
        "about CNY 4.0 billion",
        "industry",
        "March 2025",
    ]


def test_each_name_leads_to_its_page(client, made):
    assert read(client, "/projects/").link("綦万公路") == "/projects/road/"
    assert read(client, "/en/projects/").link("Qiwan Road") == "/en/projects/road/"


def test_the_result_is_counted_and_added_up_by_the_rules(client, made):
    """The factory has a counted phase, the plant stands apart, the centre is cancelled."""
    page = read(client, "/en/projects/", **EVERYTHING)
    assert page.one("p", "result").text.startswith(
        "6 projects, of which 3 count as investment projects; 3 published their total investment, together "
        "about CNY 13.956 billion (1 not added, as part of another). "
    )


@pytest.mark.parametrize("query", [{}, {"counted": "1"}, {"counted": "true"}])
def test_without_a_question_it_shows_what_the_headline_counts_the_newest_word_first(client, made, query):
    page = read(client, "/en/projects/", **query)
    assert page.codes == COUNTED and "In this order: latest news first" in page.main
    (chip,) = [one for one in page.links if one.words == "Shown: Investment projects ×"]
    assert sorted(read(client, "/projects/" + chip.href).codes) == ALL


def test_what_is_usual_here_is_this_pages_alone(client, made):
    exported = {row["code"] for row in client.get("/data/projects.json").json()["projects"]}
    assert sorted(exported) == ALL
    page = read(client, "/projects/")
    assert page.link("JSON") == "/data/projects.json?counted=1"
    assert len(client.get(page.link("JSON")).json()["projects"]) == len(page.codes) == 3


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Investment projects", [PHASE, PARK, ROAD]),
        ("Plans", []),
        ("What stands already", [PLANT]),
        ("Titles and bids", []),
        ("Everything", ALL),
    ],
)
def test_the_parts_of_the_record_beside_each_other(client, made, words, found):
    for query in ({}, {"q": "QJ"}):
        page = read(client, "/en/projects/", **query)
        there = read(client, "/en/projects/" + page.link(words))
        assert sorted(there.codes) == found
        (on,) = [one.words for one in there.links if one.is_on and one.words in PARTS]
        assert on == words


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"record_type": "existing_plant"}, [PLANT]),
        ({"record_type": ["existing_plant", "park"]}, [PARK, PLANT]),
        ({"record_type": "project"}, [PHASE, ROAD]),
        ({"condition": "cancelled"}, [CENTRE]),
        ({"q": "铝厂"}, [PLANT]),
        ({"kind": "industrial"}, [PHASE]),
    ],
)
def test_what_stands_apart_is_found_where_it_is_asked_for(client, made, query, found):
    assert sorted(read(client, "/projects/", **query).codes) == found


def test_where_nothing_fits_it_leads_to_the_kinds(client, made):
    page = read(client, "/en/projects/", kind="energy", stage="planned")
    assert "No project matches all of these filters." in page.main
    assert read(client, "/en/projects/" + page.link("transport")).codes == [ROAD]


# Search


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("北渡", [FACTORY, PARK, PLANT]),  # two characters: of names and of the place
        ("铝厂", [PLANT]),
        ("QJ-0004", [ROAD]),
        ("ｑｊ－０００４", [ROAD]),  # full-width
        ("qiwan", [ROAD]),
        ("QIWAN ROAD", [ROAD]),
        ("样板厂", [FACTORY]),  # an alias
        ("building company", [FACTORY]),  # a party
        ("北渡 物流", [PARK]),  # every word
        ("物流 北渡", [PARK]),
        ("没有的", []),
        ("%", []),
        ("_", []),
        ("'; --", []),
    ],
)
def test_what_a_question_finds(client, made, question, found):
    assert sorted(listed(client, q=question)) == found


def test_the_question_stays_in_the_field_and_in_every_link(client, made):
    page = read(client, "/projects/", q="北渡", kind="industrial")
    assert page.one("input", id="q").given["value"] == "北渡"
    kept = page.all("input", type="hidden", name="kind")
    assert kept and {one.given["value"] for one in kept} == {"industrial"}
    assert all(parse_qs(query)["q"] == ["北渡"] for query, _, _ in facet_links(page))


def test_text_is_shown_as_text(client, made):
    page = read(client, "/projects/", q="<script>alert(1)</script>")
    assert "<script>alert" not in page.html and "&lt;script&gt;alert" in page.html


def test_nothing_found_says_so_and_leads_back(client, made):
    page = read(client, "/projects/", q="没有的")
    assert page.status == 200 and page.codes == []
    with override("zh-hans"):
        assert gettext("Nothing here is called “%(question)s”.") % {"question": "没有的"} in page.main
    assert page.link("交通") == "?kind=transport"


# Filters


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"kind": "industrial"}, [FACTORY, PHASE, PLANT]),
        ({"kind": ["transport", "urban"]}, [ROAD, CENTRE]),
        ({"sector": "light_alloy"}, [FACTORY]),
        ({"sector": "none"}, [PHASE, PARK, ROAD, PLANT, CENTRE]),
        ({"stage": "operating"}, [ROAD, PLANT]),
        ({"stage": ["operating", "none"]}, [PHASE, ROAD, PLANT]),
        ({"record_type": "base"}, [CENTRE]),
        ({"condition": "cancelled"}, [CENTRE]),
        ({"place": "area"}, [FACTORY, PLANT]),
        ({"place": "park"}, [FACTORY, PARK, PLANT]),  # with what lies in it
        ({"source": "notice"}, [FACTORY, PHASE, ROAD, CENTRE]),
        ({"source": "paper"}, [FACTORY, PARK, ROAD, PLANT, CENTRE]),
        ({"age": "1to2"}, [FACTORY, PARK, PLANT, CENTRE]),  # of October 2024, asked in March 2026
        ({"age": "over2"}, [ROAD]),
        ({"age": ["under1", "over2"]}, [ROAD]),
        ({"age": "1to2", "asof": "2024-12-31"}, [ROAD]),
        ({"age": "under1", "asof": "2024-12-31", "source": "paper"}, [FACTORY, PARK, PLANT, CENTRE]),
        ({"kind": "industrial", "stage": "operating"}, [PLANT]),
        ({"kind": "industrial", "source": "notice", "q": "二期"}, [PHASE]),
    ],
)
def test_what_a_filter_leaves(client, made, query, found):
    assert listed(client, **query) == found


@pytest.mark.parametrize(
    "query",
    [
        *({}, {"kind": "industrial"}, {"source": "notice"}, {"q": "北渡"}, {"counted": "all"}),
        *({"age": "1to2"}, {"counted": "all", "stage": "operating"}),
    ],
)
def test_every_choice_followed_gives_exactly_its_count(client, made, query):
    """Of a facet in which nothing is chosen yet; the choices of one that is in use are added up."""
    page = read(client, "/projects/", **query)
    links = facet_links(page)
    assert len(links) > 5
    in_use = set(query)
    for choice, is_on, count in links:
        (name,) = parse_qs(choice).keys() - query.keys() or {next(iter(in_use))}
        there = read(client, "/projects/?" + choice)
        assert counts(there)[0] == len(there.codes)
        if name not in in_use or name in ("place", "source") and not is_on:
            assert counts(there)[0] == count, choice


def test_two_choices_of_one_facet_add_up(client, made):
    page = read(client, "/projects/", stage="building", counted="all")
    choices = {query: count for query, is_on, count in facet_links(page) if query.count("stage=") == 2}
    assert choices
    for query, count in choices.items():
        assert counts(read(client, "/projects/?" + query))[0] == 1 + count


def test_a_choice_that_is_on_is_marked_and_turns_itself_off(client, made):
    page = read(client, "/projects/", stage="operating", **EVERYTHING)
    ((query, _, count),) = [link for link in facet_links(page) if link[1]]
    assert count == 2 and listed(client, **parse_qs(query)) == ALL


@pytest.mark.parametrize(
    ("day", "found"),
    [("2024-10-20", [FACTORY, PARK, ROAD, CENTRE]), ("2025-03-01", [PHASE, PARK, ROAD])],
)
def test_what_is_counted_is_asked_of_the_day(client, made, day, found):
    """Before parts and cancellations were known, too."""
    assert read(client, "/projects/", asof=day, known=day, counted=1, sort="code").codes == found


# Sorting and pages


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("code", ALL),
        ("-code", ALL[::-1]),
        ("total", [PHASE, FACTORY, ROAD, PARK, PLANT, CENTRE]),  # what is unknown comes last
        ("-total", [ROAD, FACTORY, PHASE, PARK, PLANT, CENTRE]),  # either way
        ("stage", [PARK, CENTRE, FACTORY, ROAD, PLANT, PHASE]),
        ("-stage", [PLANT, ROAD, FACTORY, CENTRE, PARK, PHASE]),
        ("news", [PARK, PLANT, FACTORY, PHASE, ROAD, CENTRE]),
    ],
)
def test_sorting(client, made, sort, found):
    assert listed(client, sort=sort) == found


def test_a_heading_sorts_and_turns_round(client, made):
    page = read(client, "/projects/")
    by_total = next(
        link.href for link in page.links if link.href.startswith("?") and "sort=total" in link.href
    )
    there = read(client, "/projects/" + by_total)
    assert there.one("th", **{"aria-sort": "ascending"}).text == zh("Total investment")
    assert "sort=-total" in " ".join(link.href for link in there.links)


def test_sorting_by_name_lists_each_record_once(client, made):
    assert sorted(listed(client, sort="name")) == ALL
    assert listed(client, sort="-name") == listed(client, sort="name")[::-1]


@pytest.mark.parametrize("sort", ["code", "-name", "stage", "-stage", "total", "-total", "news"])
@pytest.mark.parametrize("day", [{}, {"asof": "2025-01-01"}])
def test_pages_follow_one_another_without_a_gap_or_a_double_and_back(client, sort, day):
    crowd(120)
    page = read(client, "/projects/", sort=sort, counted="all", **day)
    pages = [page.codes]
    for word in ("Next page", "Next page", "Previous page", "Previous page"):
        page = read(client, "/projects/" + page.link(zh(word)))
        pages.append(page.codes)
    assert [len(codes) for codes in pages] == [50, 50, 20, 50, 50]
    assert len({code for codes in pages[:3] for code in codes}) == 120
    assert pages[3:] == pages[1::-1]


def test_pages_stay_where_they_are_while_records_come_in(client):
    crowd(60)
    before = read(client, "/projects/", sort="-code")
    there = before.link(zh("Next page"))
    codes = read(client, "/projects/" + there).codes
    crowd(10, first=900)
    assert read(client, "/projects/" + there).codes == codes


def test_the_links_to_pages_keep_question_and_order(client):
    crowd(120)
    page = read(
        client,
        "/projects/",
        counted="all",
        sort="-total",
        kind=["industrial", "water", "other", "energy", "urban"],
    )
    query = parse_qs(page.link(zh("Next page")).removeprefix("?"))
    assert query["sort"] == ["-total"] and len(query["kind"]) == 5 and len(query["after"]) == 1


@pytest.mark.parametrize("key", ["x", "~~~", "00000000~0~5", "~0~99999999999999999999", "%00", "after~9~9~9"])
def test_a_key_that_means_nothing_or_is_another_questions_leads_to_the_first_page(client, key):
    crowd(60)
    others = read(client, "/projects/", sort="name").link(zh("Next page"))
    first = read(client, "/projects/").codes
    for asked in (key, parse_qs(others.removeprefix("?"))["after"][0]):
        page = read(client, "/projects/", after=asked)
        assert page.codes == first and f"after={asked}"[:40] in page.text


def test_an_old_page_number_leads_to_the_first_page_with_a_sentence(client):
    crowd(60)
    page = read(client, "/projects/", page=2)
    assert page.codes == read(client, "/projects/").codes and "page=2" in page.text


def test_choosing_a_filter_begins_at_the_first_page(client):
    crowd(120)
    page = read(client, "/projects/", page=2)
    assert not any("page=" in query or "after=" in query for query, _, _ in facet_links(page))


# What means nothing here


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ({"kind": "castle"}, "kind=castle"),
        ({"place": "atlantis"}, "place=atlantis"),
        ({"source": "hidden-paper"}, "source=hidden-paper"),
        ({"counted": "0"}, "counted=0"),
        ({"sort": "beauty"}, "sort=beauty"),
        ({"sort": "--code"}, "sort=--code"),
        ({"page": "0"}, "page=0"),
        ({"page": "-1"}, "page=-1"),
        ({"page": "two"}, "page=two"),
        ({"page": "２"}, "page=２"),
        ({"page": "99999999999999999999"}, "page="),
        ({"q": "长" * 101}, "q="),
        ({"colour": "red"}, "colour=red"),
    ],
)
def test_an_unknown_value_is_named_and_ignored(client, made, query, named):
    cast.source("hidden-paper", is_public=False)
    page = read(client, "/projects/", **query)
    assert page.status == 200 and page.codes == COUNTED
    (notice,) = page.notices
    assert notice.startswith(zh("Not understood here, and left out:")) and named in notice
    assert "Not understood here, and left out:" in read(client, "/en/projects/", **query).text


def test_what_is_ignored_stands_as_text(client, made):
    page = read(client, "/projects/", kind="<img src=x>")
    assert "<img" not in page.html and "kind=<img src=x>" in page.notices[0]


def test_an_empty_value_is_no_value(client, made):
    page = read(client, "/projects/", q="", kind="", place="", asof="", known="", sort="", page="")
    assert page.codes == COUNTED and page.notices == []


def test_no_byte_that_postgresql_refuses_reaches_it(client, made):
    assert read(client, "/projects/?q=%00").status == 200
    assert read(client, "/projects/?q=%E9%93%9D%00%E5%8E%82&place=%00&source=a%00b").status == 200
    assert read(client, "/projects/?q=%ff%fe&kind=%ed%a0%80").status == 200


NAMES = ["q", "kind", "sector", "stage", "record_type", "condition", "place", "source", "counted"]
NAMES += ["sort", "page", "asof", "known", "type", "x"]
TELLING = ["industrial", "none", "building", "1", "-total", "area", "paper", "large", "2024-10-31"]
TELLING += ["9999-12-31", "0001-01-01"]
VALUES = st.text(max_size=8) | st.sampled_from(TELLING) | st.integers(-(10**12), 10**12).map(str)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(
    st.sampled_from(["/projects/", "/en/projects/", "/data/projects.csv", "/data/projects.json"]),
    st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=6),
)
def test_no_question_at_all_breaks_it(client, made, path, query):
    assert client.get(f"{path}?{urlencode(query, errors='replace')}").status_code == 200


# The two clocks


def test_as_of_a_day_before_a_record_was_known_of_it_is_absent(client, made):
    assert listed(client, asof="2023-06-29") == [FACTORY]  # its start in May was told later
    assert listed(client, asof="2023-06-30") == [FACTORY, ROAD]
    assert listed(client, known="2025-02-28") == [FACTORY, PARK, ROAD, PLANT, CENTRE]


def test_what_was_known_then_is_what_counts_then(client, made):
    then = read(client, "/en/projects/", known="2025-02-28", counted="all")
    assert counts(then) == (5, 4)  # no phase of the factory yet, and the centre not cancelled
    sentence = "You are looking back at 28 February 2025, with only what had been published by then."
    assert sentence in then.text


@pytest.mark.parametrize(
    "query", [{}, {"asof": "2023-06-29"}, {"asof": "2024-10-16"}, {"known": "2024-12-31"}]
)
def test_list_pages_and_exports_agree_on_what_was_on_record(client, made, query):
    listed_there = set(listed(client, **query))
    exported = {row["code"] for row in client.get("/data/projects.json", query).json()["projects"]}
    with_answer = {
        one.code
        for one in (made.factory, made.phase, made.logistics, made.road, made.plant, made.centre)
        if read(client, f"/projects/{one.slug}/", **query).all("details", id="everything")
    }
    assert listed_there == exported == with_answer


def test_every_link_of_a_past_day_stays_on_it(client, made):
    page = read(client, "/projects/", asof="2024-12-01", kind="industrial", counted="all")
    for query, _, _ in facet_links(page):
        assert parse_qs(query)["asof"] == ["2024-12-01"]
    assert page.link("老铝厂") == "/projects/plant/?asof=2024-12-01"
    assert page.link("CSV").endswith("kind=industrial&asof=2024-12-01")
    assert page.link(zh("Back to today")) == "/projects/"


@pytest.mark.parametrize(
    ("query", "shown", "sentence"),
    [
        ({"asof": "2027-01-01"}, "2 March 2026", "2027-01-01 lies in the future"),
        ({"asof": "1990-01-01"}, "31 May 2023", "Nothing is on record as early as 1990-01-01"),
        ({"known": "1990-01-01"}, "17 October 2024", "Nothing is on record as early as 1990-01-01"),
        ({"asof": "soon"}, "2 March 2026", "“soon” is not a date such as 2024-10-31"),
    ],
)
def test_a_day_out_of_reach_is_clamped_with_a_sentence(client, made, query, shown, sentence):
    page = read(client, "/en/projects/", **query)
    assert page.status == 200 and f"{sentence}; this page shows {shown}." in page.notices


def test_the_form_for_the_two_days_keeps_the_question(client, made):
    page = read(client, "/projects/", q="北渡", kind="industrial", asof="2025-01-01", type="large")
    kept = {(one.given["name"], one.given.get("value")) for one in page.all("input", type="hidden")}
    assert {("q", "北渡"), ("kind", "industrial"), ("type", "large"), ("asof", "2025-01-01")} <= kept


def test_large_type_travels_in_links(client, made):
    page = read(client, "/projects/", type="large", counted="all")
    assert page.one("html").has("large") and page.link("老铝厂") == "/projects/plant/?type=large"


# Cost


QUESTIONS = [{}, {"q": "0001"}, {"q": "没有的"}, {"kind": "industrial", "source": "paper", "sort": "-total"}]


@pytest.mark.parametrize("size", [10, 1000])
def test_a_page_takes_as_few_statements_whatever_its_size(client, size, django_assert_max_num_queries):
    """Six; one more where a source is named, of which it is asked whether it may be."""
    crowd(size)
    read(client, "/data/")
    for query in QUESTIONS:
        with django_assert_max_num_queries(6 + ("source" in query)):
            page = read(client, "/projects/", **query)
        assert page.status == 200
    assert counts(read(client, "/projects/", counted="all"))[0] == size


def test_a_past_day_costs_as_many_for_many_rows(client, django_assert_max_num_queries):
    crowd(60)
    read(client, "/data/")
    with django_assert_max_num_queries(9):
        assert counts(read(client, "/projects/", asof="2025-01-01", counted="all"))[0] == 60


def test_the_same_rows_are_one_question_away_on_any_day(made):
    """Today's pages and those of a past day go through the same rows: only the WHERE differs."""
    today = Clocks(cast.TODAY, cast.TODAY, cast.TODAY)
    settle()
    by_day = standings.rectangles_on(Clocks(cast.TODAY, cast.TODAY, date(2026, 3, 3)))
    now, then = map(project_rows.readable, (standings.on(today), by_day))
    assert set(now.values_list(*project_rows.COLUMNS)) == set(then.values_list(*project_rows.COLUMNS))


def test_the_stages_go_by_the_words_of_the_one_kind_that_is_asked_for(client, made):
    def stages(**query) -> str:
        page = read(client, "/projects/", counted="all", **query)
        return next(one.text for one in page.all("details", "facet") if one.text.startswith("阶段"))

    assert "通车" in stages(kind="transport") and "投产/投用" in stages()


@pytest.mark.parametrize("question", ["kind=none", "record_type=none", "kind=none&kind=industrial"])
def test_what_has_no_kind_is_called_by_no_kind(client, made, question):
    assert client.get(f"/projects/?{question}").status_code == 200
