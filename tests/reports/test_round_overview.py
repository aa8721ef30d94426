"""A round by unit and state, and several rounds in numbers."""

from datetime import timedelta

import pytest
import time_machine

from projects.choices import Topic
from projects.claims import projection
from projects.models import Round
from projects.models.user import person_of
from projects.reports import rounds
from projects.reports.round_overview import grid, summaries, total
from projects.reports.rules.rounds import Tally
from tests.cast import AT, published, source
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
    assert home.tally == Tally(missing=1, draft=1, returned=1, submitted=1, approved=1)
    assert (home.missing, home.tally.expected, home.tally.handed_in) == ([silent], 5, 2)
    assert [one.state for one in home.outstanding] == ["", "draft", "returned"]
    assert (transport.department, transport.missing) == (people.other_reporter.department, [other])
    assert (nobody.department, nobody.missing, nobody.tally.handed_in) == (None, [nameless], 0)
    assert total([home, transport, nobody]) == home.tally + Tally(missing=2)


def test_what_was_reported_counts_even_where_it_was_not_asked_for(people):
    """A project that went into operation in this very round."""
    finished = content(stage="operating", to_date=None, confirmed={"no_photo": "下月补"})
    approved(on_record(), people, finished)
    [line] = lines(people.reviewer)
    assert (line.tally.expected, line.tally.handed_in, line.missing) == (1, 1, [])


def test_late_ones_are_counted(people):
    monthly_round, of = month_round(), on_record()
    rounds.close_round(monthly_round, by=None, at=AT)
    submitted(of, people, monthly_round=monthly_round)
    assert lines(people.reviewer)[0].tally.late == 1


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
    monthly_round, reviewer = month_round(), person_of(people.reviewer)
    with django_assert_num_queries(2):
        [line] = grid(monthly_round, reviewer)
        assert line.department.name and len([str(one) for one in line.missing]) == count


def test_a_closed_round_stays_as_it_was(people):
    """A project that is signed later was not asked for; one that has come to its end since was."""
    monthly_round, finished = month_round(), on_record()
    rounds.close_round(monthly_round, by=None, at=AT)
    later = AT + timedelta(days=70)
    notice = source("notice", published="2026-04-20", kind="notice")
    published(finished, Topic.STAGE, "operating", source=notice)
    projection.rebuild(finished)
    on_record(said_in=notice)
    with time_machine.travel(later):
        assert lines(people.reviewer)[0].missing == [finished]
        rounds.open_round("2026-04", by=None, at=later)
        asked = [one.tally.expected for one in summaries(Round.objects.all(), person_of(people.reviewer))]
        assert asked == [1, 1]
        assert grid(Round.objects.get(month="2026-04"), person_of(people.reviewer))[0].missing != [finished]


def test_a_report_counts_where_the_record_knew_nothing_of_its_project_yet(people):
    """A late one on a project that came on record after the round was closed."""
    monthly_round = month_round()
    rounds.close_round(monthly_round, by=None, at=AT)
    of = on_record(said_in=source("notice", published="2026-03-20", kind="notice"))
    with time_machine.travel(AT + timedelta(days=30)):
        draft_of(of, people, monthly_round=monthly_round, at=AT + timedelta(days=30))
        [line] = lines(people.reviewer)
    assert line.tally == Tally(draft=1)


@pytest.mark.parametrize("who", ["reviewer", "reporter", "other_reporter", "editor"])
def test_the_list_says_in_numbers_what_each_grid_says(people, who):
    on_record(), on_record(department=None), on_record(department=people.other_reporter.department)
    submitted(on_record(), people), approved(on_record(), people), draft_of(on_record(), people)
    rounds.open_round("2026-03", by=None, at=AT)
    old = rounds.open_round("2025-12", by=None, at=AT)
    submitted(on_record(), people, monthly_round=old)
    rounds.close_round(old, by=None, at=AT)
    person = person_of(getattr(people, who))
    told = summaries(Round.objects.all(), person)
    assert [one.round.month for one in told] == ["2026-03", "2026-02", "2025-12"]
    assert [one.tally for one in told] == [total(grid(one.round, person)) for one in told]
    seen = {"reviewer": (1, 2), "reporter": (1, 2)}.get(who, (0, 0))
    assert (told[2].tally.late, told[1].tally.handed_in) == seen


@pytest.mark.parametrize("count", [1, 12])
def test_many_rounds_take_as_many_statements_as_one(people, count, django_assert_num_queries):
    for month in range(1, count + 1):
        rounds.open_round(f"2025-{month:02}", by=None, at=AT)
    submitted(on_record(), people)
    person, some = person_of(people.reviewer), list(Round.objects.all())
    with django_assert_num_queries(2):
        assert summaries(some, person)[0].tally.expected == 1
