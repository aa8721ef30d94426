"""A round by unit and state."""

import pytest

from projects.actions import rounds
from projects.choices import ReportState
from projects.models.report import person_of
from projects.queries.rounds import grid
from tests.cast import AT
from tests.paperwork import approved, content, draft_of, month_round, on_record, returned, submitted

pytestmark = pytest.mark.django_db


def lines(user):
    return grid(month_round(), person_of(user))


def test_every_unit_with_its_states_and_who_has_not_reported(people):
    silent, nameless = on_record(), on_record(department=None)
    draft_of(on_record(), people), returned(on_record(), people)
    submitted(on_record(), people), approved(on_record(), people)
    other = on_record(department=people.other_reporter.department)
    home, transport, nobody = lines(people.reviewer)
    assert home.department == people.reporter.department
    assert home.counts == dict.fromkeys(ReportState.values, 1)
    assert (home.missing, home.expected, home.handed_in, home.late) == ([silent], 5, 2, 0)
    assert (transport.department, transport.missing) == (people.other_reporter.department, [other])
    assert (nobody.department, nobody.missing, nobody.handed_in) == (None, [nameless], 0)


def test_what_was_reported_counts_even_where_it_was_not_asked_for(people):
    """A project that went into operation in this very round."""
    finished = content(stage="operating", to_date=None, confirmed={"no_photo": "下月补"})
    approved(on_record(), people, finished)
    [line] = lines(people.reviewer)
    assert (line.expected, line.handed_in, line.missing) == (1, 1, [])


def test_late_ones_are_counted(people):
    round, of = month_round(), on_record()
    rounds.close_round(round, by=None, at=AT)
    submitted(of, people, round=round)
    assert lines(people.reviewer)[0].late == 1


def test_a_reporter_sees_the_own_unit_and_others_nothing(people):
    on_record(), on_record(department=people.other_reporter.department), on_record(department=None)
    [line] = lines(people.reporter)
    assert line.department == people.reporter.department
    assert lines(people.editor) == lines(people.stranger) == []


@pytest.mark.parametrize("count", [1, 4])
def test_it_takes_as_many_statements_for_many_rows(people, count, django_assert_num_queries):
    for _ in range(count):
        submitted(on_record(), people)
        on_record()
    round, reviewer = month_round(), person_of(people.reviewer)
    with django_assert_num_queries(2):
        [line] = grid(round, reviewer)
        assert line.department.name and len([str(one) for one in line.missing]) == count
