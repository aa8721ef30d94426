"""How old a word is, to the day; and that each age begins where the one before it ends."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.choices import Age
from projects.core import ages

DAYS = st.dates(date(1905, 1, 1), date(2199, 12, 31))
TODAY = date(2026, 3, 2)
CASES = {
    "2026-03-02": Age.UNDER1,
    "2025-03-02": Age.UNDER1,  # a year ago to the day
    "2025-03-01": Age.ONE_TO_TWO,
    "2024-03-02": Age.ONE_TO_TWO,
    "2024-03-01": Age.OVER2,
    "1999-01-01": Age.OVER2,
}


@pytest.mark.parametrize(("said", "age"), CASES.items())
def test_by_the_calendar(said, age):
    assert ages.age(date.fromisoformat(said), TODAY) == age


def test_of_29_february_the_last_of_the_month():
    assert ages.years_before(date(2024, 2, 29), 1) == date(2023, 2, 28)
    assert ages.years_before(date(2024, 2, 29), 4) == date(2020, 2, 29)


@given(DAYS, st.integers(0, 1500))
def test_a_word_grows_only_older(day, back):
    said, order = day - timedelta(back), list(Age)
    assert order.index(ages.age(said, day)) <= order.index(ages.age(said, day + timedelta(1)))
    (_, one), (_, two) = ages.first_days(day)
    assert (ages.age(said, day) == Age.OVER2) == (said < two) and two < one <= day
