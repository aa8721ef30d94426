"""`docs/speed.md` and its drawing, from what was measured."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from tests.bench.measuring import Answer, Figures
from tests.bench.questions import WEIGHTY, Question

DOCS = Path(__file__).resolve().parents[2] / "docs"
HEAD = """\
# How fast it is

Written by `./bench`, never by hand: {day}, {cores} cores, made-up portfolios of five milestones a
project, the application served as shipped by two workers. Processor milliseconds of an answer, the best
of three rounds, no page kept but where it says so; what is read once a data version
(`audit/version_memory.py`) is read already, so the first answer after a publication costs more.
*Typical*: times a typical page of the same run (25 rows, ORM, template, usual middleware). *Rows*: what
came from the database. *First attempt*: one flat table, `COUNT(*)` and OFFSET, `icontains`, a query a
row, exports built in memory (`tests/bench/others.py`). A ratio beyond what was promised is **bold**.
*Where it goes*: of the server's own time, in per cent, what statements take (written, asked, their rows
made), what templates take, and the rest. Behind the name of what is not answered stands its **status**: a
read that takes too long is ended, on SQLite after 3 seconds.

![What a page costs, by the number of projects](speed.svg)
"""
MOST_GROWTH = 1.25  # times, from the smallest size on
COLUMNS = ["", "server", "database", "typical", "promised", "statements", "rows", "kB", "where it goes"]
DRAWN = ("list", "search, 1 in 1,000", "overview", "project page", "promises", "compare", "sources")
COLOURS = ("#1b6ca8", "#b3541e", "#2d7d46", "#7a3e9d", "#a8324a", "#6b6b1f", "#3d3d3d")
BESIDE = {
    "list": "list",
    "search, 1 in 1,000": "search, 1 in 1,000",
    "overview": "overview",
    "list, deep": "page",
    "project page": "project",
    "projects.csv": "projects.csv",
}


def write(found: list[Figures]) -> None:
    parts = [HEAD.format(day=f"{datetime.now(UTC):%d %B %Y}".lstrip("0"), cores=len(os.sched_getaffinity(0)))]
    parts += ["\n".join(lines(one)) + "\n" for one in found]
    if grown := list(growth(found)):
        parts.append("\n".join(["## Growth", "", *(f"- {line}" for line in grown)]) + "\n")
    (DOCS / "speed.md").write_text("\n".join(parts), encoding="utf-8")
    (DOCS / "speed.svg").write_text(drawing(found), encoding="utf-8")


def lines(found: Figures) -> list[str]:
    """One size on one engine, as Markdown that reads well in a terminal."""
    table = [COLUMNS, ["---", *["---:"] * (len(COLUMNS) - 1)]]
    table += [row(one, found) for one in found.asked]
    said = [
        f"## {found.size:,} projects, {found.engine}",
        "",
        *(f"| {' | '.join(cells)} |" for cells in table),
    ]
    return [*said, "", *(f"- {line}" for line in sentences(found))]


def row(one: Question, found: Figures) -> list[str]:
    answer = found.answers[one.name]
    of_typical = times(found, one.name)
    ratio = f"{of_typical:.2f}"
    if one.most and of_typical > one.most:
        ratio = f"**{ratio}**"
    counts = [str(number) if number is not None else "" for number in (answer.statements, answer.rows)]
    promised = f"≤ {one.most:g}" if one.most else ""
    cells = [
        f"{answer.server:.2f}",
        f"{answer.database:.2f}",
        ratio,
        promised,
        *counts,
        f"{answer.size / 1000:.1f}",
        " ".join(f"{100 * part:.0f}" for part in answer.shares.values()),
    ]
    return [one.name if answer.status == 200 else f"{one.name} (**{answer.status}**)", *cells]


def sentences(found: Figures) -> Iterator[str]:
    kept, hello, weighty = (found.answers[name].all for name in ("kept page", "hello", WEIGHTY))
    yield (
        f"A kept page: {hello / kept:.2f} of hello's pace (promised 0.9), {weighty / kept:.2f} of the pace of"
        " a hello of as many bytes."
    )
    for own, other in BESIDE.items():
        first = beside(found, other)
        faster = first.all / found.answers[own].all
        yield f"{own}: {faster:.1f} × as fast as the first attempt ({first.all:.1f} ms)."
    for name in ("projects.json", "projects.csv", "claims.csv"):
        yield f"{name}: the first byte after {found.answers[name].first_byte:.0f} ms (promised 100)."
    if found.writes:
        yield (
            "Writes, the server alone: "
            + ", ".join(f"{name} {ms:.1f} ms" for name, ms in found.writes.items())
            + "."
        )
    yield (
        "Memory of both workers: "
        + ", ".join(f"{when} {mb:.0f} MB" for when, mb in found.memory.items())
        + "."
    )


def growth(found: list[Figures]) -> Iterator[str]:
    """Of the pages with a promise, those that cost more typical pages than they may; what grew most first."""
    for one in found:
        small = min((other for other in found if other.engine == one.engine), key=lambda other: other.size)
        grown = {
            asked.name: times(one, asked.name) / times(small, asked.name) for asked in one.asked if asked.most
        }
        beyond = sorted((name for name in grown if grown[name] > MOST_GROWTH), key=grown.get, reverse=True)
        if one is not small:
            said = ", ".join(f"{name} **{grown[name]:.1f}**" for name in beyond) or "none"
            yield f"{one.size:,} projects, {one.engine}, beyond {MOST_GROWTH} × {small.size:,}: {said}."


def beside(found: Figures, name: str) -> Answer:
    """The first attempt's answer; of its pages the deep one has its number in its name."""
    start = f"first attempt: {name}"
    return next(answer for asked, answer in found.answers.items() if asked.startswith(start))


