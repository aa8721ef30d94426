"""PostgreSQL's own: its planner is told what was loaded, however long that takes."""

import pytest
from django.db import OperationalError, connection

from tracker.connections import tell_planner

pytestmark = [pytest.mark.django_db, pytest.mark.every_engine]


@pytest.fixture
def cursor():
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL's own")
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 1")
        yield cursor


def test_it_takes_longer_than_a_page_may(cursor):
    tell_planner()
    cursor.execute("SHOW statement_timeout")
    assert cursor.fetchone() == ("10s",), "as it was when the connection began"


def test_control_the_limit_ends_it(cursor):
    with pytest.raises(OperationalError, match="statement timeout"):
        cursor.execute("ANALYZE")
