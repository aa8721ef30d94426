"""Each soft check by table: what is asked about, and what is not."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from projects.choices import Stage
from projects.core import fuzzy_dates
from projects.core.money import Money
from projects.core.statements import Statement
from projects.reports.rules import milestone_dates
from projects.reports.rules.checks import faults_of_report
from projects.reports.rules.content import TO_DATE, Actual, Content, Held, Situation
from projects.reports.rules.soft_checks import soft_faults

YI = 10**8
ASOF = date(2026, 2, 28)


def yi(amount: int) -> Money:
    return Money(amount * YI, "yi", 0)


def invested(on: date) -> Statement:
    return Statement("a", TO_DATE, yi(10), fuzzy_dates.day(on), on)


HELD = Held(
    stage=Stage.BUILDING,
    total=yi(40),
    to_date=invested(date(2026, 1, 31)),
    progress=Decimal("37.5"),
    usual_month=2 * YI,
)
GOOD = Content("building", "active", to_date=yi(11), progress=Decimal(40))


FIRST = {"to_date": None, "total": None, "usual_month": None}
EARLY = {"stage": Stage.PREPARING}


@pytest.mark.parametrize(
    ("changes", "held", "codes"),
    [
        ({}, {}, []),
        ({"to_date": yi(41)}, {"usual_month": None}, ["beyond_total"]),
        ({"to_date": yi(41)}, {"usual_month": None, "total": None}, []),
        ({"to_date": yi(40)}, {"usual_month": None}, []),
        ({"to_date": yi(17)}, {}, ["thrice_usual"]),
        ({"to_date": yi(16)}, {}, []),
        # Two months' silence: twice as much is usual.
        ({"to_date": yi(17)}, {"to_date": invested(date(2025, 12, 31))}, []),
        ({"to_date": yi(23)}, {"to_date": invested(date(2025, 12, 31))}, ["thrice_usual"]),
        ({"stage": "completed"}, {}, ["money_outstanding"]),
        ({"stage": "operating"}, {"total": None}, []),
        ({"stage": "completed", "to_date": yi(40)}, {"usual_month": None}, []),
        ({"stage": "completed", "to_date": None}, {}, []),
        ({}, {"stage": None}, []),
        # The unit taken for another: a first figure of a road, of a park.
        ({"to_date": yi(1200)}, FIRST, ["first_figure"]),
        ({"to_date": Money(15_000, "wan", 1)}, FIRST, ["first_figure"]),
        ({"to_date": None, "this_year": yi(51)}, FIRST, ["first_figure"]),
        ({"to_date": yi(50)}, FIRST, []),
        ({"to_date": Money(10**5, "wan", 0)}, FIRST, []),
        ({"to_date": Money(0, "wan", 0)}, FIRST, []),
        ({"to_date": None, "this_year": Money(15_000, "wan", 1)}, {"usual_month": None}, []),
        # Money before the start, unless it is on record already or the start is.
        ({"stage": "preparing", "to_date": yi(1)}, EARLY | FIRST, ["before_start"]),
        ({"stage": "preparing", "to_date": yi(10)}, EARLY, []),
        ({"stage": "preparing"}, EARLY | {"actual": {("started", ""): fuzzy_dates.day(ASOF)}}, []),
        ({"stage": "preparing", "to_date": Money(0, "wan", 0)}, EARLY | FIRST, []),
        ({"progress": Decimal("0.35")}, {"progress": None}, ["progress_below_one"]),
        ({"progress": Decimal("0.35")}, {"progress": Decimal("0.35")}, []),
        ({"progress": Decimal(0)}, {"progress": None}, []),
        ({"stage": ""}, {}, []),
        ({"progress": Decimal(37)}, {}, ["progress_fell"]),
        ({"progress": Decimal("37.5")}, {}, []),
        ({"progress": None}, {}, []),
        ({"progress": Decimal(1)}, {"progress": None}, []),
        ({"stage": "preparing", "to_date": yi(10)}, {}, ["stage_fell"]),
        ({"stage": "preparing", "to_date": yi(10)}, {"stage": None}, []),
    ],
)
def test_what_is_unusual_is_asked_about(changes, held, codes):
    given = Situation(replace(HELD, **held), ASOF)
    dated = replace(GOOD, **changes)
    step = milestone_dates.reached_with(dated.stage)
    if step:  # whose day is given, as a test of its own asks it
        dated = replace(dated, actuals=(Actual(step.value, fuzzy_dates.day(ASOF)),))
    assert [fault.code for fault in soft_faults(dated, given)] == codes


@pytest.mark.parametrize(
    ("stage", "held", "codes"),
    [
        ("completed", {}, ["actual_missing"]),
        ("operating", {}, ["actual_missing"]),
        ("building", {}, []),
        ("completed", {"stage": None}, []),
        ("completed", {"actual": {("completed", ""): fuzzy_dates.day(ASOF)}}, []),
    ],
)
def test_where_the_stage_moves_the_day_is_asked_for(stage, held, codes):
    given = Situation(replace(HELD, total=None, usual_month=None, **held), ASOF)
    assert [fault.code for fault in soft_faults(replace(GOOD, stage=stage), given)] == codes


def test_each_doubt_says_what_it_was_measured_against():
    content = Content("preparing", "active", to_date=yi(50), progress=Decimal(1))
    told = {one.code: (one.on, one.values) for one in soft_faults(content, Situation(HELD, ASOF))}
    assert told == {
        "beyond_total": ("to_date", {"amount": str(40 * YI)}),
        "thrice_usual": ("to_date", {"amount": str(2 * YI)}),
        "before_start": ("to_date", {"amount": str(50 * YI), "stage": "preparing"}),
        "progress_fell": ("progress", {"percent": "37.5"}),
        "stage_fell": ("stage", {"stage": "building"}),
    }


SILENT = Content("building", "active", to_date=yi(10))


@pytest.mark.parametrize(
    ("said", "before", "is_asked"),
    [
        (SILENT, 3, True),
        (replace(SILENT, is_unchanged=True), 3, True),
        (replace(SILENT, is_unchanged=True), 2, False),
        (replace(SILENT, works="浇筑二层楼板"), 3, False),
        (replace(SILENT, stage="completed", is_unchanged=True), 3, False),
        (replace(SILENT, is_unchanged=True, confirmed={"unchanged_again": "汛期停工"}), 3, False),
    ],
)
def test_a_fourth_nothing_changed_in_a_row_is_asked_about_where_works_go_on(said, before, is_asked):
    given = Situation(replace(HELD, progress=None), ASOF, unchanged_before=before)
    assert ("unchanged_again" in {one.code for one in faults_of_report(said, given)}) is is_asked


def test_no_report_is_asked_for_a_photo():
    on = (Actual("completed", fuzzy_dates.day(ASOF)),)
    moved_on = replace(GOOD, stage="completed", to_date=yi(40), progress=Decimal(100), actuals=on)
    assert soft_faults(moved_on, Situation(replace(HELD, usual_month=None), ASOF)) == []
