"""Which reports may be approved together with others: those in which nothing asks for a look of its own."""

from __future__ import annotations

from datetime import date

from projects.choices import Condition
from projects.core.money import Money
from projects.core.statements import Statement
from projects.reports.rules.amounts import months_between
from projects.reports.rules.content import Content, Held

MAX_TOGETHER = 50
MAX_WORDS = 200  # characters that are read at a glance
USUAL_MONTHS = 3
MIN_FIGURES = 3  # on record, before growth can be called usual


def is_plain(content: Content, on_record: Held, asof: date, *, has_more: bool) -> bool:
    """`has_more`: a problem was raised, or a photo or paper came along."""
    asks = has_more or any(reason.strip() for reason in content.confirmed.values())
    return not asks and _stays(content, on_record) and _grows_as_usual(content, on_record, asof)


def _stays(content: Content, on_record: Held) -> bool:
    """No stage, condition or date is new, no percentage the first, no words are long."""
    is_same = content.stage == (on_record.stage or "") and content.condition == on_record.condition
    goes_on = content.condition == Condition.ACTIVE and not (content.promises or content.actuals)
    is_first = content.progress is not None and on_record.progress is None
    is_short = max(len(content.works), len(content.next_steps)) <= MAX_WORDS
    return is_same and goes_on and not is_first and is_short


def _grows_as_usual(content: Content, on_record: Held, asof: date) -> bool:
    if content.to_date is None and content.this_year is None:
        return True
    if on_record.to_date is None:
        return False
    months = max(months_between(on_record.to_date.as_of.latest, asof), 1)
    usual = on_record.usual_month if on_record.figures >= MIN_FIGURES else None
    most = USUAL_MONTHS * (usual or 0) * months
    growth = (_growth(content.to_date, on_record.to_date), _growth(content.this_year, on_record.this_year))
    return all(one is None or 0 <= one <= most for one in growth)


def _growth(now: Money | None, before: Statement | None) -> int | None:
    """A year begins at nothing."""
    return None if now is None else now.yuan - (before.value_as(Money).yuan if before else 0)
