"""Which claims an approved report makes: values in; series, value and the reason for its note out.

Their as-of day is `reports.rules.rounds.as_of_day`, their known day that of the approval. Writing them is
`reports.publication`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from projects.choices import Condition, Topic
from projects.core.stages import WHOLE_CONDITION, WHOLE_STAGE
from projects.core.statements import Number, Series, Value
from projects.reports.rules.content import PROGRESS, TO_DATE, WORKS, Content, Held, is_news, this_year_of


@dataclass(frozen=True, slots=True)
class Stated:
    """A claim to be: `reason` is a code of `MoveReason`, `words` are the official's own."""

    series: Series
    value: Value
    words: str = ""
    reason: str = ""
    qualifier: str = ""


def stated(content: Content, on_record: Held, asof: date) -> list[Stated]:
    """ "Nothing changed" states stage and cumulative amounts again, and nothing else."""
    said = [*_stage(content, on_record), *_amounts(content, asof)]
    return said if content.is_unchanged else said + [*_condition(content), *_rest(content, on_record)]


def _stage(content: Content, on_record: Held) -> Iterator[Stated]:
    """Of 基本建成 only a date of completion makes 竣工."""
    if content.stage:
        words = content.confirmed.get("stage_fell", "")
        yield Stated(WHOLE_STAGE, content.stage, words=words, qualifier=on_record.qualifier_of(content.stage))


def _amounts(content: Content, asof: date) -> Iterator[Stated]:
    if content.to_date is not None:
        yield Stated(TO_DATE, content.to_date)
    if content.this_year is not None:
        yield Stated(this_year_of(asof), content.this_year)


def _condition(content: Content) -> Iterator[Stated]:
    if content.condition:
        goes_on = content.condition == Condition.ACTIVE
        yield Stated(WHOLE_CONDITION, content.condition, words="" if goes_on else content.pause.reason)


def _rest(content: Content, on_record: Held) -> Iterator[Stated]:
    if content.progress is not None:
        yield Stated(PROGRESS, Number(content.progress, "%"))
    if content.works.strip():
        yield Stated(WORKS, content.works.strip())
    for promise in content.promises:
        if is_news(promise, on_record.promised):
            series = Series(Topic.PROMISED, promise.milestone, promise.scope)
            yield Stated(series, promise.date, promise.words, promise.reason, promise.qualifier)
    for actual in content.actuals:
        if is_news(actual, on_record.actual):
            yield Stated(Series(Topic.ACTUAL, actual.milestone, actual.scope), actual.date)
