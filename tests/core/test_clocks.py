"""The two clocks of an address: which day is meant, what is kept within what there is."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.core import clocks
from projects.core.clocks import ClockNotice, Clocks, Reach

TODAY = date(2026, 11, 20)
REACH = Reach(first_asof=date(2019, 12, 31), first_known=date(2021, 6, 30))


def read(asof: str = "", known: str = "") -> Clocks:
    return clocks.read(asof, known, TODAY, REACH)


def both(asof: str = "", known: str = "") -> tuple[str, str]:
    found = read(asof, known)
    return found.asof.isoformat(), found.known.isoformat()


def test_without_parameters_both_are_today():
    assert read() == Clocks(TODAY, TODAY, TODAY)


def test_with_only_an_as_of_day_it_is_what_is_known_today():
    assert both(asof="2024-10-31") == ("2024-10-31", "2026-11-20")


def test_with_only_a_day_of_knowledge_it_is_as_of_that_day():
    assert both(known="2024-10-31") == ("2024-10-31", "2024-10-31")


def test_both_may_be_given_and_neither_must_be_the_earlier():
    assert both("2022-01-01", "2024-10-31") == ("2022-01-01", "2024-10-31")
    assert both("2024-10-31", "2022-01-01") == ("2024-10-31", "2022-01-01")


def test_one_date_with_the_box_ticked_is_both_days():
    assert both("2024-10-31", clocks.THEN) == ("2024-10-31", "2024-10-31")
    assert read("2024-10-31", clocks.THEN).is_as_known_then
    assert read("", clocks.THEN) == read() and not read().is_as_known_then


@pytest.mark.parametrize(
    ("asof", "known", "notice"),
    [
        ("2027-01-01", "", ClockNotice("asof", "in_future", "2027-01-01", TODAY)),
        ("1999-01-01", "", ClockNotice("asof", "too_early", "1999-01-01", REACH.first_asof)),
        ("", "2027-01-01", ClockNotice("known", "in_future", "2027-01-01", TODAY)),
        ("2024-10-31", "2020-01-01", ClockNotice("known", "too_early", "2020-01-01", REACH.first_known)),
        ("2024-02-30", "", ClockNotice("asof", "unreadable", "2024-02-30", TODAY)),
        ("gestern", "", ClockNotice("asof", "unreadable", "gestern", TODAY)),
        ("2024-10", "", ClockNotice("asof", "unreadable", "2024-10", TODAY)),
    ],
)
def test_a_day_that_cannot_be_had_is_named_with_the_one_taken_instead(asof, known, notice):
    found = read(asof, known)
    assert found.notices == (notice,)
    assert getattr(found, notice.clock) == notice.taken


def test_an_unreadable_day_of_knowledge_is_today_and_so_is_the_as_of():
    assert both(known="x") == ("2026-11-20", "2026-11-20")


def test_each_clock_has_its_own_notice():
    assert [(one.clock, one.why) for one in read("1999-01-01", "x").notices] == [
        ("known", "unreadable"),
        ("asof", "too_early"),
    ]


def test_the_first_and_the_last_day_are_within():
    assert read(REACH.first_asof.isoformat(), REACH.first_known.isoformat()).notices == ()
    assert read(TODAY.isoformat(), TODAY.isoformat()) == Clocks(TODAY, TODAY, TODAY)


@pytest.mark.parametrize(
    ("asof", "known", "asked"),
    [
        ("", "", {}),
        ("2026-11-20", "2026-11-20", {}),
        ("2024-10-31", "", {"asof": "2024-10-31"}),
        ("", "2024-10-31", {"asof": "2024-10-31", "known": "2024-10-31"}),
        ("2026-11-20", "2024-10-31", {"asof": "2026-11-20", "known": "2024-10-31"}),
    ],
)
def test_only_what_differs_from_today_travels_in_links(asof, known, asked):
    assert read(asof, known).asked == asked


DAY = st.dates(date(2018, 1, 1), date(2028, 1, 1)).map(date.isoformat) | st.just("")


@given(DAY, DAY)
def test_a_link_leads_back_to_the_same_two_days(asof, known):
    found = read(asof, known)
    again = read(**found.asked)
    assert (again.asof, again.known, again.notices) == (found.asof, found.known, ())
    assert REACH.first_asof <= found.asof <= TODAY and REACH.first_known <= found.known <= TODAY


@given(st.text(max_size=12), st.text(max_size=12))
def test_anything_at_all_gives_two_days_within_reach(asof, known):
    found = read(asof, known)
    assert REACH.first_known - timedelta(days=600) < found.asof <= TODAY and found.known <= TODAY
