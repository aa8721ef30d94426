"""Which reports may be approved with others, by table; every row but the first ones changes one thing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from projects.choices import Stage
from projects.core import fuzzy_dates
from projects.core.money import Money
from projects.core.statements import Statement
from projects.reports.rules.content import TO_DATE, Content, Held, Promise, this_year_of
from projects.reports.rules.plain import is_plain

YI = 10**8
ASOF = date(2026, 2, 28)
JANUARY = date(2026, 1, 31)


def yi(amount: int) -> Money:
    return Money(amount * YI, "yi", 0)


def said(series, amount: int) -> Statement:
    return Statement("a", series, yi(amount), fuzzy_dates.day(JANUARY), JANUARY)


HELD = Held(
    stage=Stage.BUILDING,
    to_date=said(TO_DATE, 10),
    this_year=said(this_year_of(ASOF), 2),
    progress=Decimal(37),
    usual_month=YI,
    figures=3,
)
SAME = Content("building", "active", to_date=yi(10), this_year=yi(2), progress=Decimal(37))


@pytest.mark.parametrize(
    ("changes", "held", "expected"),
    [
        ({}, {}, True),
        ({"to_date": yi(13), "this_year": yi(5)}, {}, True),
        ({"to_date": yi(14)}, {}, False),
        ({"this_year": yi(6)}, {}, False),
        ({"to_date": yi(9)}, {}, False),
        ({"to_date": yi(11)}, {"figures": 2}, False),
        ({"to_date": yi(11)}, {"usual_month": None}, False),
        ({"to_date": None, "this_year": None}, {"to_date": None, "this_year": None}, True),
        ({}, {"to_date": None}, False),
        ({"progress": Decimal(40)}, {}, True),
        ({}, {"progress": None}, False),
        ({"works": "字" * 200, "next_steps": "字" * 200}, {}, True),
        ({"works": "字" * 201}, {}, False),
        ({"stage": "completed"}, {}, False),
        ({"condition": "cancelled"}, {}, False),
        ({"confirmed": {"stage_fell": "更正"}}, {}, False),
        ({"promises": (Promise("completed", fuzzy_dates.parse("2027")),)}, {}, False),
    ],
)
def test_what_is_plain(changes, held, expected):
    assert is_plain(replace(SAME, **changes), replace(HELD, **held), ASOF, has_more=False) is expected


def test_a_problem_or_a_file_asks_for_a_look():
    assert not is_plain(SAME, HELD, ASOF, has_more=True)
