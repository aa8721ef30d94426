"""The soft checks of a monthly report: what is unusual, to be put right or confirmed with a reason.

What no reason can excuse is `reporting`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from projects.choices import Stage
from projects.core.refusals import Fault
from projects.rules.amounts import exceeds, months_between
from projects.rules.reported import Content, Situation

FINISHED = (Stage.COMPLETED, Stage.OPERATING)
UNUSUAL = 3  # times the usual month
# Beside which field each is asked, and its reason kept.
FIELDS = {
    "beyond_total": "to_date",
    "thrice_usual": "to_date",
    "money_outstanding": "to_date",
    "no_photo": "stage",
    "progress_fell": "progress",
    "stage_fell": "stage",
}


def soft_faults(content: Content, given: Situation) -> list[Fault]:
    """What is unusual: each is confirmed with a reason, or put right."""
    return [fault for check in SOFT_CHECKS for fault in check(content, given)]


def _beyond_total(content: Content, given: Situation) -> Iterator[Fault]:
    if content.to_date and given.held.total and exceeds(content.to_date, given.held.total):
        yield Fault("beyond_total", "to_date", {"amount": str(given.held.total.yuan)})


def _thrice_usual(content: Content, given: Situation) -> Iterator[Fault]:
    """Several months since the last figure count as so many usual months."""
    usual, before = given.held.usual_month, given.held.to_date
    if usual is None or content.to_date is None:
        return
    months = max(months_between(before.as_of.latest, given.asof), 1)
    if content.to_date.yuan - before.value.yuan > UNUSUAL * usual * months:
        yield Fault("thrice_usual", "to_date", {"amount": str(usual)})


def _money_outstanding(content: Content, given: Situation) -> Iterator[Fault]:
    total = given.held.total
    if content.stage in FINISHED and content.to_date and total and exceeds(total, content.to_date):
        yield Fault("money_outstanding", "to_date", {"amount": str(total.yuan - content.to_date.yuan)})


def _no_photo(content: Content, given: Situation) -> Iterator[Fault]:
    if content.stage and content.stage != given.held.stage and not given.has_photo:
        yield Fault("no_photo", "stage")


def _progress_fell(content: Content, given: Situation) -> Iterator[Fault]:
    before = given.held.progress
    if content.progress is not None and before is not None and content.progress < before:
        yield Fault("progress_fell", "progress", {"percent": f"{before:f}"})


def _stage_fell(content: Content, given: Situation) -> Iterator[Fault]:
    before = given.held.stage
    if content.stage and before and Stage(content.stage).order < before.order:
        yield Fault("stage_fell", "stage", {"stage": before.value})


SOFT_CHECKS: tuple[Callable[[Content, Situation], Iterator[Fault]], ...] = (
    _beyond_total,
    _thrice_usual,
    _money_outstanding,
    _no_photo,
    _progress_fell,
    _stage_fell,
)
