"""What is unusual in a monthly report: each is confirmed with a reason, or put right.

What no reason can excuse is `reports.rules.checks`; the sentences are `words.refusals`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from projects.choices import Milestone, Stage
from projects.core.money import Money
from projects.core.refusals import Fault
from projects.reports.rules import milestone_dates
from projects.reports.rules.amounts import exceeds, months_between
from projects.reports.rules.content import Content, Situation
from projects.reports.rules.report_diff import differences

FINISHED = (Stage.COMPLETED, Stage.OPERATING)
UNUSUAL = 3  # times the usual month
MIN_FIRST, MAX_FIRST = 10**5, 50 * 10**8  # yuan of a first figure: beyond them its unit is doubted
SILENT = 3  # reports in a row that may say that nothing changed
# Beside which field each is asked, and its reason kept.
FIELDS = {
    "beyond_total": "to_date",
    "thrice_usual": "to_date",
    "money_outstanding": "to_date",
    "first_figure": "to_date",
    "before_start": "to_date",
    "progress_fell": "progress",
    "progress_below_one": "progress",
    "unchanged_again": "works",
    "stage_fell": "stage",
    "actual_missing": "stage",
}


def soft_faults(content: Content, given: Situation) -> list[Fault]:
    """What is unusual: each is confirmed with a reason, or put right; no figure where nothing changed."""
    asked = (_unchanged_again,) if content.is_unchanged else SOFT_CHECKS
    return [fault for check in asked for fault in check(content, given)]


def _beyond_total(content: Content, given: Situation) -> Iterator[Fault]:
    if content.to_date and given.held.total and exceeds(content.to_date, given.held.total):
        yield Fault("beyond_total", "to_date", {"amount": str(given.held.total.yuan)})


def _thrice_usual(content: Content, given: Situation) -> Iterator[Fault]:
    """Several months since the last figure count as so many usual months."""
    usual, before = given.held.usual_month, given.held.to_date
    if usual is None or before is None or content.to_date is None:
        return
    months = max(months_between(before.as_of.latest, given.asof), 1)
    if content.to_date.yuan - before.value_as(Money).yuan > UNUSUAL * usual * months:
        yield Fault("thrice_usual", "to_date", {"amount": str(usual)})


def _money_outstanding(content: Content, given: Situation) -> Iterator[Fault]:
    total = given.held.total
    if content.stage in FINISHED and content.to_date and total and exceeds(total, content.to_date):
        yield Fault("money_outstanding", "to_date", {"amount": str(total.yuan - content.to_date.yuan)})


def _first_figure(content: Content, given: Situation) -> Iterator[Fault]:
    """What 亿 and 万 mixed up makes of it; that nothing is invested yet is no slip."""
    held = given.held
    for now, before in ((content.to_date, held.to_date), (content.this_year, held.this_year or held.to_date)):
        if now and now.yuan and before is None and not MIN_FIRST <= now.yuan <= MAX_FIRST:
            yield Fault("first_figure", "to_date", {"amount": str(now.yuan)})
            return


def _before_start(content: Content, given: Situation) -> Iterator[Fault]:
    """Only where money is new: what was on record was asked about before."""
    held, now = given.held, content.to_date or content.this_year
    before = held.to_date if content.to_date else held.this_year
    stage = Stage(content.stage) if content.stage else held.stage
    was = before.value_as(Money).yuan if before else 0
    is_started = (Milestone.STARTED, "") in held.actual or (stage and stage.order >= Stage.BUILDING.order)
    if now is not None and now.yuan > was and stage and not is_started:
        yield Fault("before_start", "to_date", {"amount": str(now.yuan), "stage": stage.value})


def _progress_below_one(content: Content, given: Situation) -> Iterator[Fault]:
    """0.35 is mostly 35%."""
    now = content.progress
    if now is not None and 0 < now < 1 and now != given.held.progress:
        yield Fault(
            "progress_below_one", "progress", {"percent": f"{now:f}", "meant": f"{(now * 100).normalize():f}"}
        )


def _unchanged_again(content: Content, given: Situation) -> Iterator[Fault]:
    is_silent = content.is_unchanged or not differences(content, given.held)
    if is_silent and content.stage == Stage.BUILDING and given.unchanged_before >= SILENT:
        yield Fault("unchanged_again", "works", {"count": str(given.unchanged_before)})


def _progress_fell(content: Content, given: Situation) -> Iterator[Fault]:
    before = given.held.progress
    if content.progress is not None and before is not None and content.progress < before:
        yield Fault("progress_fell", "progress", {"percent": f"{before:f}"})


def _stage_fell(content: Content, given: Situation) -> Iterator[Fault]:
    before = given.held.stage
    if content.stage and before and Stage(content.stage).order < before.order:
        yield Fault("stage_fell", "stage", {"stage": before.value})


def _actual_missing(content: Content, given: Situation) -> Iterator[Fault]:
    step = milestone_dates.asked_of(content.stage, given.held)
    if step and all(one.key != (step.value, "") for one in content.actuals):
        yield Fault("actual_missing", "stage", {"milestone": step.value})


SOFT_CHECKS: tuple[Callable[[Content, Situation], Iterator[Fault]], ...] = (
    _beyond_total,
    _thrice_usual,
    _money_outstanding,
    _first_figure,
    _before_start,
    _progress_fell,
    _progress_below_one,
    _unchanged_again,
    _stage_fell,
    _actual_missing,
)
