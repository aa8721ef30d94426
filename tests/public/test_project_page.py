"""A project's page: the answer in words, figures with footnotes, promises, conflicts, every claim."""

import re
from decimal import Decimal
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projects.choices import Condition, Funding, Kind, PartyRole, Stage, Topic
from projects.core import fuzzy_dates
from projects.core.statements import Number
from projects.models import OldSlug
from projects.models.prepared import SameRows
from projects.records import hiding
from tests import cast
from tests.public.crowd import crowd
from tests.public.portfolio import settle, yi
from tests.public.reading import Page, read, zh

pytestmark = pytest.mark.django_db
READ = {"basis": "inferred", "note": "由上下文判断"}
SAID_BEFORE = "What changed, and when"
ADDRESS, IN_ENGLISH = "/projects/factory/", "/en/projects/factory/"


def answer(page: Page) -> str:
    return page.one("p", "answer").text


def notes(page: Page) -> list:
    return page.all("a", "fn")


# The answer in words


def test_the_first_words_say_how_far_since_when_what_next(client, made):
    assert answer(read(client, IN_ENGLISH)) == (
        "As of 17 October 2024: under construction. Construction started in May 2023. "
        "Completion planned in June 2026, first promised for 2025; late."
    )


def test_in_chinese(client, made):
    page = read(client, ADDRESS)
    assert page.one("h1").text == made.factory.name
    said = answer(page)
    for words in ("2024年10月17日", "在建", "2023年5月", "2026年6月"):
        assert words in said


def test_beneath_it_how_old_that_is_and_what_it_is(client, made):
    said = read(client, IN_ENGLISH).one("p", "newest").text
    assert said == "Last report: March 2025, 12 months ago. A model factory for aluminium."


@pytest.mark.parametrize(("day", "age"), [("2024-12-31", "under1"), ("2026-03-01", "1to2")])
def test_the_sign_of_the_answer_looks_as_old_as_its_word(client, made, day, age):
    page = read(client, "/projects/factory/", asof=day, known="2026-03-01")
    (sign,) = [one for one in page.all("svg", "shape") if one.is_in("p", "answer")]
    assert sign.given["data-age"] == age


def test_what_is_inferred_says_so_and_leads_to_what_that_means(client, made):
    page = read(client, "/en/projects/park/")
    assert answer(page) == "As of 17 October 2024: planned inferred."
    mark = page.all("a", "meaning")[0]
    path, _, anchor = mark.given["href"].partition("#")
    assert anchor in read(client, path).ids


def test_what_was_never_published_is_one_line(client, made):
    page = read(client, "/en/projects/park/")
    line = page.one("p", "missing")
    assert line.text == (
        "Not published: total investment, responsible unit, when it will be finished. Do you know? Tell us"
    )
    assert line.is_in("header", "record")
    assert not read(client, IN_ENGLISH).all("p", "missing")


def test_of_what_has_no_facts_there_is_no_list_of_them(client, made):
    page = read(client, "/en/projects/centre/")
    assert page.one("p", "missing") and not page.all("dl", "factlines")


def test_the_shared_link_is_described_by_the_answer(client, made):
    page = read(client, IN_ENGLISH)
    assert page.one("meta", name="description").given["content"] == answer(page)


def test_a_cancelled_one_says_so(client, made):
    assert "Work is cancelled." in answer(read(client, "/en/projects/centre/"))


def test_a_cancelled_one_promises_nothing(client, made):
    cast.published(made.factory, Topic.CONDITION, Condition.CANCELLED.value, source=made.notice)
    settle()
    said = answer(read(client, IN_ENGLISH))
    assert "promised" not in said and "Next date" not in said


def test_a_part_in_use_is_said(client, made):
    cast.published(made.factory, Topic.STAGE, Stage.OPERATING.value, scope="一号线", source=made.notice)
    settle()
    assert "partly in production" in answer(read(client, IN_ENGLISH))


def facts(page: Page) -> dict[str, str]:
    lines = [one for one in page.all("div") if one.within and one.within.has("factlines")]
    inner = {id(line): [one.text for one in page.elements if one.within is line] for line in lines}
    return {words[0]: " ".join(words[1:]) for words in inner.values()}


def test_what_is_known_of_it_is_a_line_each(client, made):
    page = read(client, IN_ENGLISH)
    said = facts(page)
    assert said["Money"] == "Total investment about CNY 4.0 billion as of October 2024"
    assert said["Where"] == "Beidu area"
    assert said["Responsible unit"] == "Development and Reform Commission"
    assert page.link("Beidu area") == "/en/places/area/"


