"""How far a project is: what is stated, what is inferred later, what has happened."""

from datetime import date

import pytest
from hypothesis import given

from projects.choices import Basis, Condition, Milestone, Stage, Topic
from projects.core import precedence, stages
from projects.core.stages import WHOLE_STAGE
from tests.core.histories import DAYS, histories
from tests.core.saying import actual, condition, promised, stage, total

END = date(2199, 12, 31)


def reached(*candidates) -> tuple[str, str] | None:
    """The stage and the claim that supports it."""
    found = stages.reached(list(candidates))
    return (found.stage.value, found.statement.ref) if found else None


def test_without_any_evidence_the_stage_is_unknown():
    assert reached() is None
    assert reached(total(40, "2024-10"), promised("2025", "2024-10")) is None


def test_the_winning_stated_claim_is_the_stage():
    then, now = stage("signed", "2024-03"), stage("building", "2024-10")
    assert reached(then, now) == ("building", now.ref)


def test_a_stated_step_back_is_followed():
    then, now = stage("building", "2024-03"), stage("preparing", "2024-10")
    assert reached(then, now) == ("preparing", now.ref)


def test_an_inferred_claim_of_a_later_time_may_raise_the_stage():
    said, read = stage("preparing", "2024-03"), stage("building", "2024-10", is_stated=False)
    assert reached(said, read) == ("building", read.ref)
    assert stages.reached([said, read]).basis == Basis.INFERRED


def test_an_inferred_claim_never_lowers_a_stage():
    said, read = stage("building", "2024-03"), stage("planned", "2024-10", is_stated=False)
    assert reached(said, read) == ("building", said.ref)
    assert stages.reached([said, read]).basis == Basis.STATED


@pytest.mark.parametrize("as_of", ["2024-02", "2024-03", "2024-03-31"])
def test_an_inferred_claim_of_the_same_or_an_earlier_time_counts_for_nothing(as_of):
    said, read = stage("preparing", "2024-03"), stage("operating", as_of, is_stated=False)
    assert reached(said, read) == ("preparing", said.ref)


def test_where_nothing_is_stated_the_furthest_inferred_claim_is_the_stage():
    far, near = stage("building", "2021-06", is_stated=False), stage("planned", "2021-12", is_stated=False)
    assert reached(far, near) == ("building", far.ref)


@pytest.mark.parametrize(
    ("milestone", "supported"),
    [
        ("signed", "signed"),
        ("approved", "preparing"),
        ("started", "building"),
        ("structure", "building"),
        ("completed", "completed"),
        ("operating", "operating"),
        ("full_capacity", "operating"),
    ],
)
def test_an_actual_of_the_whole_supports_its_stage(milestone, supported):
    assert Milestone(milestone).stage == supported
    happened = actual("2023-06", milestone=milestone)
    assert reached(happened, stage("planned", "2024-10", is_stated=False)) == (supported, happened.ref)


def test_an_actual_below_what_is_stated_changes_nothing():
    said = stage("building", "2024-10")
    assert reached(said, actual("2023-06", milestone="signed")) == ("building", said.ref)


def test_an_actual_holds_up_the_stage_though_a_later_claim_states_less():
    happened = actual("2023-06", milestone="started")
    assert reached(happened, stage("preparing", "2024-10")) == ("building", happened.ref)


def test_of_two_that_support_the_same_stage_the_stated_one_is_named():
    said, read = stage("building", "2024-03"), stage("building", "2024-10", is_stated=False)
    assert reached(said, read) == ("building", said.ref)


def test_neither_an_actual_nor_a_stage_of_a_part_moves_the_whole():
    said = stage("building", "2024-03")
    parts = [
        actual("2024-10", milestone="operating", scope="一期"),
        stage("operating", "2024-10", scope="一期"),
    ]
    assert reached(said, *parts) == ("building", said.ref)
    assert reached(*parts) is None


# A part in use


