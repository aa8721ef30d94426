"""The overview: how far everything is and how old that is, each number leading to the rows behind it."""

import re

import pytest

from projects.choices import Milestone, Stage, Topic
from projects.core import fuzzy_dates
from tests import cast
from tests.public.crowd import crowd
from tests.public.portfolio import settle
from tests.public.reading import read, zh

pytestmark = pytest.mark.django_db
PREFIXES = ("", "/en")


def listed(client, href: str) -> int:
    """How many records the list says there are behind a link."""
    found = re.search(r"<strong>(\d+)</strong>", read(client, href).html)
    return int(found[1]) if found else 0


def headline(page) -> str:
    return page.one("p", "headline").text


def test_the_headline_counts_by_the_rules(client, made):
    """The phase, the park and the road count; the whole of the phase, the plant and the centre do not."""
    said = headline(read(client, "/en/"))
    assert said.startswith("The latest public report is from March 2025 (12 months ago).")
    assert "of 3 investment projects 1 was in operation, 1 planned, and for 1 no stage was given" in said
    assert said.endswith("2 of the 3 have a published total investment, CNY 10.456 billion in all.")


def test_a_shared_link_says_the_same_in_whole_sentences(client, made):
    of = {
        prefix: read(client, f"{prefix}/").one("meta", name="description").given["content"]
        for prefix in PREFIXES
    }
    assert of["/en"].startswith(
        "3 investment projects, last reported on in March 2025, 12 months ago: in operation 1 · "
    )
    assert of[""].startswith("3 个投资项目，最近的报道是2025年3月，12 个月前：投产/投用 1 · ")


def test_a_stage_that_nobody_stated_is_called_the_same_on_every_page(client, made):
    words = zh("not stated")
    assert f"{words} 1" in read(client, "/").main
    assert words in [one.text for one in read(client, "/projects/").all("span", "unknown")]


def test_in_chinese(client, made):
    said = headline(read(client, "/"))
    assert said.startswith("公开报道最近到 2025年3月（12 个月前）。按当时的说法，3 个投资项目中，")
    assert said.endswith("3 个中 2 个公布了总投资，合计 104.56 亿元。")


def test_of_one_total_it_speaks_as_of_one(client, made):
    then = headline(read(client, "/en/", asof="2024-12-31", known="2024-12-31"))
    assert "1 of the 4 has a published total investment" in then


def test_it_says_of_how_many_the_stage_is_inferred(client, made):
    assert "；1 个的阶段是推定" in headline(read(client, "/"))
    cast.published(made.logistics, value=Stage.SIGNED.value, source=made.notice)
    settle()
    assert "的阶段是" not in headline(read(client, "/", again=1))


@pytest.mark.parametrize("door", ["/", "/en/"])
def test_from_every_figure_in_three_clicks_to_its_place_in_the_document(client, made, door):
    """The figure, the first of its records, the source in the note that its mark opens."""
    figures = [
        one for one in read(client, door).all("a") if one.is_in("p", "headline") and not one.has("meaning")
    ]
    assert len(figures) >= 4
    for figure in figures:
        there = read(client, figure.given["href"]).all("a")
        record = next(
            one.given["href"] for one in there if one.is_in("table", "projects") and one.is_in("tbody")
        )
        page = read(client, record)
        ref = page.all("a", "fn")[0].given["href"].removeprefix("#note-")
        note = next(
            one.href for one in page.links if "/sources/" in one.href and one.href.endswith(f"#{ref}")
        )
        path, _, anchor = note.partition("#")
        assert "/sources/" in path and anchor in read(client, path).ids


def test_a_cancelled_one_is_named_after_the_number(client, made):
    assert "1 cancelled record is not counted." in read(client, "/en/").main


def test_what_people_look_for_is_one_press_away(client, made):
    page = read(client, "/")
    assert page.link("水库") == "/projects/?q=%E6%B0%B4%E5%BA%93#found"
    assert [one.given["action"] for one in page.all("form", role="search")] == ["/projects/"] * 2


# The bar, and the kinds


def test_the_bar_parts_each_stage_by_whether_its_word_is_older_than_two_years(client, made):
    old = cast.project("旧项目", slug="old")
    cast.published(old, value=Stage.PLANNED.value, as_of="2021-06", known_on="2021-06-30")
    settle()
    rects = [one for one in read(client, "/").all("rect") if one.is_in("svg", "stagebar")]
    drawn = {one.given.get("class") for one in rects}
    assert {"planned", "planned aged", "none"} <= drawn


