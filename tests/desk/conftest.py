"""The desk on a day that does not move: the round of February 2026 is open."""

import pytest
import time_machine

from projects.choices import Topic
from projects.claims import projection
from tests import cast
from tests.imports.rows import FORTY
from tests.paperwork import month_round


@pytest.fixture(autouse=True)
def today():
    """2 March 2026 in Shanghai."""
    with time_machine.travel(cast.AT):
        yield cast.TODAY


@pytest.fixture
def monthly_round(db):
    return month_round()


@pytest.fixture
def known(db):
    """A project with a total investment on record."""
    cast.department()
    found = cast.project("藻渡水库")
    cast.published(found, Topic.TOTAL_INVESTMENT, FORTY)
    projection.rebuild(found)
    return found
