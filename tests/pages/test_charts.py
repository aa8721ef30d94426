"""The geometry of the money bar; that of dates is seen on the pages that draw them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.pages.charts import MoneyBar, money_bar

YUAN = st.none() | st.integers(0, 10**15 - 1)


@pytest.mark.parametrize(
    ("total", "invested", "agreed", "drawn"),
    [
        (40, 10, 30, MoneyBar(1000, 250, 750)),
        (40, None, None, MoneyBar(1000, None, None)),
        (40, 50, None, MoneyBar(800, 1000, None)),  # beyond the total
        (40, None, 80, MoneyBar(500, None, 1000)),
        (None, None, 30, MoneyBar(None, None, 1000)),
        (40, 0, None, MoneyBar(1000, 0, None)),  # 0 is known
        (None, 0, None, None),
        (None, None, None, None),
    ],
)
def test_all_to_the_scale_of_the_greatest(total, invested, agreed, drawn):
    assert money_bar(total, invested, agreed) == drawn


@given(YUAN, YUAN, YUAN)
def test_nothing_reaches_beyond_the_drawing_and_only_what_is_known_is_drawn(total, invested, agreed):
    bar = money_bar(total, invested, agreed)
    if bar is None:
        assert not any((total, invested, agreed))
        return
    widths = (bar.total, bar.invested, bar.agreed)
    assert [one is None for one in widths] == [one is None for one in (total, invested, agreed)]
    assert max(one for one in widths if one is not None) == 1000


@given(YUAN, YUAN, st.integers(1, 10**15 - 1))
def test_what_was_agreed_changes_neither_proportion_of_the_others(total, invested, agreed):
    alone, beside = money_bar(total, invested, None), money_bar(total, invested, agreed)
    if alone and alone.total and alone.invested and beside.total > 1 and beside.invested > 1:
        assert beside.invested / beside.total == pytest.approx(alone.invested / alone.total, rel=0.02)


def test_lines_that_are_not_drawn_take_no_room():
    heights = [money_bar(*said).height for said in ((40, 10, 30), (40, 10, None), (None, None, 30))]
    assert heights == [58, 36, 22]
