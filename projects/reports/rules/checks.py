"""What a monthly report must satisfy before it is submitted.

What takes a reason is `reports.rules.soft_checks`. The sentences are `words.refusals`; what a report holds is
`reports.rules.content`.
"""

from __future__ import annotations

from collections.abc import Iterator

from projects.choices import Condition, Milestone, MoveReason, Stage, Topic
from projects.core.fuzzy_dates import Fuzzy
from projects.core.money import Money
from projects.core.refusals import Fault
from projects.core.statements import Statement, differ
from projects.core.steps import ORDER
from projects.reports.rules import rounds
from projects.reports.rules.amounts import exceeds
from projects.reports.rules.content import (
    Actual,
    Content,
    Held,
    Promise,
    Situation,
    has_moved,
    invested_before,
    is_news,
)
from projects.reports.rules.soft_checks import soft_faults


def hard_faults(content: Content, given: Situation) -> list[Fault]:
    """What no reason can excuse."""
    return [
        *_of_identity(content, given),
        *_of_amounts(content, given),
        *_of_promises(content, given),
        *_of_actuals(content, given),
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
    if content.stage == Stage.BUILDING and content.condition == Condition.ACTIVE:
        yield from _of_silence(content, given.held)


def _of_silence(content: Content, held: Held) -> Iterator[Fault]:
    """Where works go on, "nothing changed" says enough only of what has a figure or a percentage."""
    figures = held if content.is_unchanged else content
    says = bool(figures.this_year or figures.to_date or figures.progress is not None)
    if not content.is_unchanged:
        says = says or bool(content.works.strip() or content.promises or content.actuals)
    if not says:
        yield Fault("nothing_said", "works")


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
    on = promise.date
    if isinstance(on, Fuzzy) and on.latest < given.asof and is_news(promise, given.held.promised):
        yield Fault("promise_past", "promises", named)
    if has_moved(promise, given.held.promised) and not promise.reason:
        yield Fault("reason_missing", "promises", named)
    if promise.reason == MoveReason.OTHER and not promise.words.strip():
        yield Fault("words_missing", "promises", named)


def _out_of_order(content: Content, held: Held) -> Iterator[Fault]:
    """Dates of the report among themselves and against the record: what surely is the wrong way round."""
    promised = {one.key: one.date for one in content.promises}
    reached = {one.key: one.date for one in content.actuals}
    given, said = promised | reached, held.promised | promised | held.actual | reached
    known = {key: on for key, on in sorted(said.items()) if isinstance(on, Fuzzy)}
    for (later, scope), on in known.items():
        for (earlier, other_scope), before in known.items():
            touches = (later, scope) in given or (earlier, scope) in given
            in_order = ORDER[later] <= ORDER[earlier] or on.latest >= before.earliest
            if scope == other_scope and touches and not in_order:
                yield Fault("dates_out_of_order", "promises", {"milestone": later, "earlier": earlier})


def _of_actuals(content: Content, given: Situation) -> Iterator[Fault]:
    promised = {one.key for one in content.promises}
    for actual in content.actuals:
        named = {"milestone": actual.milestone}
        if actual.date.latest > given.asof:
            yield Fault("actual_to_come", "actuals", named | {"since": given.asof.isoformat()})
        if actual.key in promised:
            yield Fault("reached_and_promised", "actuals", named)
        if _is_above_stage(actual, content):
            yield Fault("reached_above_stage", "actuals", named | {"stage": content.stage})


def _is_above_stage(actual: Actual, content: Content) -> bool:
    """The whole has reached what the stage says is still to come; a part says nothing of it."""
    step = Milestone(actual.milestone).stage
    return not actual.scope and bool(content.stage) and Stage(content.stage).order < step.order


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
