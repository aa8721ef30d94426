"""Each soft check by table: what is asked about, and what is not."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from projects.choices import Stage
from projects.core import fuzzy_dates
from projects.core.money import Money
from projects.core.statements import Statement
from projects.reports.rules.checks import soft_faults
from projects.reports.rules.content import TO_DATE, Content, Held, Situation

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


@pytest.mark.parametrize(
    ("changes", "held", "has_photo", "codes"),
    [
        ({}, {}, False, []),
        ({"to_date": yi(41)}, {"usual_month": None}, False, ["beyond_total"]),
        ({"to_date": yi(41)}, {"usual_month": None, "total": None}, False, []),
        ({"to_date": yi(40)}, {"usual_month": None}, False, []),
        ({"to_date": yi(17)}, {}, False, ["thrice_usual"]),
        ({"to_date": yi(16)}, {}, False, []),
        # Two months' silence: twice as much is usual.
        ({"to_date": yi(17)}, {"to_date": invested(date(2025, 12, 31))}, False, []),
        ({"to_date": yi(23)}, {"to_date": invested(date(2025, 12, 31))}, False, ["thrice_usual"]),
        ({"stage": "completed"}, {}, True, ["money_outstanding"]),
        ({"stage": "operating"}, {"total": None}, True, []),
        ({"stage": "completed", "to_date": yi(40)}, {"usual_month": None}, True, []),
        ({"stage": "completed", "to_date": None}, {}, True, []),
        ({"stage": "completed", "to_date": None}, {}, False, ["no_photo"]),
        ({}, {"stage": None}, False, ["no_photo"]),
        ({"stage": ""}, {}, False, []),
        ({"progress": Decimal(37)}, {}, False, ["progress_fell"]),
        ({"progress": Decimal("37.5")}, {}, False, []),
        ({"progress": None}, {}, False, []),
        ({"progress": Decimal(1)}, {"progress": None}, False, []),
        ({"stage": "preparing"}, {}, True, ["stage_fell"]),
        ({"stage": "preparing"}, {"stage": None}, True, []),
    ],
)
def test_what_is_unusual_is_asked_about(changes, held, has_photo, codes):
    given = Situation(replace(HELD, **held), ASOF, has_photo=has_photo)
    assert [fault.code for fault in soft_faults(replace(GOOD, **changes), given)] == codes


def test_each_doubt_says_what_it_was_measured_against():
    content = Content("preparing", "active", to_date=yi(50), progress=Decimal(1))
    told = {one.code: (one.on, one.values) for one in soft_faults(content, Situation(HELD, ASOF))}
    assert told == {
        "beyond_total": ("to_date", {"amount": str(40 * YI)}),
        "thrice_usual": ("to_date", {"amount": str(2 * YI)}),
        "no_photo": ("stage", {}),
        "progress_fell": ("progress", {"percent": "37.5"}),
        "stage_fell": ("stage", {"stage": "building"}),
    }
