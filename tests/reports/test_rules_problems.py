"""Who may raise, take back, answer and close a problem."""

from dataclasses import replace

import pytest

from projects.choices import ReportState, Role
from projects.core.roles import Person
from projects.reports.rules.problems import (
    Obstacle,
    refusal_to_close,
    refusal_to_raise,
    refusal_to_reply,
    refusal_to_take_back,
)

RAISING, RESPONSIBLE, THIRD = 1, 2, 3
DRAFT, SUBMITTED, RETURNED, APPROVED = ReportState


def reporter(department: int | None, **fields) -> Person:
    return Person(1, frozenset({Role.REPORTER.value}), department, **fields)


REVIEWER = Person(2, frozenset({Role.REVIEWER.value}))
STRANGER = Person(3, frozenset(), RAISING)
GONE = reporter(RAISING, is_active=False)
OPEN = Obstacle(RAISING, RESPONSIBLE, APPROVED)


def code(refusal) -> str | None:
    return refusal and refusal.code


@pytest.mark.parametrize(
    ("who", "state", "text", "expected"),
    [
        (reporter(RAISING), DRAFT, "征地未完", None),
        (reporter(RAISING), RETURNED, "征地未完", None),
        (reporter(RAISING), SUBMITTED, "征地未完", "moved_on"),
        (reporter(RAISING), APPROVED, "征地未完", "moved_on"),
        (reporter(RAISING), DRAFT, " ", "text_missing"),
        (reporter(THIRD), DRAFT, "征地未完", "not_yours"),
        (REVIEWER, DRAFT, "征地未完", "not_yours"),
        (STRANGER, DRAFT, "征地未完", "not_yours"),
        (GONE, DRAFT, "征地未完", "not_yours"),
    ],
)
def test_who_raises_one(who, state, text, expected):
    assert code(refusal_to_raise(who, RAISING, state, text)) == expected


@pytest.mark.parametrize(
    ("who", "state", "may_reply", "may_close"),
    [
        (reporter(RAISING), APPROVED, True, True),
        (reporter(RAISING), DRAFT, True, True),
        (reporter(RESPONSIBLE), APPROVED, True, False),
        # A draft is nobody else's, a returned report neither.
        (reporter(RESPONSIBLE), DRAFT, False, False),
        (reporter(RESPONSIBLE), SUBMITTED, False, False),
        (reporter(RESPONSIBLE), RETURNED, False, False),
        (REVIEWER, APPROVED, True, True),
        (REVIEWER, SUBMITTED, True, True),
        (REVIEWER, DRAFT, False, False),
        (reporter(THIRD), APPROVED, False, False),
        (STRANGER, APPROVED, False, False),
        (GONE, APPROVED, False, False),
    ],
)
def test_who_answers_and_who_closes_one(who, state, may_reply, may_close):
    problem = replace(OPEN, report=state)
    assert code(refusal_to_reply(who, problem, "已协调")) == (None if may_reply else "not_yours")
    assert code(refusal_to_close(who, problem, "已解决")) == (None if may_close else "not_yours")


def test_a_closed_one_is_answered_and_closed_no_more():
    closed = replace(OPEN, is_closed=True)
    assert code(refusal_to_reply(reporter(RAISING), closed, "x")) == "problem_closed"
    assert code(refusal_to_close(REVIEWER, closed, "x")) == "problem_closed"


def test_words_are_asked_for():
    assert code(refusal_to_reply(reporter(RESPONSIBLE), OPEN, " ")) == "text_missing"
    assert code(refusal_to_close(REVIEWER, OPEN, "")) == "text_missing"


@pytest.mark.parametrize(
    ("who", "state", "expected"),
    [
        (reporter(RAISING), DRAFT, None),
        (reporter(RAISING), RETURNED, None),
        (reporter(RAISING), SUBMITTED, "moved_on"),
        (reporter(RAISING), APPROVED, "moved_on"),
        (reporter(RESPONSIBLE), DRAFT, "not_yours"),
        (REVIEWER, RETURNED, "not_yours"),
        (STRANGER, DRAFT, "not_yours"),
        (GONE, DRAFT, "not_yours"),
    ],
)
def test_who_takes_one_back(who, state, expected):
    assert code(refusal_to_take_back(who, replace(OPEN, report=state), is_answered=False)) == expected


def test_what_was_answered_or_closed_is_not_taken_back():
    returned = replace(OPEN, report=RETURNED)
    assert code(refusal_to_take_back(reporter(RAISING), returned, is_answered=True)) == "problem_answered"
    closed = replace(returned, is_closed=True)
    assert code(refusal_to_take_back(reporter(RAISING), closed, is_answered=True)) == "problem_closed"
