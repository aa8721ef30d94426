"""Whether the database answers and every migration has run."""

import pytest
from django.db import DatabaseError
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

pytestmark = pytest.mark.django_db


def said(client) -> tuple[int, bytes]:
    answer = client.get("/readyz")
    assert answer["Cache-Control"] == "no-store" and not answer.cookies
    return answer.status_code, answer.content


def test_ready(client):
    assert said(client) == (200, b"ok\n")


def test_a_migration_that_has_not_run_is_said(client):
    last = MigrationRecorder.Migration.objects.filter(app="projects").latest("name")
    last.delete()
    assert said(client) == (503, b"migrations\n")


def test_a_database_that_does_not_answer_is_said(client, monkeypatch):
    def fail(self, connection):
        raise DatabaseError("server closed the connection")

    monkeypatch.setattr(MigrationExecutor, "__init__", fail)
    assert said(client) == (503, b"database\n")


def test_post_is_refused(client):
    assert client.post("/readyz").status_code == 405
