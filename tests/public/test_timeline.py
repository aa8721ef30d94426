"""The portfolio's milestones to one scale."""

import pytest

from projects.choices import Basis, Topic
from projects.core import fuzzy_dates
from projects.public import timeline
from projects.records import promise_outlook, some_projects
from tests import cast
from tests.public.portfolio import settle
from tests.public.reading import read, zh

pytestmark = pytest.mark.django_db


TO_COME = "Dates to come, the next one first"
PAST_DUE = "Past due with no outcome reported, and no later date"
OVER = "Nothing more was promised"


def names(page) -> list[str]:
    return [cells[0] for cells in page.rows("gantt")]


def drawn(page) -> list:
    """The bands, without the samples of the key."""
    return [one for one in page.all("rect") if not one.is_in("ul", "key")]


def test_only_records_with_a_date_are_drawn_in_groups_by_the_next_one(client, made):
    for query in ({}, {"asof": "2026-03-02", "known": "2026-03-01"}):
        assert names(read(client, "/en/timeline/", **query)) == [
            *(TO_COME, "Model factory"),
            *(OVER, "Qiwan Road"),
        ]
    later = read(client, "/en/timeline/", asof="2026-03-02", known="2025-02-28")  # before the date moved
    assert names(later)[:2] == [PAST_DUE, "Model factory"]


@pytest.fixture
def both(made):
    """The factory has one date past its day, too; two dates on one day; others before and after it."""
    said = {"as_of": "2022", "known_on": "2024-10-17", "source": made.paper}
    promises = (
        *((made.factory, "operating", "2025-06"), (made.factory, "full_capacity", "2026-06")),
        *((made.phase, "started", "2026-05"), (made.phase, "operating", "2027")),
        *((made.logistics, "started", "2024-12"), (made.plant, "full_capacity", "2030")),
    )
    for of, measure, due in promises:
        cast.published(of, Topic.PROMISED, fuzzy_dates.parse(due), measure=measure, **said)
    settle()
    return made


GROUPED = [
    *(TO_COME, "Model factory, phase two", "Model factory", "Old Smelter"),
    *(PAST_DUE, "Beidu Logistics Park"),
    *(OVER, "Qiwan Road"),
]
PAST = {"asof": "2026-03-01"}


@pytest.mark.every_engine
@pytest.mark.parametrize("query", [{}, PAST, {"counted": "all"}, PAST | {"counted": "all"}], ids=str)
def test_with_a_date_past_and_one_to_come_it_stands_once_by_the_next(client, both, query):
    assert names(read(client, "/en/timeline/", **query)) == GROUPED


@pytest.mark.every_engine
@pytest.mark.parametrize("query", [{}, PAST], ids=str)
def test_each_stands_on_one_page_there_and_back(client, both, monkeypatch, query):
    monkeypatch.setattr(timeline, "PAGE_SIZE", 1)
    wanted = [one for one in GROUPED if one not in (TO_COME, PAST_DUE, OVER)]
    page, there = read(client, "/en/timeline/", **query), []
    while following := [one.given["href"] for one in page.all("a", rel="next")]:
        there.append(names(page)[-1])
        page = read(client, f"/en/timeline/{following[0]}")
    assert [*there, names(page)[-1]] == wanted
    back = [names(page)[-1]]
    while before := [one.given["href"] for one in page.all("a", rel="prev")]:
        page = read(client, f"/en/timeline/{before[0]}")
        back.append(names(page)[-1])
    assert back == wanted[::-1]


def test_a_date_past_its_day_says_so_wherever_it_stands(client, both):
    page = read(client, "/en/timeline/")
    lines = {cells[0]: cells[-1] for cells in page.rows("gantt")}
    assert "June 2025 start of production promised · past due" in lines["Model factory"]
    assert lines["Model factory"].count("past due") == 1  # what was moved is not
    assert lines["Beidu Logistics Park"] == "December 2024 start of construction promised · past due"
    narrow = [one.text for one in page.all("li") if one.is_in("ul", "dated-lines")]
    assert sum("past due" in one for one in narrow) == 2


