"""What happened between two days: events by kind, first mentions last."""

from datetime import date, timedelta

import pytest

from projects.choices import Condition, EventKind, RecordType, Stage, Topic
from projects.core import fuzzy_dates
from projects.records import event_list
from tests import cast
from tests.public.portfolio import settle, yi
from tests.public.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.every_engine]
EVERY = {"from": "2022-12-31", "to": "2026-03-02", "counted": "all"}
LATER = {"from": "2024-10-31", "to": "2026-03-02"}


def compared(client, **query):
    return read(client, "/en/compare/", **EVERY | query)


def listed(page, kind: EventKind) -> list[str]:
    """What the rows of a kind say, without their source."""
    rows = [one for one in page.elements if one.given.get("data-is") == "event" and _within(one, kind)]
    return [" ".join(cell.text for cell in page.elements if cell.within is row)[:90] for row in rows]


def _within(one, kind: EventKind) -> bool:
    while one is not None and one.given.get("id") != kind:
        one = one.within
    return one is not None


def test_what_began_and_ended_is_told_whether_or_not_it_was_known_before(client, made):
    page = compared(client, to="2024-10-20")
    assert [row[:26] for row in listed(page, EventKind.STARTED)] == ["Model factory May 2023 sta"]
    (opened,) = listed(page, EventKind.OPERATING)
    assert opened.startswith("Qiwan Road June 2023 opening to traffic")


def test_a_part_is_named_in_english_where_the_catalogue_has_it(client, made):
    begun = {"measure": "started", "scope": "主体工程", "as_of": "2025-03-01", "source": made.notice}
    cast.published(made.road, Topic.ACTUAL, fuzzy_dates.parse("2025-02"), **begun)
    settle()
    (row,) = [one for one in listed(compared(client), EventKind.STARTED) if one.startswith("Qiwan Road")]
    assert row.startswith("Qiwan Road February 2025 start of construction main works")


def test_only_what_falls_after_the_first_day_and_until_the_last(client, made):
    assert listed(compared(client, **{"from": "2023-05-31"}), EventKind.STARTED) == []
    assert len(listed(compared(client, **{"from": "2023-05-30"}), EventKind.STARTED)) == 1
    assert listed(compared(client, **LATER), EventKind.STARTED) == []


def test_both_days_are_taken_as_known_on_the_later_one(client, made):
    """A promise that moved is told from the day on which that was known."""
    assert listed(compared(client, to="2025-02-28"), EventKind.MOVED) == []
    (moved,) = listed(compared(client, to="2025-03-01"), EventKind.MOVED)
    assert "2025 → June 2026" in moved and moved.startswith("Model factory 1 March 2025 completion")


def test_an_amount_a_stop_and_a_stage(client, made):
    later = {"source": made.notice}
    cast.published(made.factory, Topic.TOTAL_INVESTMENT, yi(60), ref="raised", **later)
    cast.published(made.logistics, Topic.STAGE, Stage.SIGNED.value, ref="signed", **later)
    settle()
    page = compared(client)
    (raised,) = listed(page, EventKind.AMOUNT)
    assert "about CNY 4.0 billion → CNY 6.0 billion" in raised
    (ended,) = listed(page, EventKind.CONDITION)
    assert ended.startswith("Convention Centre 1 March 2025") and "cancelled" in ended
    (signed,) = listed(page, EventKind.STAGE)
    assert "planned inferred → agreement signed" in signed or "planned inferred → signed" in signed


def test_a_correction_and_a_withdrawal(client, made):
    wrong = cast.published(made.plant, Topic.TOTAL_INVESTMENT, yi(3), ref="wrong", as_of="2024-10-17")
    fields = {"as_of": "2024-10-17", "source": made.notice}
    cast.published(made.plant, Topic.TOTAL_INVESTMENT, yi(4), ref="right", corrects=wrong, **fields)
    gone = made.factory.claims.get(ref="f-works")
    cast.published(made.factory, Topic.WORKS, None, ref="gone", corrects=gone, **fields)
    settle()
    told = " ".join(listed(compared(client, **LATER), EventKind.CORRECTED))
    assert "total investment: CNY 300 million → CNY 400 million" in told
    assert "→ withdrawn" in told
    assert listed(compared(client, **LATER), EventKind.AMOUNT) == []