def test_looking_back_the_last_word_may_have_come_later(client, made):
    later = read(client, IN_ENGLISH, asof="2023-06-30").one("p", "newest").text
    assert "October 2024, 15 months after the day shown" in later
    then = read(client, IN_ENGLISH, known="2024-12-31").one("p", "newest").text
    assert "October 2024, 2 months ago" in then
    on_that_day = read(client, IN_ENGLISH, asof="2024-10-17", known="2024-10-17").one("p", "newest").text
    assert on_that_day.startswith("Last report: October 2024, on that very day.")
    assert "晚于截至日 15 个月" in read(client, ADDRESS, asof="2023-06-30").one("p", "newest").text


@pytest.mark.parametrize(
    ("said", "dated", "noted"),
    [
        (READ, "As of February 2025", ["September 2024", "February 2025"]),
        ({}, "As of February 2025", ["February 2025", "September 2024"]),  # and since when
        ({"value": "signed"} | READ, "As of September 2024", ["September 2024"]),
    ],
)
def test_the_day_that_the_answer_names_has_its_note(client, made, said, dated, noted):
    """Who only repeats a stage gives it its age, and is often another than who supports it.

    Where that is our reading, the answer says so, in the description of a shared link too.
    """
    of = cast.project(slug="built")
    cast.published(of, Topic.STAGE, Stage.BUILDING.value, as_of="2024-09", source=made.paper)
    later = {"value": Stage.BUILDING.value, "as_of": "2025-02", "source": made.notice} | said
    cast.published(of, Topic.STAGE, **later)
    settle()
    page = read(client, "/en/projects/built/")
    titles = [one.given["title"] for one in notes(page) if one.is_in("p", "answer")]
    assert answer(page).startswith(dated)
    assert [one.partition(" · as of ")[2].removesuffix(" · inferred") for one in titles] == noted
    is_inferred = said == READ
    told = answer(page), page.one("meta", name="description").given["content"]
    assert [one.partition(".")[0].rstrip(")").endswith("inferred") for one in told] == [is_inferred] * 2


@pytest.mark.parametrize(
    ("said", "words"),
    [({}, "as already said in September 2024"), (READ, "by our reading already in September 2024")],
)
def test_since_when_a_stage_is_has_its_note_and_says_where_it_is_our_reading(client, made, said, words):
    of = cast.project(slug="built")
    for as_of, how in (("2024-09", said), ("2025-02", {})):
        source = made.paper if as_of == "2024-09" else made.notice
        cast.published(of, Topic.STAGE, Stage.BUILDING.value, as_of=as_of, source=source, **how)
    settle()
    page = read(client, "/en/projects/built/")
    assert answer(page) == f"As of February 2025: under construction, {words}."
    noted = [one.given["title"].partition(" · as of ")[2] for one in notes(page) if one.is_in("p", "answer")]
    assert [one.partition(" · ")[0] for one in noted] == ["February 2025", "September 2024"]


# Dates


def dates(client, slug: str = "factory", **query) -> list[str]:
    page = read(client, f"/en/projects/{slug}/", **query)
    return [one.text for one in page.all("li") if one.is_in("ul", "dates-said")]


def test_a_date_with_its_first_promise_the_one_that_holds_and_the_verdict(client, made):
    assert dates(client) == [
        "start of construction May 2023",
        "completion first promised: 2025 → June 2026 ✕ late 6 months late",
    ]


def test_what_the_answer_says_whole_is_not_said_again(client, made):
    assert dates(client, "road") == [] and "in June 2023." in answer(read(client, "/en/projects/road/"))


def test_the_verdict_is_that_of_the_day(client, made):
    assert dates(client, asof="2024-12-31", known="2024-12-31") == []
    assert "Completion planned in 2025, not due yet." in answer(read(client, IN_ENGLISH, known="2024-12-31"))


def test_from_four_dates_on_the_way_through_the_stages_is_drawn(client, made):
    assert not read(client, IN_ENGLISH).all("ol", "way")
    said = {"measure": "operating", "source": made.notice}
    cast.published(made.factory, Topic.PROMISED, fuzzy_dates.parse("2027"), ref="f-use", **said)
    settle()
    page = read(client, IN_ENGLISH, again=1)
    steps = [one for one in page.all("li") if one.within and one.within.has("way")]
    assert [one.text.split(" ")[0] for one in steps] == [
        "planned",
        "agreement",
        "pre-construction",
        "under",
        "completed",
        "in",
    ]
    assert [one.text for one in steps if "aria-current" in one.given] == [
        "under construction start of construction May 2023"
    ]
    assert "planned: 2027" in steps[-1].text


