"""Figures about the district: facts and targets, those that disagree side by side."""

import pytest

from projects.choices import IndicatorGroup
from projects.core.clocks import Clocks
from projects.public import statistics
from tests import cast
from tests.public.portfolio import figures, yi
from tests.public.reading import read, zh

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(made):
    figures(made)
    return made


def shown(client, **query) -> dict[str, str]:
    """Each line by its ref."""
    page = read(client, "/statistics/", **query)
    lines = [one for one in page.all("li") if one.is_in("article", "figure-line")]
    return {one.given["id"]: one.text for one in lines}


def subjects(page) -> list[str]:
    return [one.text for one in page.all("h3") if one.is_in("article", "figure-line")]


def test_figures_stand_under_their_subject_in_the_order_of_the_groups(client, told):
    page = read(client, "/statistics/")
    groups = [zh("Where the sources disagree"), zh("industry"), zh("Where it is said")]
    assert [one.text for one in page.all("h2")] == groups
    assert subjects(page) == ["重点项目", "产业规模"]


def test_each_with_its_time_its_figure_and_where_it_is_said(client, told):
    page = read(client, "/statistics/")
    assert shown(client)["s-right"] == "● 2023年 99.56 亿元"
    assert shown(client)["s-166"].startswith("● 2024年 166 个")
    assert "日报某版 · 第1部分第3段" in page.one("div", id="n-s-target").text
    marks = [one for one in page.all("a", "fn") if one.given["href"] == "#n-s-target"]
    assert [one.given["id"] for one in marks] == ["m-s-target"]


def test_a_fact_and_a_target_are_drawn_on_one_line(client, told):
    page = read(client, "/statistics/")
    (line,) = page.all("svg", "axis")
    drawn = [one.tag for one in page.elements if one.within is line and one.tag in ("circle", "rect")]
    assert drawn == ["circle", "rect"]


def test_in_english(client, told):
    page = read(client, "/en/statistics/")
    assert page.one("h1").text == "District figures"
    assert subjects(page) == ["Key projects", "Output"]
    assert "CNY 9.956 billion" in page.main


def test_of_a_group_all_but_the_first_can_be_folded(client, told):
    for number in range(3):
        one = cast.indicator(f"i{number}", group="industry", position=3 + number)
        cast.statistic(yi(1), subject=one)
    page = read(client, "/en/statistics/")
    folded = [one.given["id"] for one in page.all("article") if one.is_in("details", "narrow")]
    assert folded == ["subject-i0", "subject-i1", "subject-i2"]
    assert [one.text for one in page.all("summary") if one.is_in("details", "narrow")] == ["Show 3 more"]


def test_the_age_is_that_of_the_newest_of_all_figures_not_of_a_page(client, told, monkeypatch):
    monkeypatch.setattr(statistics, "PAGE_SIZE", 1)
    page = read(client, "/en/statistics/")
    assert "s-right" not in page.ids  # the newest
    assert "Last report: March 2025, 12 months ago." in page.one("p", "lede").text
    then = read(client, "/en/statistics/", asof="2025-01-31", known="2025-01-31")
    assert "Last report: October 2024, 3 months ago." in then.one("p", "lede").text


def test_a_figure_that_was_withdrawn_is_neither_a_subject_nor_the_newest(client, told):
    gone = cast.indicator("gone", name="撤回", group="projects", position=0)
    wrong = cast.statistic(yi(1), subject=gone, as_of="2025-05", known_on="2025-06-01")
    asked = {"asof": "2026-03-02", "known": "2025-06-01"}
    before = read(client, "/en/statistics/", **asked)
    assert "subject-gone" in before.ids and "Last report: June 2025" in before.main
    cast.statistic(None, subject=gone, corrects=wrong, as_of="2025-05", known_on="2025-06-02")
    clocks = Clocks(cast.TODAY, cast.TODAY, cast.TODAY)
    assert "gone" not in statistics.subjects(clocks).values_list("code", flat=True)
    assert "Last report: March 2025" in read(client, "/en/statistics/").main
    assert read(client, "/en/statistics/", **asked).main == before.main


def test_facts_come_before_targets(client, told):
    assert list(shown(client)) == ["s-166", "s-right", "s-class", "s-target"]


