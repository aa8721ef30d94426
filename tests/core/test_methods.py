"""By which book an amount is counted: which is taken where one figure is wanted, and what is one book."""

import pytest

from projects.choices import Topic
from projects.core import methods
from projects.core.statements import Series
from tests.core.saying import total

TO_DATE = Topic.INVESTED_TO_DATE


@pytest.mark.parametrize(
    ("books", "taken"),
    [
        (["payment", "statistics", "", "platform"], "platform"),
        (["payment", "statistics", ""], ""),
        (["payment", "statistics"], "statistics"),
        (["payment"], "payment"),
        ([], None),
    ],
)
def test_where_one_figure_is_wanted_the_platform_comes_first_then_what_is_unsaid(books, taken):
    held = {Series(TO_DATE, method=book): book for book in books}
    assert methods.preferred(held, TO_DATE) == taken


def test_what_is_unsaid_is_compared_within_the_platforms_book():
    unsaid, ours = Series(TO_DATE), Series(TO_DATE, method="platform")
    assert methods.booked(unsaid) == methods.booked(ours) == ours
    assert methods.booked(Series(TO_DATE, method="payment")) != ours
    assert methods.booked(total(1, "2024").series) == total(1, "2024").series
