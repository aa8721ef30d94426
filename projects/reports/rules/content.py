"""What a monthly report says, and what is on record beside it: plain values.

How one amount computes the other is `reports.rules.amounts`. The checks are `reports.rules.checks`; the
claims that an approved report makes are `reports.rules.publication`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from projects.choices import Condition, Method, PromiseState, Stage, Topic
from projects.core import stages
from projects.core.fuzzy_dates import Fuzzy
from projects.core.methods import booked
from projects.core.money import Money
from projects.core.precedence import candidates, live, winners
from projects.core.statements import Number, Series, Statement
from projects.reports.rules import amounts

BOOK = Method.PLATFORM.value  # what a monthly report counts by
TO_DATE = Series(Topic.INVESTED_TO_DATE, method=BOOK)
PROGRESS = Series(Topic.PROGRESS)
WORKS = Series(Topic.WORKS)

Key = tuple[str, str]  # milestone, scope
UNDECIDED = PromiseState.TBD
Due = Fuzzy | PromiseState  # a promised date, or 待定: that none stands


def this_year_of(day: date) -> Series:
    return Series(Topic.INVESTED_IN_PERIOD, period=str(day.year), method=BOOK)


@dataclass(frozen=True, slots=True)
class Promise:
    """A promised date as a report gives it, or that none stands; with the reason where it moved."""

    milestone: str
    date: Due
    scope: str = ""
    reason: str = ""
    words: str = ""
    qualifier: str = ""

    @property
    def key(self) -> Key:
        return (self.milestone, self.scope)


@dataclass(frozen=True, slots=True)
class Actual:
    """When a milestone was reached, as a report gives it."""

    milestone: str
    date: Fuzzy
    scope: str = ""

    @property
    def key(self) -> Key:
        return (self.milestone, self.scope)


@dataclass(frozen=True, slots=True)
class Pause:
    reason: str = ""
    resumes: Fuzzy | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """All that an official says in one report; `confirmed` has a reason for a soft check, by its code."""

    stage: str = ""
    condition: str = ""
    this_year: Money | None = None
    to_date: Money | None = None
    progress: Decimal | None = None
    works: str = ""
    next_steps: str = ""
    promises: tuple[Promise, ...] = ()
    actuals: tuple[Actual, ...] = ()
    pause: Pause = Pause()
    confirmed: dict[str, str] = field(default_factory=dict)
    is_unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """What is on record about a project as of a report's day; the `later` ones as of a day after it."""

    stage: Stage | None = None
    stage_qualifier: str = ""
    condition: Condition = Condition.ACTIVE
    total: Money | None = None
    total_qualifier: str = ""
    this_year: Statement | None = None
    to_date: Statement | None = None
    later_this_year: Statement | None = None
    later_to_date: Statement | None = None
    progress: Decimal | None = None
    works: str = ""
    capacities: tuple[Statement, ...] = ()
    promised: dict[Key, Due] = field(default_factory=dict)
    actual: dict[Key, Fuzzy] = field(default_factory=dict)
    usual_month: int | None = None
    figures: int = 0  # how many days have a figure of what was invested to date

    def qualifier_of(self, stage: str | None) -> str:
        """The stage on record said again is as it was: 基本建成."""
        return self.stage_qualifier if stage == self.stage else ""


@dataclass(frozen=True, slots=True)
class Situation:
    """What a report is checked against: the record as of its day, and what belongs to it."""

    held: Held
    asof: date
    is_public: bool = True
    unchanged_before: int = 0  # how many of the last reports, one after the other, said nothing new
    pause_noted_on: date | None = None


