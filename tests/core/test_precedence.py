"""Which claim holds as of day D, as known on day K: rules 1 to 3, sentence by sentence."""

from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.choices import Topic
from projects.core import fuzzy_dates, precedence
from projects.core.money import Money
from projects.core.precedence import (
    EARLIER_PLACE,
    ENDS_LATER,
    ENTERED_FIRST,
    FIRM,
    KNOWN_LATER,
    LATER,
    NARROWER,
    RANK,
    STATED,
)
from projects.core.statements import Series
from tests.core.histories import DAYS, histories
from tests.core.saying import actual, correction, promised, say, stage, total, withdrawal

END = date(2199, 12, 31)


def refs(statements) -> list[str]:
    return [one.ref for one in statements]


def live(history, known: str = "2199-12-31") -> list[str]:
    return refs(precedence.live(history, date.fromisoformat(known)))


def holdings(history, asof: date, known: date) -> dict[Series, precedence.Holding]:
    return precedence.holdings(precedence.candidates(precedence.live(history, known), asof))


def held(*history, asof: str = "2199-12-31", known: str = "2199-12-31") -> precedence.Holding | None:
    """What holds for the series of the first."""
    found = holdings(history, date.fromisoformat(asof), date.fromisoformat(known))
    return found.get(history[0].series)


# 1. Live claims


def test_a_claim_is_live_from_the_day_it_is_known():
    said = total(1, "2024-09", "2024-10-17")
    assert live([said], "2024-10-16") == []
    assert live([said], "2024-10-17") == [said.ref]


def test_a_corrected_claim_lives_until_its_correction_is_known():
    said = total(1, "2024-09", "2024-10-17")
    better = correction(said, Money(2 * 10**8, "yi", 0), "2024-11-01")
    assert live([said, better], "2024-10-31") == [said.ref]
    assert live([said, better], "2024-11-01") == [better.ref]


def test_a_corrected_correction_still_corrects():
    said = total(1, "2024-09")
    second = correction(said, Money(2, "yuan", 0), "2024-11-01")
    third = correction(second, Money(3, "yuan", 0), "2024-12-01")
    assert live([said, second, third]) == [third.ref]


def test_a_correction_counts_whatever_its_own_as_of():
    said = total(1, "2024-09", "2024-10-17")
    later = correction(said, Money(2, "yuan", 0), "2024-11-01", as_of=fuzzy_dates.parse("2024-10-31"))
    assert held(said, later, asof="2024-10-15", known="2024-11-01") is None
    assert held(said, later, asof="2024-10-31", known="2024-11-01").winner == later


def test_a_withdrawal_leaves_nothing_and_is_no_candidate():
    said = total(1, "2024-09")
    gone = withdrawal(said, "2024-11-01")
    assert live([said, gone]) == [gone.ref]
    assert held(said, gone) is None


def test_withdrawing_a_correction_does_not_bring_back_what_it_corrected():
    said = total(1, "2024-09")
    wrong = correction(said, Money(2, "yuan", 0), "2024-11-01")
    assert held(said, wrong, withdrawal(wrong, "2024-12-01")) is None


# 2. Candidates, and which of them wins


def test_a_candidate_has_a_value_and_had_come_true_with_the_last_day_of_its_as_of():
    said = total(1, "2024-09", "2024-10-17")
    assert precedence.candidates([said], date(2024, 9, 29)) == []
    assert precedence.candidates([said], date(2024, 9, 30)) == [said]


# From the strongest to the weakest: each is stronger in one thing and weaker in all that come after it.
ORDINARY = [
    (LATER, total(1, "2024-10", "2024-11-01", is_stated=False, rank=1, qualifier="expected")),
    (FIRM, total(2, "2024-09", "2024-10-01", is_stated=False, rank=1)),
    (STATED, total(2, "2024-09", "2024-10-01", is_stated=True, rank=1, qualifier="expected")),
    (RANK, total(3, "2024-09", "2024-10-01", is_stated=False, rank=3, qualifier="expected")),
    (KNOWN_LATER, total(4, "2024-09", "2024-12-01", is_stated=False, qualifier="expected", entered=9)),
    (ENTERED_FIRST, total(5, "2024-09", "2024-11-01", is_stated=False, qualifier="expected", entered=7)),
    (None, total(6, "2024-09", "2024-11-01", is_stated=False, qualifier="expected", entered=8)),
]
# The as-of of an actual is its own value: a later date is no stronger.
ACTUALS = [
    (STATED, actual("2022", "2024-01-01", is_stated=True, rank=1)),
    (RANK, actual("2023", "2024-01-01", is_stated=False, rank=3)),
    (NARROWER, actual("2023-05", "2024-01-01", is_stated=False)),
    (KNOWN_LATER, actual("2023-33", "2024-03-01", is_stated=False, entered=9)),
    (ENTERED_FIRST, actual("2023-33", "2024-02-01", is_stated=False, entered=7)),
    (None, actual("2023-33", "2024-02-01", is_stated=False, entered=8)),
]


