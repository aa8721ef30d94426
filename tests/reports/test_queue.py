"""The reviewers' queue: oldest first, never one's own, with what would change."""

from dataclasses import replace
from datetime import timedelta

import pytest

from projects.choices import Role
from projects.core.money import Money
from projects.models.user import person_of
from projects.reports import queue
from tests.cast import AT, TODAY, person
from tests.paperwork import PLAIN, approved, content, draft_of, on_record, returned, submitted

pytestmark = pytest.mark.django_db


def waiting(user):
    return queue.beside_record(queue.waiting(person_of(user)), TODAY)


def test_what_was_handed_in_oldest_first(people):
    later = submitted(on_record(), people, at=AT + timedelta(minutes=5))
    earlier = submitted(on_record(), people)
    draft_of(on_record(), people), returned(on_record(), people), approved(on_record(), people)
    assert [one.report for one in waiting(people.reviewer)] == [earlier, later]


@pytest.mark.parametrize("who", ["reporter", "other_reporter", "editor", "stranger"])
def test_nobody_else_has_a_queue(people, who):
    submitted(on_record(), people)
    assert waiting(getattr(people, who)) == []


def test_ones_own_is_not_in_it(people):
    submitted(on_record(), people)
    people.reporter.groups.add(*people.reviewer.groups.all())
    assert waiting(people.reporter) == []
    colleague = person("colleague", Role.REVIEWER, department=people.reporter.department)
    assert len(waiting(colleague)) == 1


def test_it_says_what_would_change_and_what_needs_a_look(people):
    plain = submitted(on_record(), people, replace(PLAIN, works="浇筑"))
    too_much = content(
        to_date=Money(50 * 10**8, "yi", 0), works="追加", confirmed={"beyond_total": "追加投资"}
    )
    doubted = submitted(on_record(), people, too_much)
    first, second = waiting(people.reviewer)
    assert (first.report, first.changed, first.is_plain) == (plain, ("works",), True)
    assert first.held.to_date.value.yuan == PLAIN.to_date.yuan
    assert (second.report, second.changed, second.is_plain) == (doubted, ("to_date", "works"), False)


@pytest.mark.parametrize("count", [1, 4])
def test_it_takes_as_many_statements_for_many_rows(people, count, django_assert_num_queries):
    for _ in range(count):
        submitted(on_record(), people)
    reviewer = person_of(people.reviewer)
    with django_assert_num_queries(5):
        rows = queue.beside_record(queue.waiting(reviewer), TODAY)
        said = [
            (str(one.report), one.report.department.name, one.report.submitted_by.username, one.is_plain)
            for one in rows
        ]
    assert len(said) == count
