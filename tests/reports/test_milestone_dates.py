"""Which milestones a report may promise: the promised ones, and those that are still to come."""

from dataclasses import replace

import pytest

from projects.choices import Milestone, Stage
from projects.core import fuzzy_dates
from projects.reports.rules.content import Held, Promise
from projects.reports.rules.milestone_dates import PASSED_AT, others, promised

ON = fuzzy_dates.parse("2026-12")


def held(stage: str | None = "building", promised_=(), actual=()) -> Held:
    return Held(
        stage=stage and Stage(stage), promised=dict.fromkeys(promised_, ON), actual=dict.fromkeys(actual, ON)
    )


def test_what_was_promised_and_has_not_come_stands_first_the_whole_before_its_parts():
    known = held(promised_=[("operating", ""), ("completed", "一期"), ("completed", ""), ("started", "")],
                 actual=[("started", "")])  # fmt: skip
    assert promised(known, ()) == [("completed", ""), ("operating", ""), ("completed", "一期")]


def test_what_a_report_gives_has_its_row_even_where_it_has_come_since():
    known = held(actual=[("completed", "")])
    assert promised(known, (Promise("completed", ON),)) == [("completed", "")]


@pytest.mark.parametrize(
    ("stage", "coming"),
    [
        (None, list(Milestone.values)),
        ("planned", list(Milestone.values)),
        ("signed", ["approved", "started", "structure", "completed", "operating", "full_capacity"]),
        ("preparing", ["approved", "started", "structure", "completed", "operating", "full_capacity"]),
        ("building", ["structure", "completed", "operating", "full_capacity"]),
        ("completed", ["operating", "full_capacity"]),
        ("operating", ["full_capacity"]),
    ],
)
def test_steps_that_surely_lie_behind_are_not_asked(stage, coming):
    assert [milestone for milestone, _ in others(held(stage), ())] == coming


def test_what_is_largely_completed_may_be_dated_as_completed():
    """By that date alone a report says so: its stage is that already."""
    known = replace(held("completed"), stage_qualifier="nearly")
    assert ("completed", "") in others(known, ()) and ("started", "") not in others(known, ())


def test_no_row_stands_twice_and_what_has_come_has_none():
    known = held(promised_=[("completed", "")], actual=[("structure", "")])
    assert others(known, (Promise("operating", ON),)) == [("full_capacity", "")]


def test_every_stage_passes_at_least_what_the_one_before_passed():
    for before, after in zip(Stage, list(Stage)[1:], strict=False):
        passed = {step for step, at in PASSED_AT.items() if before.order >= at.order}
        assert passed <= {step for step, at in PASSED_AT.items() if after.order >= at.order}
