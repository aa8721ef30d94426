"""Backups made under load, restored, and verified: by the commands, on a database of their own."""

import fcntl
import hashlib
import json
import os
import random
import resource
import shutil
import subprocess
import time
from pathlib import Path
from threading import Thread

import pytest

from tests.backups.commands import PROGRAM, TAMPERING
from tests.claims import workers
from tests.conftest import OwnDatabase
from tests.house.serving import serving

PATIENCE = 300
# As `serve.main` does it; that nothing starts without it is seen below.
HOLDING = (
    "from django.conf import settings; from tracker.backups.restore import hold; hold(settings.DATA_DIR); "
)
SERVER = ("-c", HOLDING + "from tracker import serve; serve.become_server()")


def given(database: OwnDatabase, *commands: list[str], **options) -> list:
    """What each of them says, given one after the other."""
    program = database.start(*PROGRAM, *map(json.dumps, commands), **options)
    out, _ = program.communicate(timeout=PATIENCE)
    assert program.returncode == 0
    return [json.loads(line) for line in out.splitlines()]


def path_in(said: dict) -> str:
    assert said["is_done"], said
    return said["said"].rpartition(": ")[0]


def made(database: OwnDatabase, *options: str) -> str:
    return path_in(given(database, ["backup", *options])[0])


def restored(database: OwnDatabase, path: str, *then: list[str]) -> list:
    """Restored well; what the commands after it say."""
    done, *said = given(database, ["restore", path], *then)
    assert done["is_done"], done
    return said


def media(database: OwnDatabase) -> dict[str, str]:
    folder = database.folder / "media"
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def write_media(database: OwnDatabase) -> dict[str, str]:
    """Photos of reports, and a document that a source is."""
    for number, name in enumerate(("attachments/0.jpg", "attachments/1.jpg", "documents/2.txt")):
        path = database.folder / "media" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(random.Random(number).randbytes(1000))
    return media(database)


def approve(database: OwnDatabase, ref: str) -> None:
    program = database.start(*workers.PROGRAM, "approve", ref)
    program.communicate("go\n", timeout=PATIENCE)
    assert program.returncode == 0


@pytest.fixture
def prepared(own_database) -> tuple[OwnDatabase, list[dict]]:
    """Two projects with claims that wait."""
    said = own_database.prepare(*workers.PROGRAM, "prepare", "2", "2")
    return own_database, [json.loads(line) for line in said.splitlines()]


def faults(said: dict) -> list[str]:
    """But for the fixtures, which are not loaded here."""
    return [line for line in said["said"].splitlines() if ": " in line and not line.startswith("fixtures:")]


def test_what_is_restored_is_what_was_backed_up(prepared):
    database, waiting = prepared
    approve(database, waiting[0]["refs"][0])
    files, key = write_media(database), database.folder / "secret_key"
    signature = key.read_text()
    before, backup = given(database, ["digests"], ["backup"])
    approve(database, waiting[0]["refs"][1])
    (database.folder / "media" / "attachments" / "0.jpg").unlink()
    key.unlink()
    changed, done, after, verified, tampered, again = given(
        database, ["digests"], ["restore", path_in(backup)], ["digests"], ["verify"], ["tamper"], ["backup"]
    )
    assert changed != before and "The data of before lie in" in done["said"]
    assert after == before and media(database) == files and key.read_text() == signature
    assert faults(verified) == []
    assert tampered == [], "the triggers are there again"
    # What was restored is backed up and restored like anything else.
    assert restored(database, path_in(again), ["digests"], ["tamper"]) == [before, []]


def test_control_without_triggers_something_could_be_done(prepared):
    database, waiting = prepared
    approve(database, waiting[0]["refs"][0])
    lifting = "import django; django.setup(); from projects.models import append_only as triggers; "
    database.run("-c", lifting + "triggers._run('default', triggers._drops)")
    assert set(TAMPERING) <= set(given(database, ["tamper"])[0])


def test_into_an_empty_machine(prepared, tmp_path):
    database, _ = prepared
    write_media(database)
    before, backup = given(database, ["digests"], ["backup", str(tmp_path)])
    if database.environment["DATABASE_URL"]:
        database.run("-c", EMPTY)
    shutil.rmtree(database.folder)
    assert restored(database, path_in(backup), ["digests"]) == [before]
    assert len(media(database)) == 3


def test_one_of_an_older_release_says_what_it_needs(prepared):
    """What is computed from the claims may be computed otherwise since."""
    database, _ = prepared
    of_today = made(database)
    database.run("manage.py", "migrate", "--verbosity", "0", "projects", "0020")
    older = made(database)
    said = [given(database, ["restore", path])[0]["said"] for path in (of_today, older)]
    assert ["./run manage rebuild" in one for one in said] == [False, True]
    verified = given(database, ["migrate", "--verbosity", "0"], ["rebuild"], ["verify"])[-1]
    assert faults(verified) == []


