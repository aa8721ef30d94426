"""First promises, their verdicts and slippage: rules 6 and 7, sentence by sentence."""

from datetime import date

import pytest
from hypothesis import given

from projects.choices import Milestone, Verdict
from projects.core import fuzzy_dates, promises
from projects.core.rectangles import standing
from tests.core.histories import DAYS, histories
from tests.core.saying import actual, condition, correction, facts, judged, promised, stage, withdrawal

KEPT, PARTLY, LATE = Verdict.KEPT, Verdict.PARTLY, Verdict.LATE
PERHAPS, OPEN, NO_WORD = Verdict.PERHAPS, Verdict.OPEN, Verdict.NO_WORD

# Said in March 2023 of the year 2025: a span that lay ahead.
AHEAD = promised("2025", "2023-03", ref="ahead")
# Said on the last of March 2023: by the end of 2025, a span that was already running.
BY = promised("2023-03-31/2025-12-31", "2023-03", ref="by")


def first(history, **which) -> str | None:
    told = facts(history, **which)
    return told.first.ref if told and told.first else None


# The first promise


def test_the_first_promise_is_the_one_that_became_known_first():
    early, late = promised("2026", "2023-06", "2023-07-01"), promised("2025", "2023-03", "2023-08-01")
    assert first([late, early], asof="2024-01-01") == early.ref


def test_of_two_known_on_one_day_the_earlier_as_of_is_first_then_the_tail_of_every_tie():
    one, other = (promised("2026", "2023-06", "2023-07-01", ref=ref) for ref in "ba")
    before = promised("2025", "2023-05", "2023-07-01", ref="c")
    assert first([other, one], asof="2024-01-01") == "b"  # entered first
    assert first([one, other, before], asof="2024-01-01") == "c"
    places = {"source": "a", "place": (2, 1, 1)}, {"source": "a", "place": (1, 1, 1)}
    late, early = (promised("2026", "2023-06", "2023-07-01", **place) for place in places)
    assert first([late, early], asof="2024-01-01") == early.ref


def test_a_correction_stands_where_its_chain_of_corrections_began():
    early, late = promised("2025", "2023-03"), promised("2026", "2023-06")
    second = correction(early, fuzzy_dates.parse("2025-06"), "2023-09-01")
    third = correction(second, fuzzy_dates.parse("2025-09"), "2023-12-01")
    history = [early, late, second, third]
    assert first(history, asof="2024-01-01", known="2023-08-31") == early.ref
    assert first(history, asof="2024-01-01", known="2023-09-01") == second.ref
    assert first(history, asof="2024-01-01", known="2023-12-01") == third.ref


def test_when_the_first_promise_is_withdrawn_the_next_is_first():
    early, late = promised("2025", "2023-03"), promised("2026", "2023-06")
    gone = withdrawal(early, "2023-09-01")
    assert first([early, late, gone], asof="2024-01-01", known="2023-08-31") == early.ref
    assert first([early, late, gone], asof="2024-01-01", known="2023-09-01") == late.ref
    assert facts([early, gone], asof="2024-01-01") is None


def test_a_withdrawn_correction_takes_its_whole_chain_with_it():
    early, late = promised("2025", "2023-03"), promised("2026", "2023-06")
    second = correction(early, fuzzy_dates.parse("2025-06"), "2023-09-01")
    history = [early, late, second, withdrawal(second, "2023-12-01")]
    assert first(history, asof="2024-01-01") == late.ref


def test_the_first_promise_depends_on_what_is_known_alone():
    """A promise found later of an earlier day is not first, even as of a day on which it stands alone."""
    printed, found = promised("2025", "2023-06", "2023-07-01"), promised("2024", "2022-01", "2023-10-01")
    told = facts([printed, found], asof="2022-06-01")
    assert told.first is None and told.promised.ref == found.ref
    assert first([printed, found], asof="2023-07-01") == printed.ref


def test_the_first_promise_shows_from_its_own_as_of_on():
    said = promised("2025", "2023-03", "2023-04-15")
    assert facts([said], asof="2023-03-30") is None
    assert first([said], asof="2023-03-31") == said.ref


def test_a_correction_that_moves_the_as_of_shows_from_that_one_on():
    said = promised("2025", "2023-03")
    moved = correction(said, said.value, "2023-06-01", as_of=fuzzy_dates.parse("2023-05"))
    assert facts([said, moved], asof="2023-05-30") is None
    assert first([said, moved], asof="2023-05-31") == moved.ref


