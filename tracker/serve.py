"""What `./run` does once its packages are there: prepare the data folder, then become the server.

    ./run                 serve on http://127.0.0.1:8000/
    ./run --demo          serve demonstration data from a folder of its own
    ./run --admin         make an administrator
    ./run manage ARGS     Django's own commands, on the same data

HOST, PORT, DATA_DIR, DATABASE_URL and PUBLIC_URL may be set in the environment or in `.env`; WORKERS
(one for each core) in the environment.
"""

import fcntl
import os
import socket
import subprocess
import sys
from contextlib import contextmanager
from importlib import import_module
from io import StringIO
from pathlib import Path

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import OperationalError, connections

from tracker import command_line
from tracker.backups.restore import NotRestorable, hold
from tracker.secret import secrets_key_fault

ROOT = Path(__file__).resolve().parent.parent
# Says of a data folder that it holds demonstration data.
MARK = "DEMONSTRATION"
APPLICATION = "tracker.wsgi:worker"
# Of a worker. `tracker.bodies` sees to it that slow bodies, writes that wait and exports leave some free.
THREADS = 8
ADMIN = {False: "./run --admin", True: "./run --demo --admin"}


def main(arguments: list[str]) -> None:
    demo = "--demo" in arguments[:1]
    if demo:
        arguments = arguments[1:]
        set_apart()
    match arguments:
        case [] | ["--admin"] | ["manage", *_]:
            pass
        case ["--help" | "-h"]:
            print(__doc__.partition("\n\n")[2].strip("\n"))
            return
        case _:
            sys.exit(f"Unknown: {' '.join(arguments)}. See ./run --help")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    if arguments[:1] == ["manage"]:
        if arguments[1:2] != ["restore"]:
            hold(settings.DATA_DIR)
        command_line.run(["./run manage", *arguments[1:]])
        return
    if not arguments:
        require_free_port(settings.HOST, settings.PORT)
    # Migrations and fixtures may take longer than a page may.
    os.environ["STATEMENT_TIMEOUT"] = "0"
    django.setup()
    if fault := secrets_key_fault():
        raise ImproperlyConfigured(fault)
    hold(settings.DATA_DIR)
    with alone(settings.DATA_DIR):
        require_right_folder(settings.DATA_DIR, demo)
        prepare(demo)
    del os.environ["STATEMENT_TIMEOUT"]
    if arguments == ["--admin"]:
        call_command("createsuperuser")
    else:
        become_server()


def set_apart() -> None:
    """A demonstration never meets the data that `.env` names; the environment itself still decides."""
    os.environ["DEMO"] = "1"
    for name, value in {"DATA_DIR": "var-demo", "DATABASE_URL": "", "PUBLIC_URL": ""}.items():
        os.environ.setdefault(name, value)


def require_free_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        # As the server will: a connection of yesterday that still lingers does not count.
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
            # Some systems let two bind and refuse the second listener.
            trial.listen(1)
        except (OSError, OverflowError) as error:
            why = getattr(error, "strerror", None) or error
            sys.exit(f"Cannot serve on {host} port {port}: {why}. Choose another: PORT=8001 ./run")


def require_right_folder(folder: Path, demo: bool) -> None:
    """Real and demonstration data never share a folder."""
    mark = folder / MARK
    if demo and not mark.exists():
        if (folder / "tracker.sqlite3").exists():
            sys.exit(f"{folder} holds real data; a demonstration needs a folder of its own (DATA_DIR).")
        mark.touch()
    if mark.exists() and not demo:
        sys.exit(f"{folder} holds demonstration data. Use ./run --demo, or another DATA_DIR.")


@contextmanager
def alone(folder: Path):
    """Two starts at once take turns. The lock goes with its process, however that ends."""
    with open(folder / ".start.lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def prepare(demo: bool) -> None:
    # What cannot load, or is set wrongly, fails here and once, not in a loop of workers.
    call_command("check", stdout=StringIO())
    call_command("migrate", interactive=False, verbosity=0)
    call_command("encrypt_secrets")
    call_command("seed")
    if demo:
        call_command("demo")
    call_command("sweep", stdout=StringIO())
    collect_static()
    import_module(APPLICATION.partition(":")[0])
    connections.close_all()


def collect_static() -> None:
    """Collect only when a source changed: compressing takes seconds."""
    stamp = settings.STATIC_ROOT / ".collected"
    state = state_of_sources()
    if stamp.exists() and stamp.read_text() == state:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(state)


def state_of_sources() -> str:
    """Our own files by size and time; those of packages by the lock file."""
    files = [ROOT / "requirements.txt", ROOT / "tracker" / "settings.py"]
    files += sorted(path for path in (ROOT / "projects" / "static").rglob("*") if path.is_file())
    lines = [f"{path.relative_to(ROOT)} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files]
    return f"Python {sys.version}\n" + "\n".join(lines)


def become_server() -> None:
    """Granian takes the place of this process, so that Ctrl-C and TERM reach it and nothing stays behind."""
    # What was said so far (passwords that are shown once) would go with this program, into a file or a pipe.
    sys.stdout.flush()
    host, port = settings.HOST, settings.PORT
    announcer = Path(__file__).with_name("announce.py")
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 (compared, not bound)
    local = f"http://[{reachable}]:{port}" if ":" in reachable else f"http://{reachable}:{port}"
    address = settings.PUBLIC_URL or local
    words = f"Serving {address}/  (Ctrl-C stops it; {ADMIN[settings.DEMO]} makes an administrator)"
    # It leaves at once, with a child behind that waits for the first answer.
    subprocess.run([sys.executable, "-S", announcer, str(os.getpid()), local, words], check=True)  # noqa: S603
    workers = os.environ.get("WORKERS") or str(cores())
    command = ["-m", "tracker.master", "--interface", "wsgi", "--host", host, "--port", str(port)]
    command += ["--workers", workers, "--blocking-threads", str(THREADS), "--no-ws"]
    # Its one warning is that eight threads are many.
    command += ["--log-level", "error"]
    # A worker that died is replaced; one that does not end on Ctrl-C is ended.
    command += ["--respawn-failed-workers", "--workers-kill-timeout", "10", "--factory"]
    os.execv(sys.executable, [sys.executable, *command, APPLICATION])  # noqa: S606 (no shell)


def cores() -> int:
    """Those this process may use, where the system can say."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except (CommandError, ImproperlyConfigured, OperationalError, OSError, NotRestorable) as error:
        sys.exit(f"Cannot start: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
