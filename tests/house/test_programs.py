"""Programs of tests are forked: each on the database and the folder that it was given; its end is seen."""

import signal
from urllib.parse import urlsplit

import pytest

TOLD = """
import sys
from django.conf import settings
from django.db import connection
from projects.models import Department
Department.objects.create(code=sys.argv[1], name=input() + sys.argv[1], name_en="x")
print(settings.DATA_DIR, connection.settings_dict["NAME"], Department.objects.count(), *sys.argv)
"""


def test_each_has_its_own_database_folder_arguments_and_pipes(own_database):
    name = urlsplit(own_database.url).path.removeprefix("/") or own_database.folder / "tracker.sqlite3"
    for count in ("1", "2"):
        program = own_database.start("-c", TOLD, count, "b c")
        said, _ = program.communicate("某局\n", timeout=60)
        assert said == f"{own_database.folder} {name} {count} -c {count} b c\n"


def test_what_breaks_is_seen(own_database):
    with pytest.raises(AssertionError, match="ended with 1"):
        own_database.run("-c", "1 / 0")
    with pytest.raises(AssertionError, match="ended with 3"):
        own_database.run("-c", "raise SystemExit(3)")


def test_what_is_killed_ends_at_once(own_database):
    program = own_database.start("-c", "print('ready', flush=True); input()")
    assert program.stdout.readline() == "ready\n" and program.returncode is None
    program.kill()
    assert program.wait(10) == -signal.SIGKILL and program.stdout.read() == ""
