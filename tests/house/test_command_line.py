"""A command that a disk stops says so in words; a fault of ours keeps its traceback."""

import resource
import subprocess
from unittest.mock import Mock

import pytest
from django.db import OperationalError, connection

from tracker import command_line


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the database of PostgreSQL lies elsewhere")
def test_the_daily_command_on_a_disk_that_takes_nothing(own_database):
    """As full as a disk on which no file may grow."""

    def full():
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))

    own_database.run("manage.py", "check")  # leaves what every program needs
    command = own_database.start("manage.py", "run_due", stderr=subprocess.PIPE, preexec_fn=full)
    _said, wrong = command.communicate(timeout=60)
    assert command.returncode == 1
    assert wrong.startswith("Stopped: a disk fails") and wrong.count("\n") == 1  # SQLite's word for this one
    assert "Rounds opened: " in own_database.run("manage.py", "run_due"), "all is well afterwards"


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), OperationalError("database or disk is full")]
)
def test_a_full_disk_is_called_so(error, monkeypatch):
    monkeypatch.setattr(command_line, "execute_from_command_line", Mock(side_effect=error))
    with pytest.raises(SystemExit, match="^Stopped: the disk is full"):
        command_line.run(["manage.py", "backup"])


@pytest.mark.parametrize("words", ["no such table: projects_round", "database is locked"])
def test_control_what_no_disk_did_is_raised(words, monkeypatch):
    monkeypatch.setattr(command_line, "execute_from_command_line", Mock(side_effect=OperationalError(words)))
    with pytest.raises(OperationalError):
        command_line.run(["manage.py", "run_due"])
