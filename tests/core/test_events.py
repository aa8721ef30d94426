"""What happened to a project: which events there are, on which day, and as long as they are known."""

from datetime import date

import pytest
from hypothesis import given, settings

from projects.choices import EventKind, Stage, Topic
from projects.core import events, fuzzy_dates
from projects.core.money import Money
from projects.core.rectangles import FOREVER, rectangles, standing
from projects.core.statements import Series, Statement
from tests.core.histories import histories
from tests.core.test_rectangles import days_that_matter

YI = 10**8


def said(ref: str, series: Series, value, as_of: str, known_on: str = "", **more) -> Statement:
    on = fuzzy_dates.parse(as_of)
    known = date.fromisoformat(known_on) if known_on else on.latest
    return Statement(ref, series, value, on, known, **more)


def stage(ref: str, value: Stage, *days: str, **more) -> Statement:
    return said(ref, Series(Topic.STAGE), value.value, *days, **more)


def actual(ref: str, milestone: str, on: str, known_on: str, scope: str = "") -> Statement:
    return said(ref, Series(Topic.ACTUAL, milestone, scope), fuzzy_dates.parse(on), on, known_on)


def promised(ref: str, value: str, *days: str) -> Statement:
    promise = value if value == "tbd" else fuzzy_dates.parse(value)
    return said(ref, Series(Topic.PROMISED, "completed"), promise, *days)


def total(ref: str, yi: int, *days: str, decimals: int = 0) -> Statement:
    return said(ref, Series(Topic.TOTAL_INVESTMENT), Money(yi * YI, "yi", decimals), *days)


def told(*statements: Statement) -> list[tuple]:
    """Without first mentions, which each of these has."""
    found = events.events(statements, rectangles(statements))
    rows = [(one.what.value, one.day.isoformat(), one.ref, one.was_ref) for one in found]
    return sorted(row for row in rows if row[0] != EventKind.NEW)


SIGNED = stage("a", Stage.SIGNED, "2021-03-01")
CASES = {
    "a stage that is passed": (
        [SIGNED, stage("b", Stage.BUILDING, "2022-05-01")],
        [("started", "2022-05-01", "b", "a")],
    ),
    "the furthest step alone": (
        [SIGNED, stage("b", Stage.OPERATING, "2022-05-01")],
        [("operating", "2022-05-01", "b", "a")],
    ),
    "the start of a part in place of the stage": (
        [
            SIGNED,
            stage("b", Stage.BUILDING, "2022-05"),
            actual("c", "started", "2022-04-02", "2022-05-31", "坝"),
        ],
        [("started", "2022-04-02", "c", "")],
    ),
    "a stage that is none of these, and a step back": (
        [SIGNED, stage("b", Stage.PREPARING, "2022-05-01"), stage("c", Stage.PLANNED, "2023-05-01")],
        [("stage", "2022-05-01", "b", "a"), ("stage", "2023-05-01", "c", "b")],
    ),
    "what is nearly completed is not, and then is": (
        [
            stage("a", Stage.BUILDING, "2021-03-01"),
            stage("b", Stage.COMPLETED, "2022-05-01", is_stated=False, qualifier="nearly"),
            stage("c", Stage.COMPLETED, "2023-05-01"),
        ],
        [("completed", "2023-05-01", "c", "b"), ("stage", "2022-05-01", "b", "a")],
    ),
    "an actual date, whether or not the record was known before": (
        [actual("b", "operating", "2019-06", "2024-10-17")],
        [("operating", "2019-06-30", "b", "")],
    ),
    "an actual date in place of the stage that shows it": (
        [SIGNED, stage("b", Stage.BUILDING, "2022-05-01"), actual("c", "started", "2022", "2023-01-09")],
        [("started", "2022-05-01", "b", "a"), ("started", "2022-12-31", "c", "")],
    ),
    "of a part": (
        [SIGNED, actual("c", "operating", "2022", "2023-01-09", "一期")],
        [("operating", "2022-12-31", "c", "")],
    ),
    "another step": (
        [SIGNED, actual("c", "structure", "2022-04-02", "2023-01-09")],
        [("milestone", "2022-04-02", "c", "")],
    ),
    "a promise that moved; one told more exactly has not": (
        [promised("a", "2025", "2021-03-01"), promised("b", "2025-06", "2022-03-01")],
        [],
    ),
    "a promise that moved, then none stands": (
        [
            promised("a", "2025", "2021-03-01"),
            promised("b", "2026", "2022-03-01"),
            promised("c", "tbd", "2023-03-01"),
        ],
        [("moved", "2022-03-01", "b", "a"), ("moved", "2023-03-01", "c", "b")],
    ),
    "an amount, up and down, and one within the precision": (
        [total("a", 4, "2021-03-01"), total("b", 6, "2022-03-01"), total("c", 5, "2023-03-01")],
        [("amount", "2022-03-01", "b", "a"), ("amount", "2023-03-01", "c", "b")],
    ),
    "stopped and taken up again": (
        [
            said("a", Series(Topic.CONDITION), "paused", "2021-03-01"),
            said("b", Series(Topic.CONDITION), "active", "2022-03-01"),
        ],
        [("condition", "2022-03-01", "b", "a")],
    ),
    "a correction on the day on which it is known, and nothing else": (
        [total("a", 4, "2021-03-01"), total("b", 6, "2021-03-01", "2023-03-01")],
        [],
    ),
}


