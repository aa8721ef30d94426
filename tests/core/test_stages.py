"""How far a project is (rule 5): what is stated, what is inferred later, what has happened."""

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


# 基本建成

NEARLY = stage("completed", "2024-10", is_stated=False, qualifier="nearly")


def test_nearly_completed_is_completed_in_another_word_and_shows_no_milestone():
    found = stages.reached([stage("building", "2023"), NEARLY])
    assert (found.stage, found.qualifier, found.basis) == (Stage.COMPLETED, "nearly", Basis.INFERRED)
    assert not any(found.shows(milestone) for milestone in Milestone)


def test_a_stage_shows_its_own_step_and_those_before_but_not_one_within_it():
    found = stages.reached([stage("building", "2023")])
    assert [one.value for one in Milestone if found.shows(one)] == ["signed", "approved", "started"]


def test_completed_outright_stands_before_nearly_completed():
    said = stage("completed", "2024-10", is_stated=False)
    assert reached(NEARLY, said) == ("completed", said.ref)
    assert stages.reached([NEARLY, actual("2024-10")]).qualifier == ""


# Since when, and last said

STARTED, STRUCTURE = actual("2022-03", milestone="started"), actual("2023-03", milestone="structure")


@pytest.mark.parametrize(
    ("said", "since", "last_said"),
    [
        ([stage("building", "2021-06")], "2021-06", "2021-06"),
        ([stage("building", "2021-06"), stage("building", "2024-10")], "2021-06", "2024-10"),
        # The source's own span, not a bound of it
        ([stage("building", "2024-09/2024-12", "2024-12-31")], "2024-09/2024-12", "2024-09/2024-12"),
        # The actual that begins it, whenever the claims were made
        ([STARTED, stage("building", "2021-06"), stage("building", "2024-10")], "2022-03", "2024-10"),
        ([STARTED], "2022-03", "2022-03"),
        # A step within it says no more than that it had begun by then
        ([STRUCTURE, stage("building", "2021-06")], "2021-06", "2023-03"),
        ([STRUCTURE, stage("building", "2024-10")], "2023-03", "2024-10"),
        # Not before a lower stage was stated; one that is inferred moves nothing
        ([stage("building", "2021"), stage("planned", "2022"), stage("building", "2023")], "2023", "2023"),
        (
            [stage("building", "2021"), stage("planned", "2022", is_stated=False), stage("building", "2023")],
            "2021",
            "2023",
        ),
        # A later stage said once and taken back
        ([stage("building", "2021"), stage("operating", "2022"), stage("building", "2023")], "2021", "2023"),
        # Neither what nearly says of completed, nor the other way round
        ([NEARLY, stage("completed", "2024-12")], "2024-12", "2024-12"),
        ([NEARLY, stage("completed", "2023", is_stated=False, qualifier="nearly")], "2023", "2024-10"),
        # Of another stage or another part
        ([stage("building", "2021"), stage("planned", "2024", is_stated=False)], "2021", "2021"),
        ([stage("building", "2021"), stage("building", "2024", scope="一期")], "2021", "2021"),
    ],
)
def test_since_when_a_stage_is_and_when_it_was_last_said(said, since, last_said):
    held = stages.reached(said)
    assert stages.since(said, held).text == since
    assert stages.last_said(said, held).as_of.text == last_said


# What contradicts a stage


def conflicts(*said) -> list[tuple[str, str]]:
    return [(one.other.ref, one.reason) for one in stages.holding(list(said)).conflicts]


BUILDING = stage("building", "2024-03", ref="building")


@pytest.mark.parametrize(
    ("others", "found"),
    [
        ([], []),
        # Later and lower: stated with an actual above it, or inferred
        ([actual("2023-06", milestone="completed"), stage("preparing", "2024-10", ref="low")], ["low"]),
        ([stage("planned", "2024-10", ref="low", is_stated=False)], ["low"]),
        # Earlier and lower is how it grew; later and higher would hold
        ([stage("planned", "2023", ref="low")], []),
        # Times that overlap, on either side
        ([stage("planned", "2024-03", ref="low", is_stated=False)], ["low"]),
        ([stage("planned", "2024", "2024-12-31", ref="low", is_stated=False)], ["low"]),
        ([stage("operating", "2024-03", ref="high", is_stated=False)], ["high"]),
        # The same stage, another part
        ([stage("building", "2024-03", is_stated=False)], []),
        ([stage("planned", "2024-10", scope="一期")], []),
    ],
)
def test_what_stands_in_conflict_with_the_stage(others, found):
    held = stages.holding([BUILDING, *others])
    assert held.winner.value == stages.reached([BUILDING, *others]).stage
    assert [one.other.ref for one in held.conflicts if one.other is not BUILDING] == found


def test_why_the_stage_that_holds_does():
    low = stage("planned", "2024-10", is_stated=False)
    assert conflicts(BUILDING, low) == [(low.ref, stages.LOWER_LATER)]
    high = stage("operating", "2024-03", is_stated=False)
    assert conflicts(BUILDING, high) == [(high.ref, precedence.STATED)]
    once = stage("operating", "2024-01/2024-03", rank=1)
    assert conflicts(BUILDING, once) == [(once.ref, precedence.RANK)]
    near, far = (stage(code, "2024-03", is_stated=False) for code in ("planned", "operating"))
    assert conflicts(near, far) == [(near.ref, stages.FURTHER)]
    fact = actual("2024-03", milestone="operating")
    assert conflicts(BUILDING, fact) == [(BUILDING.ref, stages.FURTHER)]


def test_one_sentence_does_not_contradict_itself():
    place = {"source": "a", "place": (1, 2, 3)}
    assert conflicts(stage("building", "2024", **place), stage("planned", "2024", **place)) == []


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


@given(histories(), DAYS)
def test_what_holds_is_the_same_without_what_stands_in_conflict(history, asof):
    candidates = precedence.candidates(precedence.live(history, END), asof)
    whole = stages.holding(candidates)
    held = stages.holdings(candidates) | ({WHOLE_STAGE: whole} if whole else {})
    assert stages.winners(candidates) == {series: found.winner for series, found in held.items()}
