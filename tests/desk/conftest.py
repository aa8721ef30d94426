"""The desk on a day that does not move: the round of February 2026 is open."""

import pytest
import time_machine

from tests import cast
from tests.paperwork import month_round


@pytest.fixture(autouse=True)
def today():
    """2 March 2026 in Shanghai."""
    with time_machine.travel(cast.AT):
        yield cast.TODAY


@pytest.fixture
def monthly_round(db):
    return month_round()
