"""`./run` and `./test`: what they say when something is missing, and what a start leaves behind.

The whole of `./test` cannot be tried from within itself; here are its parts.
"""

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from tracker.serve import MARK, main, require_free_port, require_right_folder, set_apart

ROOT = Path(__file__).resolve().parent.parent.parent
LOCKS = sorted(ROOT.glob("requirements*.txt"))
# What a start reads: emptied, so that neither this machine nor a `.env` decides.
PLAIN = dict.fromkeys(
    ["HOST", "PORT", "DATABASE_URL", "PUBLIC_URL", "DEMO", "DEBUG", "WORKERS", "PYTHON"], ""
)


def environment(**more: str) -> dict[str, str]:
    return os.environ | PLAIN | more


class TestFindingPython:
    """`run` in a folder of its own, with a stand-in for Python that answers as told."""

    @pytest.fixture
    def start(self, tmp_path):
        shutil.copy(ROOT / "run", tmp_path)

        def start(answers: str) -> subprocess.CompletedProcess:
            python = tmp_path / "stand-in"
            python.write_text(f"#!/bin/sh\ncase $2 in\n{answers}\n*) exit 0;; esac\n")
            python.chmod(0o755)
            return subprocess.run(
                [tmp_path / "run"], env=environment(PYTHON=str(python)), capture_output=True, text=True
            )

        return start

    def test_an_old_one_gets_one_line(self, start, tmp_path):
        done = start('*version_info*"(3, 11)"*) exit 1;;')
        assert done.returncode == 1
        assert done.stderr.count("\n") == 1
        assert "Python 3.11 or later" in done.stderr
        assert not (tmp_path / ".venv").exists()

    def test_one_without_venv_gets_one_line_that_names_the_package(self, start, tmp_path):
        done = start("*ensurepip*) exit 1;;\n*print*) echo 3.12;;")
        assert done.returncode == 1
        assert done.stderr.count("\n") == 1
        assert "apt install python3.12-venv" in done.stderr
        assert not (tmp_path / ".venv").exists()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_names_exact_versions_with_hashes_and_no_place(lock):
    text = lock.read_text()
    packages = re.findall(r"^([a-z0-9._-]+)==\S+ (.*(?:\n    --hash.*)+)", text, re.MULTILINE)
    lines = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert len(packages) == len(lines) > 0
    assert "://" not in text and not re.search(r"^--", text, re.MULTILINE)


def test_each_package_asked_for_has_its_reason():
    for source in ROOT.glob("requirements*.in"):
        lines = [line for line in source.read_text().splitlines() if line]
        for before, line in zip(["", *lines], lines, strict=False):
            assert line.startswith(("#", "-c")) or before.startswith("# "), f"{source.name}: {line}"


# An option that pytest does not know yet leaves its folder standing alone: then that folder is the project.
FOLDER_APART = re.compile(r"--(share|report)\b(?!=)")


def test_an_option_and_its_folder_are_one_word():
    assert not FOLDER_APART.findall((ROOT / "test").read_text())


@pytest.mark.parametrize("broken", ['--share "$DATA_DIR/taken"', "--report $DATA_DIR/first.jsonl"])
def test_an_option_apart_from_its_folder_is_noticed(broken):
    assert FOLDER_APART.findall(broken)


class TestPort:
    def test_a_taken_one_is_named_with_the_way_out(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            with pytest.raises(SystemExit, match=rf"port {port}: .*in use.*PORT=8001 \./run"):
                require_free_port("127.0.0.1", port)

    def test_a_free_one_passes(self):
        require_free_port("127.0.0.1", free_port())

    @pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 70000), ("192.0.2.1", 8000)])
    def test_an_impossible_one_is_refused(self, host, port):
        with pytest.raises(SystemExit, match="Cannot serve on"):
            require_free_port(host, port)


class TestDemonstration:
    def test_it_stays_away_from_real_data(self, tmp_path):
        (tmp_path / "tracker.sqlite3").touch()
        with pytest.raises(SystemExit, match="holds real data"):
            require_right_folder(tmp_path, demo=True)

    def test_real_data_stay_away_from_it(self, tmp_path):
        require_right_folder(tmp_path, demo=True)
        assert (tmp_path / MARK).exists()
        require_right_folder(tmp_path, demo=True)
        with pytest.raises(SystemExit, match="demonstration data"):
            require_right_folder(tmp_path, demo=False)

    def test_the_environment_decides_before_the_file(self, monkeypatch):
        monkeypatch.setattr(os, "environ", {"DATA_DIR": "elsewhere"})
        set_apart()
        expected = {"DEMO": "1", "DATA_DIR": "elsewhere", "DATABASE_URL": "", "PUBLIC_URL": ""}
        assert os.environ == expected


def test_an_unknown_word_is_refused():
    with pytest.raises(SystemExit, match="Unknown: --demmo"):
        main(["--demmo"])


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as trial:
        return trial.getsockname()[1]


@pytest.fixture
def start(tmp_path):
    """Start in a data folder of its own; whatever still runs afterwards is ended."""
    started = []

    def start(port: int) -> tuple[subprocess.Popen, str]:
        server = subprocess.Popen(
            [sys.executable, "-m", "tracker.serve"],
            cwd=ROOT,
            env=environment(DATA_DIR=str(tmp_path / "data"), PORT=str(port), WORKERS="2"),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        started.append(server)
        return server, said_until_serving(server)

    yield start
    for server in started:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


@pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="once is enough: it makes its own SQLite")
def test_it_serves_leaves_no_process_and_the_next_start_changes_nothing(start, first_start, tmp_path):
    shutil.copytree(first_start, tmp_path / "data")
    left = [contents(tmp_path / "data")]
    for how in (signal.SIGINT, signal.SIGTERM):
        port = free_port()
        server, said = start(port)
        assert f"Serving http://127.0.0.1:{port}/" in said
        assert "./run --admin" in said
        with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:
            assert answer.status == 200
            assert answer.headers["Content-Security-Policy"]
        server.send_signal(how)
        assert server.wait(20) == 0
        assert not has_processes(server.pid)
        left.append(contents(tmp_path / "data"))
    assert left[0] == left[1] == left[2]


def said_until_serving(server: subprocess.Popen) -> str:
    said = ""
    for line in server.stdout:
        said += line
        if line.startswith("Serving"):
            return said
    raise AssertionError(f"It ended without serving:\n{said}")


def has_processes(group: int, patience: float = 5) -> bool:
    until = time.monotonic() + patience
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.1)
    return True


def contents(folder: Path) -> dict[str, bytes | list[str]]:
    """Every file; of the database what it says, since it counts its commits in its first bytes."""
    files = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
    database = sqlite3.connect(files.pop("tracker.sqlite3"))
    return {name: path.read_bytes() for name, path in files.items()} | {"database": list(database.iterdump())}