def test_a_promise_that_moved_is_drawn_against_what_came_of_it(client, made):
    drawing = read(client, IN_ENGLISH).one("figure", "slope")
    assert "completion 2025" in drawing.text and "June 2026 promised now" in drawing.text


def test_a_date_that_was_said_again_has_not_moved(client, made):
    again = {"measure": "completed", "ref": "r-again", "source": made.notice}
    cast.published(
        made.road, Topic.PROMISED, fuzzy_dates.parse("2027"), measure="completed", source=made.paper
    )
    cast.published(made.road, Topic.PROMISED, fuzzy_dates.parse("2027"), **again)
    settle()
    assert "→" not in read(client, "/en/projects/road/").one("header", "record").text
    assert not [one for one in read(client, "/en/projects/road/").all("span", "promised") if "→" in one.text]


def silent(made) -> None:
    """In preparation, promised, and not heard of since."""
    project = cast.project(slug="silent")
    cast.published(project, Topic.STAGE, Stage.PREPARING.value, source=made.paper)
    due = fuzzy_dates.parse("2025")
    cast.published(project, Topic.PROMISED, due, measure="operating", source=made.paper)
    settle()


def test_control_where_nothing_moved_or_nothing_was_heard_since_there_is_no_drawing(client, made):
    silent(made)
    page = read(client, "/en/projects/silent/")
    assert "no outcome reported" in answer(page) and not page.all("figure", "slope")
    assert not read(client, IN_ENGLISH, asof="2024-12-31", known="2024-12-31").all("figure", "slope")


def test_the_words_of_the_answer_lead_to_what_they_mean(client, made):
    """Pre-construction, and the verdict of a promise that is past; a stage in everyday words does not."""
    silent(made)
    marks = {one.given["href"] for one in read(client, "/en/projects/silent/").all("a", "meaning")}
    assert {"/en/about/#stage-preparing", "/en/about/#verdict-no_word"} <= marks
    marks = {one.given["href"] for one in read(client, IN_ENGLISH).all("a", "meaning")}
    assert "/en/about/#verdict-late" in marks and not any("#stage-" in one for one in marks)


def test_the_signs_of_two_words_never_stand_side_by_side(client, made):
    """A mark for what 前期 means, the note, and "inferred" itself leads to what it means; in a list, too."""
    works = cast.project(slug="works")
    cast.published(works, Topic.STAGE, Stage.PREPARING.value, source=made.paper, basis="inferred")
    settle()
    links = [one for one in read(client, "/projects/works/").all("a") if one.is_in("p", "answer")]
    assert [one.given["class"] for one in links] == ["meaning", "fn", "basis"]
    page = read(client, "/projects/", q=works.name)
    links = [one for one in page.all("a") if one.has("meaning") or one.has("basis")]
    assert [one.given["class"] for one in links] == ["meaning", "basis"]


def test_of_a_date_that_has_not_moved_and_is_to_come_none_is_said_to_be_the_first(client, made):
    """原定 says that it is another now; the answer calls it planned, too."""
    for scope, until in (("一期", "2027"), ("二期", "2025"), ("三期", "2028")):
        said = {"measure": "completed", "scope": scope, "source": made.paper}
        cast.published(made.plant, Topic.PROMISED, fuzzy_dates.parse(until), **said)
    settle()
    assert [one.split(") ")[1] for one in dates(client, "plant")] == [
        "planned: 2027 ◇ not due yet",
        "planned: 2028 ◇ not due yet",
        "first promised: 2025 ⋯ no report since",
    ]


def test_a_title_applied_for_passes_no_stages(client, made):
    bid = cast.project("示范区", slug="bid", record_type="bid")
    for year in range(2021, 2026):
        said = {"measure": "completed", "scope": str(year), "source": made.paper}
        cast.published(bid, Topic.PROMISED, fuzzy_dates.parse(str(year)), **said)
    settle()
    page = read(client, "/en/projects/bid/")
    assert not page.all("ol", "way") and len(dates(client, "bid")) == 5


# Figures, conflicts, relations


def test_figures_with_their_names_and_their_age(client, made):
    """A capacity of years ago is read as one of today otherwise, an amount too."""
    said = facts(read(client, IN_ENGLISH))
    assert said["Once finished"] == "Water a year 180 million m³ as of October 2024"
    assert "按 2024年10月的说法" in facts(read(client, ADDRESS))[zh("Money")]


