"""What a monthly report must satisfy before it is submitted: the hard checks, and all together.

What is wrong comes as codes and values; the sentences are in `words.refusals`. The soft checks are
`doubts`, the plain values `reported`; who may submit is `workflow`.
"""

from __future__ import annotations

from collections.abc import Iterator

from projects.choices import Condition, Milestone, MoveReason, Topic
from projects.core.money import Money
from projects.core.refusals import Fault
from projects.core.statements import Statement, differ
from projects.rules import rounds
from projects.rules.amounts import exceeds
from projects.rules.doubts import soft_faults
from projects.rules.reported import Content, Held, Promise, Situation, has_moved, invested_before, is_news

# A later step is not promised before an earlier one; which of signing and approval comes first is open.
RANK = {
    Milestone.SIGNED: 0,
    Milestone.APPROVED: 0,
    Milestone.STARTED: 1,
    Milestone.STRUCTURE: 2,
    Milestone.COMPLETED: 3,
    Milestone.OPERATING: 4,
    Milestone.FULL_CAPACITY: 5,
}


def hard_faults(content: Content, given: Situation) -> list[Fault]:
    """What no reason can excuse."""
    return [
        *_of_identity(content, given),
        *_of_amounts(content, given),
        *_of_promises(content, given),
        *_of_pause(content, given),
    ]


def faults_of_report(content: Content, given: Situation) -> list[Fault]:
    """All that keeps a report from being submitted; what was confirmed with a reason does not.

    Where nothing changed there is nothing new to doubt.
    """
    if content.is_unchanged:
        return hard_faults(content, given)
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
    if before is not None and exceeds(before.value, amount):
        yield Fault("figure_fell", name, _said(before))
    if later is not None and exceeds(amount, later.value):
        yield Fault("figure_above_later", name, _said(later))


def _said(on_record: Statement) -> dict[str, str]:
    return {"amount": str(on_record.value.yuan), "since": on_record.as_of.latest.isoformat()}


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
            in_order = RANK[later] <= RANK[earlier] or on.latest >= before.earliest
            if scope == other_scope and touches and not in_order:
                yield Fault("dates_out_of_order", "promises", {"milestone": later, "earlier": earlier})


def _of_pause(content: Content, given: Situation) -> Iterator[Fault]:
    pause = content.pause
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
