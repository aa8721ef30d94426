"""Where the lines of the picture of promises begin and end, and that no words lie upon others."""

from datetime import date
from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.core import fuzzy_dates, promises
from projects.core.promises import Dated, Facts
from projects.pages.charts import ROOM, clear
from projects.public.promise_slope import slope

TODAY = date(2026, 3, 2)
FACTORY = SimpleNamespace(kind="industrial", record_type="project")


def said(text: str, ref: str = "x") -> Dated:
    return Dated(ref, fuzzy_dates.parse(text), fuzzy_dates.parse("2021"))


def drawn(**told) -> object:
    facts = Facts("completed", "", **{name: said(text, name) for name, text in told.items()})
    return slope([(FACTORY, facts, promises.verdict(facts, TODAY))], TODAY)


@pytest.mark.parametrize(
    ("told", "kind", "rises"),
    [
        ({"first": "2022", "actual": "2024-05"}, "fact", True),
        ({"first": "2022", "actual": "2021-05"}, "fact", False),
        ({"first": "2022", "promised": "2027"}, "now", True),
        ({"first": "2022", "part_actual": "2021-05"}, "part", False),
        ({"first": "2022"}, "silent", True),
    ],
)
def test_a_line_leads_to_the_fact_to_what_holds_now_or_to_today(told, kind, rises):
    (line,) = drawn(**told).lines
    assert line.kind == kind and (line.right.middle < line.left.middle) is rises
    assert kind != "silent" or line.right.middle == drawn(**told).today


@pytest.mark.parametrize(
    "told", [{"first": "2027"}, {"actual": "2024"}, {"first": "2022", "reached": "2021"}]
)
def test_nothing_is_drawn_of_what_stands_or_was_never_promised(told):
    assert drawn(**told) is None


@given(st.lists(st.floats(0, 500), max_size=20))
def test_words_keep_clear_of_one_another_in_their_order(wanted):
    height = max(500.0, ROOM * len(wanted))
    places = clear(wanted, height)
    by_wish = [place for _, place in sorted(zip(wanted, places, strict=True))]
    assert all(after - before >= ROOM - 0.02 for before, after in pairwise(by_wish))
    assert all(0 <= place <= height for place in places)