@pytest.mark.parametrize(
    ("record_type", "stage", "heading"),
    [
        ("project", "building", "Once finished"),
        ("expansion", "planned", "Once finished"),
        ("facility", "building", "Scale"),  # the departments of a hospital are there before it opens
        ("park", "building", "Scale"),
        ("programme", "planned", "Scale"),
        ("project", "", "Scale"),
        ("project", "completed", "Capacity"),
        ("park", "operating", "Capacity"),
    ],
)
def test_only_of_what_is_built_as_a_whole_figures_are_those_of_the_finished(
    client, made, record_type, stage, heading
):
    """How many firms a park has is true before it is finished."""
    project = cast.project(slug="of-a-type", record_type=record_type)
    cast.published(project, Topic.CAPACITY, Number(Decimal(8), "个"), measure="water", source=made.paper)
    if stage:
        cast.published(project, Topic.STAGE, stage, source=made.paper)
    settle()
    assert heading in facts(read(client, f"/en/projects/{project.slug}/"))


def test_money_is_that_of_the_day(client, made):
    assert "Money" not in facts(read(client, "/en/projects/road/", asof="2025-02-28"))
    assert "CNY 9.956 billion" in facts(read(client, "/en/projects/road/"))["Money"]


def test_nothing_invested_is_known(client, made):
    cast.published(made.plant, Topic.INVESTED_TO_DATE, yi(0), ref="o-spent", source=made.notice)
    settle()
    assert facts(read(client, "/en/projects/plant/"))["Money"] == "Invested to date 0 yuan as of March 2025"


def test_a_record_with_one_claim_has_no_heading_over_nothing(client, made):
    page = read(client, "/en/projects/plant/")
    assert [one.text for one in page.all("h2")] == ["Where it is said"]


def test_statements_that_disagree_stand_side_by_side_with_what_decided(client, made):
    conflict = read(client, IN_ENGLISH).section("Statements that disagree")
    assert "We use about CNY 4.0 billion" in conflict and "Also said: CNY 4.5 billion" in conflict
    assert "Nothing tells the two apart: we use what its source says first." in conflict


def test_a_value_that_two_statements_give_is_shown_once_with_the_notes_of_both(client, made):
    for ref in ("r-low", "r-lower"):
        cast.published(made.road, value=Stage.PREPARING.value, ref=ref, note="返工", source=made.notice)
    settle()
    page = read(client, "/en/projects/road/")
    assert page.section("Statements that disagree").count("Also said:") == 1
    marks = [one.given["href"] for one in notes(page) if one.is_in("div", "conflict")]
    assert {"#note-r-low", "#note-r-lower"} <= set(marks)


def test_without_a_conflict_there_is_no_such_section(client, made):
    assert "Statements that disagree" not in read(client, "/en/projects/plant/").main


def test_a_step_back_below_a_fact_is_shown(client, made):
    cast.published(made.road, value=Stage.PREPARING.value, note="返工", source=made.notice)
    settle()
    conflict = read(client, "/en/projects/road/").section("Statements that disagree")
    assert "We use open to traffic" in conflict and "Also said: pre-construction." in conflict
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
    said = " ".join(
        one.text for one in read(client, "/projects/plant/").all("li") if one.is_in("ul", "dates-said")
    )
    assert "待定" in said and "预计 2027年" in said


def test_a_figure_of_several_projects_stands_on_each_of_them_and_is_not_its_own(client, made):
    cast.statistic(yi(275), members=[made.plant.code, made.road.code])
    settle()
    for slug in ("plant", "road"):
        page = read(client, f"/en/projects/{slug}/")
        assert "CNY 27.5 billion" in page.section("Figures of several projects together")
        assert "27.5" not in facts(page).get("Money", "")
    assert "Figures of several projects together" not in read(client, IN_ENGLISH).main


def test_parties_parts_and_other_names(client, made):
    page = read(client, IN_ENGLISH)
    assert facts(page)["Builder"] == "A building company A page of the daily · part 1, paragraph 2"
    assert "Model factory, phase two" in page.section("Whole and parts")
    assert "样板厂 other name" in folded(page, "Other names and misprints")
    phase = read(client, "/en/projects/phase/")
    assert phase.link("Model factory") == "/en/projects/factory/"