def test_a_line_says_each_date_once_in_their_order(client, made):
    words = read(client, "/en/timeline/").rows("gantt")[1][1]
    assert (
        words == "May 2023 start of construction 2025 completion promised June 2026 completion promised now"
    )


def test_on_a_narrow_screen_the_same_stand_by_year_with_a_line_for_today(client, made):
    page = read(client, "/en/timeline/")
    years = [one.text for one in page.all("h2")]
    assert [one.text for one in page.all("h2") if one.is_in("details", "earlier")] == ["2023", "2025"]
    assert [one.text for one in page.all("summary") if one.is_in("details", "earlier")] == [
        "Earlier: 2023–2025"
    ]
    lines = [one.text for one in page.all("li") if one.is_in("ul", "dated-lines")]
    assert years == ["2023", "2025", "2026"]
    assert lines[-2:] == ["The day shown: 2 March 2026", "Model factory June 2026 completion promised now"]
    assert len(lines) == 5


def test_what_is_read_into_a_source_says_so_and_is_dashed(client, made):
    said = {"measure": "operating", "basis": Basis.INFERRED, "note": "读作投产", "source": made.paper}
    cast.published(made.plant, Topic.PROMISED, fuzzy_dates.parse("2027"), ref="p-read", **said)
    settle()
    page = read(client, "/en/timeline/", kind="industrial")
    assert "2027 inferred start of production promised" in page.main
    assert [one.given["class"] for one in drawn(page) if one.has("inferred")] == ["first inferred"]


def test_promise_and_fact_are_drawn_apart(client, made):
    kinds = [one.given["class"] for one in drawn(read(client, "/timeline/"))]
    assert sorted(kinds) == ["actual", "actual", "first", "promised"]


def test_every_kind_of_line_stands_in_the_key_with_a_word_and_a_shape_of_its_own(client, made):
    page = read(client, "/en/timeline/")
    samples = [one.given["class"] for one in page.all("rect") if one.is_in("ul", "key")]
    assert samples == ["first", "promised", "actual", "first inferred"]
    assert {one.given["class"] for one in drawn(page)} <= set(samples)
    (day,) = [one.text for one in page.all("li") if one.is_in("ul", "key") and "2026" in one.text]
    assert day == "The day shown: 2 March 2026"
    in_head = [one for one in page.all("path", "today") if one.is_in("svg", "gantt-head")]
    assert len(in_head) == 1  # a mark above the line, which is dashed


def test_bands_lie_within_the_drawing(client, made):
    for one in drawn(read(client, "/timeline/")):
        x, width = float(one.given["x"]), float(one.given["width"])
        assert x >= 0 and x + width <= 1000.01 and width > 0


def test_filtered_by_kind(client, made):
    assert names(read(client, "/timeline/", kind="transport"))[1:] == ["綦万公路"]


def test_in_english(client, made):
    assert names(read(client, "/en/timeline/"))[-1] == "Qiwan Road"


def test_nothing_to_draw_is_one_line(client, made):
    page = read(client, "/timeline/", kind="health")
    assert zh("No project here has a date.") in page.main and not page.all("table")


def test_what_means_nothing_is_ignored_aloud(client, made):
    assert "kind=zzz" in read(client, "/timeline/", kind="zzz").notices[0]


# What is said first


def lede(client, language="/en", **query) -> str:
    return read(client, f"{language}/timeline/", **query).one("p", "lede").text


@pytest.fixture
def dated(made):
    """Beside the factory's June 2026: one past without a word, one due in 2028, which is read so."""
    said = {"measure": "operating", "as_of": "2022", "known_on": "2024-10-17", "source": made.paper}
    cast.published(made.phase, Topic.PROMISED, fuzzy_dates.parse("2025-06"), ref="p-silent", **said)
    read_so = {"basis": Basis.INFERRED, "note": "读作投用"}
    cast.published(made.logistics, Topic.PROMISED, fuzzy_dates.parse("2028"), ref="p-far", **said, **read_so)
    settle()
    return made


