"""Whether the database answers and every migration has run."""

import os
import shutil
import tempfile
from collections import namedtuple

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from tests.troubled import ERRORS
from tracker import disks
from tracker.trouble import Trouble

pytestmark = pytest.mark.django_db


def said(client) -> tuple[int, bytes]:
    answer = client.get("/readyz")
    assert answer["Cache-Control"] == "no-store" and not answer.cookies
    return answer.status_code, answer.content


def test_ready(client):
    assert said(client) == (200, b"ok\n")


def test_a_migration_that_has_not_run_is_said(client, monkeypatch):
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda self, targets: ["0002_new"])
    assert said(client) == (503, b"migrations\n")


def test_a_database_that_does_not_answer_is_said(client, monkeypatch):
    def fail(self, connection):
        raise DatabaseError("server closed the connection")

    monkeypatch.setattr(MigrationExecutor, "__init__", fail)
    assert said(client) == (503, b"database\n")


def test_post_is_refused(client):
    assert client.post("/readyz").status_code == 405


# Folders


def refuse(monkeypatch, folder, trouble: Trouble) -> None:
    """The system refuses a probe in this folder; in every other it is as it is."""
    made = tempfile.TemporaryFile

    def probe(*args, dir, **kwargs):
        if os.path.samefile(dir, folder):
            raise OSError(ERRORS[trouble], "refused")
        return made(*args, dir=dir, **kwargs)

    monkeypatch.setattr(disks.tempfile, "TemporaryFile", probe)


def of_their_own(tmp_path, settings, monkeypatch) -> dict:
    """The three folders, each apart from the others."""
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path / "data", tmp_path / "media"
    found = {"data folder": settings.DATA_DIR, "media": settings.MEDIA_ROOT}
    found["temporary folder"] = tmp_path / "temporary"
    monkeypatch.setattr(disks.tempfile, "gettempdir", lambda: str(found["temporary folder"]))
    for folder in found.values():
        folder.mkdir()
    return found


@pytest.mark.promise(
    "/readyz says which of data folder, media and temporary folder is full, read-only or unreadable",
    control="test_control_without_the_probe_it_would_say_ok",
)
@pytest.mark.parametrize("trouble", list(ERRORS))
@pytest.mark.parametrize("name", ["data folder", "media", "temporary folder"])
def test_a_folder_in_trouble_is_said_until_it_is_over(
    client, tmp_path, settings, monkeypatch, name, trouble, figure
):
    found = of_their_own(tmp_path, settings, monkeypatch)
    with monkeypatch.context() as patched:
        refuse(patched, found[name], trouble)
        assert said(client) == (503, f"{name}: {trouble}\n".encode())
    assert said(client) == (200, b"ok\n")
    assert [*tmp_path.rglob("*")] == [*tmp_path.iterdir()], "nothing is left behind"
    figure("3 folders × 3 kinds")


def test_control_without_the_probe_it_would_say_ok(client, tmp_path, settings, monkeypatch):
    found = of_their_own(tmp_path, settings, monkeypatch)
    refuse(monkeypatch, found["media"], Trouble.FULL)
    monkeypatch.setattr(disks, "trouble_in", lambda folder: None)
    assert said(client) == (200, b"ok\n")


def test_too_little_room_for_the_largest_file_is_full(client, monkeypatch):
    room = namedtuple("room", "f_bavail f_frsize")
    monkeypatch.setattr(disks.os, "statvfs", lambda place: room(19 * 256, 4096))
    assert said(client)[1].splitlines()[0] == b"data folder: full"
    monkeypatch.setattr(disks.os, "statvfs", lambda place: room(20 * 256, 4096))
    assert said(client) == (200, b"ok\n")


def test_media_that_were_never_made_are_asked_of_what_they_would_be_made_in(client, settings):
    assert not settings.MEDIA_ROOT.exists()
    assert said(client) == (200, b"ok\n")


def test_a_data_folder_that_is_gone_is_said(client, settings):
    shutil.rmtree(settings.DATA_DIR)
    (settings.DATA_DIR.parent / settings.DATA_DIR.name).write_text("no folder")
    assert said(client)[1].startswith(b"data folder: unreadable\n")


def test_a_database_that_can_only_be_read_is_said(client, monkeypatch):
    if connection.vendor == "sqlite":
        monkeypatch.setattr(disks, "is_read_only_file", lambda name: True)
    else:
        connection.cursor().execute("SET transaction_read_only = on")
    assert said(client) == (503, b"database: read-only\n")