@pytest.mark.parametrize(
    "part",
    [
        actual("2024-10", milestone="operating", scope="一期"),
        actual("2024-10", milestone="full_capacity", scope="一期"),
        stage("operating", "2024-10", scope="一期"),
        stage("operating", "2024-10", scope="一期", is_stated=False),
    ],
)
def test_a_part_in_use_is_marked(part):
    assert stages.is_partly_in_use([part], Stage.BUILDING)
    assert stages.is_partly_in_use([part], None)


def test_once_the_whole_is_in_use_no_part_is_marked():
    assert not stages.is_partly_in_use([stage("operating", "2024-10", scope="一期")], Stage.OPERATING)


@pytest.mark.parametrize(
    "part",
    [
        actual("2024-10", milestone="completed", scope="一期"),
        stage("completed", "2024-10", scope="一期"),
        promised("2024-10", "2024-01", milestone="operating", scope="一期"),
        total(1, "2024-10", scope="一期"),
    ],
)
def test_a_part_that_is_not_in_use_is_not_marked(part):
    assert not stages.is_partly_in_use([part], Stage.BUILDING)


def test_a_part_that_is_no_longer_in_use_is_not_marked():
    then, now = (
        stage("operating", "2024-03", scope="一期"),
        stage("building", "2024-10", scope="一期"),
    )
    assert not stages.is_partly_in_use([then, now], Stage.BUILDING)
    assert stages.is_partly_in_use([then, now, stage("operating", "2024-03", scope="二期")], Stage.BUILDING)


# A step back


def test_a_stated_step_back_below_an_actual_is_shown():
    said, happened = stage("preparing", "2024-10"), actual("2023-06", milestone="started")
    assert stages.step_back([said, happened]) == (said, happened)


def test_the_furthest_actual_is_named():
    far, near = actual("2022-06", milestone="completed"), actual("2023-06", milestone="started")
    said = stage("preparing", "2024-10")
    assert stages.step_back([near, said, far]) == (said, far)


@pytest.mark.parametrize(
    "others",
    [
        [],
        [actual("2023-06", milestone="signed")],  # below what is stated
        [actual("2023-06", milestone="approved")],  # at it
        [actual("2023-06", milestone="operating", scope="一期")],  # of a part
        [stage("operating", "2023-06")],  # a claim, no fact
    ],
)
def test_without_an_actual_above_it_a_stage_is_no_step_back(others):
    assert stages.step_back([stage("preparing", "2024-10"), *others]) is None


def test_what_is_only_inferred_is_no_step_back():
    read = stage("preparing", "2024-10", is_stated=False)
    assert stages.step_back([read, actual("2023-06", milestone="started")]) is None


# The condition


def test_without_a_claim_a_project_is_active():
    assert stages.condition([stage("building", "2024-10")]) == (Condition.ACTIVE, None)


def test_the_winning_condition_holds_beside_the_stage():
    paused, active = condition("paused", "2024-03"), condition("active", "2024-10")
    assert stages.condition([paused, stage("building", "2024-10")]) == (Condition.PAUSED, paused)
    assert stages.condition([paused, active]) == (Condition.ACTIVE, active)


# Properties


@given(histories(), DAYS)
def test_the_stage_is_supported_by_a_claim_of_the_whole(history, asof):
    candidates = precedence.candidates(precedence.live(history, END), asof)
    found = stages.reached(candidates)
    if found is not None:
        said = found.statement
        assert said in candidates and not said.series.scope
        assert said.value == found.stage or Milestone(said.series.measure).stage == found.stage


@given(histories(), DAYS)
def test_inferred_claims_only_ever_raise_a_stage_that_is_stated(history, asof):
    candidates = precedence.candidates(precedence.live(history, END), asof)
    without = [one for one in candidates if one.is_stated or one.series != WHOLE_STAGE]
    more, less = stages.reached(candidates), stages.reached(without)
    assert less is None or more.stage.order >= less.stage.order


@given(histories(), DAYS)
def test_no_stage_is_below_an_actual_of_the_whole(history, asof):
    candidates = precedence.candidates(precedence.live(history, END), asof)
    happened = [
        Milestone(one.series.measure).stage.order
        for one in candidates
        if one.series.topic == Topic.ACTUAL and not one.series.scope
    ]
    assert not happened or stages.reached(candidates).stage.order >= max(happened)
