"""A project's page: the answer in words, figures with footnotes, promises, conflicts, every claim."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projects.choices import Condition, Stage, Topic
from projects.core import fuzzy_dates
from projects.models import OldSlug
from tests import cast
from tests.public.crowd import crowd
from tests.public.portfolio import settle, yi
from tests.public.reading import Page, read, zh

pytestmark = pytest.mark.django_db
ADDRESS, IN_ENGLISH = "/projects/factory/", "/en/projects/factory/"


def lede(page: Page) -> str:
    """The answer in words."""
    return page.one("p", "lede").text


def notes(page: Page) -> list:
    return page.all("a", "fn")


# The answer in words


def test_the_first_words_say_what_how_far_since_when_how_much_what_next(client, made):
    assert lede(read(client, IN_ENGLISH)) == (
        "A model factory for aluminium. As of 17 October 2024: under construction. "
        "Start of construction: May 2023. Total investment about CNY 4.0 billion. "
        "Completion promised: June 2026 (late)."
    )


def test_in_chinese(client, made):
    page = read(client, ADDRESS)
    assert page.one("h1").text == made.factory.name
    said = lede(page)
    for words in ("一座示范性的铝材工厂。", "2024年10月17日", "在建", "2023年5月", "约 40 亿元", "2026年6月"):
        assert words in said


def test_what_is_inferred_and_what_is_unknown_say_so(client, made):
    assert lede(read(client, "/en/projects/park/")) == (
        "As of 17 October 2024: planned (inferred). Total investment: not published. "
        "Agreed investment CNY 2.0 billion. Next date: not published."
    )


def test_a_cancelled_one_says_so(client, made):
    assert "Work is cancelled." in lede(read(client, "/en/projects/centre/"))


def test_a_cancelled_one_promises_nothing(client, made):
    cast.published(made.factory, Topic.CONDITION, Condition.CANCELLED.value, source=made.notice)
    settle()
    said = lede(read(client, IN_ENGLISH))
    assert "promised" not in said and "Next date" not in said


def test_a_part_in_use_is_said(client, made):
    cast.published(made.factory, Topic.STAGE, Stage.OPERATING.value, scope="一号线", source=made.notice)
    settle()
    assert "part of it in use" in lede(read(client, IN_ENGLISH))


def test_the_table_of_the_answer(client, made):
    page = read(client, IN_ENGLISH)
    answer = page.one("dl", "answer").text
    assert answer.startswith("Stage under construction Total investment about CNY 4.0 billion ")
    assert "Where Beidu area" in answer
    assert "Responsible unit Development and Reform Commission" in answer
    assert "Last word March 2025 12 months ago" in answer


def test_looking_back_the_last_word_may_have_come_later(client, made):
    later = read(client, IN_ENGLISH, asof="2023-06-30").one("dl", "answer").text
    assert "Last word October 2024 15 months after the day shown" in later
    then = read(client, IN_ENGLISH, known="2024-12-31").one("dl", "answer").text
    assert "Last word October 2024 2 months ago" in then
    assert "晚于截至日 15 个月" in read(client, ADDRESS, asof="2023-06-30").one("dl", "answer").text


# Milestones


def milestone(client, name: str, **query) -> list[str]:
    """First promised, promised now, actual, verdict."""
    page = read(client, IN_ENGLISH, **query)
    return next(cells[1:] for cells in page.rows() if cells[0] == name)


def test_a_milestone_with_its_first_promise_the_one_that_holds_and_the_verdict(client, made):
    assert milestone(client, "completion") == ["2025", "June 2026", "no word", "✕ late 6 months late"]
    assert milestone(client, "start of construction") == ["none", "none", "May 2023", "nothing to judge"]


def test_the_verdict_is_that_of_the_day(client, made):
    before = milestone(client, "completion", asof="2024-12-31", known="2024-12-31")
    assert before == ["2025", "2025", "no word", "◇ not due yet"]


# Figures, conflicts, relations


def test_figures_with_their_names(client, made):
    figures = read(client, IN_ENGLISH).section("Figures and works")
    assert re.search(r"Water a year 180 million m³", figures)
    assert "investment" not in figures


# Money


def drawn(page: Page) -> dict[str, float]:
    """How wide each amount is in the bar, of 1000."""
    found = [one for one in page.all("rect") if one.is_in("svg", "money") and not one.is_in("svg", "key")]
    return {one.given["class"]: float(one.given["width"]) for one in found}


def test_money_as_a_bar_with_its_table(client, made):
    cast.published(made.factory, Topic.INVESTED_TO_DATE, yi(10), ref="f-spent", source=made.notice)
    cast.published(made.factory, Topic.AGREED_INVESTMENT, yi(80), ref="f-agreed", source=made.paper)
    settle()
    page = read(client, IN_ENGLISH)
    assert drawn(page) == {"outlined": 500, "invested": 125, "agreed": 1000}
    assert page.rows("sums") == [
        ["Total investment", "about CNY 4.0 billion", "17 October 2024"],
        ["Invested to date", "CNY 1.0 billion", "1 March 2025"],
        ["Agreed investment", "CNY 8.0 billion", "17 October 2024"],
    ]
    svg = next(one for one in page.all("svg", "money") if one.given.get("role") == "img")
    title, words = svg.given["aria-labelledby"].split()
    assert page.one("title", id=title).text.startswith("Money to scale")
    assert page.one("desc", id=words).text == (
        "Total investment: about CNY 4.0 billion; Invested to date: CNY 1.0 billion; "
        "Agreed investment: CNY 8.0 billion"
    )


def test_of_money_what_was_not_published_is_said(client, made):
    page = read(client, "/en/projects/park/")  # only agreed
    assert drawn(page) == {"agreed": 1000}
    assert page.rows("sums") == [
        ["Total investment", "not published"],
        ["Invested to date", "not published"],
        ["Agreed investment", "CNY 2.0 billion", "17 October 2024"],
    ]


def test_where_no_amount_is_known_there_is_no_bar_but_a_sentence(client, made):
    page = read(client, "/en/projects/plant/")
    assert not page.all("svg", "money") and not page.rows("sums")
    said = "Neither what it costs nor what was invested or agreed has been published."
    assert page.section("Money") == said


def test_money_is_that_of_the_day(client, made):
    page = read(client, "/en/projects/road/", asof="2025-02-28")
    assert not page.all("svg", "money")
    assert page.section("Money").startswith("Neither")
    assert drawn(read(client, "/en/projects/road/")) == {"outlined": 1000}


def test_nothing_invested_is_known_and_yet_no_bar(client, made):
    cast.published(made.plant, Topic.INVESTED_TO_DATE, yi(0), ref="o-spent", source=made.notice)
    settle()
    page = read(client, "/en/projects/plant/")
    assert not page.all("svg", "money")
    assert page.rows("sums")[1] == ["Invested to date", "0 yuan", "1 March 2025"]


def test_statements_that_disagree_stand_side_by_side_with_what_decided(client, made):
    conflict = read(client, IN_ENGLISH).section("Statements that disagree")
    assert "We use about CNY 4.0 billion" in conflict and "Also said: CNY 4.5 billion" in conflict
    assert "Nothing tells the two apart: we use what its source says first." in conflict


def test_without_a_conflict_there_is_no_such_section(client, made):
    assert "Statements that disagree" not in read(client, "/en/projects/plant/").main


def test_a_step_back_below_a_fact_is_shown(client, made):
    cast.published(made.road, value=Stage.PREPARING.value, note="返工", source=made.notice)
    settle()
    conflict = read(client, "/en/projects/road/").section("Statements that disagree")
    assert "We use open to traffic" in conflict and "Also said: preparing." in conflict
    assert "What was said later is lower; that alone does not lower the stage." in conflict


def test_what_was_read_in_the_newest_source_is_dated_as_that_source_is(client, made):
    autumn = cast.source("autumn", published="2025-09/2025-12")
    cast.published(made.plant, value=Stage.OPERATING.value, ref="o-autumn", source=autumn)
    settle()
    page = read(client, "/projects/plant/")
    assert "2025年9月至12月" in page.main and "2025年12月31日" not in page.main


def test_that_no_date_stands_and_what_is_expected_are_said(client, made):
    cast.published(
        made.plant, Topic.PROMISED, "tbd", measure="operating", scope="二期", ref="o-tbd", source=made.notice
    )
    on = fuzzy_dates.parse("2027")
    said = {"measure": "completed", "qualifier": "expected", "ref": "o-expected", "source": made.notice}
    cast.published(made.plant, Topic.PROMISED, on, **said)
    settle()
    page = read(client, "/projects/plant/")
    assert "待定" in page.section("节点") and "预计 2027年" in page.section("节点")


def test_a_figure_of_several_projects_stands_on_each_of_them_and_is_not_its_own(client, made):
    cast.statistic(yi(275), members=[made.plant.code, made.road.code])
    settle()
    for slug in ("plant", "road"):
        page = read(client, f"/en/projects/{slug}/")
        assert "CNY 27.5 billion" in page.section("Figures of several projects together")
        assert "27.5" not in page.section("Money")
    assert "Figures of several projects together" not in read(client, IN_ENGLISH).main


def test_parties_parts_and_other_names(client, made):
    page = read(client, IN_ENGLISH)
    assert "builder A building company part 1, paragraph 2" in page.section("Parties")
    assert "Model factory, phase two" in page.section("Whole and parts")
    assert "样板厂 other name" in page.section("Other names")
    phase = read(client, "/en/projects/phase/")
    assert phase.link("Model factory") == "/en/projects/factory/"


# What changed


def test_what_changed_and_when_in_plain_words(client, made):
    changed = read(client, IN_ENGLISH).section("What changed, and when")
    newest, first = changed.split("17 October 2024 ", 1)
    assert newest == "1 March 2025 promised date · completion: 2025 → June 2026 "
    assert "total investment: about CNY 4.0 billion" in first and "stage: under construction" in first
    assert "capacity · Water a year: 180 million m³" in first and "厂房封顶" not in first


def test_a_value_that_was_withdrawn_is_said_with_what_it_was(client, made):
    wrong = made.road.claims.get(ref="r-total")
    day = {"known_on": "2025-06-01", "source": made.notice}
    cast.published(made.road, Topic.TOTAL_INVESTMENT, None, corrects=wrong, note="误记", **day)
    settle()
    changed = read(client, "/en/projects/road/").section("What changed, and when")
    assert changed.startswith("1 June 2025 total investment: withdrawn; it was CNY 9.956 billion")


def test_only_what_was_known_by_then_changed(client, made):
    changed = read(client, IN_ENGLISH, known="2025-02-28").section("What changed, and when")
    assert "2026" not in changed and "promised date · completion: 2025" in changed


# Every claim, and footnotes


def test_every_claim_is_listed_with_both_clocks_and_its_place(client, made):
    page = read(client, IN_ENGLISH)
    lines = page.rows("claims")
    assert len(lines) == made.factory.claims.count() == 8
    about, said, as_of, known_on, place = next(line for line in lines if "about CNY" in line[2])[1:]
    assert (about, said, as_of, known_on) == (
        "total investment",
        "about CNY 4.0 billion",
        "17 October 2024",
        "17 October 2024",
    )
    assert place.startswith("A page of the daily · part 1, paragraph 1, sentence 2")


def test_words_in_chinese_only_are_marked_as_such_in_english(client, made):
    page = read(client, IN_ENGLISH)
    works = [one for one in page.all(lang="zh-Hans") if one.text == "厂房封顶"]
    assert works


@pytest.mark.parametrize("slug", ["factory", "park", "road", "centre"])
@pytest.mark.parametrize("door", ["", "/en"])
@pytest.mark.parametrize("query", [{}, {"asof": "2025-01-01", "known": "2025-01-01"}])
def test_every_footnote_leads_to_an_anchor_that_exists(client, made, slug, door, query):
    page = read(client, f"{door}/projects/{slug}/", **query)
    assert notes(page)
    for mark in notes(page):
        path, _, anchor = mark.given["href"].partition("#")
        assert not path and anchor in page.ids
        (there,) = [one for one in page.all("div", "note") if one.given["id"] == anchor]
        assert "/sources/" in next(link.href for link in page.links if link.href.endswith(f"#{anchor[5:]}"))
        assert f"mark-{anchor[5:]}" in page.ids and there.text
        assert mark.given["aria-label"] and mark.given["title"]


FIGURE = re.compile(r"\d[\d.,]* (?:亿|万)?(?:元|立方米)")


@pytest.mark.parametrize("address", [ADDRESS, "/projects/park/", "/projects/road/", "/projects/phase/"])
def test_every_amount_on_the_page_has_its_footnote(client, made, address):
    """Beside it, or in the same line of the list of claims, which leads to the place itself."""
    page = read(client, address)
    body = page.html[page.html.index("<main") : page.html.index('<table class="claims')]
    body = re.sub(r"<svg.*?</svg>", "", body, flags=re.DOTALL)  # what is drawn stands in its table
    bare = re.sub(r"<(?!/?a\b)[^>]*>", "", body)
    found = list(FIGURE.finditer(bare))
    assert found
    for figure in found:
        assert bare[figure.end() :].lstrip().startswith('<a class="fn"'), figure[0]


def test_control_an_amount_without_its_footnote_would_be_found():
    bare = '约 40 亿元<a class="fn" href="#f">1</a>,又 5 亿元。'
    rests = [bare[figure.end() :].startswith('<a class="fn"') for figure in FIGURE.finditer(bare)]
    assert rests == [True, False]


def test_a_correction_and_what_it_corrects_lead_to_each_other(client, made):
    wrong = made.factory.claims.get(ref="f-works")
    cast.published(made.factory, Topic.WORKS, "主体封顶", ref="f-works-2", source=made.notice, corrects=wrong)
    settle()
    page = read(client, IN_ENGLISH)
    assert page.link("corrected") == "#f-works-2" and page.link("a correction") == "#f-works"
    assert {"f-works", "f-works-2"} <= page.ids


def test_a_withdrawal_is_shown_as_such(client, made):
    wrong = made.road.claims.get(ref="r-total")
    cast.published(made.road, Topic.TOTAL_INVESTMENT, None, source=made.notice, corrects=wrong, note="误记")
    settle()
    page = read(client, "/en/projects/road/")
    assert "withdrawn" in page.main and "Total investment: not published." in lede(page)


def test_anchors_are_unique(client, made):
    page = read(client, ADDRESS)
    ids = [one.given["id"] for one in page.elements if one.given.get("id")]
    assert len(ids) == len(set(ids))


# For machines


def test_what_it_is_in_the_words_of_schema_org(client, made):
    page = read(client, IN_ENGLISH)
    record = page.one(itemtype="https://schema.org/Project")
    said = {one.given["itemprop"]: one for one in page.elements if "itemprop" in one.given}
    assert said["description"].given["id"] == record.given["itemref"]
    assert said["description"].text == "A model factory for aluminium."
    assert page.one(itemprop="identifier").given["content"] == "QJ-0001"
    assert page.one("h1", itemprop="name").text == "Model factory"
    steps = [one.text for one in page.all("li", itemprop="itemListElement")]
    assert steps == ["Projects", "industry", "QJ-0001"]
    assert [one.given["content"] for one in page.all("meta", itemprop="position")] == ["1", "2", "3"]


# The two clocks


def test_as_of_a_past_day_the_page_says_what_was_known_then(client, made):
    page = read(client, IN_ENGLISH, known="2025-02-28")
    assert "You are looking back: as of 28 February 2025, as known on 28 February 2025." in page.text
    assert "Completion promised: 2025 (not due yet)." in lede(page)
    assert "f-moved" not in page.ids


def test_a_project_not_known_yet_says_so(client, made):
    page = read(client, "/en/projects/phase/", known="2024-12-31")
    assert page.status == 200 and not page.all("dl", "answer")
    assert "Nothing was on record about it as of 31 December 2024, as known on 31 December 2024." in page.main
    assert zh("Show today") in read(client, "/projects/phase/", known="2024-12-31").main


def test_links_stay_on_the_day(client, made):
    page = read(client, IN_ENGLISH, asof="2025-06-01")
    assert page.link("Model factory, phase two") == "/en/projects/phase/?asof=2025-06-01"
    places = [link.href for link in page.links if "/sources/" in link.href and "#" in link.href]
    assert places and all("asof=2025-06-01" in href for href in places)
    assert "asof=2025-06-01" in page.link("industry")


def test_a_day_out_of_reach_is_clamped_with_a_sentence(client, made):
    page = read(client, IN_ENGLISH, asof="2199-01-01", known="x")
    assert page.status == 200 and len(page.notices) == 2
    assert "2199-01-01 lies in the future; this page shows 2 March 2026." in page.notices


VALUES = (
    st.text(max_size=8) | st.dates().map(str) | st.sampled_from(["large", "9999-12-31", "２０２４-01-01"])
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.dictionaries(st.sampled_from(["asof", "known", "type", "q", "page"]), VALUES))
def test_no_question_at_all_breaks_it(client, made, query):
    assert read(client, ADDRESS, **query).status == 200


# Addresses


@pytest.mark.parametrize("door", ["", "/en"])
def test_unknown_and_private_are_not_found_alike_byte_for_byte(client, made, door):
    before = client.get(f"{door}/projects/secret/")
    cast.project("机密项目", slug="secret", is_public=False)
    after = client.get(f"{door}/projects/secret/")
    assert before.status_code == after.status_code == 404
    assert before.content == after.content and dict(before.headers) == dict(after.headers)


def test_the_page_of_what_is_not_there_leads_on(client, db):
    page = read(client, "/en/projects/nothing/")
    assert page.one("h1").text == "There is no such page" and page.link("All projects") == "/en/projects/"


def test_the_page_of_what_is_not_there_offers_what_is_close_to_it(client, made):
    """Of public records alone."""
    cast.published(cast.project("机密工厂", slug="secret", name_en="Secret model factory", is_public=False))
    settle()
    page = read(client, "/en/projects/model-factory-2/")
    assert page.status == 404 and page.link("Model factory") == "/en/projects/factory/"
    assert "Names close to it" in page.main and "Secret" not in page.main
    assert "Names close to it" not in read(client, "/en/projects/xyzzy/").main
    assert "Names close to it" not in read(client, "/en/nothing/").main


@pytest.mark.parametrize("door", ["", "/en"])
def test_an_old_address_leads_to_the_new_one_with_its_question(client, made, door):
    OldSlug.objects.create(slug="old-factory", project=made.factory)
    answer = client.get(f"{door}/projects/old-factory/?asof=2025-01-01")
    assert (answer.status_code, answer["Location"]) == (301, f"{door}/projects/factory/?asof=2025-01-01")


def test_the_old_address_of_a_private_project_leads_nowhere(client, made):
    private = cast.project("机密项目", slug="secret", is_public=False)
    OldSlug.objects.create(slug="old-secret", project=private)
    assert client.get("/projects/old-secret/").status_code == 404


@pytest.mark.parametrize(
    "address", ["/projects/a b/", "/projects/%00/", "/projects/..%2f/", "/projects/工厂/"]
)
def test_an_address_that_can_be_none_is_not_found(client, db, address):
    assert client.get(address).status_code == 404


# Cost


@pytest.fixture
def busy(made):
    """The factory with capacities, conflicts, parties, twenty promises and twenty parts."""
    for number in range(20):
        promise = {"measure": "operating", "scope": f"{number}号线", "source": made.paper}
        cast.published(made.factory, Topic.PROMISED, fuzzy_dates.parse("2026"), ref=f"q{number}", **promise)
        identity = {"code": f"QJ-9{number:03}", "slug": f"part-{number}", "parent": made.factory}
        part = cast.project(f"{number}号分厂", **identity)
        cast.published(part, Topic.TOTAL_INVESTMENT, yi(1), ref=f"t{number}", source=made.notice)
    settle()
    return made


@pytest.mark.parametrize("size", [10, 1000])
def test_at_most_six_statements_whatever_there_is(client, busy, size, django_assert_max_num_queries):
    crowd(size, first=100)
    read(client, "/data/")
    with django_assert_max_num_queries(6):
        page = read(client, ADDRESS)
    assert len(page.rows("claims")) == 28 and "19号分厂" in page.main
