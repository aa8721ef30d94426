"""By which book an amount is counted: the order in which one is taken, and what counts as the same book.

Two books are no conflict and are never added; `core.sums` leaves out all but one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from projects.choices import Method
from projects.core.statements import Series

T = TypeVar("T")

UNSAID = ""
ORDER = (Method.PLATFORM.value, UNSAID, Method.STATISTICS.value, Method.PAYMENT.value)


def preferred(
    held: Mapping[Series, T], topic: str, measure: str = "", scope: str = "", period: str = ""
) -> T | None:
    """Where one figure is wanted: that of the first book that has one."""
    every = (held.get(Series(topic, measure, scope, period, method)) for method in ORDER)
    return next((one for one in every if one is not None), None)


def is_same_book(one: Series, other: Series) -> bool:
    """Whether two series speak of the same in one book, where what is unsaid counts as the platform's."""
    return _booked(one) == _booked(other)


def _booked(series: Series) -> tuple[str, ...]:
    method = series.method or Method.PLATFORM.value
    return (series.topic, series.measure, series.scope, series.period, method)
