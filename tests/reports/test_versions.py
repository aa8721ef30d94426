"""Two versions of a report side by side: what differs, and only that."""

from dataclasses import replace

import pytest

from projects.core import fuzzy_dates
from projects.core.money import Money
from projects.reports.rules.content import Content, Pause, Promise
from projects.reports.rules.report_diff import sides

KEPT = Content(
    stage="building",
    condition="paused",
    to_date=Money(10**9, "yi", 0),
    works="基础",
    promises=(Promise("completed", fuzzy_dates.parse("2026-12")),),
    pause=Pause("资金", fuzzy_dates.parse("2026-09"), "筹措"),
)


def differing(**changes) -> list[tuple]:
    return [(one.field, one.before, one.after) for one in sides(KEPT, replace(KEPT, **changes))]


def test_the_same_has_no_sides():
    assert sides(KEPT, KEPT) == []
    assert differing(confirmed={"beyond_total": "追加"}) == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"stage": ""}, ("stage", "building", None)),
        ({"works": "封顶"}, ("works", "基础", "封顶")),
        ({"to_date": None}, ("to_date", Money(10**9, "yi", 0), None)),
        ({"this_year": Money(0, "yi", 0)}, ("this_year", None, Money(0, "yi", 0))),
        ({"pause": replace(KEPT.pause, note="")}, ("pause_note", "筹措", None)),
        ({"promises": ()}, ("promises", fuzzy_dates.parse("2026-12"), None)),
    ],
)
def test_each_field_that_differs(changes, told):
    assert differing(**changes) == [told]


def test_a_promise_differs_by_its_reason_too():
    moved = (Promise("completed", fuzzy_dates.parse("2026-12"), "", "other", "甲方"),)
    [side] = sides(KEPT, replace(KEPT, promises=moved))
    assert (side.milestone, side.reason, side.words) == ("completed", "other", "甲方")


def test_dates_of_parts_stand_apart():
    more = (*KEPT.promises, Promise("completed", fuzzy_dates.parse("2026-06"), "一期"))
    [side] = sides(KEPT, replace(KEPT, promises=more))
    assert (side.scope, side.before) == ("一期", None)
