"""Several pytest processes share one list of tests: whoever is free takes the next module.

    pytest --share FOLDER      each of them, with the same folder

So two cores end at the same time, whatever the modules cost; the longest are taken first. What is built once
for a folder stays in one process: the browser, the fixtures, the rows of every address.
"""

from collections.abc import Iterator
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
