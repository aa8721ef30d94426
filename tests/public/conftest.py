"""The public doors on a day that does not move, with a small portfolio to look at."""

import pytest
import time_machine

from tests import cast
from tests.public.portfolio import Built, Portfolio, portfolio


@pytest.fixture(autouse=True)
def today():
    """2 March 2026 in Shanghai."""
    with time_machine.travel(cast.AT):
        yield cast.TODAY


@pytest.fixture(scope="session")
def built() -> list[Built]:
    """Room for the portfolio: built once by the actions, then only written again."""
    return []


@pytest.fixture
def made(db, built) -> Portfolio:
    if not built:
        built.append(Built.of(portfolio()))
    else:
        built[0].write()
    return built[0].portfolio
