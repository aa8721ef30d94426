"""What a claim must satisfy before it is stored, with what is wrong as codes and values.

The sentences for people are in `words.refusals`; the database holds the same constraints where a
table can.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from projects.choices import Condition, Method, Milestone, Qualifier, Stage, Topic, Unit, ValueKind
from projects.core import fuzzy_dates
from projects.core.fuzzy_dates import Fuzzy
from projects.core.methods import TOPICS_WITH_METHOD
from projects.core.money import Money
from projects.core.refusals import Fault, Refused
from projects.core.stages import WHOLE_STAGE
from projects.core.statements import DATED_TOPICS, Number, Statement, Value

TOPICS_WITH_MEASURE = (*DATED_TOPICS, Topic.CAPACITY)
TOPICS_WITH_PERIOD = (Topic.ANNUAL_PLAN, Topic.INVESTED_IN_PERIOD)
WHOLE_TOPICS = (Topic.CONDITION,)
# Read once: a vocabulary makes its list of values anew each time.
TOPICS, MILESTONES, METHODS, UNITS, STAGES, CONDITIONS = (
    frozenset(one.values) for one in (Topic, Milestone, Method, Unit, Stage, Condition)
)
CODES = {Topic.STAGE: STAGES, Topic.CONDITION: CONDITIONS}
TYPES = {
    ValueKind.CODE: str,
    ValueKind.MONEY: Money,
    ValueKind.NUMBER: Number,
    ValueKind.DATE: Fuzzy,
    ValueKind.TEXT: str,
}


@dataclass(frozen=True)
class Corrected:
    """What a draft says that it corrects."""

    project: str
    statement: Statement
    is_corrected: bool = False


def faults_of(
    draft: Statement,
    *,
    project: str,
    measures: frozenset[str],
    corrected: Corrected | None = None,
    today: date | None = None,
) -> list[Fault]:
    """All faults of a claim of a project; `measures` are the capacities that have a name."""
    return [
        *_of_series(draft, measures),
        *_of_value(draft),
        *_of_clocks(draft, corrected, today),
        *_of_correction(draft, project, corrected, today),
    ]


def faults_of_statistic(
    draft: Statement, *, corrected: Corrected | None = None, today: date | None = None
) -> list[Fault]:
    """All faults of a figure about the district; its subject is a row, so that it has a name."""
    return [
        *_of_period(draft.series.topic, draft.series.period),
        *_of_method(draft.series.method),
        *_of_figure(draft),
        *_of_clocks(draft, corrected, today),
        *_of_correction(draft, "", corrected, today),
    ]


def _of_series(draft: Statement, measures: frozenset[str]) -> Iterator[Fault]:
    series = draft.series
    if series.topic not in TOPICS:
        yield Fault("unknown_topic", "topic", {"text": series.topic})
        return
    if series.topic in DATED_TOPICS and series.measure not in MILESTONES:
        yield Fault("unknown_milestone", "measure", {"text": series.measure})
    if series.topic == Topic.CAPACITY and series.measure not in measures:
        yield Fault("unknown_measure", "measure", {"text": series.measure})
    if series.topic not in TOPICS_WITH_MEASURE and series.measure:
        yield Fault("measure_unwanted", "measure", {"text": series.measure})
    if series.topic in WHOLE_TOPICS and series.scope:
        yield Fault("scope_unwanted", "scope", {"text": series.scope})
    if series.method and series.topic not in TOPICS_WITH_METHOD:
        yield Fault("method_unwanted", "method")
    yield from _of_method(series.method)
    yield from _of_period(series.topic, series.period)


def _of_method(method: str) -> Iterator[Fault]:
    if method and method not in METHODS:
        yield Fault("unknown_method", "method", {"text": method})


def _of_period(topic: str, period: str) -> Iterator[Fault]:
    if topic in TOPICS_WITH_PERIOD and not period:
        yield Fault("period_missing", "period")
    if period:
        try:
            fuzzy_dates.parse(period)
        except Refused:
            yield Fault("bad_date", "period", {"text": period})


def _of_value(draft: Statement) -> Iterator[Fault]:
    if draft.value is None:
        if not draft.corrects:
            yield Fault("value_missing", "value")
        return
    if draft.series.topic not in TOPICS:
        return
    topic = Topic(draft.series.topic)
    if draft.is_undecided:
        yield from () if topic == Topic.PROMISED else (Fault("tbd_unwanted", "value"),)
    elif not isinstance(draft.value, TYPES[topic.takes]):
        yield Fault("wrong_kind_of_value", "value", {"kind": topic.takes.value})
        return
    else:
        yield from _of_typed_value(topic, draft.value)
    yield from _of_qualifier(topic, draft)


def _of_qualifier(topic: Topic, draft: Statement) -> Iterator[Fault]:
    """A figure takes any, a promised date "expected", "completed" alone "nearly": 基本建成 is inferred."""
    if not draft.qualifier or topic.takes in (ValueKind.MONEY, ValueKind.NUMBER):
        return
    if topic == Topic.PROMISED and not draft.is_undecided and draft.qualifier == Qualifier.EXPECTED:
        return
    if (draft.value, draft.qualifier) != (Stage.COMPLETED, Qualifier.NEARLY):
        yield Fault("qualifier_unwanted", "qualifier")
    elif draft.is_stated:
        yield Fault("nearly_is_inferred", "basis")


def _of_figure(draft: Statement) -> Iterator[Fault]:
    """A sum, a number or, for a class such as 百亿级, words; a growth rate may be below zero."""
    if draft.value is None:
        if not draft.corrects:
            yield Fault("value_missing", "value")
    elif isinstance(draft.value, Fuzzy):
        yield Fault("wrong_kind_of_value", "value", {"kind": ValueKind.DATE.value})
    elif isinstance(draft.value, str):
        if draft.qualifier:
            yield Fault("qualifier_unwanted", "qualifier")
    else:
        yield from _of_unit(draft.value)


def _of_unit(value: Value) -> Iterator[Fault]:
    if isinstance(value, Money) and value.unit not in UNITS:
        yield Fault("unknown_unit", "unit", {"text": value.unit})
    if isinstance(value, Number) and not value.unit:
        yield Fault("unit_missing", "unit")


def _of_typed_value(topic: Topic, value: Value) -> Iterator[Fault]:
    codes = CODES.get(topic)
    if codes and value not in codes:
        yield Fault("unknown_code", "value", {"text": str(value)})
    yield from _of_unit(value)
    if isinstance(value, Money) and value.yuan < 0 or isinstance(value, Number) and value.value < 0:
        yield Fault("negative", "value")
    if topic == Topic.PROGRESS and isinstance(value, Number) and value.value > 100:
        yield Fault("beyond_hundred", "value")


def _of_clocks(draft: Statement, corrected: Corrected | None, today: date | None) -> Iterator[Fault]:
    if draft.as_of.latest > draft.known_on:
        yield Fault("true_before_known", "as_of", {"known_on": draft.known_on.isoformat()})
    # What withdraws something stuck becomes known on the same day, so that it never shows.
    if today and draft.known_on > max(today, corrected.statement.known_on if corrected else today):
        yield Fault("known_in_future", "known_on", {"today": today.isoformat()})
    if draft.series.topic == Topic.ACTUAL and isinstance(draft.value, Fuzzy) and draft.as_of != draft.value:
        yield Fault("actual_as_of_differs", "as_of", {"value": draft.value.text})


def _of_correction(
    draft: Statement, project: str, corrected: Corrected | None, today: date | None
) -> Iterator[Fault]:
    if not draft.corrects:
        return
    if corrected is None:
        yield Fault("corrects_nothing", "corrects", {"ref": draft.corrects})
        return
    it = corrected.statement
    if corrected.is_corrected:
        yield Fault("corrected_already", "corrects", {"ref": it.ref})
    if corrected.project != project or it.series != draft.series:
        yield Fault("corrects_another_series", "corrects", {"ref": it.ref})
    # Stuck is what was published under a clock that ran ahead: nobody sees it before its day.
    is_stuck = today is not None and it.known_on > today
    if is_stuck and draft.value is not None:
        yield Fault(
            "corrects_what_is_stuck", "corrects", {"ref": it.ref, "known_on": it.known_on.isoformat()}
        )
    elif draft.known_on < it.known_on:
        yield Fault("corrected_before_known", "known_on", {"known_on": it.known_on.isoformat()})


def _steps_back(draft: Statement, before: Stage) -> bool:
    """Whether a stated stage claim lies below the stage that held."""
    is_stage = draft.series == WHOLE_STAGE and draft.value in STAGES
    return is_stage and Stage(draft.value_as(str)).order < before.order


def lacks_note(draft: Statement, note: str, before: Stage | None) -> list[Fault]:
    """What is inferred and what steps back say how they were read."""
    if note.strip():
        return []
    if before and _steps_back(draft, before):
        return [Fault("step_back_without_note", "note", {"stage": before.value})]
    return [] if draft.is_stated else [Fault("inferred_without_note", "note")]
