"""The public doors on a day that does not move, with a small portfolio to look at."""

import pytest
import time_machine

from tests import cast
from tests.public.portfolio import Built, Portfolio, is_empty, portfolio


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
    if not is_empty():
        return portfolio()
    if built:
        built[0].write()
    else:
        built.append(Built(portfolio()))
    return built[0].portfolio
