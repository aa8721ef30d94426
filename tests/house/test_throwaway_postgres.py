"""The PostgreSQL that the tests start for themselves."""

from pathlib import Path

import psycopg
import pytest

from tests.throwaway_postgres import NoPostgres, find_binaries, throwaway_postgres


@pytest.fixture(autouse=True)
def only_where_there_is_one():
    try:
        find_binaries()
    except NoPostgres:
        pytest.skip("no PostgreSQL on this machine")


def test_it_serves_and_is_gone_afterwards_even_after_a_failure():
    with pytest.raises(ZeroDivisionError), throwaway_postgres() as url:
        folder = Path(url.partition("host=")[2])
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT current_setting('fsync')").fetchone() == ("off",)
        raise ZeroDivisionError
    assert not folder.exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url, connect_timeout=1)
