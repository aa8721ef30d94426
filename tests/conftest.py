"""The harness: a data folder for each test, tables emptied past the triggers, people, own databases.

Builders are in `tests.cast`. A test that asks for no database gets none (the rules never do).
"""

import gc
import itertools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
import time_machine
from django.conf import settings as configured
from django.http import HttpResponse
from django.test import Client, RequestFactory, TestCase, TransactionTestCase, override_settings
from django.test import client as django_client
from django.test.client import MULTIPART_CONTENT
from django.test.signals import setting_changed
from django.utils import translation
from django.utils.http import urlencode
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

from projects.audit import clock, version_reading
from projects.audit.version_memory import VersionMemory
from projects.imports import kept_comparison, long_work
from projects.models import append_only
from projects.pages import child_process, part_tags
from tests import at_hand
from tests.cast import AT, Cast, cast
from tests.claims.workers import PROGRAM
from tests.imports import slow_work
from tests.programs import Program
from tests.starting import start_first

pytest_plugins = ["tests.engines", "tests.promises", "tests.share"]

BUSY = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
hypothesis.register_profile("quick", max_examples=10, deadline=None, suppress_health_check=BUSY)
hypothesis.register_profile("thorough", max_examples=60, deadline=None, suppress_health_check=BUSY)
hypothesis.load_profile("thorough" if os.environ.get("THOROUGH") else "quick")

ROOT = Path(__file__).resolve().parent.parent
COLLECT = "import django; django.setup(); from tracker.serve import collect_static; collect_static()"

# What was imported stays: rubbish is looked for seldom, and among what the tests make alone.
gc.set_threshold(50_000, 20, 20)


def pytest_collection_finish():
    gc.freeze()


