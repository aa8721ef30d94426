"""What a monthly report must satisfy before it is submitted: hard checks, and soft ones that take a reason.

The sentences are `words.refusals`; what a report holds is `reports.rules.content`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from projects.choices import Condition, Milestone, MoveReason, Stage, Topic
from projects.core.money import Money
from projects.core.refusals import Fault
from projects.core.statements import Statement, differ
from projects.core.steps import ORDER
from projects.reports.rules import rounds
from projects.reports.rules.amounts import exceeds, months_between
from projects.reports.rules.content import (
    Content,
    Held,
    Promise,
    Situation,
    has_moved,
    invested_before,
    is_news,
)
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
)


def hard_faults(content: Content, given: Situation) -> list[Fault]:
    """What no reason can excuse."""
    return [
        *_of_identity(content, given),
        *_of_amounts(content, given),
        *_of_promises(content, given),
        *_of_pause(content, given),
    ]


def faults_of_report(content: Content, given: Situation) -> list[Fault]:
    """All that keeps a report from being submitted; what was confirmed with a reason does not."""
    confirmed = {code for code, reason in content.confirmed.items() if reason.strip()}
    soft = [fault for fault in soft_faults(content, given) if fault.code not in confirmed]
    return hard_faults(content, given) + soft


def reasons_given(content: Content, given: Situation) -> dict[str, str]:
    """The reasons for what is unusual still, without those for what was put right meanwhile."""
    codes = {fault.code for fault in soft_faults(content, given)}
    return {code: reason.strip() for code, reason in content.confirmed.items() if code in codes}


def _of_identity(content: Content, given: Situation) -> Iterator[Fault]:
    if not given.is_public:
        yield Fault("project_not_public", "project")
    if not content.stage:
        yield Fault("stage_missing", "stage")
    if not content.condition:
        yield Fault("condition_missing", "condition")


def _of_amounts(content: Content, given: Situation) -> Iterator[Fault]:
    held = given.held
    yield from _of_one_amount("this_year", content.this_year, held.this_year, held.later_this_year)
    yield from _of_one_amount("to_date", content.to_date, held.to_date, held.later_to_date)
    if content.this_year is None or content.to_date is None:
        return
    if exceeds(content.this_year, content.to_date):
        yield Fault("year_beyond_all", "this_year")
        return
    before = invested_before(held, given.asof.year)
    if before is None:
        return
    together = Money(before + content.this_year.yuan, content.this_year.unit, content.this_year.decimals)
    if differ(together, content.to_date, Topic.INVESTED_TO_DATE):
        yield Fault("amounts_disagree", "to_date", {"amount": str(before)})


def _of_one_amount(
    name: str, amount: Money | None, before: Statement | None, later: Statement | None
) -> Iterator[Fault]:
    """A cumulative figure falls neither below an earlier one nor, in a late report, beneath a later one."""
    if amount is None:
        return
    if before is not None and exceeds(before.value_as(Money), amount):
        yield Fault("figure_fell", name, _said(before))
    if later is not None and exceeds(amount, later.value_as(Money)):
        yield Fault("figure_above_later", name, _said(later))


def _said(on_record: Statement) -> dict[str, str]:
    return {"amount": str(on_record.value_as(Money).yuan), "since": on_record.as_of.latest.isoformat()}


def _of_promises(content: Content, given: Situation) -> Iterator[Fault]:
    for promise in content.promises:
        yield from _of_one_promise(promise, given)
    yield from _out_of_order(content, given.held)


def _of_one_promise(promise: Promise, given: Situation) -> Iterator[Fault]:
    named = {"milestone": promise.milestone}
    if is_news(promise, given.held.promised) and promise.date.latest < given.asof:
        yield Fault("promise_past", "promises", named)
    if has_moved(promise, given.held.promised) and not promise.reason:
        yield Fault("reason_missing", "promises", named)
    if promise.reason == MoveReason.OTHER and not promise.words.strip():
        yield Fault("words_missing", "promises", named)


def _out_of_order(content: Content, held: Held) -> Iterator[Fault]:
    """Dates of the report among themselves and against the record: what surely is the wrong way round."""
    given = {one.key: one.date for one in content.promises}
    known = held.promised | given | held.actual
    for (later, scope), on in sorted(known.items()):
        for (earlier, other_scope), before in sorted(known.items()):
            touches = (later, scope) in given or (earlier, scope) in given
            in_order = ORDER[later] <= ORDER[earlier] or on.latest >= before.earliest
            if scope == other_scope and touches and not in_order:
                yield Fault("dates_out_of_order", "promises", {"milestone": later, "earlier": earlier})


def _of_pause(content: Content, given: Situation) -> Iterator[Fault]:
    pause = content.pause
    has_ended = content.condition in (Condition.DEFERRED, Condition.CANCELLED)
    if has_ended and content.condition != given.held.condition and not pause.reason.strip():
        yield Fault("end_reason_missing", "pause_reason")
    if content.condition != Condition.PAUSED:
        return
    if not pause.reason.strip():
        yield Fault("pause_reason_missing", "pause_reason")
    if pause.resumes is None:
        yield Fault("resumption_missing", "pause_resumes")
    elif pause.resumes.latest < given.asof:
        yield Fault("resumption_past", "pause_resumes")
    if not pause.note.strip() and rounds.needs_renewal(given.pause_noted_on, given.asof):
        yield Fault("pause_note_due", "pause_note")
