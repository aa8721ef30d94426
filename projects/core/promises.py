"""First promises, what became of them, and by how much they slipped (rules 6 and 7).

Holds the facts of each milestone on (D, K), and the verdict and slippage computed from them and
the day. The stages themselves are in `core.stages`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from projects.choices import Milestone, PromiseState, Topic, Verdict
from projects.core import fuzzy_dates, stages
from projects.core.fuzzy_dates import Fuzzy
from projects.core.precedence import candidates, first_said, strongest
from projects.core.stages import Reached
from projects.core.statements import DATED_TOPICS, Series, Statement

MILESTONES = list(Milestone)


class Dated(NamedTuple):
    """A date that was said, or the day on which a stage was, with the claim that says it."""

    ref: str
    value: Fuzzy
    as_of: Fuzzy
    qualifier: str = ""
    is_stated: bool = True

    @classmethod
    def of(cls, statement: Statement | None) -> Dated | None:
        if statement is None:
            return None
        value = statement.value if isinstance(statement.value, Fuzzy) else statement.as_of
        return cls(statement.ref, value, statement.as_of, statement.qualifier, statement.is_stated)


@dataclass(frozen=True, slots=True)
class Facts:
    """All that judges one milestone at one scope, but for the day itself."""

    milestone: str
    scope: str
    first: Dated | None = None
    promised: Dated | None = None
    undecided: Dated | None = None  # in place of a promised date: that none stands (待定)
    actual: Dated | None = None
    whole_actual: Dated | None = None  # asked only for a part
    part_actual: Dated | None = None  # asked only for the whole
    behind: Dated | None = None  # a stated stage claim after the promised span, still below the milestone
    reached: Dated | None = None  # the earliest stage claim that shows the milestone taken
    is_reached: bool = False  # by the stage that holds
    is_cancelled: bool = False

    @property
    def fulfilment(self) -> Dated | None:
        return self.actual or self.whole_actual

    @property
    def is_to_come(self) -> bool:
        """Promised, if without a date, and neither fulfilled, nor reached by the stage, nor cancelled.

        Whether the promised day is past is the reader's question.
        """
        is_over = self.fulfilment is not None or self.is_reached or self.is_cancelled
        return self.state is not None and not is_over

    @property
    def has_moved(self) -> bool:
        """Whether the date that holds is another than the one first promised."""
        return bool(self.first and self.promised and self.first.value != self.promised.value)

    @property
    def to_come(self) -> Dated | None:
        """The date that is still to come, where one stands."""
        return self.promised if self.is_to_come else None

    def is_past_due(self, said: Dated, asof: date) -> bool:
        """Whether that date is the one still to come, though its day is over."""
        return self.to_come is not None and said.value == self.to_come.value and said.value.latest < asof

    @property
    def state(self) -> PromiseState | None:
        """Whether what was last said of it is a date; None where nothing was promised."""
        if self.undecided is not None:
            return PromiseState.TBD
        return PromiseState.DATED if self.promised is not None else None


def first(promises: Iterable[Statement], known: dict[str, Statement]) -> Statement | None:
    """Of one series' live promises with a date the one whose chain of corrections began first.

    `known` holds every statement known on the day by its ref: a chain's beginning is no longer live.
    """
    chains = {_beginning(one, known).ref: one for one in promises if isinstance(one.value, Fuzzy)}
    beginnings = [known.get(ref, one) for ref, one in chains.items()]
    earliest = min(((one.known_on, one.as_of.latest) for one in beginnings), default=None)
    equals = [one for one in beginnings if (one.known_on, one.as_of.latest) == earliest]
    return chains[first_said(equals).ref] if equals else None


def _beginning(statement: Statement, known: dict[str, Statement]) -> Statement:
    while statement.corrects in known:
        statement = known[statement.corrects]
    return statement


def facts(
    alive: list[Statement], known: dict[str, Statement], asof: date, cancelled: Statement | None
) -> tuple[Facts, ...]:
    """The facts of every milestone on which something was promised or has happened by `asof`.

    Nothing after a cancellation changes what they say.
    """
    until = min(asof, cancelled.as_of.latest) if cancelled else asof
    true_by_then = candidates(alive, until)
    spoken = (one for one in true_by_then if one.series.topic in DATED_TOPICS)
    keys = {(MILESTONES.index(Milestone(one.series.measure)), one.series.scope) for one in spoken}
    firsts = {series: _first_of(series, alive, known, until) for series in _promised(true_by_then)}
    return tuple(
        _facts_of(MILESTONES[index], scope, firsts, true_by_then, cancelled is not None)
        for index, scope in sorted(keys)
    )


def _promised(statements: list[Statement]) -> set[Series]:
    return {one.series for one in statements if one.series.topic == Topic.PROMISED}


def _first_of(
    series: Series, alive: list[Statement], known: dict[str, Statement], until: date
) -> Statement | None:
    """The first promise of a series: which one depends on K alone; it counts from its own as-of on."""
    beginning = first((one for one in alive if one.series == series), known)
    return beginning if beginning is not None and beginning.as_of.latest <= until else None


def _facts_of(
    milestone: Milestone,
    scope: str,
    firsts: dict[Series, Statement | None],
    said: list[Statement],
    is_cancelled: bool,
) -> Facts:
    series = Series(Topic.PROMISED, milestone.value, scope)
    beginning = firsts.get(series)
    due = beginning.value_as(Fuzzy).latest if beginning else None
    holds = strongest(one for one in said if one.series == series)
    is_undecided = holds is not None and holds.is_undecided
    held = stages.reached(said, scope)
    actuals = [one for one in said if one.series.topic == Topic.ACTUAL and one.series.measure == milestone]
    wholes = [one for one in actuals if not one.series.scope]
    parts = [one for one in actuals if one.series.scope]
    claims = [one for one in said if one.series == Series(Topic.STAGE, scope=scope)]
    return Facts(
        milestone=milestone.value,
        scope=scope,
        first=Dated.of(beginning),
        promised=None if is_undecided else Dated.of(holds),
        undecided=Dated.of(holds) if is_undecided else None,
        actual=Dated.of(strongest(one for one in actuals if one.series.scope == scope)),
        whole_actual=Dated.of(strongest(wholes)) if scope else None,
        part_actual=None if scope else Dated.of(_earliest(parts)),
        behind=Dated.of(_behind(claims, milestone, due)),
        reached=Dated.of(_reached(claims, milestone)),
        is_reached=held is not None and held.shows(milestone),
        is_cancelled=is_cancelled,
    )


def _earliest(parts: Iterable[Statement]) -> Statement | None:
    return min(parts, key=lambda one: (one.as_of.latest, one.entered), default=None)


def _behind(claims: list[Statement], milestone: Milestone, due: date | None) -> Statement | None:
    if due is None:
        return None
    late = (one for one in claims if one.is_stated and one.as_of.earliest > due)
    below = (one for one in late if Reached.of(one).stage.order < milestone.stage.order)
    return min(below, key=lambda one: (one.as_of.earliest, one.entered), default=None)


def _reached(claims: list[Statement], milestone: Milestone) -> Statement | None:
    shown = (one for one in claims if Reached.of(one).shows(milestone))
    return min(shown, key=lambda one: (one.as_of.latest, one.entered), default=None)


def verdict(told: Facts, asof: date) -> Verdict | None:
    """What became of the first promise by `asof`; None without a promise or once cancelled."""
    if told.first is None or (told.is_cancelled and told.fulfilment is None):
        return None
    if told.fulfilment is not None:
        return _of_actual(told.fulfilment.value, told.first.value)
    return _by_other_signs(told, told.first, asof) or _by_the_day(told, told.first, asof)


def _of_actual(actual: Fuzzy, span: Fuzzy) -> Verdict:
    if actual.latest <= span.latest:
        return Verdict.KEPT
    return Verdict.LATE if actual.earliest > span.latest else Verdict.PERHAPS


def _by_other_signs(told: Facts, first: Dated, asof: date) -> Verdict | None:
    due = first.value.latest
    if told.reached and told.reached.as_of.latest <= due:
        return Verdict.KEPT
    if told.part_actual and told.part_actual.value.latest <= due:
        return Verdict.PARTLY
    has_moved_out = told.promised is not None and told.promised.value.earliest > due
    was_put_off = told.undecided is not None and asof > due
    is_behind = told.behind is not None and told.reached is None
    return Verdict.LATE if has_moved_out or was_put_off or is_behind else None


def _by_the_day(told: Facts, first: Dated, asof: date) -> Verdict:
    """Open until the last day has passed, however wide the span."""
    if asof <= first.value.latest:
        return Verdict.OPEN
    # A stage that shows the milestone only after its last day leaves open whether it came in time.
    return Verdict.PERHAPS if told.reached else Verdict.NO_WORD


def slippage(told: Facts, asof: date) -> tuple[int, int] | None:
    """Days against the first promise, as a span; None where there is nothing to measure."""
    judged = verdict(told, asof)
    if told.first is None or judged in (None, Verdict.NO_WORD):
        return None
    if told.fulfilment is not None:
        return fuzzy_dates.slippage_span(told.fulfilment.value, told.first.value)
    if told.promised is None:
        return None
    has_moved = told.promised.ref != told.first.ref
    if not has_moved and judged != Verdict.OPEN:
        return None
    days = fuzzy_dates.slippage(told.promised.value.latest, told.first.value)
    return (days, days)