# The drawing


WIDTH, HEIGHT, LEFT, TOP = 720, 300, 60, 30


def drawing(found: list[Figures]) -> str:
    """A line a page, times a typical page; sizes across, each engine apart."""
    engines = list(dict.fromkeys(one.engine for one in found))
    parts = [
        panel(number, name, [one for one in found if one.engine == name])
        for number, name in enumerate(engines)
    ]
    height = HEIGHT * len(engines)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif"'
    return f'{head} font-size="12">\n<rect width="100%" height="100%" fill="#fff"/>\n{"".join(parts)}</svg>\n'


def panel(number: int, engine: str, found: list[Figures]) -> str:
    top, bottom = number * HEIGHT + TOP, number * HEIGHT + HEIGHT - 40
    most = max([2.0, *(times(one, name) for one in found for name in DRAWN)])
    across = [LEFT + (WIDTH - LEFT - 200) * at / max(len(found) - 1, 1) for at in range(len(found))]

    def up(value: float) -> float:
        return bottom - (bottom - top - 20) * value / most

    parts = [text(LEFT, top, f"{engine}: processor time, times a typical page")]
    for level in (0, 1, most):
        parts.append(f'<path d="M{LEFT} {up(level):.0f}H{WIDTH - 200}" stroke="#ccc"/>\n')
        parts.append(text(10, up(level) + 4, f"{level:.1f}"))
    parts += [text(x, bottom + 20, f"{one.size:,}") for x, one in zip(across, found, strict=True)]
    for at, name in enumerate(DRAWN):
        points = " ".join(f"{x:.0f},{up(times(one, name)):.0f}" for x, one in zip(across, found, strict=True))
        line = f'<polyline points="{points}" fill="none" stroke="{COLOURS[at]}" stroke-width="2"/>\n'
        parts += [
            line,
            text(WIDTH - 180, top + 20 + at * 18, f"{name} {times(found[-1], name):.2f}", COLOURS[at]),
        ]
    return "".join(parts)


def times(found: Figures, name: str) -> float:
    return found.answers[name].all / found.answers["typical page"].all


def text(x: float, y: float, words: str, colour: str = "#222") -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" fill="{colour}">{escape(words)}</text>\n'
