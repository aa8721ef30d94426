"""`docs/speed.md` and its drawing, from what was measured."""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from tests.bench.measuring import Figures
from tests.bench.promises import (
    BESIDE,
    FILES,
    LEAST_OF_HELLO,
    MOST_FIRST_BYTE,
    Promise,
    beside,
    of_weighty,
    promises,
    times,
)
from tests.bench.questions import Question

DOCS = Path(__file__).resolve().parents[2] / "docs"
HEAD = """\
# How fast it is

Written by `./bench` from `speed.json`, never by hand: made-up portfolios of five milestones a project, the
application served as shipped by two workers. Processor milliseconds of an answer, the best of nine
rounds, no page kept but where it says so; what is read once a data version
(`audit/version_memory.py`) is read already, so the first answer after a publication costs more. So does the
first of rows and parts that no page showed before: what was written of the same facts is remembered
(`pages/part_tags.py`, `records/known_claims.py`); *another each time* asks for projects that were not.
*Typical*: times a typical page of the same run (25 rows, ORM, template, usual middleware). *Rows*: what
came from the database. *First attempt*: one flat table, `COUNT(*)` and OFFSET, `icontains`, a query a
row, exports built in memory (`tests/bench/others.py`). A ratio beyond what was promised is **bold**.
*Growth*: of what shows as many rows at both sizes; what is found once among a thousand projects fills a page
among a hundred thousand, and a page costs what it shows.
*Where it goes*: of the server's own time, in per cent, what statements take (written, asked, their rows
made), what templates take, and the rest. Behind the name of what is not answered stands its **status**: a
read that takes too long is ended, on SQLite after 3 seconds.

![What a page costs, by the number of projects](speed.svg)
"""
COLUMNS = ["", "server", "database", "typical", "promised", "statements", "rows", "kB", "where it goes"]
DRAWN = ("list", "search, 1 in 1,000", "overview", "project page", "promises", "compare", "sources")
COLOURS = ("#1b6ca8", "#b3541e", "#2d7d46", "#7a3e9d", "#a8324a", "#6b6b1f", "#3d3d3d")


def write(kept: list[Figures]) -> None:
    parts = [HEAD, "\n".join(shortfalls(kept)) + "\n", *("\n".join(lines(one)) + "\n" for one in kept)]
    (DOCS / "speed.md").write_text("\n".join(parts), encoding="utf-8")
    (DOCS / "speed.svg").write_text(drawing(kept), encoding="utf-8")


def shortfalls(kept: list[Figures]) -> Iterator[str]:
    """Each promise that some figure falls short of, beside all figures of it."""
    told = [{one.what: one for one in promises(found, kept)} for found in kept]
    names = dict.fromkeys(name for all_of in told for name, one in all_of.items() if not one.is_kept)
    yield "## What falls short of what was promised"
    yield ""
    if not names:
        yield "Nothing."
        return
    heads = ["", "promised", *(f"{one.size:,} {one.engine}" for one in kept), "where the worst goes"]
    yield from table([heads, ["---", *["---:"] * (len(heads) - 2), "---"]])
    for name in names:
        found = [all_of.get(name) for all_of in told]
        known = [one for one in found if one]
        promised = " or ".join(dict.fromkeys(one.as_promised for one in known))
        cells = ["" if one is None else marked(f"{one.value:.2f}", is_bold=not one.is_kept) for one in found]
        yield from table([[name, promised, *cells, where(max(known, key=lambda one: one.beyond))]])


def where(promise: Promise) -> str:
    if not promise.answer:
        return promise.profile
    shares = zip(("statements", "templates", "rest"), promise.answer.shares.values(), strict=False)
    parts = [f"{part} {100 * share:.0f} %" for part, share in shares]
    if promise.answer.database:
        parts.append(f"{promise.answer.database:.1f} of {promise.answer.all:.1f} ms are the database's own")
    return ", ".join(parts)


def lines(found: Figures) -> list[str]:
    """One size on one engine, as Markdown that reads well in a terminal."""
    heads = [COLUMNS, ["---", *["---:"] * (len(COLUMNS) - 1)]]
    said = [f"## {found.size:,} projects, {found.engine}", "", f"{found.day}, {found.cores} cores.", ""]
    said += table([*heads, *(row(one, found) for one in found.asked)])
    return [*said, "", *(f"- {line}" for line in sentences(found))]


def row(one: Question, found: Figures) -> list[str]:
    answer = found.answers[one.name]
    of_typical = times(found, one.name)
    ratio = marked(f"{of_typical:.2f}", is_bold=bool(one.most) and of_typical > one.most)
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
    kept, hello = (found.answers[name].all for name in ("kept page", "hello"))
    yield (
        f"A kept page: {hello / kept:.2f} of hello's pace (promised {LEAST_OF_HELLO}),"
        f" {of_weighty(found):.2f} of the pace of a hello of as many bytes and headers."
    )
    for own in BESIDE:
        first = beside(found, own)
        faster = first.all / found.answers[own].all
        yield f"{own}: {faster:.1f} × as fast as the first attempt ({first.all:.1f} ms)."
    for name in FILES:
        first_byte = found.answers[name].first_byte
        yield f"{name}: the first byte after {first_byte:.0f} ms (promised {MOST_FIRST_BYTE})."
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


def table(rows: list[list[str]]) -> Iterator[str]:
    return (f"| {' | '.join(cells)} |" for cells in rows)


def marked(words: str, *, is_bold: bool) -> str:
    return f"**{words}**" if is_bold else words


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


def text(x: float, y: float, words: str, colour: str = "#222") -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" fill="{colour}">{escape(words)}</text>\n'