def test_it_begins_with_what_is_due_what_is_past_and_how_old_that_is(client, dated):
    assert lede(client) == (
        "1 promised date falls due within the next twelve months. 1 is past due, with no outcome reported."
        " Next due: Model factory · June 2026 completion. Last report: March 2025, 12 months ago."
    )
    assert lede(client, "") == (
        "今后十二个月内有 1 个承诺到期。1 个期限已过，未见结果。"
        f"下一个到期：{dated.factory.name} · 2026年6月 竣工。最近一次消息：2025年3月，12 个月前。"
    )
    said = read(client, "/en/timeline/").one("meta", name="description").given["content"]
    assert (
        said.startswith("1 promised date falls due") and said.endswith("12 months ago.") and "<" not in said
    )


def test_the_number_of_the_silent_leads_to_them(client, dated):
    page = read(client, "/timeline/")
    (number,) = page.all("a", **{"data-counts": "promise"})
    there = read(client, number.given["href"])
    assert len(there.all("", **{"data-is": "promise"})) == int(number.text) == 1


def test_of_some_projects_it_speaks_of_these_alone(client, dated):
    said = lede(client, kind="logistics")
    assert said.startswith(
        "No promised date falls due within the next twelve months. The first after that: B"
    )
    assert "2028 inferred" in said and said.endswith("Last report: October 2024, 16 months ago.")
    assert lede(client, q="物流园") == lede(client, kind="logistics", asof="2026-03-01") == said
    assert not read(client, "/timeline/", kind="industrial").all("a", **{"data-counts": "promise"})


def test_a_past_day_says_the_same_as_that_day_did(client, dated):
    """What was promised by then, with what was known by then; and one day back all as today."""
    assert lede(client, asof="2026-03-01").replace("2 March", "") == lede(client)
    then = lede(client, asof="2024-12-31", known="2024-12-31")
    assert then == (
        "2 promised dates fall due within the next twelve months. Next due: Model factory, phase two"
        " · June 2025 start of production. Last report: October 2024, 2 months ago."
    )


def test_without_a_date_nothing_is_said_of_dates(client, made):
    assert not read(client, "/timeline/", kind="health").all("p", "lede")


@pytest.mark.every_engine
@pytest.mark.parametrize("most", [0, 2, 1_000])  # many, of which few have a date to come; all of them few
@pytest.mark.parametrize("query", [{}, PAST], ids=str)
def test_of_few_projects_or_many_it_says_the_same(client, dated, monkeypatch, query, most):
    monkeypatch.setattr(some_projects, "MAX_FEW", most)
    found = read(client, "/en/timeline/", counted="all", **query)
    assert names(found) == [
        *(TO_COME, "Model factory", "Beidu Logistics Park"),
        *(PAST_DUE, "Model factory, phase two"),
        *(OVER, "Qiwan Road"),
    ]
    assert found.one("p", "lede").text == lede(client, **query)


@pytest.mark.every_engine
def test_more_than_can_be_counted_is_said_so(client, dated, monkeypatch):
    monkeypatch.setattr(promise_outlook, "MAX_COUNT", 1)
    for number in range(2):
        scope = {"measure": "completed", "scope": f"{number}号", "source": dated.paper}
        cast.published(
            dated.factory, Topic.PROMISED, fuzzy_dates.parse("2026-09"), ref=f"p-{number}", **scope
        )
        cast.published(dated.road, Topic.PROMISED, fuzzy_dates.parse("2024-12"), ref=f"q-{number}", **scope)
    settle()
    today, past = lede(client), lede(client, asof="2026-03-01")
    assert today == past
    assert "1+ promised dates fall due" in today and "1+ are past due" in today