def test_each_milestone_and_each_part_has_its_own_first_promise():
    whole, part = promised("2025", "2023-03"), promised("2024", "2023-06", scope="一期")
    start = promised("2024", "2023-01", milestone="started")
    history = [whole, part, start]
    assert first(history, asof="2024-01-01") == whole.ref
    assert first(history, asof="2024-01-01", scope="一期") == part.ref
    assert first(history, asof="2024-01-01", milestone="started") == start.ref


def test_the_promise_that_holds_is_the_strongest_whatever_was_first():
    moved = promised("2026", "2024-06")
    told = facts([AHEAD, moved], asof="2024-07-01")
    assert (told.first.ref, told.promised.ref) == (AHEAD.ref, moved.ref)


# The verdict, without any other sign: by the day alone


@pytest.mark.parametrize(
    ("said", "asof", "verdict"),
    [
        (AHEAD, "2024-12-31", OPEN),  # before the span
        (AHEAD, "2025-01-01", OPEN),  # within it
        (AHEAD, "2025-12-31", OPEN),
        (AHEAD, "2026-01-01", NO_WORD),  # past it, and nothing said
        (BY, "2024-12-31", OPEN),  # "by": it was already running when promised
        (BY, "2025-12-31", OPEN),
        (BY, "2026-01-01", NO_WORD),
        (promised("2023", "2023-03"), "2023-12-31", OPEN),  # "this year"
        (promised("2023-06-30", "2023-03"), "2023-06-29", OPEN),  # one day
        (promised("2023-06-30", "2023-03"), "2023-06-30", OPEN),
        (promised("2023-06-30", "2023-03"), "2023-07-01", NO_WORD),
        (promised("2028/2033", "2023-03"), "2033-12-31", OPEN),  # "within 5 to 10 years"
        (promised("2028/2033", "2023-03"), "2034-01-01", NO_WORD),
    ],
)
def test_by_the_day_alone(said, asof, verdict):
    assert judged([said], asof) == (verdict, None if verdict == NO_WORD else (0, 0))


def test_silence_is_not_lateness():
    assert judged([AHEAD], "2199-12-31") == (NO_WORD, None)


def test_without_a_promise_there_is_nothing_to_judge():
    assert judged([actual("2025-06")], "2026-01-01") == (None, None)


# An actual


@pytest.mark.parametrize(
    ("on", "verdict", "slip"),
    [
        ("2024-06", KEPT, (-214, -185)),  # early too
        ("2024-12/2025-01", KEPT, (-31, 0)),
        ("2025-06", KEPT, (0, 0)),
        ("2025-12-31", KEPT, (0, 0)),  # it ends by the latest day
        ("2025-12/2026-01", PERHAPS, (0, 31)),  # it straddles
        ("2026-01-01", LATE, (1, 1)),  # it begins after
        ("2026-01", LATE, (1, 31)),
    ],
)
def test_an_actual_decides(on, verdict, slip):
    assert judged([AHEAD, actual(on)], "2026-06-01") == (verdict, slip)


def test_an_actual_is_unknown_before_its_day():
    assert judged([AHEAD, actual("2025-06")], "2025-06-29") == (OPEN, (0, 0))


def test_an_actual_stands_above_every_other_sign():
    other_signs = [promised("2027", "2025-06"), stage("building", "2026-03"), stage("completed", "2025-06")]
    assert judged([AHEAD, actual("2025-06"), *other_signs], "2026-06-01")[0] == KEPT
    assert judged([AHEAD, actual("2026-05"), *other_signs], "2026-06-01")[0] == LATE


def test_a_part_that_was_promised_is_fulfilled_by_itself_or_by_the_whole():
    part = promised("2025", "2023-03", scope="一期")
    itself, whole, other = actual("2025-06", scope="一期"), actual("2025-07"), actual("2025-06", scope="二期")
    assert judged([part, itself], "2026-01-01", scope="一期") == (KEPT, (0, 0))
    assert judged([part, whole], "2026-01-01", scope="一期") == (KEPT, (0, 0))
    assert judged([part, other], "2026-01-01", scope="一期") == (NO_WORD, None)


def test_what_a_part_itself_did_counts_before_what_the_whole_did():
    part = promised("2025", "2023-03", scope="一期")
    history = [part, actual("2026-02", scope="一期"), actual("2025-06")]
    assert judged(history, "2026-06-01", scope="一期")[0] == LATE


def test_another_milestone_is_no_fulfilment():
    assert judged([AHEAD, actual("2025-06", milestone="operating")], "2026-01-01") == (NO_WORD, None)


# Partly


