"""By which book an amount is counted: the order in which one is taken, and what counts as the same book.

Two books are no conflict and are never added.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from projects.choices import Method, Topic
from projects.core.statements import Series

T = TypeVar("T")

TOPICS_WITH_METHOD = (Topic.INVESTED_TO_DATE, Topic.INVESTED_IN_PERIOD, Topic.FUNDS)
UNSAID = ""
ORDER = (Method.PLATFORM.value, UNSAID, Method.STATISTICS.value, Method.PAYMENT.value)


def preferred(held: Mapping[Series, T], topic: str) -> T | None:
    """Of a topic that several books count, what is held of the whole project by the first book of `ORDER`."""
    every = (held.get(Series(topic, method=method)) for method in ORDER)
    return next((one for one in every if one is not None), None)


def booked(series: Series) -> Series:
    """Where amounts are compared within a book, what is unsaid counts as the platform's."""
    is_unsaid = series.topic in TOPICS_WITH_METHOD and not series.method
    return series._replace(method=Method.PLATFORM.value) if is_unsaid else series
