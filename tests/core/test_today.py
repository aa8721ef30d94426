"""A verdict turns on one day only, so that rows hold both sides of it."""

from datetime import date, timedelta

from hypothesis import given

from projects.core import promises, rectangles, today
from projects.core.today import TallyKey, TallySum
from tests.core.histories import FIRST_DAY, LAST_DAY, histories

DAYS = [FIRST_DAY + timedelta(days=n) for n in range(0, (LAST_DAY - FIRST_DAY).days + 90, 3)]
A, B = TallyKey("kind", "a"), TallyKey("kind", "b")


@given(histories())
def test_until_and_after_the_due_day_is_the_rule_on_every_day(history):
    held = rectangles.standing(history, date(2100, 1, 1), date(2100, 1, 1))
    for told in held.milestones if held else ():
        until, after = today.judgements(told)
        for day in DAYS if told.first else ():
            there = until if day <= told.first.value.latest else after
            assert (there.verdict, there.slip) == (promises.verdict(told, day), promises.slippage(told, day))


def test_what_comes_to_nothing_is_left_out():
    assert today.added([(A, TallySum(1, 5)), (B, TallySum(1)), (A, TallySum(-1, -5))]) == {B: TallySum(1)}


def test_a_difference_is_what_is_new_less_what_is_gone():
    assert today.difference({A: TallySum(2)}, {A: TallySum(1), B: TallySum(1)}) == {
        A: TallySum(-1),
        B: TallySum(1),
    }