@pytest.mark.parametrize("statements, wanted", CASES.values(), ids=CASES)
def test_what_happened(statements, wanted):
    assert told(*statements) == wanted


def test_a_correction_falls_on_the_day_on_which_it_is_known():
    right = said("b", Series(Topic.TOTAL_INVESTMENT), None, "2021-03-01", "2023-03-01", corrects="a")
    assert told(total("a", 4, "2021-03-01"), right) == [("corrected", "2023-03-01", "b", "a")]


def test_what_corrects_nothing_public_is_no_correction():
    assert told(said("b", Series(Topic.STAGE), "signed", "2021-03-01", corrects="hidden")) == []


def test_it_is_first_mentioned_on_the_day_on_which_it_is_known():
    found = events.events([SIGNED], rectangles([SIGNED]))
    first = actual("b", "operating", "2019-06", "2024-10-17")
    later = [SIGNED, first]
    assert [(one.what, one.ref) for one in found] == [(EventKind.NEW, "a")]
    assert events.events(later, rectangles(later))[0].day == date(2021, 3, 1)


def test_a_stage_tells_of_a_step_until_its_date_is_known():
    history = [SIGNED, stage("b", Stage.BUILDING, "2022-05-01"), actual("c", "started", "2022", "2023-01-09")]
    found = {one.ref: one for one in events.events(history, rectangles(history))}
    assert (found["b"].known_on, found["b"].known_until) == (date(2022, 5, 1), date(2023, 1, 9))
    assert (found["c"].known_on, found["c"].known_until) == (date(2023, 1, 9), FOREVER)


def by_the_rule(history: list[Statement], known: date) -> set[tuple]:
    """The standings of one day after the other, as known on one day, and what differs between them."""
    seen = {one.ref: one for one in history if one.known_on <= known}
    held = [(day, now) for day in days_that_matter(history) if (now := standing(history, day, known))]
    found = set()
    for (_, then), (day, now) in zip(held, held[1:], strict=False):
        if then.condition != now.condition:
            found.add(("condition", day, "", now.condition_ref))
        before, after = then.total_investment, now.total_investment
        if before and after and before.value.yuan != after.value.yuan:
            found.add(("amount", day, "", after.ref))
        if said_of_stage(then) != said_of_stage(now) and seen[now.stage_ref].series.topic == Topic.STAGE:
            found.add(("stage", day, "", now.stage_ref))
    last = held[-1][1] if held else None
    for one in last.milestones if last else ():
        if one.actual:
            found.add(("actual", one.actual.value.latest, one.milestone, one.actual.ref))
    return found


def said_of_stage(held) -> tuple:
    return (held.stage, held.stage_qualifier)


def in_short(one: events.EventValues, history: list[Statement]) -> tuple:
    topic = next(said.series.topic for said in history if said.ref == one.ref)
    what = topic if topic in (Topic.STAGE, Topic.ACTUAL) else one.what.value
    return (what, one.day, one.milestone if what == Topic.ACTUAL else "", one.ref)


@settings(max_examples=60, deadline=None)
@given(histories())
def test_on_every_day_of_knowledge_they_are_what_the_rule_tells_apart(history):
    found = events.events(history, rectangles(history))
    apart = (EventKind.NEW, EventKind.CORRECTED, EventKind.MOVED)
    listed = [one for one in found if one.what not in apart]
    for known in days_that_matter(history):
        now = {in_short(one, history) for one in listed if one.known_on <= known < one.known_until}
        wanted = by_the_rule(history, known)
        steps = {row for row in wanted if row[0] == "stage"}
        assert now - steps == wanted - steps
        assert now & steps <= steps  # those that an actual tells of are left out
        told_by_actual = {row[2] for row in wanted if row[0] == "actual"}
        assert not steps - now or told_by_actual


@settings(max_examples=60, deadline=None)
@given(histories())
def test_the_same_event_is_known_in_one_span_at_a_time(history):
    found = events.events(history, rectangles(history))
    for number, one in enumerate(found):
        assert one.known_on < one.known_until
        for other in found[number + 1 :]:
            alike = (one.what, one.day, one.milestone, one.ref, one.was_ref) == (
                *(other.what, other.day, other.milestone),
                *(other.ref, other.was_ref),
            )
            assert not alike or one.known_until < other.known_on or other.known_until < one.known_on
