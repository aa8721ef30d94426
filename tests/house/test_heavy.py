"""Heavy libraries: a door or two each, loaded on first use, so that a fresh worker stays small.

And what a worker has loaded is not looked through for rubbish.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import Tree
from tracker.wsgi import THRESHOLDS

ROOT = Path(__file__).resolve().parents[2]
DOORS = {
    "pypinyin": ("projects.search.pinyin",),
    "icalendar": ("projects.pages.calendar_file",),
    "PIL": ("projects.pages.photos", "projects.pages.preview_picture"),
    "docx": ("projects.pages.word_file",),
    "qrcode": ("projects.pages.qr_code",),
    "cryptography": ("tracker.secret",),
}
# What comes with the pages of allauth that ask for a code (`accounts.second_factor`).
BROUGHT_ALONG = {"fido2"}


def imports_of_them(house: Tree) -> set[tuple[str, str, bool]]:
    """The library, the module that imports it, and whether only when a function runs."""
    found = (
        (one.module.split(".")[0], module.name, one) for module in house for one in house.imports(module)
    )
    return {(library, name, one.is_inside) for library, name, one in found if library in DOORS}


def test_each_has_its_doors_and_is_loaded_on_first_use():
    house = Tree(ROOT, "projects", "tracker")
    assert imports_of_them(house) == {
        (library, door, True) for library, doors in DOORS.items() for door in doors
    }


def test_control_a_second_door_and_an_early_one_are_found(tmp_path):
    module = tmp_path / "projects" / "opendata" / "downloads.py"
    module.parent.mkdir(parents=True)
    module.write_text("import icalendar.cal", encoding="utf-8")
    assert imports_of_them(Tree(tmp_path, "projects")) == {
        ("icalendar", "projects.opendata.downloads", False)
    }


def test_a_fresh_worker_has_loaded_none_of_them():
    program = "import sys, tracker.wsgi; from tracker import urls; print(*sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    loaded = set(said.stdout.split())
    assert not (DOORS.keys() | BROUGHT_ALONG) & loaded and "projects.urls" in loaded


@pytest.mark.parametrize(("call", "is_worker"), [("worker()", True), ("application", False)])
def test_a_worker_looks_for_rubbish_seldom_and_not_among_what_it_has_loaded(call, is_worker):
    """Others, commands say, do as Python does."""
    program = (
        f"import gc, tracker.wsgi; tracker.wsgi.{call}; print(gc.get_freeze_count(), *gc.get_threshold())"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    frozen, *thresholds = map(int, said.stdout.split())
    assert (frozen > 10_000, tuple(thresholds) == THRESHOLDS) == (is_worker, is_worker)
