"""Statements for tests of the rules, one line each; what a test is not about has a default."""

from collections.abc import Iterable
from datetime import date
from itertools import count

from projects.choices import Milestone, PromiseState, Stage, Topic, Verdict
from projects.core import fuzzy_dates, promises
from projects.core.money import Money
from projects.core.promises import Facts
from projects.core.rectangles import standing
from projects.core.statements import Series, Statement, Value

_numbers = count(1)


def _numbered() -> dict:
    """A row of its own, entered after all before it, from a document of its own."""
    number = next(_numbers)
    return {"ref": f"r{number:05}", "source": f"document-{number}", "entered": number}


def say(topic: str, value: Value | None, as_of: str, known: str | None = None, **fields) -> Statement:
    """A claim from a document of its own, known on the last day of its as-of unless said otherwise."""
    when = fuzzy_dates.parse(as_of)
    names = ("measure", "scope", "period", "method")
    series = Series(str(topic), **{name: str(fields.pop(name)) for name in names if name in fields})
    fields = _numbered() | fields
    known_on = date.fromisoformat(known) if known else when.latest
    return Statement(series=series, value=value, as_of=when, known_on=known_on, **fields)


def stage(code: str, as_of: str, known: str | None = None, **fields) -> Statement:
    return say(Topic.STAGE, Stage(code).value, as_of, known, **fields)


def condition(code: str, as_of: str, known: str | None = None, **fields) -> Statement:
    return say(Topic.CONDITION, code, as_of, known, **fields)


def promised(until: str, as_of: str, known: str | None = None, milestone="completed", **fields) -> Statement:
    value = until if until == PromiseState.TBD else fuzzy_dates.parse(until)
    return say(Topic.PROMISED, value, as_of, known, measure=milestone, **fields)


def actual(on: str, known: str | None = None, milestone="completed", **fields) -> Statement:
    """True as of itself."""
    return say(Topic.ACTUAL, fuzzy_dates.parse(on), on, known, measure=milestone, **fields)


def total(yi: int, as_of: str, known: str | None = None, **fields) -> Statement:
    return say(Topic.TOTAL_INVESTMENT, Money(yi * 10**8, "yi", 0), as_of, known, **fields)


def correction(of: Statement, value: Value | None, known: str, **fields) -> Statement:
    """With the series and the as-of of what it corrects."""
    fields = _numbered() | {"as_of": of.as_of} | fields
    return Statement(
        series=of.series, value=value, known_on=date.fromisoformat(known), corrects=of.ref, **fields
    )


def withdrawal(of: Statement, known: str, **fields) -> Statement:
    return correction(of, None, known, **fields)


def facts(
    history: Iterable[Statement], asof: str, known: str | None = None, milestone="completed", scope=""
) -> Facts | None:
    """What judges one milestone on a day; without `known` as known at the very end."""
    held = standing(list(history), date.fromisoformat(asof), date.fromisoformat(known or "2199-12-31"))
    wanted = (Milestone(milestone).value, scope)
    return next(
        (one for one in (held.milestones if held else ()) if (one.milestone, one.scope) == wanted), None
    )


def judged(history: Iterable[Statement], asof: str, **which) -> tuple[Verdict | None, tuple[int, int] | None]:
    """The verdict on the first promise of a milestone, and its slippage."""
    told = facts(history, asof, **which)
    day = date.fromisoformat(asof)
    return promises.verdict(told, day), promises.slippage(told, day)
