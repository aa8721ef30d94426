"""A thread keeps its connection to PostgreSQL: one that the server ended is found out before it is asked."""

from contextlib import closing

import pytest
from django.db import OperationalError, close_old_connections, connection

from projects.audit import version_reading
from projects.audit.version_reading import VersionReading, committed_version
from projects.models import Project
from projects.models.prepared import Prepared, same

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.every_engine,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's is in this process"),
]


@pytest.fixture(autouse=True)
def kept(monkeypatch) -> None:
    """As the server keeps it, and tested in each request."""
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "CONN_HEALTH_CHECKS", True)
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", None)
    connection.ensure_connection()
    yield
    connection.close()


def end_connection() -> None:
    """As a restart of the server does; the next request begins."""
    ours = connection.connection.info.backend_pid
    with closing(connection.Database.connect(**connection.get_connection_params())) as other:
        other.autocommit = True
        other.execute("SELECT pg_terminate_backend(%s, 1000)", [ours])
    close_old_connections()


def ask() -> list:
    return Prepared(same, (Project.objects.all(),)).fetch()


def test_the_next_page_has_a_new_one():
    end_connection()
    assert ask() == []


def test_who_has_read_the_data_version_has_tested_it(monkeypatch):
    tests = []
    monkeypatch.setattr(connection, "is_usable", lambda: not tests.append(1))
    close_old_connections()
    ask()
    assert len(tests) == 1, "as Django does"
    close_old_connections()
    committed_version()
    ask()
    assert len(tests) == 1


def test_control_what_is_ended_after_it_was_tested_fails_once():
    ours = connection.connection
    committed_version()
    ours.close()
    with pytest.raises(OperationalError):
        ask()
    close_old_connections()
    assert ask() == []


def test_the_data_version_is_read_again_by_a_new_one(monkeypatch):
    monkeypatch.setattr(version_reading, "REST", 0.0)
    monkeypatch.setitem(version_reading.HOLDS, "postgresql", 0.0)
    version = VersionReading()
    number, is_sure = version.read()
    assert is_sure
    end_connection()
    assert version.read() == (number, False)
    assert version.read() == (number, True)