@pytest.mark.parametrize("ladder", [ORDINARY, ACTUALS], ids=["ordinary", "actual"])
def test_the_order_of_strength_and_the_reason_given_for_each_step(ladder):
    for place, (why, winner) in enumerate(ladder[:-1]):
        for _, other in ladder[place + 1 :]:
            assert precedence.strongest([other, winner]) == winner
            assert precedence.reason(winner, other) == why


def test_the_greatest_last_day_of_the_as_of_wins_not_the_first():
    wide, narrow = total(1, "2024", "2025-01-05"), total(2, "2024-11", "2025-01-05")
    assert held(wide, narrow).winner == wide


# The tail of every tie: source, place and entry of each; which of them holds, and why the first does not.
TIES = [
    # Within one source the earlier place, whatever was entered first.
    ([("a", (1, 2, 1), 9), ("a", (1, 2, 2), 1)], 0, EARLIER_PLACE),
    ([("a", (1, 3, 1), 9), ("a", (2, 1, 1), 1)], 0, EARLIER_PLACE),
    ([("a", (1, None, None), 9), ("a", (1, 1, 1), 1)], 0, EARLIER_PLACE),  # a section is its beginning
    ([("a", (9, 1, 1), 1), ("a", (1, 5, 4), 9)], 1, EARLIER_PLACE),  # captions stand last in the outline
    # Of two sources, or without a place, the row that was entered first.
    ([("a", (1, 2, 1), 9), ("b", (5, 5, 5), 1)], 1, ENTERED_FIRST),
    ([("a", None, 9), ("a", (5, 5, 5), 1)], 1, ENTERED_FIRST),
    ([("a", (1, 2, 1), 9), ("a", (1, 2, 1), 1)], 1, ENTERED_FIRST),
    # Each source speaks with its earliest place: a goes round in no circle.
    ([("a", (1, 1, 1), 3), ("a", (1, 2, 1), 1), ("b", (1, 1, 1), 2)], 2, ENTERED_FIRST),
]


@pytest.mark.parametrize(("rows", "winner", "why"), TIES)
@pytest.mark.parametrize(
    "say_it", [lambda **of: total(1, "2024-09", **of), lambda **of: actual("2024-09", **of)]
)
def test_the_tail_of_every_tie(rows, winner, why, say_it):
    said = [say_it(source=source, place=place, entered=entered) for source, place, entered in rows]
    for order in permutations(said):
        assert precedence.strongest(order) is said[winner]
    assert {precedence.reason(said[winner], one) for one in said if one is not said[winner]} == {why}


def test_the_reference_decides_nothing():
    z, a = total(1, "2024-09", ref="z", entered=1), total(2, "2024-09", ref="a", entered=2)
    assert held(z, a).winner == z


def test_of_the_same_day_what_is_expected_loses_to_what_is_not_and_of_a_later_day_it_wins():
    firm = total(1, "2024-09", is_stated=False, rank=1)
    assert held(firm, total(2, "2024-09", qualifier="expected")).winner == firm
    assert held(firm, later := total(2, "2024-10", qualifier="expected")).winner == later


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("2024-10", "2024-09", LATER),
        ("2024", "2024-10", ENDS_LATER),
        ("2024-09/2024-12", "2024", ENTERED_FIRST),
    ],
)
def test_later_is_said_only_of_times_that_do_not_overlap(one, other, why):
    assert precedence.reason(total(1, one), total(2, other)) == why


def test_of_two_actuals_the_stated_one_holds_though_the_other_is_later():
    early, late = actual("2022-01", "2024-01-01"), actual("2023-06", "2024-01-01", is_stated=False)
    assert held(early, late).winner == early


def test_nothing_holds_among_no_candidates():
    assert precedence.strongest([]) is None
    assert holdings([], END, END) == {}


@given(histories())
def test_the_winner_is_as_strong_as_any(history):
    for group in precedence.by_series(precedence.candidates(precedence.live(history, END), END)).values():
        winner = precedence.strongest(group)
        assert winner is precedence.holding(group).winner
        assert precedence.winners(group) == {winner.series: winner}
        assert all(precedence.strength(winner) >= precedence.strength(other) for other in group)


@given(histories(), DAYS, DAYS)
def test_what_holds_was_known_had_come_true_and_stands_uncorrected(history, asof, known):
    corrected = {one.corrects for one in history if one.known_on <= known}
    for series, found in holdings(history, asof, known).items():
        for one in [found.winner, *(conflict.other for conflict in found.conflicts)]:
            assert one.series == series and one.value is not None
            assert one.known_on <= known and one.as_of.latest <= asof and one.ref not in corrected


@given(histories(), DAYS, DAYS, st.randoms(use_true_random=False))
def test_the_order_of_arrival_decides_nothing(history, asof, known, random):
    shuffled = random.sample(history, len(history))
    assert holdings(shuffled, asof, known) == holdings(history, asof, known)


