"""Promises and their proofs: what a test marked `promise` proves, and what it measured, for `docs/trust.md`.

    @pytest.mark.promise("An acknowledged write survives kill -9", control="test_a_lost_write_is_noticed")
    def test_writes_survive(figure): ...; figure("1,195 writes, none lost")

The control is a test of the same module that fails the check on a broken build. A test marked `drill` takes
minutes; it runs with `./test --drills` alone. `--report FILE` writes one JSON line for each promise.
"""

import json
from pathlib import Path

import pytest
from django.db import connection


def pytest_addoption(parser):
    parser.addoption("--drills", action="store_true", help="run the drills, and nothing else")
    parser.addoption("--trust", action="store_true", help="run what proves a promise, drills too")
    parser.addoption("--report", type=Path, help="append a JSON line for each promise to this file")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    controls = {(item.path, getattr(item, "originalname", item.name)) for item in items}
    for item in items:
        promise = item.get_closest_marker("promise")
        # What was named on the command line may leave the control out.
        if promise and not config.option.keyword and "::" not in "".join(config.args):
            assert (item.path, promise.kwargs["control"]) in controls, f"{item.nodeid} names no control"
    is_wanted = _choice(config)
    config.hook.pytest_deselected(items=[item for item in items if not is_wanted(item)])
    items[:] = [item for item in items if is_wanted(item)]


def _choice(config):
    if config.option.trust:
        return lambda item: _has(item, "promise") or _has(item, "drill")
    if config.option.drills:
        return lambda item: _has(item, "drill")
    return lambda item: not _has(item, "drill")


def _has(item, name: str) -> bool:
    return item.get_closest_marker(name) is not None


@pytest.fixture
def figure(request):
    """Say what was measured: `figure("106 files, none let in")`. The last word stands."""
    return lambda text: request.node.stash.__setitem__(FIGURE, text)


FIGURE = pytest.StashKey[str]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    promise = item.get_closest_marker("promise")
    if promise and item.config.option.report and (report.when == "call" or not report.passed):
        entry = {
            "promise": promise.args[0],
            "proof": f"{item.path.relative_to(item.config.rootpath)}::{item.originalname}",
            "control": promise.kwargs["control"],
            "figure": item.stash.get(FIGURE, ""),
            "outcome": report.outcome,
            "engine": connection.vendor,
        }
        with item.config.option.report.open("a") as file:
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")
    return report
