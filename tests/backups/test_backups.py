"""Backups made under load, restored, and verified: by the commands, on a database of their own."""

import fcntl
import hashlib
import json
import random
import subprocess
import time
from pathlib import Path

import pytest

from tests.actions.workers import PROGRAM
from tests.conftest import OwnDatabase

PATIENCE = 90
DIGEST = """
import django; django.setup()
import hashlib, json
from django.apps import apps
from django.db import connection
found = {}
for model in apps.get_models(include_auto_created=True):
    if model._meta.managed and not model._meta.proxy:
        rows = sorted(map(repr, model._base_manager.values_list()))
        found[model._meta.db_table] = hashlib.sha256("\\n".join(rows).encode()).hexdigest()
print(json.dumps(found))
"""
TAMPER = """
import django; django.setup()
from django.db import connection
with connection.cursor() as cursor:
    try:
        cursor.execute("DELETE FROM projects_auditentry")
    except Exception as refused:
        print("refused", type(refused).__name__)
"""


def command(database: OwnDatabase, *arguments: str) -> subprocess.CompletedProcess:
    program = database.start("manage.py", *arguments, stderr=subprocess.PIPE)
    out, err = program.communicate(timeout=PATIENCE)
    return subprocess.CompletedProcess(arguments, program.returncode, out, err)


def made(database: OwnDatabase, *options: str):
    done = command(database, "backup", *options)
    assert done.returncode == 0, done.stderr
    return done.stdout.rpartition(": ")[0]


def tables(database: OwnDatabase) -> dict:
    return json.loads(database.run("-c", DIGEST))


def write_media(database: OwnDatabase) -> dict[str, str]:
    folder = database.folder / "media" / "attachments"
    folder.mkdir(parents=True)
    for number in range(3):
        (folder / f"{number}.jpg").write_bytes(random.Random(number).randbytes(1000))
    return media(database)


def media(database: OwnDatabase) -> dict[str, str]:
    folder = database.folder / "media"
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture
def prepared(own_database) -> tuple[OwnDatabase, list[dict]]:
    said = own_database.run(*PROGRAM, "prepare", "2", "2")
    return own_database, [json.loads(line) for line in said.splitlines()]


def test_what_is_restored_is_what_was_backed_up(prepared):
    database, waiting = prepared
    files, before, key = write_media(database), tables(database), database.folder / "secret_key"
    signature = key.read_text()
    path = made(database)
    approve(database, waiting[0]["refs"][0])
    (database.folder / "media" / "attachments" / "0.jpg").unlink()
    key.unlink()
    assert tables(database) != before
    done = command(database, "restore", path)
    assert done.returncode == 0, done.stderr
    assert "The data of before lie in" in done.stdout
    assert tables(database) == before and media(database) == files and key.read_text() == signature
    assert "refused" in database.run("-c", TAMPER), "the triggers are there again"
    assert command(database, "verify").returncode == 0


def approve(database: OwnDatabase, ref: str) -> None:
    program = database.start(*PROGRAM, "approve", ref)
    program.communicate("go\n", timeout=PATIENCE)
    assert program.returncode == 0


def under_load(prepared, count: int) -> int:
    """So many backups while two people write, each restored and verified; the writes acknowledged."""
    database, waiting = prepared
    programs = [database.start(*PROGRAM, "work", of["project"], str(20 * count)) for of in waiting]
    for program in programs:
        program.stdin.write("go\n")
        program.stdin.flush()
    pause, paths = random.Random(count), []
    for _ in range(count):
        time.sleep(pause.uniform(0, 0.5))
        paths.append(made(database, "--keep", str(count)))
    said = [program.communicate(timeout=PATIENCE * count)[0] for program in programs]
    assert all(program.returncode == 0 for program in programs)
    for path in paths:
        assert command(database, "restore", path).returncode == 0
        done = command(database, "verify")
        assert done.returncode == 0, done.stderr
    return sum(len(text.splitlines()) - 1 for text in said)


@pytest.mark.promise(
    "A backup made while people write is whole, restored it verifies, and it holds their writes of before",
    control="test_control_a_copy_of_the_rows_that_is_not_of_one_moment_is_noticed",
)
def test_backups_under_load(prepared, figure):
    figure(f"2 backups beside {under_load(prepared, 2)} acknowledged writes")


@pytest.mark.drill
@pytest.mark.promise(
    "Twenty backups at random moments under load are restored and verify",
    control="test_control_a_copy_of_the_rows_that_is_not_of_one_moment_is_noticed",
)
def test_twenty_backups_under_load(prepared, figure):
    figure(f"20 backups beside {under_load(prepared, 20)} acknowledged writes")


def test_control_a_copy_of_the_rows_that_is_not_of_one_moment_is_noticed(prepared):
    """A claim whose approval is not in the audit, as half a copy has it."""
    database, waiting = prepared
    database.run(
        "-c",
        "import django; django.setup()\n"
        "from django.utils import timezone\n"
        "from projects.models import Claim\n"
        f"Claim.objects.filter(ref={waiting[0]['refs'][0]!r}).update(approved_at=timezone.now())",
    )
    done = command(database, "verify")
    assert done.returncode and "no entry of the audit says who approved it" in done.stderr


def test_a_damaged_one_is_refused_and_the_old_data_stay(prepared):
    database, _ = prepared
    path, before = made(database), tables(database)
    data = bytearray(Path(path).read_bytes())
    data[len(data) // 2] ^= 4
    Path(path).write_bytes(data)
    assert command(database, "verify", "--backup", path).returncode
    done = command(database, "restore", path)
    assert done.returncode and "damaged" in done.stderr and tables(database) == before


def test_beside_a_running_server_nothing_is_restored(prepared):
    database, _ = prepared
    path = made(database)
    with open(database.folder / ".serving.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)  # as `serve.become_server` holds it
        done = command(database, "restore", path)
    assert done.returncode and "stop it first" in done.stderr


def test_the_oldest_go_and_what_was_interrupted_is_swept(prepared):
    database, _ = prepared
    folder = database.folder / "elsewhere"
    for _ in range(3):
        made(database, str(folder), "--keep", "2")
        (folder / "backup-20260101-000000.tar.part").write_text("half")
    names = sorted(path.name for path in folder.glob("backup-*"))
    assert len([name for name in names if name.endswith(".tar")]) == 2
    made(database, str(folder), "--keep", "1")
    assert len(list(folder.glob("backup-*"))) == 1


def test_the_key_of_second_factors_is_named_and_never_in_it(prepared):
    database, _ = prepared
    path = made(database)
    key = (database.folder / "secrets_key").read_bytes()
    assert key.strip() not in Path(path).read_bytes()
    (database.folder / "secrets_key").unlink()
    assert "set SECRETS_KEY" in command(database, "restore", path).stdout
