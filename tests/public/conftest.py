"""The public doors on a day that does not move, with a small portfolio to look at."""

import pytest
import time_machine

from tests import cast
from tests.public.portfolio import Portfolio, portfolio


@pytest.fixture(autouse=True)
def today():
    """2 March 2026 in Shanghai."""
    with time_machine.travel(cast.AT):
        yield cast.TODAY


@pytest.fixture
def made(db) -> Portfolio:
    return portfolio()