def test_each_kind_leads_to_as_many_rows(client, made):
    page = read(client, "/en/")
    rows = page.all("li", **{"data-counts": "project"})
    said = {one.text.rsplit(" ", 1)[0]: int(one.text.rsplit(" ", 1)[1]) for one in rows}
    for name, number in said.items():
        assert listed(client, page.link(name)) == number
    assert sum(said.values()) == 3


# Promises and news


def test_promises_past_and_silent_come_first_the_most_overdue_before_the_others(client, made):
    for year in ("2022", "2019"):
        late = {"measure": Milestone.OPERATING.value, "as_of": "2019", "known_on": "2024-10-17"}
        cast.published(made.logistics, Topic.PROMISED, fuzzy_dates.parse(year), scope=f"{year}期", **late)
    settle()
    page = read(client, "/en/")
    section = page.section("Dates that were promised")
    assert section.startswith("All promises Past due, with no outcome reported: 2 Beidu")
    assert section.index("2019") < section.index("2022") and "⋯ no report since" in section
    assert page.link("2") == "/en/promises/?verdict=no_word"


def test_where_nothing_is_overdue_no_heading_stands_over_nothing(client, made):
    page = read(client, "/en/")
    assert not [one.text for one in page.all("h2") if "promised" in one.text]


def test_what_happened_last_with_its_place_in_the_source(client, made):
    page = read(client, "/en/")
    news = page.section("Latest reports")
    assert "1 March 2025 Convention Centre was cancelled" in news
    assert "1 March 2025 Model factory completion moved from 2025 to June 2026" in news
    assert "June 2023 Qiwan Road opened to traffic" in news
    marks = [mark.given["href"].partition("#") for mark in page.all("a", "fn")]
    assert marks and all(anchor in read(client, path).ids for path, _, anchor in marks)


def test_what_was_inferred_says_so(client, made):
    on = fuzzy_dates.parse("2024-03")
    said = {"measure": "operating", "as_of": "2024-03", "basis": "inferred", "source": made.notice}
    cast.published(made.logistics, Topic.ACTUAL, on, **said)
    settle()
    (line,) = [one.text for one in read(client, "/en/").all("li") if "Beidu Logistics Park" in one.text]
    assert line.startswith("March 2024") and "inferred" in line


def test_a_corrected_claim_is_no_news(client, made):
    happened = made.road.claims.get(ref="r-open")
    told = {"measure": happened.measure, "as_of": happened.as_of, "source": made.notice}
    cast.published(made.road, Topic.ACTUAL, None, ref="gone", corrects=happened, note="误记", **told)
    settle()
    assert "Qiwan Road opening to traffic" not in read(client, "/en/").main


def test_what_began_and_ended_this_year(client, made):
    road = {"as_of": "2026-01-10", "known_on": "2026-01-10", "source": made.notice}
    cast.published(made.logistics, value=Stage.BUILDING.value, **road)
    settle()
    assert "Reported since 31 December 2025: 1 started, 0 finished" in read(client, "/en/").main


# A past day


def test_as_of_a_past_day_it_says_what_was_known_then(client, made):
    page = read(client, "/en/", known="2025-02-28")
    assert "of 4 investment projects" in headline(page)
    assert "is not counted" not in page.main
    links = [one.href for one in page.links if "counted=1" in one.href]
    assert links and all("asof=2025-02-28" in href and "known=2025-02-28" in href for href in links)


def test_the_age_of_the_data_is_that_on_the_day_shown(client, made):
    """Of a past day as known today, the last word came later, and no age is a date to come."""
    said = {
        (): "from March 2025 (12 months ago)",
        ("known", "2025-03-31"): "from March 2025 (30 days ago)",
        ("asof", "2024-10-31"): "from October 2024 (14 days ago)",
        ("asof", "2023-06-30"): "from October 2024 (15 months after the day shown)",
    }
    for query, words in said.items():
        assert words in headline(read(client, "/en/", **dict([query] if query else []))), query


def test_with_nothing_on_record_it_says_so_in_one_line(client, db):
    page = read(client, "/")
    assert page.status == 200 and headline(page) == zh("Nothing had been published by that day.")
    assert not page.all("h2")


@pytest.mark.parametrize("size", [10, 1000])
def test_at_most_six_statements_whatever_there_is(client, made, size, django_assert_max_num_queries):
    crowd(size, first=100)
    read(client, "/data/")
    with django_assert_max_num_queries(6):
        assert read(client, "/").status == 200


def test_it_is_cited_by_a_name_and_not_by_its_question(client, made):
    """A question in the middle of a sentence reads as two."""
    cited = read(client, "/en/").one("p", "cite").text
    assert cited.startswith("To cite: Qijiang Project Progress, Overview, as of ")