def held(statements: Iterable[Statement], asof: date, known: date) -> Held:
    """By the rules of what holds, on (as-of, known); amounts are compared within the platform's book."""
    alive = [one._replace(series=booked(one.series)) for one in live(statements, known)]
    said = candidates(alive, asof)
    reached, (condition, _claim) = stages.reached(said), stages.condition(said)
    series, year = winners(said), this_year_of(asof)
    progress, works = series.get(PROGRESS), series.get(WORKS)
    total = series.get(Series(Topic.TOTAL_INVESTMENT))
    points = [(one.as_of.latest, one.value_as(Money).yuan) for one in said if one.series == TO_DATE]
    return Held(
        stage=reached.stage if reached else None,
        stage_qualifier=reached.qualifier if reached else "",
        condition=condition,
        total=amount_of(total),
        total_qualifier=total.qualifier if total else "",
        this_year=series.get(year),
        to_date=series.get(TO_DATE),
        later_this_year=_next(alive, year, asof),
        later_to_date=_next(alive, TO_DATE, asof),
        progress=progress.value_as(Number).value if progress else None,
        works=works.value_as(str) if works else "",
        capacities=tuple(series[one] for one in sorted(series) if one.topic == Topic.CAPACITY),
        promised={key: due_of(said) for key, said in _dated(series, Topic.PROMISED).items()},
        actual={key: said.value_as(Fuzzy) for key, said in _dated(series, Topic.ACTUAL).items()},
        usual_month=amounts.usual_month(points),
        figures=len({day for day, _yuan in points}),
    )


def amount_of(said: Statement | None) -> Money | None:
    return said.value_as(Money) if said else None


def _next(alive: list[Statement], series: Series, asof: date) -> Statement | None:
    later = (one for one in alive if one.series == series and one.value and one.as_of.latest > asof)
    return min(later, key=lambda one: (one.as_of.latest, one.value_as(Money).yuan, one.ref), default=None)


def _dated(series: dict[Series, Statement], topic: Topic) -> dict[Key, Statement]:
    return {(one.measure, one.scope): said for one, said in series.items() if one.topic == topic}


def due_of(said: Statement) -> Due:
    return UNDECIDED if said.is_undecided else said.value_as(Fuzzy)


def invested_before(on_record: Held, year: int) -> int | None:
    """What had been invested when the year began, as far as the record tells: yuan."""
    to_date, this_year = on_record.to_date, on_record.this_year
    if to_date is None:
        return None
    if this_year is not None and this_year.as_of == to_date.as_of:
        return to_date.value_as(Money).yuan - this_year.value_as(Money).yuan
    is_of_december = date(year - 1, 12, 1) <= to_date.as_of.earliest and to_date.as_of.latest.year < year
    return to_date.value_as(Money).yuan if is_of_december else None


def with_both_amounts(content: Content, on_record: Held, day: date) -> Content:
    """What was left empty is computed from the other amount, where the record tells enough."""
    before = invested_before(on_record, day.year)
    this_year, to_date = amounts.completed(content.this_year, content.to_date, before)
    return replace(content, this_year=this_year, to_date=to_date)


def since_record(content: Content, on_record: Held, day: date) -> int | None:
    """How many yuan were invested since the record before; None where that is unknown."""
    pairs = ((content.to_date, on_record.to_date), (content.this_year, on_record.this_year))
    for now, before in pairs:
        if now is not None and before is not None:
            return now.yuan - before.value_as(Money).yuan
    is_first_month = content.this_year is not None and day.month == 1
    return content.this_year.yuan if content.this_year and is_first_month else None


def unchanged(on_record: Held, day: date) -> Content:
    """What "nothing changed" says: stage and cumulative amounts again, never a promise."""
    content = Content(
        stage=on_record.stage or "",
        condition=on_record.condition.value,
        this_year=amount_of(on_record.this_year),
        to_date=amount_of(on_record.to_date),
        is_unchanged=True,
    )
    return with_both_amounts(content, on_record, day)


def has_moved(promise: Promise, on_record: Mapping[Key, Due]) -> bool:
    """Whether a date promised before is another now, or none; a first one, also after 待定, has not moved."""
    return isinstance(on_record.get(promise.key), Fuzzy) and is_news(promise, on_record)


def is_news(given: Promise | Actual, on_record: Mapping[Key, Due]) -> bool:
    """Whether a date does not stand on record: so only then does it make a claim."""
    before = on_record.get(given.key)
    return before is None or essence(given.date) != essence(before)


def essence(on: Due) -> object:
    """What decides whether two dates are the same: not how they were written."""
    return (on.earliest, on.latest) if isinstance(on, Fuzzy) else on
