"""Asking each question in turn, round after round, and what an answer cost."""

import os
import re
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

from tests.bench.names import PASSWORD
from tests.bench.questions import Question, questions
from tests.bench.served import PLAIN, Served, memory, processor, serving

# Many short ones: a machine that others share is slower for minutes, and no question is to meet only those.
ROUNDS, SLOW_ROUNDS = 9, 3
SLOW = 100  # ms of an answer from which three rounds are enough
PEOPLE = ("bench-reporter", "bench-reviewer", "bench-editor")
TOLD = 5  # answers of which the last is counted; the first loads what is loaded on first use
SHARES = ("Database", "Templates", "Rest")
SECONDS = 0.3  # of a question in a round
ENOUGH = 0.2  # of the processor, at the least, so that its ticks of 10 ms count for little
BEGIN = "from tracker import serve; {} serve.become_server()"
SHIPPED = [sys.executable, "-c", BEGIN.format("")]
COUNTED = [sys.executable, "-c", BEGIN.format("serve.APPLICATION = 'tests.bench.counted:worker';")]
OTHERS = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", "PORT"]
OTHERS += ["--workers", "2", "--blocking-threads", "8", "--no-ws", "--log-level", "error"]
OTHERS += ["tests.bench.others:application"]


class Site:
    """Where the portfolio lies, and what programs on it are told."""

    def __init__(self, root: Path, folder: Path, size: int, databases: tuple[str, str], postmaster: int):
        self.size, self.postmaster = size, postmaster
        self.own, self.others = databases
        self.environment = {
            **os.environ,
            **dict.fromkeys(PLAIN, ""),
            "DJANGO_SETTINGS_MODULE": "tracker.settings",
            "DATA_DIR": str(folder),
            "DATABASE_URL": self.own if postmaster else "",
            "PYTHONPATH": str(root),
            "PYTHONUTF8": "1",
            "WORKERS": "2",
            "MAX_QUIET_DAYS": "100000",
        }


@dataclass
class Answer:
    """What one question costs: the best of some rounds, in processor milliseconds."""

    server: float = 0
    database: float = 0
    first_byte: float = 0
    size: int = 0
    statements: int | None = None
    rows: int | None = None
    status: int = 200
    shares: dict[str, float] = field(default_factory=dict)

    @property
    def all(self) -> float:
        return self.server + self.database


@dataclass
class Figures:
    """All of one size on one engine, measured on one day."""

    size: int
    engine: str
    asked: list[Question]
    day: str = field(default_factory=lambda: f"{datetime.now(UTC):%-d %B %Y}")
    cores: int = field(default_factory=lambda: len(os.sched_getaffinity(0)))
    answers: dict[str, Answer] = field(default_factory=dict)
    writes: dict[str, float] = field(default_factory=dict)
    memory: dict[str, float] = field(default_factory=dict)


def measure(site: Site, engine: str) -> Figures:
    with serving(SHIPPED, site.environment, "/healthz") as own:
        at_start = memory(own.processes())
        heads = {name: signed_in(own, name) for name in PEOPLE}
        with serving(OTHERS, site.environment | {"BENCH_URL": site.others}, "/hello/") as others:
            found = Figures(site.size, engine, questions(site.size, deep(own)))
            found.memory["before the first request"] = at_start
            for nth in range(ROUNDS):
                for one in found.asked:
                    if nth >= SLOW_ROUNDS and found.answers[one.name].all > SLOW:
                        continue
                    served = others if one.is_of_others else own
                    keep_best(found, one, asked(site, served, one, heads.get(one.by, {})))
            found.memory["after all of it"] = memory(own.processes())
    count(site, found)
    return found


def keep_best(found: Figures, one: Question, answer: Answer) -> None:
    before = found.answers.get(one.name)
    if before is None or answer.all < before.all:
        found.answers[one.name] = answer


def asked(site: Site, served: Served, one: Question, head: dict[str, str]) -> Answer:
    """Asked for a second, for a mean; once before, for what is loaded on first use."""
    status, size, first_byte, whole = until(served, one, head)
    n, asked, spent = max(2, min(one.times, int(SECONDS / whole))), 0, [0.0, 0.0]
    before = [cost(served.process.pid), cost(site.postmaster)]
    while not asked or sum(spent) < ENOUGH and asked < one.times:
        for nth in range(asked, asked + n):
            served.get(one.address(nth), head)
        asked += n
        spent = [cost(served.process.pid) - before[0], cost(site.postmaster) - before[1]]
    server, database = (1000 * seconds / asked for seconds in spent)
    return Answer(server, database, 1000 * first_byte, size, status=status)


def cost(process: int) -> float:
    return processor(process) if process else 0


def until(served: Served, one: Question, head: dict[str, str]) -> tuple[int, int, float, float]:
    """Its status and its bytes, and the seconds to the first and to the last of them, by the clock."""
    began = time.monotonic()
    response = served.answer("GET", one.address(-1), head)
    body = response.read(1)
    first = time.monotonic() - began
    body += response.read()
    return response.status, len(body), first, time.monotonic() - began


def deep(own: Served) -> str:
    """As far as ten links lead, from the middle where a page links it."""
    path = "/projects/"
    for _ in range(10):
        text = own.get(path)[2].decode()
        links = re.findall(r'<a[^>]*rel="next"[^>]*>', text)
        following = re.search(r'href="([^"]+)"', links[0]) if links else None
        if not following:
            break
        path = following[1].replace("&amp;", "&")
        path = path if path.startswith("/") else f"/projects/{path}"
    return path


def signed_in(own: Served, name: str) -> dict[str, str]:
    """The head of who has signed in as people do."""
    token = "a" * 32
    head = {"Cookie": f"csrftoken={token}", "Content-Type": "application/x-www-form-urlencoded"}
    form = urlencode({"csrfmiddlewaretoken": token, "login": name, "password": PASSWORD})
    _status, response, _body = own.ask("POST", "/accounts/login/", head, form)
    cookies = " ".join(response.headers.get_all("Set-Cookie", []))
    session = re.search(r"sessionid=(\w+)", cookies)
    if not session:
        raise RuntimeError(f"{name} could not sign in")
    return {"Cookie": f"csrftoken={token}; sessionid={session[1]}"}


def count(site: Site, found: Figures) -> None:
    """Statements, rows and where the time goes, by a server that tells them."""
    with serving(COUNTED, site.environment | {"WORKERS": "1"}, "/healthz") as own:
        heads = {name: signed_in(own, name) for name in PEOPLE}
        for one in found.asked:
            if one.is_of_others:
                continue
            told = [
                own.get(one.address(-nth), heads.get(one.by, {}))[1].headers
                for nth in range(min(TOLD, one.times))
            ]
            answer = found.answers[one.name]
            answer.statements, answer.rows = (int(told[-1][name]) for name in ("X-Statements", "X-Rows"))
            spent = {name: min(float(one[f"X-{name}"]) for one in told[1:]) for name in SHARES}
            answer.shares = {name: part / (sum(spent.values()) or 1) for name, part in spent.items()}