def folded(page: Page, summary: str) -> str:
    (text,) = [one.text for one in page.all("details") if one.text.startswith(summary)]
    return text.removeprefix(summary).strip()


def renamed(row, **said) -> None:
    """In the table alone, as another worker would have done it."""
    type(row)._base_manager.filter(pk=row.pk).update(**said)


CHANGES = {
    "its name": lambda made: renamed(made.factory, name_en="Another works"),
    "its summary": lambda made: renamed(made.factory, summary_en="Another works"),
    "its number": lambda made: renamed(made.factory, code="QJ-9999"),
    "its kind": lambda made: renamed(made.factory, kind=Kind.LOGISTICS),
    "its funding": lambda made: renamed(made.factory, funding=Funding.MIXED),
    "its place": lambda made: renamed(made.factory.place, name_en="Another works"),
    "its unit": lambda made: renamed(made.factory.department, name_en="Another works"),
    "a firm": lambda made: renamed(cast.organisation(), name_en="Another works"),
    "the part of a firm": lambda made: renamed(made.factory.parties.first(), role=PartyRole.OPERATOR),
    "who says where it lies": lambda made: renamed(made.factory.place_source, note="另有依据"),
    "a source": lambda made: renamed(made.paper, title_en="Another works"),
    "its other name": lambda made: renamed(made.factory.aliases.first(), name="别的名字"),
    "a claim": lambda made: cast.published(
        made.factory, Topic.CONDITION, Condition.PAUSED.value, source=made.paper
    ),
}


@pytest.fixture
def seen(client, made):
    """Made anew each time: a page that is kept would show what was until something is published."""
    here, section = made.factory.place, cast.section(made.paper)
    cast.place_source(made.factory, here, source=made.paper, section=section, paragraph=1)
    numbers = count()
    return lambda: read(client, IN_ENGLISH, nth=next(numbers)).main


@pytest.mark.parametrize("what", CHANGES)
def test_what_was_written_is_written_anew_when_a_row_says_otherwise(made, seen, what):
    before = [seen(), seen()]
    CHANGES[what](made)
    settle()
    assert before[0] == before[1] != seen()


def test_control_by_their_numbers_alone_rows_would_say_what_they_said(made, seen, monkeypatch):
    monkeypatch.setattr(SameRows, "__eq__", tuple.__eq__)
    monkeypatch.setattr(SameRows, "__hash__", tuple.__hash__)
    before = seen()
    CHANGES["a firm"](made)
    assert seen() == before


def test_works_say_of_when_they_are(client, made):
    """Words of years ago are read as of today otherwise."""
    cast.published(made.factory, Topic.WORKS, "临近投产", scope="二期", source=made.paper, as_of="2023-05")
    settle()
    works = facts(read(client, IN_ENGLISH))["Details (in Chinese)"]
    assert works == "厂房封顶 as of 17 October 2024 临近投产 as of May 2023"


def test_a_park_lists_what_stands_in_its_place(client, made):
    """At the place that it is itself, not at the one in which it lies with others."""
    zone = cast.place("zone", name="开发区", name_en="Zone")
    record = cast.project("样板园", slug="grounds", record_type="park", place=zone, own_place=made.park)
    beside = cast.project("园外厂", slug="outside", name_en="Works outside", place=zone)
    inside = cast.project("园中厂", slug="inside", name_en="Works inside", place=made.park)
    for one in (record, beside, inside):
        cast.published(one, Topic.STAGE, "building")
    settle()
    page = read(client, "/en/projects/grounds/")
    stands = page.section("Projects in it")
    assert "Works inside under construction" in stands and "Works outside" not in stands
    assert "Model factory" in stands, "in a part of the park, too"
    place = f"/en/places/{made.park.code}/"
    assert page.link(f"All projects in {made.park.name_en}") == place
    assert "All that stands here" not in facts(page), "said once"
    assert "Projects in it" not in read(client, IN_ENGLISH).main, "no park"


def test_of_a_park_in_which_nothing_is_the_place_is_one_line(client, made):
    empty = cast.place("empty", name="空园", name_en="Empty park")
    cast.published(
        cast.project("空园", slug="empty", record_type="park", own_place=empty), Topic.STAGE, "planned"
    )
    settle()
    page = read(client, "/en/projects/empty/")
    assert (
        facts(page)["All that stands here"] == "Empty park" and page.link("Empty park") == "/en/places/empty/"
    )