def test_what_the_headline_counts_comes_first_and_a_chip_takes_it_off(client, made):
    """What ended would be counted if it had not: it is told of."""
    cast.published(made.plant, Topic.CONDITION, Condition.CANCELLED.value, ref="end", source=made.notice)
    settle()
    page = read(client, "/en/compare/", **LATER)
    assert [row[:12] for row in listed(page, EventKind.CONDITION)] == ["Convention C"]
    (chip,) = {link.href for link in page.links if link.words.startswith("Shown")}
    assert "counted=all" in chip
    called = [one.text for one in read(client, "/en/projects/").all("a") if one.text.startswith("Shown")]
    assert [one.text for one in page.all("a") if one.text.startswith("Shown")] == called, "as in the list"
    everything = read(client, f"/en/compare/{chip}")
    assert len(listed(everything, EventKind.CONDITION)) == 2
    back = read(client, "/en/compare/" + everything.link("Only investment projects"))
    assert back.main == page.main


def test_it_is_cited_by_its_two_days_whether_or_not_they_were_asked_for(client, made):
    page = read(client, "/en/compare/", type="large")
    cited = page.one("p", "cite")
    (href,) = [one.given["href"] for one in page.all("a") if one.within is cited]
    assert href == "http://testserver/en/compare/?from=2024-10-17&to=2026-03-02"
    assert "as of 2 March 2026, by what was public on 2 March 2026" in cited.text
    again = read(client, href.removeprefix("http://testserver"))
    assert again.one("p", "lede").text == page.one("p", "lede").text


def test_when_it_was_first_mentioned_is_as_vague_as_its_source(client, made):
    """An autumn is not its last day: that is for sorting alone."""
    autumn = cast.source("autumn", published="2024-09/2024-12")
    said = {"source": autumn, "as_of": "2024-09", "known_on": "2024-12-31", "measure": "completed"}
    yard = cast.project("样板货场", slug="yard", name_en="Model yard", kind="logistics", record_type="park")
    cast.published(yard, Topic.PROMISED, fuzzy_dates.parse("2027"), **said)
    settle()
    (row,) = [one for one in listed(compared(client), EventKind.NEW) if one.startswith("Model yard")]
    assert row.startswith("Model yard September to December 2024 promised date · full completion: 2027")


def test_first_mentions_are_folded_and_last(client, made):
    page = compared(client)
    assert len(listed(page, EventKind.NEW)) == event_list.SHOWN
    anchors = [one.given["id"] for one in page.elements if one.given.get("id") in EventKind.values]
    assert anchors[-1] == "new" and page.one("details", id="new")
    assert len(listed(read(client, "/en/compare/" + page.link("All 6")), EventKind.NEW)) == 6


def test_a_kind_in_pages_that_are_linked_by_key(client, made, monkeypatch):
    monkeypatch.setattr(event_list, "PAGE_SIZE", 4)
    first = compared(client, what="new")
    assert len(listed(first, EventKind.NEW)) == 4 and "First mentioned 6" in first.main
    second = read(client, "/en/compare/" + first.link("Next page"))
    assert len(listed(second, EventKind.NEW)) == 2
    assert read(client, "/en/compare/" + second.link("Previous page")).main == first.main
    wrong = compared(client, what="new", after="of another question")
    assert listed(wrong, EventKind.NEW) == listed(first, EventKind.NEW)
    assert "after=of another question" in " ".join(wrong.notices)


def test_the_tallies_of_today_are_what_counting_finds(client, made):
    """Of the day before today nothing is tallied, and nothing happened since."""
    for is_counted in (True, False):
        span = event_list.Span(date(2022, 12, 31), cast.TODAY, cast.TODAY, is_counted)
        counted = event_list.Span(span.begins, span.ends, cast.TODAY + timedelta(days=1), is_counted)
        assert event_list.counts(span) == event_list.counts(counted)
        assert sum(event_list.counts(span).values()) > 5


