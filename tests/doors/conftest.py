"""One row of everything that an address can name, made once for all tests here, and undone at the end."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine

from tests.cast import AT
from tests.conftest import as_in_a_test, undone
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
    with undone(django_db_blocker):
        with as_in_a_test(folder):
            values = made()
        yield values, folder