EMPTY = """
import django; django.setup()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
"""


# Under load


class Writer:
    """A program that enters and approves claims; what it has acknowledged so far."""

    def __init__(self, database: OwnDatabase, project: str, count: int):
        self.program = database.start(*workers.PROGRAM, "work", project, str(count))
        assert self.program.stdout.readline() == "ready\n"
        self.acknowledged: list[str] = []
        self.reader = Thread(target=self._read)

    def go(self) -> None:
        self.program.stdin.write("go\n")
        self.program.stdin.flush()
        self.reader.start()

    def _read(self) -> None:
        for line in self.program.stdout:
            self.acknowledged.append(line.strip())

    def end(self) -> list[str]:
        self.reader.join()
        assert self.program.wait(PATIENCE) == 0
        return self.acknowledged


def under_load(prepared, count: int) -> tuple[list[tuple[str, set[str]]], dict[str, str], int]:
    """Backups while two people write, each with what was acknowledged before it; the chain; how many."""
    database, waiting = prepared
    writers = [Writer(database, of["project"], 25 * count) for of in waiting]
    for writer in writers:
        writer.go()
    pause, backups = random.Random(count), []
    for _ in range(count):
        time.sleep(pause.uniform(0, 0.5))
        before = {ref for writer in writers for ref in writer.acknowledged}
        backups.append((made(database, "--keep", str(count)), before))
    count_of_writes = sum(len(writer.end()) for writer in writers)
    return backups, given(database, ["chain"])[0], count_of_writes


def lost(before: set[str], approved: list[str]) -> set[str]:
    return before - set(approved)


def is_beginning(chain: dict[str, str], of: dict[str, str]) -> bool:
    """Number for number the same entries as far as it goes: one moment of what happened."""
    return all(of.get(number) == said for number, said in chain.items())


def check_each(database: OwnDatabase, backups, whole_chain) -> None:
    for path, before in backups:
        approved, chain, verified = restored(database, path, ["approved"], ["chain"], ["verify"])
        assert lost(before, approved) == set() and is_beginning(chain, whole_chain)
        assert faults(verified) == []


@pytest.mark.promise(
    "A backup made while people write is one moment of the record, with every write acknowledged before",
    control="test_control_an_older_backup_lacks_what_was_acknowledged_since",
)
def test_backups_under_load(prepared, figure):
    backups, chain, writes = under_load(prepared, 2)
    check_each(prepared[0], backups, chain)
    figure(f"2 backups beside {writes} writes")


@pytest.mark.drill
@pytest.mark.promise(
    "Twenty backups at random moments under load are restored, equal and verified",
    control="test_control_an_older_backup_lacks_what_was_acknowledged_since",
)
def test_twenty_backups_under_load(prepared, figure):
    backups, chain, writes = under_load(prepared, 20)
    check_each(prepared[0], backups, chain)
    figure(f"20 backups beside {writes} writes")


def test_control_an_older_backup_lacks_what_was_acknowledged_since(prepared):
    database, waiting = prepared
    path, ref = made(database), waiting[0]["refs"][0]
    approve(database, ref)
    chain = given(database, ["chain"])[0]
    approved, older = restored(database, path, ["approved"], ["chain"])
    assert lost({ref}, approved) == {ref} and is_beginning(older, chain)
    assert not is_beginning(older | {str(len(older)): "another"}, chain)


# What is refused


def test_a_damaged_one_is_refused_and_the_old_data_stay(prepared):
    database, _ = prepared
    before, backup = given(database, ["digests"], ["backup"])
    path = Path(path_in(backup))
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 4
    path.write_bytes(data)
    verified, refused, after = given(
        database, ["verify", "--backup", str(path)], ["restore", str(path)], ["digests"]
    )
    assert not verified["is_done"] and not refused["is_done"] and "is damaged" in refused["said"]
    assert after == before and not list(database.folder.glob("before-restore-*"))


def test_its_exit_tells(prepared, tmp_path):
    database, _ = prepared
    (tmp_path / "no.tar").write_bytes(b"x" * 1000)
    for command in (["verify", "--backup"], ["restore"]):
        program = database.start("manage.py", *command, str(tmp_path / "no.tar"), stderr=subprocess.PIPE)
        assert "it is no backup" in program.communicate(timeout=PATIENCE)[1] and program.returncode == 1