def test_the_ends_of_years_are_offered(client, made):
    page = compared(client)
    assert "from=2023-12-31&to=2026-03-02" in page.link("2023")
    assert "from=2022-12-31&to=2024-12-31" in [
        href for one in page.links if (href := one.href.partition("?")[2].replace("&counted=all", ""))
    ]


def test_dates_the_wrong_way_round_are_turned(client, made):
    turned = {"from": EVERY["to"], "to": EVERY["from"]}
    assert (
        compared(client, **turned | {"to": "2024-10-31"}).main
        == compared(client, **{"from": "2024-10-31"}).main
    )


def test_without_dates_from_the_first_knowledge_to_today(client, made):
    page = read(client, "/compare/")
    values = [one.given["value"] for one in page.all("input", type="date")]
    assert values == ["2024-10-17", "2026-03-02"]


def test_a_day_out_of_reach_is_clamped_with_a_sentence(client, made):
    page = compared(client, **{"from": "1900-01-01", "to": "2999-01-01"})
    assert page.status == 200 and len(page.notices) == 2


def test_the_later_day_is_one_of_knowledge_too(client, made):
    """Before the first source nothing was known, however far back it is told."""
    page = compared(client, **{"from": "2023-05-31", "to": "2023-06-30"})
    assert page.notices == ["Nothing is on record as early as 2023-06-30; this page shows 17 October 2024."]


def test_what_means_nothing_is_ignored_with_a_sentence(client, made):
    page = compared(client, what="party", counted="perhaps")
    assert "what=party, counted=perhaps" in " ".join(page.notices)


def test_from_a_past_day_it_compares_up_to_that_day(client, made):
    """The link at the foot of a page that looks back keeps its day."""
    back = read(client, "/en/projects/", asof="2025-01-31").link("Compare")
    page = read(client, back)
    assert [one.given["value"] for one in page.all("input", type="date")] == ["2024-10-17", "2025-01-31"]
    assert page.notices == []


@pytest.mark.parametrize(
    ("asof", "sentence"),
    [
        ("garbage", "“garbage” is not a date"),
        ("2199-01-01", "in the future"),
        ("1900-01-01", "as early as 1900"),
    ],
)
def test_a_day_that_cannot_be_shown_is_replaced_with_a_sentence(client, made, asof, sentence):
    page = read(client, "/en/compare/", asof=asof)
    assert page.status == 200 and sentence in " ".join(page.notices)


def test_what_became_known_of_a_fact_is_its_own_span(client, made):
    """Not the last day of it, by which it is sorted."""
    on = fuzzy_dates.parse("2024-09/2024-10-17")
    cast.published(made.phase, Topic.ACTUAL, on, measure="started", as_of=on.text, ref="began")
    settle()
    assert any("September to 17 October 2024" in row for row in listed(compared(client), EventKind.STARTED))


def test_the_headline_says_how_old_the_latest_event_is(client, made):
    assert "events. The latest: March 2025, 12 months ago." in compared(client).one("p", "lede").text
    asked = compared(client, to="2024-10-20").one("p", "lede").text
    assert "The latest: June 2023, nearly 3 years ago." in asked


def test_what_was_mentioned_first_is_an_event_only_where_it_is_asked_for(client, made):
    days = {"from": "2024-01-01", "to": "2024-12-31"}
    assert "The latest" not in compared(client, **days).one("p", "lede").text
    assert "The latest: October 2024" in compared(client, what="new", **days).one("p", "lede").text


def test_a_title_is_granted_and_not_completed(client, made):
    granted = {"measure": "completed", "as_of": "2025-03-01", "source": made.notice}
    title = cast.project("示范基地称号", name_en="Model base", record_type=RecordType.BID)
    cast.published(title, Topic.ACTUAL, fuzzy_dates.parse("2025-02"), **granted)
    settle()
    assert headings(compared(client, what="completed")) == ["Title granted"]
    cast.published(made.phase, Topic.ACTUAL, fuzzy_dates.parse("2025-02"), **granted)
    settle()
    (both,) = headings(compared(client, what="completed", nth=2))
    assert set(both.lower().split(", ")) == {"title granted", "completed"}


def headings(page) -> list[str]:
    return [one.text for one in page.all("h2")]
