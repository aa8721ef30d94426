"""The portfolio's milestones to one scale."""

import pytest

from projects.choices import Basis, Topic
from projects.core import fuzzy_dates
from tests import cast
from tests.public.portfolio import settle
from tests.public.reading import read, zh

pytestmark = pytest.mark.django_db


def names(page) -> list[str]:
    return [cells[0] for cells in page.rows("gantt")]


def test_only_records_with_a_date_are_drawn_in_groups_by_the_next_one(client, made):
    for query in ({}, {"asof": "2026-03-02", "known": "2026-03-01"}):
        assert names(read(client, "/en/timeline/", **query)) == [
            "Dates to come, the next one first",
            "Model factory",
            "Nothing more was promised",
            "Qiwan Road",
        ]
    later = read(client, "/en/timeline/", asof="2026-03-02", known="2025-02-28")  # before the date moved
    assert names(later)[:2] == ["Past their day and still to come", "Model factory"]


def test_a_line_says_each_date_once_in_their_order(client, made):
    words = read(client, "/en/timeline/").rows("gantt")[1][1]
    assert (
        words == "May 2023 start of construction 2025 completion promised June 2026 completion promised now"
    )


def test_on_a_narrow_screen_the_same_stand_by_year_with_a_line_for_today(client, made):
    page = read(client, "/en/timeline/")
    years = [one.text for one in page.all("h2")]
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
    assert [one.given["class"] for one in page.all("rect") if one.has("inferred")] == ["first inferred"]


def test_promise_and_fact_are_drawn_apart(client, made):
    drawn = [one.given["class"] for one in read(client, "/timeline/").all("rect")]
    assert sorted(drawn) == ["actual", "actual", "first", "promised"]


def test_bands_lie_within_the_drawing(client, made):
    for one in read(client, "/timeline/").all("rect"):
        x, width = float(one.given["x"]), float(one.given["width"])
        assert x >= 0 and x + width <= 1000.01 and width > 0


def test_filtered_by_kind(client, made):
    assert names(read(client, "/timeline/", kind="transport"))[1:] == ["綦万公路"]


def test_in_english(client, made):
    assert names(read(client, "/en/timeline/"))[-1] == "Qiwan Road"


def test_nothing_to_draw_is_one_line(client, made):
    page = read(client, "/timeline/", kind="health")
    assert zh("No date is on record for these.") in page.main and not page.all("table")


def test_what_means_nothing_is_ignored_aloud(client, made):
    assert "kind=zzz" in read(client, "/timeline/", kind="zzz").notices[0]