@pytest.fixture(scope="session")
def data_dirs(tmp_path_factory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("data")
    return (folder / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def data_dir(settings, data_dirs) -> Path:
    """No test meets the version file or the media of another, nor those of this machine."""
    kept_comparison.forget()
    settings.DATA_DIR = next(data_dirs)
    settings.DATA_DIR.mkdir()
    settings.MEDIA_ROOT = settings.DATA_DIR / "media"
    return settings.DATA_DIR


class Reader(Client):
    """Takes what is sent in parts to its end, so that it reads like any other answer."""

    def request(self, **request):
        answer = super().request(**request)
        if answer.streaming:
            body = b"".join(answer.streaming_content)
            answer.__class__ = HttpResponse
            answer.content = body
        return answer


@pytest.fixture
def client() -> Client:
    return Reader()


@pytest.fixture(autouse=True)
def any_language() -> Iterator[None]:
    """A page in English leaves English behind; the next test begins in Chinese."""
    with translation.override(configured.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def any_clock(request, monkeypatch):
    """Tests say themselves when it is, months apart; those of the clock itself are marked `watched`."""
    if "watched" not in request.keywords:
        monkeypatch.setattr(clock, "require_right", lambda at: None)


@pytest.fixture(autouse=True)
def no_threads(monkeypatch):
    """Their connections see nothing of a test's transaction; `tests.imports.slow_work` has others."""
    monkeypatch.setattr(long_work, "start", slow_work.at_once)


@pytest.fixture(autouse=True)
def readers_at_hand(request, monkeypatch):
    if "own_process" not in request.keywords:
        monkeypatch.setattr(child_process, "read", at_hand.read)


@pytest.fixture(autouse=True, scope="session")
def flush_past_triggers():
    """After a transactional test every table is emptied, which the append-only triggers refuse.

    They are lifted for that moment alone; `flush` announces a migration, which puts them back.
    """
    teardown = TransactionTestCase._fixture_teardown

    def lifting(case):
        with append_only.lifted():
            teardown(case)

    TransactionTestCase._fixture_teardown = lifting
    yield
    TransactionTestCase._fixture_teardown = teardown


@pytest.fixture(autouse=True, scope="session")
def plain_static():
    """Pages link to the plain static files, collected or not; the browser's tests use the collected ones."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES=configured.STORAGES | {"staticfiles": plain}):
        yield


@pytest.fixture(autouse=True, scope="session")
def forms_as_browsers_send_them():
    """Django's client sends every form as one with files, which few addresses take (`tracker.bodies`)."""

    def post(client, path, data=None, content_type=MULTIPART_CONTENT, *args, **more):
        if content_type == MULTIPART_CONTENT and not holds_files(data):
            data, content_type = urlencode(data or {}, doseq=True), "application/x-www-form-urlencoded"
        return send(client, path, data, content_type, *args, **more)

    send, RequestFactory.post = RequestFactory.post, post
    yield
    RequestFactory.post = send


@pytest.fixture(autouse=True, scope="session")
def context_of_the_page_alone():
    """Django's client keeps a copy of the context of each template; a form has a hundred, of its widgets."""

    def first(store, *args, **told):
        if not store:
            keep(store, *args, **told)

    with pytest.MonkeyPatch.context() as patch:
        keep = django_client.store_rendered_templates
        patch.setattr(django_client, "store_rendered_templates", first)
        yield


def holds_files(data) -> bool:
    values = data.values() if isinstance(data, dict) else ()
    return any(
        hasattr(one, "read") for value in values for one in (value if isinstance(value, list) else [value])
    )


@pytest.fixture(autouse=True, scope="session")
def parts_of_these_templates():
    """What pages remember was written by templates that a test may put others in the place of."""

    def forget(setting: str, **_told) -> None:
        if setting == "TEMPLATES":
            part_tags.PARTS.clear()
            part_tags._row.cache_clear()

    setting_changed.connect(forget)
    yield
    setting_changed.disconnect(forget)


@pytest.fixture(autouse=True)
def every_reading_is_new(monkeypatch):
    """What a test publishes shows at its next request on PostgreSQL, too; see `tests/kept`."""
    monkeypatch.setitem(version_reading.HOLDS, "postgresql", 0.0)


@pytest.fixture(autouse=True)
def nothing_remembered():
    """Each test has a database of its own, whose versions begin anew."""
    VersionMemory.forget()


@pytest.fixture
def people(db) -> Cast:
    return cast()


@contextmanager
def undone(blocker) -> Iterator[None]:
    """Rows for several tests: what is written within is gone at the end."""
    with blocker.unblock():
        atomics = TestCase._enter_atomics()
        try:
            yield
        finally:
            TestCase._rollback_atomics(atomics)


@contextmanager
def as_in_a_test(folder: Path) -> Iterator[None]:
    """For rows of several tests, what each test has by itself; on the day of `tests.cast`."""
    with (
        override_settings(DATA_DIR=folder, MEDIA_ROOT=folder / "media"),
        translation.override(configured.LANGUAGE_CODE),
        time_machine.travel(AT),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(clock, "require_right", lambda at: None)
        yield


class OwnDatabase:
    """A migrated database on the suite's engine for programs of their own, with its data folder."""

    def __init__(self, folder: Path, url: str):
        self.folder, self.url = folder, url
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tracker.settings",
            "DATA_DIR": str(folder),
            "DATABASE_URL": url,
            "PYTHONUTF8": "1",
            "MAX_QUIET_DAYS": "100000",  # programs come months after what was prepared for them
        }

    def start(self, *arguments: str, **kwargs) -> subprocess.Popen | Program:
        """Start `python ARGUMENTS` on this database."""
        if arguments[0] == "-c" and not kwargs:
            return Program(self.environment, *arguments[1:])
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": ROOT}
        return subprocess.Popen([sys.executable, *arguments], env=self.environment, **pipes | kwargs)

    def run(self, *arguments: str) -> str:
        """What `python ARGUMENTS` prints on this database; fails where it does."""
        program = self.start(*arguments)
        said, _ = program.communicate(timeout=300)
        assert program.returncode == 0, f"ended with {program.returncode}: {arguments}"
        return said

    def prepare(self, *arguments: str) -> str:
        """As `run`, on a database just migrated; what the program left is kept for the next test."""
        if arguments not in PREPARED:
            said = self.run(*arguments)
            kept = self.folder.with_name(f"{self.folder.name}-kept")
            PREPARED[arguments] = said, OwnDatabase(kept, self.url and _beside(self.url, kept.name, self.url))
            shutil.copytree(self.folder, kept)
            return said
        said, kept = PREPARED[arguments]
        shutil.copytree(kept.folder, self.folder, dirs_exist_ok=True)
        if self.url:
            _beside(self.url, self.folder.name, kept.url)
        return said


PREPARED: dict[tuple[str, ...], tuple[str, OwnDatabase]] = {}


@pytest.fixture(scope="session")
def migrated(filled_once) -> OwnDatabase:
    """Migrated once; every test that asks for a database of its own gets a copy."""
    url = ""
    if server := os.environ.get("DATABASE_URL"):
        url = _create_database(server, "migrated", "template1")
    migrate = ("manage.py", "migrate", "--verbosity", "0")
    return OwnDatabase(filled_once("migrated", lambda folder: OwnDatabase(folder, url).run(*migrate)), url)


@pytest.fixture(scope="session")
def collected(filled_once) -> Path:
    """The static files as a server serves them, collected once: a start that finds them collects nothing."""
    return filled_once("collected", lambda folder: OwnDatabase(folder, "").run("-c", COLLECT)) / "static"


@pytest.fixture(scope="session")
def first_start(filled_once) -> Path:
    """The data folder that the first start from nothing leaves; on SQLite."""
    return filled_once("first-start", start_first)


@pytest.fixture
def own_database(migrated, tmp_path_factory) -> OwnDatabase:
    return copied(migrated, tmp_path_factory)


@pytest.fixture(scope="module")
def served_database(migrated, collected, tmp_path_factory) -> OwnDatabase:
    """One for all servers of a module, with static files."""
    database = copied(migrated, tmp_path_factory)
    shutil.copytree(collected, database.folder / "static")
    return database


@pytest.fixture
def started(own_database):
    """Start programs that wait for each other; whatever happens, none stays behind."""
    running: list[subprocess.Popen] = []

    def start(*commands: tuple[str, ...], program: tuple[str, ...] = PROGRAM) -> list[subprocess.Popen]:
        begun = [own_database.start(*program, *command) for command in commands]
        running.extend(begun)
        for one in begun:
            assert one.stdout.readline() == "ready\n"
        for one in begun:
            one.stdin.write("go\n")
            one.stdin.flush()
        return begun

    yield start
    for program in running:
        program.kill()
        program.wait()


def copied(migrated: OwnDatabase, tmp_path_factory) -> OwnDatabase:
    folder, url = tmp_path_factory.mktemp("own"), ""
    if migrated.url:
        url = _beside(migrated.url, folder.name, migrated.url)
    else:
        shutil.copy(migrated.folder / "tracker.sqlite3", folder)
    return OwnDatabase(folder, url)


def _beside(url: str, name: str, template: str) -> str:
    """Where a copy of another database of the server is."""
    server = urlunsplit(urlsplit(url)._replace(path="/postgres"))
    return _create_database(server, name, urlsplit(template).path.removeprefix("/"))


def _create_database(server: str, name: str, template: str) -> str:
    assert configured.DATABASES["default"]["ENGINE"].endswith("postgresql"), "DATABASE_URL of a PostgreSQL"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
