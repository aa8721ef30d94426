"""One amount computes the other; what a usual month is; which sum is more."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.core.money import Money
from projects.reports.rules import amounts

YI, WAN = 10**8, 10**4


@pytest.mark.parametrize(
    ("points", "usual"),
    [
        ([], None),
        ([(date(2026, 1, 31), 100)], None),
        ([(date(2025, 12, 31), 100), (date(2026, 1, 31), 130)], 30),
        ([(date(2026, 1, 31), 130), (date(2025, 12, 31), 100)], 30),
        ([(date(2025, 10, 31), 100), (date(2026, 1, 31), 130)], 10),
        # More than a year ago no longer counts.
        ([(date(2020, 1, 1), 0), (date(2025, 12, 31), 100), (date(2026, 1, 31), 130)], 30),
        # Twice in one month, nothing grew, or it fell: that tells nothing.
        ([(date(2026, 1, 1), 100), (date(2026, 1, 31), 130)], None),
        ([(date(2025, 12, 31), 100), (date(2026, 1, 31), 100)], None),
        ([(date(2025, 12, 31), 100), (date(2026, 1, 31), 90)], None),
    ],
)
def test_a_usual_month_is_the_mean_of_the_last_year(points, usual):
    assert amounts.usual_month(points) == usual


@pytest.mark.parametrize(
    ("this_year", "to_date", "before", "completed"),
    [
        (Money(3 * YI, "yi", 0), None, 10 * YI, (Money(3 * YI, "yi", 0), Money(13 * YI, "yi", 0))),
        (None, Money(13 * YI, "yi", 1), 10 * YI, (Money(3 * YI, "yi", 1), Money(13 * YI, "yi", 1))),
        # As many decimals as it takes to lose nothing.
        (
            Money(3 * YI, "yi", 0),
            None,
            1234 * WAN,
            (Money(3 * YI, "yi", 0), Money(3 * YI + 1234 * WAN, "yi", 4)),
        ),
        (Money(5, "yuan", 0), None, 7, (Money(5, "yuan", 0), Money(12, "yuan", 0))),
        (Money(1 * YI, "yi", 0), None, 1, (Money(1 * YI, "yi", 0), Money(YI + 1, "yi", 8))),
        # Nothing to compute from, or nothing to compute.
        (None, None, 10 * YI, (None, None)),
        (Money(3 * YI, "yi", 0), None, None, (Money(3 * YI, "yi", 0), None)),
        (Money(1, "yuan", 0), Money(2, "yuan", 0), 5, (Money(1, "yuan", 0), Money(2, "yuan", 0))),
        # Less than before the year began is for the checks.
        (None, Money(9 * YI, "yi", 0), 10 * YI, (None, Money(9 * YI, "yi", 0))),
    ],
)
def test_one_amount_computes_the_other(this_year, to_date, before, completed):
    assert amounts.completed(this_year, to_date, before) == completed


@given(st.integers(0, 10**13), st.integers(0, 10**13), st.sampled_from(["yuan", "wan", "yi"]))
def test_the_two_always_add_up(before, grown, unit):
    this_year, to_date = amounts.completed(Money(grown, unit, 0), None, before)
    assert to_date.yuan == before + grown
    assert amounts.completed(None, to_date, before)[0].yuan == grown


def test_more_is_more_beyond_the_coarser_precision():
    assert amounts.exceeds(Money(11 * YI, "yi", 0), Money(10 * YI, "yi", 0))
    assert not amounts.exceeds(Money(10 * YI, "yi", 0), Money(99_900 * WAN, "wan", 0))
    assert amounts.exceeds(Money(100_100 * WAN, "wan", 0), Money(100_000 * WAN, "wan", 0))
    assert not amounts.exceeds(Money(1 * YI, "yi", 0), Money(2 * YI, "yi", 0))


@pytest.mark.parametrize(
    ("yuan", "unit", "decimals"),
    [
        (10**8, "yi", 0),
        (150_000_000, "yi", 1),
        (12_345_678, "wan", 4),
        (1_234_500, "wan", 2),
        (9_999, "yuan", 0),
        (0, "yuan", 0),
    ],
)
def test_a_computed_sum_in_full_loses_nothing(yuan, unit, decimals):
    assert amounts.in_full(yuan) == Money(yuan, unit, decimals)
