"""Several pytest processes share one list of tests: whoever is free takes the next module.

    pytest --share FOLDER      each of them, with the same folder

So two cores end at the same time, whatever the modules cost; the longest are taken first. What is built once
for a folder stays in one process: the browser, the fixtures, the rows of every address. What lies on the disk
is made by whoever needs it first, and read by all (`filled_once`).
"""

import fcntl
import shutil
from collections.abc import Callable, Iterator
from itertools import groupby, pairwise
from pathlib import Path

import pytest

from tests.engines import folder_of

WHOLE = ("browser", "doors", "fixtures")
FIRST = (*WHOLE, "house", "kept", "backups", "editing", "desk", "public", "reports")


def pytest_addoption(parser):
    parser.addoption("--share", type=Path, help="run what no other process with this folder has taken")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """The longest first; pytest-django then puts those with a database before those without."""
    if config.option.share:
        items.sort(key=_rank)
    result = yield
    if config.option.share:
        items.sort(key=lambda item: folder_of(item) != "browser")
    return result


def _rank(item) -> int:
    folder = folder_of(item)
    return FIRST.index(folder) if folder in FIRST else len(FIRST)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session):
    folder = session.config.option.share
    if not folder or session.config.option.collectonly or session.testsfailed:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    for item, following in pairwise(_taken(folder, session.items)):
        session.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.shouldfail:
            raise session.Failed(session.shouldfail)
        if session.shouldstop:
            raise session.Interrupted(session.shouldstop)
    return True


def _taken(folder: Path, items: list) -> Iterator:
    """The tests of this process, then None; a module is taken before the last test of the one before runs."""
    own = set()
    for part, group in groupby(items, key=_part):
        if part in own or _take(folder / part.replace("/", "-")):
            own.add(part)
            yield from group
    yield None


def _part(item) -> str:
    folder = folder_of(item)
    return folder if folder in WHOLE else str(item.path.relative_to(item.config.rootpath))


def _take(mark: Path) -> bool:
    try:
        mark.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


@pytest.fixture(scope="session")
def filled_once(request, tmp_path_factory) -> Callable[[str, Callable[[Path], object]], Path]:
    """A folder that nobody changes, by its name and what fills it. Who needs it meanwhile waits."""
    shared = request.config.option.share

    def found(name: str, fill: Callable[[Path], object]) -> Path:
        if not shared:
            folder = tmp_path_factory.mktemp(name)
            fill(folder)
            return folder
        whole, begun = shared / name, shared / f"{name}.begun"
        with open(shared / f"{name}.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not whole.exists():
                shutil.rmtree(begun, ignore_errors=True)
                begun.mkdir()
                fill(begun)
                begun.rename(whole)
        return whole

    return found
