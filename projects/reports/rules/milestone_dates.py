"""Which milestones a report may date: those that are still to come, the promised ones first.

The day that one was reached is asked for when the stage moves to it. What may be said of their dates is
`reports.rules.checks`.
"""

from __future__ import annotations

from projects.choices import Milestone, Stage
from projects.reports.rules.content import Actual, Held, Key, Promise

# The stage at which a step surely lies behind; full capacity never does.
PASSED_AT = {
    Milestone.SIGNED: Stage.SIGNED,
    Milestone.APPROVED: Stage.BUILDING,
    Milestone.STARTED: Stage.BUILDING,
    Milestone.STRUCTURE: Stage.COMPLETED,
    Milestone.COMPLETED: Stage.COMPLETED,
    Milestone.OPERATING: Stage.OPERATING,
}


def reached_with(stage: str) -> Milestone | None:
    """The step that a stage begins with; none for what only prepares one."""
    return next((step for step in Milestone if step.stage == stage and not step.is_within), None)


def asked_of(stage: str, on_record: Held) -> Milestone | None:
    """The step whose day a report is asked for: the stage moved on to it, and nobody said when."""
    step = reached_with(stage)
    before = on_record.stage
    if step is None or before is None or Stage(stage).order <= before.order:
        return None
    return None if (step.value, "") in on_record.actual else step


def promised(on_record: Held, given: tuple[Promise | Actual, ...]) -> list[Key]:
    """With a promise on record that nothing fulfils, or in the report; the whole before its parts."""
    known = on_record.promised.keys() - on_record.actual.keys()
    return _ordered(known | {one.key for one in given})


def others(on_record: Held, given: tuple[Promise | Actual, ...]) -> list[Key]:
    """Steps of the whole that are to come, and of which nobody has promised anything."""
    coming = {(step.value, "") for step in Milestone if not _is_passed(step, on_record)}
    return _ordered(coming - on_record.actual.keys() - set(promised(on_record, given)))


def _is_passed(step: Milestone, on_record: Held) -> bool:
    """What is largely completed is not completed yet."""
    stage, passed_at = on_record.stage, PASSED_AT.get(step)
    if stage is None or passed_at is None or (on_record.stage_qualifier and step.stage == stage):
        return False
    return stage.order >= passed_at.order


def _ordered(keys: set[Key]) -> list[Key]:
    return sorted(keys, key=lambda key: (key[1], list(Milestone).index(Milestone(key[0]))))