def test_a_target_is_marked_and_one_whose_time_has_passed_too(client, told):
    lines = shown(client)
    assert zh("target") in lines["s-target"] and zh("its time has passed") in lines["s-target"]
    assert zh("target") in lines["s-class"] and zh("its time has passed") not in lines["s-class"]
    assert zh("target") not in lines["s-right"]


def test_a_class_is_words_and_never_an_amount(client, told):
    assert "百亿级" in shown(client)["s-class"]


def test_the_one_that_disagrees_stands_beside_the_one_we_use(client, told):
    line = shown(client)["s-166"]
    assert f"≠ {zh('also said:')}160 个" in line


def test_a_corrected_figure_is_replaced_from_the_day_of_its_correction(client, told):
    assert "9 亿元" in shown(client, known="2025-02-28")["s-wrong"]
    after = shown(client, known="2025-03-01")
    assert "s-wrong" not in after and "99.56 亿元" in after["s-right"]


def test_as_of_a_day_before_any_figure_there_is_nothing(client, told):
    cast.published(told.road, "works", "测量", ref="early", as_of="2020", known_on="2024-10-17")
    from_then = read(client, "/statistics/", asof="2021-01-01")
    assert zh("Nothing had been published by that day.") in from_then.main or from_then.notices


def test_without_any_figure_the_page_says_so(client, db):
    assert zh("Nothing had been published by that day.") in read(client, "/statistics/").main


def test_each_line_leads_to_its_place_in_the_source(client, told):
    page = read(client, "/statistics/")
    hrefs = [link.href for link in page.links if "/sources/" in link.href and "#" in link.href]
    assert sorted(href.partition("#")[2] for href in hrefs) == [
        "s-160",
        "s-166",
        "s-class",
        "s-right",
        "s-target",
    ]
    for href in hrefs:
        path, _, anchor = href.partition("#")
        assert anchor in read(client, path).ids


def test_every_group_has_a_heading_to_jump_to(client, db):
    for number, group in enumerate(IndicatorGroup):
        one = cast.indicator(f"i{number}", group=group, name=f"指标{number}")
        cast.statistic(yi(1), subject=one)
    page = read(client, "/statistics/")
    jumps = {
        link.href.removeprefix("#") for link in page.links if "#" in link.href and link.href[1:] in page.ids
    }
    jumps = {one for one in jumps if not one.startswith(("n-", "m-", "main"))}
    assert jumps == set(IndicatorGroup.values) <= page.ids


def test_the_number_of_statements_does_not_grow(client, told, django_assert_max_num_queries):
    read(client, "/data/")
    for number in range(12):
        cast.statistic(yi(number), period=str(2010 + number), source=told.paper)
    with django_assert_max_num_queries(3):
        assert len(shown(client)) == 16


@pytest.mark.every_engine
@pytest.mark.parametrize("size", [1, 50])
def test_what_leads_to_a_subject_leads_to_a_page_on_which_it_stands(client, told, monkeypatch, size):
    monkeypatch.setattr(statistics, "PAGE_SIZE", size)
    source = read(client, "/sources/paper/")
    leads = {one.given["href"] for one in source.all("a") if "#subject-" in one.given["href"]}
    assert len(leads) == 2
    for address, _, subject in (one.partition("#") for one in leads):
        assert subject in read(client, address).ids


def test_a_page_that_begins_with_a_subject_leads_to_those_before_it(client, told, monkeypatch):
    monkeypatch.setattr(statistics, "PAGE_SIZE", 1)
    page = read(client, "/statistics/", subject="output")
    assert subjects(page) == ["产业规模"]
    assert subjects(read(client, "/statistics/" + page.one("a", rel="prev").given["href"])) == ["重点项目"]


@pytest.mark.parametrize("at", ["nothing", "", "\0", "a" * 5000])
def test_a_subject_that_is_none_leads_to_the_first_page(client, told, at):
    assert subjects(read(client, "/statistics/", subject=at)) == ["重点项目", "产业规模"]


def test_the_figures_can_be_taken_along_as_of_the_day_shown(client, told):
    page = read(client, "/en/statistics/", asof="2024-12-31")
    assert page.link("CSV") == "/en/data/statistics.csv?asof=2024-12-31"
    assert page.link("XLSX") == "/en/data/statistics.xlsx?asof=2024-12-31"