def test_the_whole_promised_and_only_a_part_come_by_then_is_partly():
    assert judged([AHEAD, actual("2025-06", scope="一期")], "2025-07-01")[0] == PARTLY
    assert judged([AHEAD, actual("2025-06", scope="一期")], "2026-07-01")[0] == PARTLY


def test_a_part_that_came_after_the_day_is_no_part_of_the_promise():
    assert judged([AHEAD, actual("2025-12/2026-01", scope="一期")], "2026-07-01")[0] == NO_WORD


def test_the_earliest_part_counts():
    parts = [actual("2026-03", scope="二期"), actual("2025-06", scope="一期")]
    assert judged([AHEAD, *parts], "2026-07-01")[0] == PARTLY


def test_partly_stands_above_late():
    history = [AHEAD, actual("2025-06", scope="一期"), promised("2027", "2025-06")]
    assert judged(history, "2026-07-01")[0] == PARTLY


# Late without an actual


def test_late_where_the_promise_that_holds_begins_after_the_latest_day():
    """Even before that day has come: nobody expects it in time any more."""
    moved = promised("2026-03", "2024-06")
    assert judged([AHEAD, moved], "2024-07-01") == (LATE, (90, 90))


def test_not_late_where_the_promise_that_holds_may_still_be_in_time():
    moved = promised("2025-12/2026-01", "2024-06")
    assert judged([AHEAD, moved], "2024-07-01") == (OPEN, (31, 31))
    assert judged([AHEAD, moved], "2025-12-31") == (OPEN, (31, 31))
    assert judged([AHEAD, moved], "2026-07-01") == (NO_WORD, None)


def test_a_promise_moved_forward_has_slipped_by_less_than_nothing():
    assert judged([AHEAD, promised("2024-11", "2024-06")], "2024-07-01") == (OPEN, (-32, -32))


def test_late_where_a_stage_claim_after_the_latest_day_is_below_the_milestone():
    assert judged([AHEAD, stage("building", "2026-01")], "2026-02-01") == (LATE, None)


@pytest.mark.parametrize("as_of", ["2025-12", "2025-12/2026-01", "2025"])
def test_not_late_where_that_claim_does_not_begin_after_the_latest_day(as_of):
    assert judged([AHEAD, stage("building", as_of)], "2026-02-01") == (NO_WORD, None)


def test_late_by_a_stage_with_the_slippage_of_a_promise_that_moved():
    history = [AHEAD, promised("2025-12/2026-01", "2024-06"), stage("building", "2026-02")]
    assert judged(history, "2026-03-01") == (LATE, (31, 31))


# A stage that shows the milestone (the extension of core/promises.py)


SHOWS, BELOW = "completed", "building"


@pytest.mark.parametrize(
    ("said", "asof", "verdict"),
    [
        # Before the last day, on it, after it
        ([stage(SHOWS, "2024-06")], "2024-07-01", KEPT),
        ([stage(SHOWS, "2025-11")], "2025-12-01", KEPT),
        ([stage(SHOWS, "2025-12-31")], "2025-12-31", KEPT),
        ([stage("operating", "2025-12")], "2026-03-01", KEPT),
        ([stage(SHOWS, "2026-01-01")], "2026-01-01", PERHAPS),
        ([stage(SHOWS, "2026-02")], "2026-03-01", PERHAPS),
        ([stage(SHOWS, "2025-12/2026-01", "2026-01-31")], "2026-03-01", PERHAPS),  # it straddles
        ([stage(SHOWS, "2025-11", is_stated=False)], "2025-12-01", KEPT),  # inferred shows it too
        # Below it: late only where it is stated, begins after the day, and nothing shows the milestone
        ([stage(BELOW, "2025-12-31")], "2026-03-01", NO_WORD),
        ([stage(BELOW, "2026-01-01")], "2026-03-01", LATE),
        ([stage(BELOW, "2026-01", is_stated=False)], "2026-03-01", NO_WORD),
        ([stage(BELOW, "2026-01"), stage(SHOWS, "2026-03")], "2026-02-28", LATE),
        ([stage(BELOW, "2026-01"), stage(SHOWS, "2026-03")], "2026-04-01", PERHAPS),
        ([stage(SHOWS, "2025-11"), stage(BELOW, "2026-01")], "2026-04-01", KEPT),
        # 基本建成 shows nothing and stands against nothing
        ([stage(SHOWS, "2025-11", is_stated=False, qualifier="nearly")], "2025-12-01", OPEN),
        ([stage(SHOWS, "2026-02", is_stated=False, qualifier="nearly")], "2026-03-01", NO_WORD),
    ],
)
def test_a_stage_and_the_last_day_of_a_promise(said, asof, verdict):
    for promise in (AHEAD, BY):
        assert judged([promise, *said], asof)[0] == verdict


