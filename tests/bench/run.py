"""`./bench`: builds made-up portfolios, serves them as shipped, measures, and writes `docs/speed.md`.

    ./bench                     1,000 and 100,000 projects, on SQLite and on a throw-away PostgreSQL
    ./bench 1000 --sqlite       one size, one engine
    ./bench 1000000             a million: hours, and some 50 GB
    ./bench 1000 --print        says the figures and keeps none

What is measured is kept in `docs/speed.json`, the last of each size on each engine; the paper and its
drawing are made from it. All else lies in a folder of its own under the system's temporary one, and is gone
at the end.
"""

import json
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, nullcontext
from itertools import product
from pathlib import Path

import psycopg

from tests.bench import kept_figures, paper
from tests.bench.measuring import Figures, Site, cost, measure
from tests.throwaway_postgres import NoPostgres, throwaway_postgres

ROOT = Path(__file__).resolve().parents[2]
SIZES = (1_000, 100_000, 1_000_000)
BYTES_A_PROJECT = 50_000
ENGINES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}


def main(arguments: list[str]) -> int:
    if {"-h", "--help"} & set(arguments):
        print(__doc__.strip())
        return 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        sizes, engines, is_print = understood(arguments)
        for size, engine in product(sizes, engines):
            found = figures(size, engine)
            if not is_print:
                paper.write(kept_figures.keep(found))
                print("docs/speed.json, docs/speed.md and docs/speed.svg are written.")
    except KeyboardInterrupt:
        print("\nStopped. Nothing is left behind.", file=sys.stderr)
        return 130
    except NoPostgres:
        return fail("No PostgreSQL here: ./bench --sqlite, or install one (requirements-postgres.txt).")
    except (OSError, sqlite3.Error, psycopg.Error, RuntimeError) as error:
        return fail(f"The bench ended: {error}. Nothing is left behind.")
    return 0


class Refusal(RuntimeError):
    """Something that the bench does not do, as a sentence."""


def fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


def understood(arguments: list[str]) -> tuple[list[int], list[str], bool]:
    words = [word for word in arguments if word not in ("--sqlite", "--postgres", "--print")]
    engines = [name for name in ENGINES if f"--{name}" in arguments] or list(ENGINES)
    for word in words:
        if not word.replace(",", "").isdecimal() or int(word.replace(",", "")) not in SIZES:
            raise Refusal(f"{word!r} is no size; take {', '.join(map(str, SIZES))}. See ./bench --help")
    sizes = sorted({int(word.replace(",", "")) for word in words}) or list(SIZES[:2])
    return sizes, engines, "--print" in arguments


@contextmanager
def own_folder(size: int):
    """Never the application's: made here, taken away in any case."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        free = shutil.disk_usage(folder).free
        if free < size * BYTES_A_PROJECT:
            need = size * BYTES_A_PROJECT // 2**20
            raise Refusal(
                f"{folder.parent} has {free // 2**20:,} MB left, and {size:,} projects need {need:,}"
            )
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def figures(size: int, engine: str) -> Figures:
    print(f"\n{size:,} projects on {ENGINES[engine]}", flush=True)
    with own_folder(size) as folder, throwaway_postgres() if engine == "postgres" else nullcontext() as url:
        site = Site(ROOT, folder, size, databases(folder, url), postmaster(url))
        untimed = site.environment | {"STATEMENT_TIMEOUT": "0"}
        with told("built", site.postmaster):
            program(untimed, "tests.bench.prepare", "fill", str(size))
        with told("built of the first attempt", site.postmaster):
            program(untimed | {"BENCH_URL": site.others}, "tests.bench.others", str(size))
        with told("asked"):
            found = measure(site, ENGINES[engine])
        with told("written"):
            said = program(site.environment, "tests.bench.prepare", "writes", "21", is_shown=False)
        found.writes.update(json.loads(said.splitlines()[-1]))
    print("\n".join(paper.lines(found)), flush=True)
    return found


@contextmanager
def told(part: str, server: int | None = None):
    """How long a part took by the clock; where it has ended, with the database, how much of the processor."""

    def spent() -> float:
        ended = resource.getrusage(resource.RUSAGE_CHILDREN)
        return ended.ru_utime + ended.ru_stime + cost(server or 0)

    began, before = time.monotonic(), spent()
    yield
    computed = "" if server is None else f", {spent() - before:.0f} of processor"
    print(f"{part} in {time.monotonic() - began:.0f} s{computed}", flush=True)


def databases(folder: Path, url: str | None) -> tuple[str, str]:
    """Addresses of the application's and of the others'."""
    if not url:
        return f"sqlite:///{folder / 'tracker.sqlite3'}", f"sqlite:///{folder / 'others.sqlite3'}"
    with psycopg.connect(url, autocommit=True) as connection:
        for name in ("bench", "others"):
            connection.execute(f"CREATE DATABASE {name}")
    return url.replace("/postgres?", "/bench?"), url.replace("/postgres?", "/others?")


def postmaster(url: str | None) -> int:
    """The process of the database's server; 0 where the database is a file."""
    if not url:
        return 0
    return int((Path(url.partition("host=")[2]) / "data" / "postmaster.pid").read_text().split()[0])


def program(environment: dict[str, str], *words: str, is_shown: bool = True) -> str:
    """What a program says; the bench ends where it fails."""
    command = [sys.executable, "-m", *words]
    options = {"env": environment, "cwd": ROOT, "text": True, "stdout": None if is_shown else subprocess.PIPE}
    done = subprocess.run(command, stderr=subprocess.PIPE, **options)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it was ended"])[-1]
        raise Refusal(f"{words[0]} failed ({last})")
    return done.stdout or ""


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main(sys.argv[1:]))
