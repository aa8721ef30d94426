"""What changed when, as of one day."""

from datetime import date

from hypothesis import given

from projects.choices import Topic
from projects.core import precedence, stages
from projects.core.changes import changes
from tests.core.histories import histories
from tests.core.saying import actual, correction, promised, say, stage, total, withdrawal

TODAY = date(2026, 3, 2)


def told(said, asof: date = TODAY) -> list[tuple]:
    """The day, the topic, and the refs before and after."""
    return [
        (
            one.known_on.isoformat(),
            one.series.topic,
            one.before and one.before.ref,
            one.after and one.after.ref,
        )
        for one in changes(said, asof)
    ]


def test_what_comes_what_gives_way_and_what_goes_the_newest_first():
    first = total(40, "2024-10-17", ref="first")
    later = total(45, "2025-03-01", ref="later")
    gone = withdrawal(later, "2025-06-01", ref="gone")
    assert told([first, later, gone]) == [
        ("2025-06-01", "total_investment", "later", "first"),
        ("2025-03-01", "total_investment", "first", "later"),
        ("2024-10-17", "total_investment", None, "first"),
    ]


def test_a_withdrawal_of_all_there_was_leaves_nothing():
    first = total(40, "2024-10-17", ref="first")
    assert told([first, withdrawal(first, "2025-06-01")])[0] == (
        "2025-06-01",
        "total_investment",
        "first",
        None,
    )


def test_a_correction_is_a_change_on_the_day_on_which_it_became_known():
    wrong = total(40, "2024-10-17", ref="wrong")
    right = correction(wrong, total(4, "2024-10-17").value, "2025-03-01", ref="right")
    assert told([wrong, right])[0] == ("2025-03-01", "total_investment", "wrong", "right")


def test_the_same_said_again_is_no_change():
    assert len(told([stage("building", "2024-10-17"), stage("building", "2025-03-01")])) == 1


def test_what_is_weaker_than_what_holds_changes_nothing():
    late = stage("building", "2025-03-01", known="2025-03-01", ref="late")
    early = stage("planned", "2024-10-17", known="2025-06-01")
    assert told([late, early]) == [("2025-03-01", "stage", None, "late")]


def test_what_was_not_true_yet_as_of_the_day_is_left_out():
    said = [stage("planned", "2024-10-17", ref="a"), stage("building", "2025-03-01", ref="b")]
    assert told(said, date(2024, 12, 31)) == [("2024-10-17", "stage", None, "a")]


def test_a_stage_is_how_far_it_is_not_what_was_said_last():
    """An inferred claim lowers nothing; an actual shows a stage."""
    said = [
        stage("building", "2024-10-17", ref="a"),
        stage("planned", "2025-03-01", is_stated=False),
        actual("2025-06-01", milestone="operating", ref="b"),
    ]
    assert [one for one in told(said) if one[1] == "stage"] == [
        ("2025-06-01", "stage", "a", "b"),
        ("2024-10-17", "stage", None, "a"),
    ]
    assert changes(said, TODAY)[0].after.value == "operating"


def test_works_are_left_out_and_topics_keep_their_order():
    said = [
        promised("2026", "2024-10-17", ref="c"),
        say(Topic.WORKS, "厂房", "2024-10-17"),
        total(40, "2024-10-17", ref="b"),
        stage("planned", "2024-10-17", ref="a"),
    ]
    order = [topic.value for topic in Topic]
    topics = [topic for _, topic, _, _ in told(said)]
    assert topics == sorted(topics, key=order.index) and len(topics) == 3


@given(histories())
def test_all_changes_together_lead_to_what_holds(said):
    """From the first day on, each change taken in its turn."""
    held = {}
    for one in reversed(changes(said, TODAY)):
        assert held.get(one.series) == (one.before and one.before.value)
        held[one.series] = one.after.value if one.after else None
    last = max((one.known_on for one in said), default=TODAY)
    groups = precedence.by_series(precedence.candidates(precedence.live(said, last), TODAY))
    wanted = {series: precedence.strongest(group).value for series, group in groups.items()}
    for series in [one for one in held if one.topic == Topic.STAGE]:
        found = stages.reached(sum(groups.values(), []), series.scope)
        wanted |= {series: found.stage.value} if found else {}
    assert {series: value for series, value in held.items() if value is not None} == wanted