def test_a_stage_alone_measures_no_slippage():
    assert judged([AHEAD, stage(SHOWS, "2025-11")], "2025-12-01") == (KEPT, None)
    assert judged([AHEAD, stage(SHOWS, "2026-02")], "2026-03-01") == (PERHAPS, None)


def test_kept_by_a_stage_stands_above_partly_and_late():
    others = [actual("2025-06", scope="一期"), promised("2027", "2025-06")]
    assert judged([AHEAD, stage("completed", "2025-11"), *others], "2026-03-01")[0] == KEPT


@pytest.mark.parametrize(
    ("milestone", "below", "shows"),
    [
        ("signed", "planned", "signed"),
        ("approved", "preparing", "building"),  # a step within a stage shows only in the next
        ("started", "preparing", "building"),
        ("structure", "building", "completed"),
        ("completed", "building", "completed"),
        ("operating", "completed", "operating"),
        ("full_capacity", "operating", None),
    ],
)
def test_which_stage_shows_which_milestone(milestone, below, shows):
    said = promised("2025", "2023-03", milestone=milestone)
    which = {"asof": "2025-12-01", "milestone": milestone}
    assert judged([said, stage(below, "2025-11")], **which)[0] == OPEN
    assert shows is None or judged([said, stage(shows, "2025-11")], **which)[0] == KEPT


def test_the_stage_of_the_whole_tells_nothing_of_a_part_and_the_other_way_round():
    part = promised("2025", "2023-03", scope="一期")
    whole_stage, part_stage = stage("completed", "2025-11"), stage("completed", "2025-11", scope="一期")
    assert judged([part, whole_stage], "2026-01-01", scope="一期")[0] == NO_WORD
    assert judged([part, part_stage], "2026-01-01", scope="一期")[0] == KEPT
    assert judged([AHEAD, part_stage], "2026-01-01")[0] == NO_WORD


# 待定: no date stands

TBD = promised("tbd", "2024-06", ref="tbd")


@pytest.mark.parametrize(
    ("history", "asof", "told"),
    [
        # Before the first date it counts nowhere
        ([promised("tbd", "2022-06")], "2024-01-01", (None, None)),
        ([promised("tbd", "2022-06"), AHEAD], "2024-01-01", (OPEN, (0, 0))),
        ([promised("tbd", "2022-06"), AHEAD], "2026-01-01", (NO_WORD, None)),
        # After it there is no slippage, and it is late once the last day has passed
        ([AHEAD, TBD], "2024-06-29", (OPEN, (0, 0))),
        ([AHEAD, TBD], "2024-07-01", (OPEN, None)),
        ([AHEAD, TBD], "2025-12-31", (OPEN, None)),
        ([AHEAD, TBD], "2026-01-01", (LATE, None)),
        ([BY, TBD], "2026-01-01", (LATE, None)),
        # What came, came
        ([AHEAD, TBD, actual("2025-06")], "2026-01-01", (KEPT, (0, 0))),
        ([AHEAD, TBD, stage("completed", "2025-06")], "2026-01-01", (KEPT, None)),
        # Another date takes its place
        ([AHEAD, TBD, promised("2026-03", "2025-06")], "2025-07-01", (LATE, (90, 90))),
        ([AHEAD, TBD, promised("2025-11", "2025-06")], "2025-07-01", (OPEN, (0, 0))),
        # Cancelled, there is nothing to judge
        ([AHEAD, TBD, condition("cancelled", "2024-09")], "2026-01-01", (None, None)),
    ],
)
def test_that_no_date_stands_before_and_after_the_first_date(history, asof, told):
    assert judged(history, asof) == told


def test_a_date_corrected_to_none_is_no_first_promise_and_the_other_way_round():
    undone = correction(AHEAD, "tbd", "2023-06-01")
    assert first([AHEAD, undone], asof="2024-01-01") is None
    later = promised("2026", "2023-04")
    said = correction(early := promised("tbd", "2023-03"), fuzzy_dates.parse("2025"), "2023-06-01")
    assert first([early, later, said], asof="2024-01-01") == said.ref


@pytest.mark.parametrize(
    ("history", "state"),
    [([AHEAD], "dated"), ([AHEAD, TBD], "tbd"), ([TBD], "tbd"), ([actual("2024")], None)],
)
def test_whether_what_was_last_said_is_a_date(history, state):
    told = facts(history, "2025-01-01")
    assert told.state == state
    assert (told.promised is not None) is (state == "dated")


