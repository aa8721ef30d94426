"""What is to be said on a day, to whom, once: by tables and by properties."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.choices import NoticeKind, ReportState, Role
from projects.core import fuzzy_dates
from projects.core.promises import Dated, Facts
from projects.notices.rules import Reminder
from projects.reports.rules import reminders
from projects.reports.rules.decisions import ApprovedReports, DecidedEntries
from projects.reports.rules.reminders import (
    ExpectedReport,
    HandedReport,
    Outlook,
    Paused,
    Pledge,
    Raised,
    RoundMonth,
    due,
)

K = NoticeKind
OURS, THEIRS = 1, 2
OPENS_ON, CLOSES_ON = date(2026, 2, 25), date(2026, 3, 5)
ASKED = (
    ExpectedReport("QJ-0001", OURS),
    ExpectedReport("QJ-0002", OURS, ReportState.SUBMITTED),
    ExpectedReport("QJ-0003", OURS, ReportState.RETURNED),
    ExpectedReport("QJ-0004", THEIRS, ReportState.DRAFT),
    ExpectedReport("QJ-0005", None),
)


def said(today: date, **given) -> list[tuple]:
    return [(one.kind, one.subject, one.department, one.projects) for one in due(Outlook(**given), today)]


def month(closed_on: date | None = None, asked=ASKED) -> RoundMonth:
    return RoundMonth("2026-02", OPENS_ON, CLOSES_ON, closed_on, asked)


MISSING = [(OURS, ("QJ-0001", "QJ-0003")), (THEIRS, ("QJ-0004",))]


@pytest.mark.parametrize(
    ("today", "kind", "step"),
    [
        (date(2026, 2, 25), K.ROUND_OPENED, ""),
        (date(2026, 3, 1), K.ROUND_OPENED, ""),
        (date(2026, 3, 2), K.ROUND_CLOSING, "/3"),
        (date(2026, 3, 3), K.ROUND_CLOSING, "/3"),
        (date(2026, 3, 4), K.ROUND_CLOSING, "/1"),
        (date(2026, 3, 5), K.ROUND_CLOSING, "/1"),
    ],
)
def test_an_open_round_tells_each_unit_what_it_has_not_handed_in(today, kind, step):
    units = [(kind, f"2026-02{step}", unit, codes) for unit, codes in MISSING]
    nobodys = (K.NO_UNIT, "2026-02", None, ("QJ-0005",))
    assert said(today, months=(month(),)) == [*units, nobodys, nobodys]
    told = [one.role for one in due(Outlook(months=(month(),)), today) if one.kind == K.NO_UNIT]
    assert told == [Role.REVIEWER, Role.EDITOR]


def test_before_it_opens_and_between_its_end_and_its_closing_nothing_is_said():
    assert said(OPENS_ON - timedelta(1), months=(month(),)) == []
    assert said(CLOSES_ON + timedelta(1), months=(month(),)) == []


@pytest.mark.parametrize(("days", "is_news"), [(0, True), (7, True), (8, False)])
def test_a_closed_round_tells_units_and_reviewers_while_it_is_news(days, is_news):
    closed_on = date(2026, 3, 6)
    units = [(K.ROUND_CLOSED, "2026-02", unit, codes) for unit, codes in MISSING]
    everything = ("QJ-0001", "QJ-0003", "QJ-0004", "QJ-0005")
    expected = [*units, (K.ROUND_CLOSED, "2026-02", None, everything)] if is_news else []
    assert said(closed_on + timedelta(days), months=(month(closed_on),)) == expected


def test_where_all_is_handed_in_only_reviewers_are_told_of_the_end():
    done = (ExpectedReport("QJ-0001", OURS, ReportState.APPROVED),)
    assert said(date(2026, 3, 4), months=(month(asked=done),)) == []
    closed = said(date(2026, 3, 6), months=(month(date(2026, 3, 6), done),))
    assert closed == [(K.ROUND_CLOSED, "2026-02", None, ())]


def handed(code="QJ-0001", on=date(2026, 3, 2), **fields) -> HandedReport:
    return HandedReport("2026-02", code, OURS, on, **fields)


def test_a_returned_report_is_told_to_its_unit_with_the_note():
    back = handed(returned_at="2026-03-02T01:00:00+00:00", note="Which lot?")
    [one] = due(Outlook(handed=(back,)), date(2026, 3, 2))
    assert (one.kind, one.role, one.department) == (K.REPORT_RETURNED, Role.REPORTER, OURS)
    assert (one.projects, one.values["note"]) == (("QJ-0001",), "Which lot?")
    again = handed(returned_at="2026-03-03T01:00:00+00:00")
    assert reminders.returned(again).subject != one.subject, "a second return is told again"


def test_reports_that_wait_longer_than_three_days_are_told_by_the_day_they_came():
    reports = (handed(), handed("QJ-0002"), handed("QJ-0003", date(2026, 3, 3)))
    assert said(date(2026, 3, 5), handed=reports) == []
    first = (K.REPORTS_WAITING, "2026-03-02", None, ("QJ-0001", "QJ-0002"))
    assert said(date(2026, 3, 6), handed=reports) == [first]
    second = (K.REPORTS_WAITING, "2026-03-03", None, ("QJ-0003",))
    assert said(date(2026, 3, 7), handed=reports) == [first, second]


def test_nobody_is_told_to_review_what_he_or_she_wrote():
    reports = (handed(writers=frozenset({7})), handed("QJ-0002", writers=frozenset({8})))
    [one] = due(Outlook(handed=reports), date(2026, 3, 6))
    assert one.projects_for(7) == ("QJ-0002",) and one.projects_for(9) == ("QJ-0001", "QJ-0002")
    alone = Reminder(one.kind, one.subject, one.role, None, ("QJ-0001",), {}, (frozenset({7}),))
    assert not alone.concerns(7) and alone.concerns(8)


@pytest.mark.parametrize(
    ("noted_on", "today", "subject"),
    [
        (None, date(2026, 3, 2), "QJ-0001/2026-33"),
        (date(2025, 12, 31), date(2026, 1, 1), "QJ-0001/2026-33"),
        (date(2026, 1, 31), date(2026, 3, 31), None),
        (date(2026, 1, 31), date(2026, 4, 1), "QJ-0001/2026-34"),
        (date(2026, 1, 31), date(2026, 12, 1), "QJ-0001/2026-36"),
    ],
)
def test_a_pause_is_asked_about_once_a_quarter(noted_on, today, subject):
    found = said(today, pauses=(Paused("QJ-0001", OURS, noted_on),))
    assert [one[1] for one in found] == ([subject] if subject else [])


def dated(text: str) -> Dated:
    return Dated("f0001", fuzzy_dates.parse(text), fuzzy_dates.parse("2024-10-17"))


def pledge(**facts) -> Pledge:
    facts = {"first": dated("2026-06-30"), "promised": dated("2026-06-30")} | facts
    return Pledge("QJ-0001", OURS, Facts("completed", "", **facts))


SUBJECT = "QJ-0001/completed//2026-06-30"


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 5, 30), None),
        (date(2026, 5, 31), (K.PROMISE_NEAR, f"{SUBJECT}/30")),
        (date(2026, 6, 22), (K.PROMISE_NEAR, f"{SUBJECT}/30")),
        (date(2026, 6, 23), (K.PROMISE_NEAR, f"{SUBJECT}/7")),
        (date(2026, 6, 30), (K.PROMISE_NEAR, f"{SUBJECT}/7")),
        (date(2026, 7, 1), (K.PROMISE_PASSED, SUBJECT)),
        (date(2026, 9, 28), (K.PROMISE_PASSED, SUBJECT)),
        (date(2026, 9, 29), None),
    ],
)
def test_a_promise_is_told_as_it_comes_near_and_once_it_has_passed(today, expected):
    found = said(today, pledges=(pledge(),))
    assert [one[:2] for one in found] == ([expected] if expected else [])


@pytest.mark.parametrize(
    "facts",
    [
        {"actual": dated("2026-05-01")},
        {"whole_actual": dated("2026-05-01")},
        {"is_reached": True},
        {"is_cancelled": True},
        {"promised": None},
    ],
    ids=lambda facts: next(iter(facts)),
)
@pytest.mark.parametrize("today", [date(2026, 6, 25), date(2026, 7, 1)])
def test_a_promise_of_which_there_is_word_is_not_told(facts, today):
    assert said(today, pledges=(pledge(**facts),)) == []


def test_a_promise_that_moved_is_told_by_its_new_date():
    moved = pledge(promised=dated("2026-09-30"))
    assert said(date(2026, 6, 25), pledges=(moved,)) == []
    [one] = said(date(2026, 9, 25), pledges=(moved,))
    assert one[1] == "QJ-0001/completed//2026-09-30/7"


@pytest.mark.parametrize(
    ("today", "kind", "to_reviewers"),
    [
        (date(2026, 3, 1), K.PROBLEM_ASSIGNED, False),
        (date(2026, 3, 6), K.PROBLEM_ASSIGNED, False),
        (date(2026, 3, 7), K.PROBLEM_DUE, True),
        (date(2026, 3, 10), K.PROBLEM_DUE, True),
        (date(2026, 3, 11), K.PROBLEM_OVERDUE, True),
    ],
)
def test_a_problem_is_told_to_its_unit_and_to_reviewers_once_it_presses(today, kind, to_reviewers):
    raised = Raised(5, "QJ-0001", THEIRS, date(2026, 3, 10))
    told = [(kind, "5/2026-03-10", unit, ("QJ-0001",)) for unit in (THEIRS, None)]
    assert said(today, problems=(raised,)) == told[: 1 + to_reviewers]


@pytest.mark.parametrize(("days", "is_told"), [(0, False), (1, True), (3, True), (4, False)])
def test_a_day_of_decisions_is_told_together_once_it_is_over(days, is_told):
    """To the unit whose reports they are, and to each author alone."""
    on = date(2026, 3, 2)
    approved = (ApprovedReports("2026-02", OURS, on, ("QJ-0001", "QJ-0002")),)
    decided = (DecidedEntries(7, Role.EDITOR, None, on, ("QJ-0003",)),)
    found = due(Outlook(approved=approved, decided=decided), on + timedelta(days=days))
    told = [
        Reminder(
            K.REPORTS_APPROVED, "2026-02/2026-03-02", Role.REPORTER, OURS, ("QJ-0001", "QJ-0002"),
            {"month": "2026-02", "since": "2026-03-02"},
        ),
        Reminder(
            K.ENTRIES_DECIDED, "2026-03-02", Role.EDITOR, None, ("QJ-0003",), {"since": "2026-03-02"}, to=7
        ),
    ]  # fmt: skip
    assert found == (told if is_told else [])


def test_what_belongs_to_no_unit_has_nobody_to_be_told():
    nobodys = Pledge("QJ-0001", None, pledge().told)
    assert said(date(2026, 6, 25), pledges=(nobodys,), pauses=(Paused("QJ-0001", None, None),)) == []


DAY = st.dates(date(2026, 1, 1), date(2026, 12, 31))
OUTLOOKS = st.builds(
    Outlook,
    months=st.tuples(st.just(month())),
    handed=st.lists(st.builds(handed, on=DAY), max_size=3).map(tuple),
    pledges=st.lists(st.builds(lambda day: pledge(promised=dated(day.isoformat())), DAY), max_size=3).map(
        tuple
    ),
    pauses=st.lists(st.builds(Paused, st.just("QJ-0009"), st.just(OURS), st.none() | DAY), max_size=2).map(
        tuple
    ),
    problems=st.lists(st.builds(Raised, st.integers(1, 9), st.just("QJ-0001"), st.just(OURS), DAY)).map(
        tuple
    ),
)


def keys(outlook: Outlook, today: date) -> set[tuple]:
    return {(one.kind, one.subject, one.department) for one in due(outlook, today)}


@given(outlook=OUTLOOKS, today=DAY)
def test_the_same_day_says_the_same(outlook, today):
    assert due(outlook, today) == due(outlook, today)


@given(outlook=OUTLOOKS, today=DAY, silence=st.integers(1, 90))
def test_after_silence_nothing_is_said_that_a_daily_run_had_not_said(outlook, today, silence):
    """It says less (the most pressing step alone), never more and never something else."""
    last = today + timedelta(silence)
    daily = set().union(*(keys(outlook, today + timedelta(day)) for day in range(silence + 1)))
    assert keys(outlook, last) <= daily


@given(outlook=OUTLOOKS, today=DAY)
def test_reporters_are_told_of_one_unit_and_editors_of_what_has_none(outlook, today):
    for one in due(outlook, today):
        assert (one.role == Role.REPORTER) == (one.department is not None)
        assert one.role != Role.EDITOR or one.kind == NoticeKind.NO_UNIT
