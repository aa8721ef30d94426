"""A report beside the record, field by field: what is news, and by how much."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from projects.choices import Condition, Stage
from projects.core import fuzzy_dates
from projects.core.money import Money
from projects.core.statements import Statement
from projects.reports.rules.content import TO_DATE, Content, Held, Pause, Promise
from projects.reports.rules.report_diff import Difference, compared, differences

YI = 10**8
SEEN_ON = date(2025, 12, 31)
PROMISED = fuzzy_dates.parse("2026-12")


def yi(amount: int) -> Money:
    return Money(amount * YI, "yi", 0)


def said(value: Money) -> Statement:
    return Statement("a", TO_DATE, value, fuzzy_dates.day(SEEN_ON), SEEN_ON)


HELD = Held(
    stage=Stage.BUILDING,
    to_date=said(yi(10)),
    progress=Decimal(40),
    works="主体施工",
    promised={("completed", ""): PROMISED},
)
SAME = Content(
    stage="building",
    condition="active",
    to_date=yi(10),
    progress=Decimal(40),
    works="主体施工 ",
    promises=(Promise("completed", PROMISED),),
)


def the_one(changes: dict, held: Held = HELD) -> Difference:
    [only] = differences(replace(SAME, **changes), held)
    return only


def test_what_stands_on_record_already_is_no_difference():
    assert differences(SAME, HELD) == ()
    assert len(compared(SAME, HELD)) == 8


@pytest.mark.parametrize(
    ("changes", "field", "before", "after", "change"),
    [
        ({"stage": "completed"}, "stage", "building", "completed", None),
        ({"condition": "deferred"}, "condition", "active", "deferred", None),
        ({"this_year": yi(1)}, "this_year", None, yi(1), None),
        ({"this_year": yi(0)}, "this_year", None, yi(0), None),
        ({"to_date": yi(11)}, "to_date", yi(10), yi(11), YI),
        ({"to_date": yi(9)}, "to_date", yi(10), yi(9), -YI),
        ({"to_date": yi(0)}, "to_date", yi(10), yi(0), -10 * YI),
        ({"progress": Decimal("42.5")}, "progress", Decimal(40), Decimal("42.5"), Decimal("2.5")),
        ({"progress": Decimal(0)}, "progress", Decimal(40), Decimal(0), Decimal(-40)),
        ({"works": "主体封顶"}, "works", "主体施工", "主体封顶", None),
        ({"next_steps": "安装设备"}, "next_steps", None, "安装设备", None),
    ],
)
def test_what_differs_and_by_how_much(changes, field, before, after, change):
    one = the_one(changes)
    assert (one.field, one.before, one.after, one.change) == (field, before, after, change)


@pytest.mark.parametrize(
    ("until", "days"),
    [("2027-03", 90), ("2026-11", -31), ("2026-12-15/2026-12-31", 0), ("2026", None)],
)
def test_a_promised_date_moves_by_its_latest_day(until, days):
    moved = Promise("completed", fuzzy_dates.parse(until), "", "funding", "等待放款")
    one = the_one({"promises": (moved,)})
    assert (one.before, one.after, one.reason, one.words) == (PROMISED, moved.date, "funding", "等待放款")
    assert one.change == (0 if until == "2026" else days)


def test_a_first_promise_has_no_date_before_it_and_a_part_is_not_the_whole():
    one = the_one({"promises": (Promise("completed", PROMISED, "一期"),)})
    assert (one.milestone, one.scope, one.before, one.change) == ("completed", "一期", None, None)


@pytest.mark.parametrize(
    "silence",
    [{"this_year": None}, {"to_date": None}, {"progress": None}, {"works": " "}, {"stage": ""}],
)
def test_silence_changes_nothing(silence):
    assert differences(replace(SAME, **silence), HELD) == ()


@pytest.mark.parametrize(
    "rewritten",
    [
        {"to_date": Money(10 * YI, "wan", 0)},
        {"progress": Decimal("40.00")},
        {"promises": (Promise("completed", fuzzy_dates.parse("2026-12-01/2026-12-31")),)},
    ],
)
def test_the_same_in_another_writing_is_no_difference(rewritten):
    assert differences(replace(SAME, **rewritten), HELD) == ()


def test_a_sum_says_of_when_the_one_before_was():
    assert the_one({"to_date": yi(11)}).since == fuzzy_dates.day(SEEN_ON)
    assert the_one({"this_year": yi(11)}).since is None


def test_a_pause_is_explained_only_while_work_stands_still():
    pause = Pause("资金未到位", fuzzy_dates.parse("2026-09"), "仍在筹措")
    assert differences(replace(SAME, pause=pause), HELD) == ()
    paused = replace(SAME, condition=Condition.PAUSED.value, pause=pause)
    assert [(one.field, one.after) for one in differences(paused, HELD)] == [
        ("condition", "paused"),
        ("pause_reason", "资金未到位"),
        ("pause_resumes", fuzzy_dates.parse("2026-09")),
        ("pause_note", "仍在筹措"),
    ]


def test_of_a_project_of_which_nothing_is_known_all_is_news():
    assert [one.field for one in differences(SAME, Held())] == [
        "stage",
        "to_date",
        "progress",
        "works",
        "promises",
    ]
    assert all(one.before is None and one.change is None for one in differences(SAME, Held()))