def test_where_it_lies_leads_to_the_place_and_to_who_says_so(client, made):
    here = made.factory.place
    said = cast.place_source(
        made.factory, here, source=made.paper, section=cast.section(made.paper), paragraph=1
    )
    page = read(client, IN_ENGLISH)
    assert page.link(here.name_en) == f"/en/places/{here.code}/"
    assert (
        facts(page)["Where"]
        == f"{here.name_en} A page of the daily · part 1, paragraph 1 门牌如此 (in Chinese)"
    )
    said.place = cast.place("elsewhere", name="别处")
    said.save()
    assert facts(read(client, "/projects/factory/", type="large"))[zh("Where")] == here.name, (
        "of another place"
    )


def test_neighbours_stand_on_the_page_and_the_board_of_both(client, made, people):
    cast.neighbour(made.factory, made.road)
    for one, other in (("factory", made.road), ("road", made.factory)):
        page = read(client, f"/projects/{one}/")
        said = page.section(zh("Next to it"))
        assert other.name in said and zh("adjacent") in said and "只隔一条路" in said
        assert other.name in read(client, f"/projects/{one}/board/").main
    assert zh("Next to it") not in read(client, "/projects/park/").main
    wish = hiding.ask(made.road, reason="重复", by=people.editor, at=cast.AT)
    hiding.approve(wish, by=people.reviewer, at=cast.AT)
    assert zh("Next to it") not in read(client, "/projects/factory/").main, "as if it were not there"


# What changed


def test_what_changed_and_when_in_plain_words(client, made):
    changed = folded(read(client, IN_ENGLISH), SAID_BEFORE)
    newest, first = changed.split("17 October 2024 ", 1)
    assert newest == "1 March 2025 promised date · completion: 2025 → June 2026 "
    assert "total investment: about CNY 4.0 billion" in first and "stage: under construction" in first
    assert "capacity · Water a year: 180 million m³" in first and "厂房封顶" not in first


def test_what_changed_is_dated_as_its_source_and_called_as_its_record_is(client, made):
    """An autumn is not its last day, and a park is not completed as a factory is."""
    autumn = cast.source("autumn", published="2024-09/2024-12")
    said = {"source": autumn, "as_of": "2024-09", "known_on": "2024-12-31", "measure": "completed"}
    cast.published(made.logistics, Topic.PROMISED, fuzzy_dates.parse("2027"), **said)
    settle()
    changed = folded(read(client, "/en/projects/park/"), SAID_BEFORE)
    assert changed.startswith("September to December 2024 promised date · full completion: 2027")


def test_a_value_that_was_withdrawn_is_said_with_what_it_was(client, made):
    wrong = made.road.claims.get(ref="r-total")
    day = {"known_on": "2025-06-01", "source": made.notice}
    cast.published(made.road, Topic.TOTAL_INVESTMENT, None, corrects=wrong, note="误记", **day)
    settle()
    changed = folded(read(client, "/en/projects/road/"), SAID_BEFORE)
    assert changed.startswith("1 June 2025 total investment: withdrawn; it was CNY 9.956 billion")


def test_only_what_was_known_by_then_changed(client, made):
    changed = folded(read(client, IN_ENGLISH, known="2025-02-28"), SAID_BEFORE)
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
    assert "withdrawn" in page.main and "total investment" in page.one("p", "missing").text


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
    assert "You are looking back at 28 February 2025, with only what had been published by then." in page.text
    assert "Completion planned in 2025, not due yet." in answer(page)
    assert "f-moved" not in page.ids


def test_a_project_not_known_yet_says_so(client, made):
    page = read(client, "/en/projects/phase/", known="2024-12-31")
    assert page.status == 200 and not page.all("dl", "factlines")
    assert "As of 31 December 2024, nothing about it had been published by 31 December 2024." in answer(page)
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


@pytest.mark.parametrize("written", [str.upper, str.lower])
@pytest.mark.parametrize("below", ["", "history/", "project.json"])
def test_a_record_number_leads_to_the_project(client, made, written, below):
    """It is permanent, where the rest of an address may change."""
    answer = client.get(f"/projects/{written(made.factory.code)}/{below}?asof=2025-01-01")
    assert (answer.status_code, answer["Location"]) == (301, f"/projects/factory/{below}?asof=2025-01-01")


def test_the_old_address_and_the_number_of_a_private_project_lead_nowhere(client, made):
    private = cast.project("机密项目", slug="secret", is_public=False)
    OldSlug.objects.create(slug="old-secret", project=private)
    assert client.get("/projects/old-secret/").status_code == 404
    assert client.get(f"/projects/{private.code}/").status_code == 404


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
