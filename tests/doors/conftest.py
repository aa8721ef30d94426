"""One row of everything that an address can name, made once for all tests here, and undone at the end."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.test import TestCase, override_settings
from django.utils import translation

from projects.audit import clock
from tests.cast import AT
from tests.doors.rows import made


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    """2 March 2026 in Shanghai."""
    with time_machine.travel(AT):
        yield


@pytest.fixture
def world(rows, db, data_dir) -> dict[str, str]:
    """The rows with files of one's own: what a test writes is undone, what it keeps lies in its folder."""
    values, folder = rows
    shutil.copytree(folder, data_dir, dirs_exist_ok=True)
    return values


@pytest.fixture(scope="package")
def rows(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[tuple[dict[str, str], Path]]:
    """What stands for the words in braces of `table`, and the folder with the files."""
    folder = tmp_path_factory.mktemp("doors")
    with django_db_blocker.unblock():
        atomics = TestCase._enter_atomics()
        try:
            yield made_in(folder), folder
        finally:
            TestCase._rollback_atomics(atomics)


def made_in(folder: Path) -> dict[str, str]:
    with (
        override_settings(DATA_DIR=folder, MEDIA_ROOT=folder / "media"),
        translation.override(settings.LANGUAGE_CODE),
        time_machine.travel(AT),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(clock, "require_right", lambda at: None)
        return made()
