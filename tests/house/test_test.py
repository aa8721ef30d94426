"""What `./test` says at its end, by what pytest's processes end with: in a folder where all else is well."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WELL = "#!/bin/sh\n"
PYTHON = """#!/bin/sh
case $* in
    *throwaway_postgres*pytest*) exit $POSTGRES;;
    *pytest*) exit $SQLITE;;
esac
"""
WELL_DONE, FAULTS, NOTHING_RAN = 0, 1, 5  # pytest's


@pytest.mark.parametrize(
    ("sqlite", "postgres", "said"),
    [
        (WELL_DONE, WELL_DONE, None),
        (WELL_DONE, NOTHING_RAN, None),
        (FAULTS, FAULTS, {"pytest on SQLite and in Chromium (first)", "pytest beside it"}),
        (NOTHING_RAN, FAULTS, {"pytest beside it"}),
        (NOTHING_RAN, NOTHING_RAN, {"no test was found"}),
    ],
)
def test_it_says_what_failed(tmp_path, sqlite, postgres, said):
    """That nothing was found only where nothing was: a run in which all failed found something."""
    shutil.copy(ROOT / "test", tmp_path)
    for name, text in (("run", WELL), (".venv/bin/python", PYTHON), (".venv/bin/lint-imports", WELL)):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(0o755)
    codes = {"SQLITE": str(sqlite), "POSTGRES": str(postgres), "PATH": "/usr/bin:/bin"}
    done = subprocess.run([tmp_path / "test"], env=codes, capture_output=True, text=True, timeout=60)
    told = {line.strip() for line in done.stderr.partition("Failed:")[2].splitlines() if line.strip()}
    assert told == (said or set()) and done.returncode == bool(said)