@pytest.mark.skipif(
    bool(os.environ.get("DATABASE_URL")), reason="PostgreSQL knows by itself who is connected"
)
def test_beside_a_running_server_nothing_is_restored(prepared):
    """Held by the server that took the place of the start, and by its workers; gone when they are killed."""
    database, _ = prepared
    path = made(database)
    with serving(database, *SERVER):
        [refused] = given(database, ["restore", path])
    assert not refused["is_done"] and "stop it first" in refused["said"]
    end = time.monotonic() + PATIENCE
    while not given(database, ["restore", path])[0]["is_done"]:  # workers see that their master is gone
        assert time.monotonic() < end


def test_beside_somebody_connected_nothing_is_restored(prepared):
    database, _ = prepared
    path = made(database)
    if not database.environment["DATABASE_URL"]:
        pytest.skip("SQLite does not know")
    reader = database.start("-c", CONNECTED)
    try:
        reader.stdout.readline()
        [refused] = given(database, ["restore", path])
        assert not refused["is_done"] and "Others are connected" in refused["said"]
    finally:
        reader.communicate("\n")


CONNECTED = """
import django; django.setup()
from django.db import connection
connection.ensure_connection()
print("ready", flush=True)
input()
"""


@pytest.mark.parametrize("command", [[], ["--admin"], ["manage", "check"]])
def test_nothing_starts_beside_a_restore_nor_after_one_that_broke_off(prepared, command):
    database, _ = prepared
    lock = database.folder / ".used.lock"
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # as `restore` holds it
        assert "is being restored" in said_at_start(database, command)
    lock.write_text("unfinished")  # as `restore` leaves it where it is killed
    assert "broke off: run it again" in said_at_start(database, command)


def said_at_start(database: OwnDatabase, command: list[str]) -> str:
    database.environment |= {"PORT": "8179", "HOST": "", "PUBLIC_URL": ""}
    program = database.start("-m", "tracker.serve", *command, stderr=subprocess.PIPE)
    said = program.communicate(timeout=PATIENCE)[1]
    assert program.returncode == 1
    return said


# The folder of backups


def test_the_oldest_go_but_never_the_newest_nor_what_is_not_ours(prepared):
    """Whatever the clock says: those that are there are of tomorrow."""
    database, _ = prepared
    folder = database.folder / "elsewhere"
    folder.mkdir()
    there = [f"backup-2099010{number}-000000.tar" for number in range(1, 6)]
    for name in (*there, "backup-before-the-upgrade.tar", f"{there[0]}.part"):
        (folder / name).write_text("old")
    (folder / ".being-backed-up-1").mkdir()
    first, second = given(
        database, ["backup", str(folder), "--keep", "10"], ["backup", str(folder), "--keep", "3"]
    )
    assert Path(path_in(second)).exists() and Path(path_in(first)).exists() is False
    names = sorted(path.name for path in folder.iterdir())
    assert names == sorted([*there[-2:], "backup-before-the-upgrade.tar", Path(path_in(second)).name])


def test_with_few_there_nothing_goes(prepared):
    database, _ = prepared
    said = given(database, *[["backup", "--keep", "14"]] * 3)
    assert all(Path(path_in(one)).exists() for one in said)
    assert [oct(Path(path_in(one)).stat().st_mode & 0o777) for one in said] == ["0o600"] * 3


@pytest.mark.parametrize("room", [4096, 300_000])
def test_a_full_disk_leaves_nothing_behind(prepared, tmp_path, room):
    database, _ = prepared
    (database.folder / "media").mkdir()
    (database.folder / "media" / "large.pdf").write_bytes(b"x" * 400_000)
    limit = {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))}
    [said] = given(database, ["backup", str(tmp_path / "backups")], **limit)
    assert not said["is_done"] and said["said"].startswith("No backup was made: ")
    assert list((tmp_path / "backups").iterdir()) == []
    assert not list(database.folder.glob(".being-*"))


def test_two_at_once_are_one(prepared):
    database, _ = prepared
    with (database.folder / ".backup.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        [said] = given(database, ["backup"])
    assert not said["is_done"] and "Another one" in said["said"]


def test_the_key_of_second_factors_is_named_and_never_in_it(prepared):
    database, _ = prepared
    path = made(database)
    key = database.folder / "secrets_key"
    old = key.read_text().strip()
    assert old.encode() not in Path(path).read_bytes()
    fresh = "A" * 43 + "="
    said = []
    for keys in (old, f"{fresh},{old}", fresh):  # the same; changed since, and the old one still there; lost
        key.write_text(keys)
        said.append("set SECRETS_KEY" in given(database, ["restore", path])[0]["said"])
    assert said == [False, False, True]


def test_demonstration_data_are_not_restored_over_real_ones(prepared):
    database, _ = prepared
    path = made(database)
    database.environment |= {"DEMO": "1"}
    [said] = given(database, ["restore", path])
    assert not said["is_done"] and "never share a folder" in said["said"]