# 3. Conflicts


def conflicts(*history) -> list[tuple[str, str]]:
    return [(one.other.ref, one.reason) for one in held(*history).conflicts]


def test_another_statement_of_an_overlapping_as_of_with_another_value_is_a_conflict():
    one, other = total(100, "2024-10"), total(200, "2024-10-17/2024-10-31", rank=1)
    assert conflicts(one, other) == [(other.ref, RANK)]


def test_an_older_figure_of_a_time_before_is_no_conflict():
    assert conflicts(total(200, "2024-10"), total(100, "2024-09")) == []


def test_the_same_value_again_is_no_conflict():
    assert conflicts(total(100, "2024-10"), total(100, "2024-10")) == []


def test_within_the_coarser_ones_printed_precision_there_is_no_conflict():
    exact = say(Topic.TOTAL_INVESTMENT, Money(9_956_000_000, "yi", 2), "2024-10")
    assert conflicts(exact, total(100, "2024-10")) == []


def test_one_statement_does_not_contradict_itself():
    place = {"source": "a", "place": (1, 2, 3)}
    assert conflicts(total(1, "2024-10", **place), total(2, "2024-10", **place)) == []


def test_one_source_may_contradict_itself_elsewhere():
    one, other = (total(yi, "2024-10", source="a", place=(1, 2, yi)) for yi in (1, 2))
    assert conflicts(one, other) == [(other.ref, EARLIER_PLACE)]


def test_a_span_that_contains_the_other_is_no_conflict():
    assert conflicts(promised("2025", "2024-10"), promised("2025-06", "2024-10")) == []


def test_a_moved_promise_is_slippage_not_conflict():
    assert conflicts(promised("2026", "2024-10"), promised("2025", "2024-03")) == []


def plan(yi: int, as_of: str, source: str, period: str = "2024"):
    return say(Topic.ANNUAL_PLAN, Money(yi * 10**8, "yi", 0), as_of, period=period, source=source)


def test_plans_for_the_same_period_from_two_sources_disagree_whenever_they_were_said():
    now, then = plan(3, "2024-10", "b"), plan(2, "2024-01", "a")
    assert conflicts(now, then) == [(then.ref, LATER)]


def test_a_plan_that_its_own_source_raises_later_is_no_conflict():
    assert conflicts(plan(3, "2024-10", "a"), plan(2, "2024-01", "a")) == []


def test_targets_without_a_period_disagree_only_where_their_as_ofs_overlap():
    then, now = (say("roads", Money(yi, "yuan", 0), f"2024-0{yi}", is_target=True) for yi in (1, 2))
    assert conflicts(now, then) == []
    assert conflicts(now._replace(series=Series("roads", period="2025")), then) == []  # another series


def test_targets_of_the_same_period_disagree():
    one, other = (
        say("roads", Money(yi, "yuan", 0), f"2024-0{yi}", period="2025", is_target=True) for yi in (1, 2)
    )
    assert conflicts(other, one) == [(one.ref, LATER)]


def test_every_actual_that_differs_is_a_conflict_though_its_as_of_is_another():
    one, other = actual("2023-06", "2024-10-17"), actual("2022-01", "2024-10-17", is_stated=False)
    assert conflicts(one, other) == [(other.ref, STATED)]


def test_an_actual_within_the_other_is_no_conflict():
    assert conflicts(actual("2023", "2024-10-17"), actual("2023-06", "2024-10-17")) == []


def test_two_books_are_two_series_and_no_conflict():
    one, other = (
        say(Topic.INVESTED_TO_DATE, Money(yuan, "yuan", 0), "2024-10", method=method)
        for yuan, method in ((1, "platform"), (2, "statistics"))
    )
    assert conflicts(one, other) == [] and len(holdings([one, other], END, END)) == 2


def test_a_date_and_that_none_stands_disagree_only_where_their_times_overlap():
    dated, undecided = promised("2026", "2024-10"), promised("tbd", "2024-10", entered=0)
    assert held(dated, undecided).winner == undecided
    assert conflicts(undecided, dated) == [(dated.ref, ENTERED_FIRST)]
    assert conflicts(promised("tbd", "2024-11"), dated) == []


def test_words_about_works_never_contradict():
    one, other = say(Topic.WORKS, "架梁", "2024-10"), say(Topic.WORKS, "铺轨", "2024-10")
    assert conflicts(one, other) == []


def test_conflicts_come_strongest_first_each_with_what_decided():
    best = total(3, "2024-10", rank=3)
    second = total(2, "2024-10", rank=2)
    third = total(1, "2024-10", rank=2, is_stated=False)
    assert conflicts(best, third, second) == [(second.ref, RANK), (third.ref, STATED)]


def test_only_a_candidate_can_be_in_conflict():
    said, other = stage("building", "2024-10"), stage("preparing", "2024-10", rank=1)
    assert conflicts(said, other, withdrawal(other, "2024-11-01")) == []