# Cancelled


def test_nothing_is_judged_once_it_is_cancelled_unfulfilled():
    history = [AHEAD, condition("cancelled", "2024-06")]
    assert judged(history, "2024-06-29") == (OPEN, (0, 0))
    assert judged(history, "2024-06-30") == (None, None)
    assert judged(history, "2026-06-30") == (None, None)


def test_what_was_fulfilled_before_a_cancellation_stays_judged():
    history = [AHEAD, actual("2024-03"), condition("cancelled", "2024-06")]
    assert judged(history, "2026-06-30") == (KEPT, (-306, -276))


def test_nothing_after_a_cancellation_changes_it():
    later = [actual("2026-01"), promised("2027", "2025-01"), stage("completed", "2026-01")]
    assert judged([AHEAD, condition("cancelled", "2024-06"), *later], "2026-06-30") == (None, None)
    early = [AHEAD, actual("2024-03"), condition("cancelled", "2024-06"), promised("2027", "2025-01")]
    assert facts(early, "2026-06-30").promised.ref == AHEAD.ref


def test_a_project_taken_up_again_is_judged_again():
    history = [AHEAD, condition("cancelled", "2024-06"), condition("active", "2025-01")]
    assert judged(history, "2024-12-31") == (None, None)
    assert judged(history, "2025-02-01") == (OPEN, (0, 0))


@pytest.mark.parametrize("code", ["paused", "deferred"])
def test_a_pause_changes_no_verdict(code):
    assert judged([AHEAD, condition(code, "2024-06")], "2026-01-01") == (NO_WORD, None)


# Still to come


@pytest.mark.parametrize(
    ("more", "is_to_come"),
    [
        ([], True),
        ([actual("2024-12")], False),
        ([stage("completed", "2024-12")], False),  # the day is not known, and yet it came
        ([stage("building", "2024-12")], True),
        ([condition("cancelled", "2024-06")], False),
        ([condition("paused", "2024-06")], True),
        ([promised("2027", "2024-12")], True),
        ([stage("completed", "2024-12", is_stated=False, qualifier="nearly")], True),
        ([stage("completed", "2024-06"), stage("building", "2024-12")], True),  # by the stage that holds
        ([actual("2024-12", milestone="operating")], False),  # the stage is beyond it
    ],
)
def test_what_is_still_to_come(more, is_to_come):
    told = facts([AHEAD, *more], "2026-01-01")
    assert told.to_come == (told.promised if is_to_come else None)


def test_what_nobody_promised_is_not_to_come():
    assert facts([actual("2024-12")], "2026-01-01").to_come is None


def test_without_a_date_it_is_still_to_come_on_no_day():
    told = facts([AHEAD, TBD], "2026-01-01")
    assert told.is_to_come and told.to_come is None


# Properties


def told_on(history, asof, known):
    held = standing(history, asof, known)
    return held.milestones if held else ()


@given(histories(), DAYS, DAYS)
def test_the_first_promise_is_the_same_as_of_every_day(history, asof, known):
    uncancelled = [one for one in history if one.value != "cancelled"]
    later = {(one.milestone, one.scope): one.first for one in told_on(uncancelled, date(2199, 12, 31), known)}
    for one in told_on(uncancelled, asof, known):
        assert one.first is None or one.first == later[one.milestone, one.scope]


@given(histories(), DAYS, DAYS)
def test_a_verdict_needs_a_promise_and_a_slippage_needs_a_verdict(history, asof, known):
    for told in told_on(history, asof, known):
        verdict, slip = promises.verdict(told, asof), promises.slippage(told, asof)
        judgeable = told.first is not None and (told.fulfilment is not None or not told.is_cancelled)
        assert (verdict is not None) == judgeable
        assert slip is None or (verdict not in (None, NO_WORD) and slip[0] <= slip[1])


@given(histories(), DAYS, DAYS, DAYS)
def test_what_has_happened_is_judged_alike_on_every_later_day(history, asof, known, day):
    for told in told_on(history, asof, known):
        if told.fulfilment:
            assert promises.verdict(told, asof) == promises.verdict(told, max(asof, day))


@given(histories(), DAYS, DAYS)
def test_milestones_come_in_their_order_each_part_once(history, asof, known):
    order = list(Milestone)
    keys = [(order.index(told.milestone), told.scope) for told in told_on(history, asof, known)]
    assert keys == sorted(set(keys))
