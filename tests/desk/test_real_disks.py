"""A drill: the data folder on a disk that is really full, then really read-only, then well again."""

import json
import os
import shutil
import subprocess

import pytest

from tests.conftest import OwnDatabase
from tests.desk.disk_programs import PROGRAM

pytestmark = pytest.mark.drill

READS = [200] * 5


@pytest.fixture
def disk(tmp_path):
    """48 MB of memory as a disk; only root may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", str(place)]
    if not shutil.which("mount") or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.fixture
def desk(disk, migrated):
    """A program that answers what each door says, beside the disk as it is."""
    if os.environ.get("DATABASE_URL"):
        pytest.skip("the database of PostgreSQL lies elsewhere")
    shutil.copy(migrated.folder / "tracker.sqlite3", disk)
    program = OwnDatabase(disk, "").start(*PROGRAM)
    assert program.stdout.readline() == "ready\n"

    def ask(typed: str) -> dict:
        program.stdin.write(f"{typed}\n")
        program.stdin.flush()
        return json.loads(program.stdout.readline())

    yield ask
    program.stdin.close()
    program.wait(30)


def fill(disk) -> None:
    with open(disk / "filler", "wb", buffering=0) as file:
        for size in (2**20, 2**12, 1):
            try:
                while file.write(b"x" * size) == size:
                    pass
            except OSError:
                continue


def mounted(disk, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(disk)], check=True)


@pytest.mark.promise(
    "On a disk really full or read-only reads go on, writes are 503 with what was typed, all recovers",
    control="test_control_a_disk_that_is_well_says_nothing",
)
def test_a_disk_full_then_read_only_then_well_again(desk, disk, figure):
    first = desk("first")
    assert (first["kept"], first["files"], first["ready"]) == ("first", 1, "ok")
    fill(disk)
    full = desk("typed while full")
    assert full["saved"] == [503, "full", True] and full["entered"] == [503, "full"]
    assert (full["reads"], full["ready"], full["kept"]) == (READS, "data folder: full", "first")
    (disk / "filler").unlink()
    assert desk("second")["kept"] == "second"
    mounted(disk, "ro")
    locked = desk("typed while read-only")
    assert locked["saved"] == [503, "read-only", True] and locked["entered"] == [503, "read-only"]
    assert (locked["reads"], locked["ready"], locked["kept"]) == (READS, "database: read-only", "second")
    mounted(disk, "rw")
    last = desk("third")
    assert (last["kept"], last["ready"], last["reads"]) == ("third", "ok", READS)
    figure("full and read-only: 10 reads, 4 writes; the next request after each worked")


def test_control_a_disk_that_is_well_says_nothing(desk):
    said = desk("first")
    assert said["saved"][0] in (200, 302) and said["entered"][0] == 302 and said["ready"] == "ok"
