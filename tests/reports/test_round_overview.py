"""A round by unit and state, and several rounds in numbers."""

import contextlib
import random
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from projects.core.refusals import Refused
from projects.models import Project, Round, RoundLine
from projects.models.user import person_of
from projects.records import saving
from projects.reports import round_words, rounds
from projects.reports.hand_over import hand_over
from projects.reports.round_overview import UnitLine, came_later, grid, summaries, total
from projects.reports.rules.rounds import Tally
from tests.cast import AT, source
from tests.engines import seeds
from tests.paperwork import (
    MONTH,
    PLAIN,
    approved,
    content,
    draft_of,
    month_round,
    on_record,
    returned,
    submitted,
)
from tests.public.reading import read

pytestmark = pytest.mark.django_db


def lines(user):
    return grid(month_round(), person_of(user))


def missing(line: UnitLine) -> list[Project]:
    """Those on which nothing was begun."""
    return [one.project for one in line.entries if not one.state]


def test_every_unit_with_its_states_and_who_has_not_reported(people):
    silent, nameless = on_record(), on_record(department=None)
    draft_of(on_record(), people), returned(on_record(), people)
    submitted(on_record(), people), approved(on_record(), people)
    other = on_record(department=people.other_reporter.department)
    home, transport, nobody = lines(people.reviewer)
    assert home.department == people.reporter.department
    assert home.tally == Tally(missing=1, draft=1, returned=1, submitted=1, approved=1)
    assert (missing(home), home.tally.expected, home.tally.handed_in) == ([silent], 5, 2)
    assert [one.state for one in home.outstanding] == ["", "draft", "returned"]
    assert (transport.department, missing(transport)) == (people.other_reporter.department, [other])
    assert (nobody.department, missing(nobody), nobody.tally.handed_in) == (None, [nameless], 0)
    assert total([home, transport, nobody]) == home.tally + Tally(missing=2)


def test_what_was_reported_counts_even_where_it_was_not_asked_for(people):
    """A project that went into operation in this very round."""
    finished = content(stage="operating", to_date=None, confirmed={"actual_missing": "试运行后转入"})
    approved(on_record(), people, finished)
    [line] = lines(people.reviewer)
    assert (line.tally.expected, line.tally.handed_in, missing(line)) == (1, 1, [])


def test_late_ones_are_counted(people):
    monthly_round, of = month_round(), on_record()
    submitted(of, people, monthly_round=monthly_round, at=AT + timedelta(days=7))
    assert lines(people.reviewer)[0].tally.late == 1


def test_a_reporter_sees_the_own_unit_and_others_nothing(people):
    on_record(), on_record(department=people.other_reporter.department), on_record(department=None)
    [line] = lines(people.reporter)
    assert line.department == people.reporter.department
    assert len(lines(people.editor)) == 3 and lines(people.stranger) == []


@pytest.mark.parametrize("count", [1, 4])
def test_it_takes_as_many_statements_for_many_rows(people, count, django_assert_num_queries):
    for _ in range(count):
        submitted(on_record(), people)
        on_record()
    monthly_round, reviewer = month_round(), person_of(people.reviewer)
    with django_assert_num_queries(6):
        [line] = grid(monthly_round, reviewer)
        assert line.department.name and len([str(one) for one in missing(line)]) == count


def closed_with_a_gap(people) -> Round:
    """One of two reports came."""
    on_record(), submitted(on_record(), people)
    return rounds.close_round(month_round(), by=None, at=AT)


def told(people) -> tuple[int, str, list[list[str]]]:
    """As the pages tell it: expected, the rate, whose gaps they are."""
    [summary] = summaries(Round.objects.filter(month=MONTH), person_of(people.reviewer))
    found = lines(people.reviewer)
    gaps = [[line.department.code, *(one.code for one in missing(line))] for line in found]
    return summary.tally.expected, round_words.completeness(summary.tally), gaps


def test_an_older_document_entered_later_changes_no_closed_month(people):
    closed_with_a_gap(people)
    before = told(people)
    assert before == (2, "50.0%", [["fagai", "QJ-0001"]])
    on_record(said_in=source("old", published="2024-05-01"))
    assert told(people) == before


def test_a_hand_over_leaves_the_old_gaps_with_the_unit_that_had_them(people):
    closed_with_a_gap(people)
    before = told(people)
    giver, to = people.reporter.department, people.other_reporter.department
    hand_over(giver, to, Project.objects.all(), by=people.editor, at=AT)
    assert told(people) == before
    assert len(grid(Round.objects.get(), person_of(people.other_reporter))) == 0


def test_a_record_that_did_not_exist_was_not_missing(client, people):
    closed_with_a_gap(people)
    of = on_record(said_in=source("old", published="2024-05-01"))
    silent = Project.objects.get(code="QJ-0001")
    with time_machine.travel(AT + timedelta(days=9)):
        assert "not reported" in read(client, f"/en/projects/{silent.slug}/").main, "the control"
        assert "not reported" not in read(client, f"/en/projects/{of.slug}/").main


def test_a_late_report_and_its_approval_change_no_closed_month_and_are_told_beside_it(people):
    monthly_round = closed_with_a_gap(people)
    before, silent = told(people), Project.objects.get(code="QJ-0001")
    approved(silent, people, monthly_round=monthly_round, at=AT + timedelta(days=9))
    assert told(people) == before
    assert came_later(monthly_round, person_of(people.reviewer)) == 1


def test_lines_are_written_once_and_stay(people):
    monthly_round = closed_with_a_gap(people)
    with pytest.raises(Refused, match="round_closed"):
        rounds.close_round(monthly_round, by=None, at=AT)
    assert RoundLine.objects.count() == 2
    with pytest.raises(DatabaseError), transaction.atomic():
        RoundLine.objects.update(is_late=True)


@pytest.mark.parametrize("seed", seeds(3))
def test_whatever_happens_later_a_closed_month_reads_as_it_closed(people, seed):
    """A walk: rounds opened, called off and closed; hand-overs, older documents, late reports, hiding."""
    dice, written = random.Random(seed), {}  # noqa: S311 (no secret)
    units = [people.reporter.department, people.other_reporter.department]
    closed_with_a_gap(people)
    for number in range(40):
        at = AT + timedelta(hours=number)
        step = dice.choice([open_one, call_one_off, close_one, give_away, older_paper, report_late, hide_one])
        with contextlib.suppress(Refused, ValidationError):
            step(people, dice, at, units)
        closed = Round.objects.exclude(closed_at=None)
        for one in summaries(closed, person_of(people.reviewer)):
            told = [
                (line.department, line.tally, [str(e) for e in line.entries])
                for line in grid(one.round, person_of(people.reviewer))
            ]
            assert written.setdefault(one.round.month, (one.tally, told)) == (one.tally, told)
    assert len(written) >= 1


def open_one(people, dice, at, units) -> None:
    rounds.open_round(f"2025-{dice.randint(7, 12):02}", by=people.reviewer, at=at)


def call_one_off(people, dice, at, units) -> None:
    rounds.call_off(dice.choice(list(Round.objects.all()) or [month_round()]), by=people.reviewer, at=at)


def close_one(people, dice, at, units) -> None:
    rounds.close_round(dice.choice(list(Round.objects.all()) or [month_round()]), by=None, at=at)


def give_away(people, dice, at, units) -> None:
    giver, to = dice.sample(units, 2)
    own = list(Project.objects.filter(department=giver))
    hand_over(giver, to, dice.sample(own, min(len(own), 2)), by=people.editor, at=at)


def older_paper(people, dice, at, units) -> None:
    said_in = source(f"paper-{at:%d%H}", published=f"2024-{dice.randint(1, 12):02}-03")
    on_record(said_in=said_in, department=dice.choice(units))


def report_late(people, dice, at, units) -> None:
    some = list(Project.objects.filter(department=units[0]))
    of, monthly_round = dice.choice(some or [on_record()]), dice.choice(list(Round.objects.all()) or [None])
    (approved if dice.random() < 0.5 else submitted)(of, people, PLAIN, monthly_round, at)


def hide_one(people, dice, at, units) -> None:
    of = dice.choice(list(Project.objects.all()) or [on_record()])
    of.is_public = not of.is_public
    saving.save_project(of, by=people.editor, at=at)


def test_a_late_report_on_a_project_that_was_not_asked_for_changes_nothing(people):
    """It came on record after the round was closed."""
    monthly_round = month_round()
    rounds.close_round(monthly_round, by=None, at=AT)
    of = on_record(said_in=source("notice", published="2026-03-20", kind="notice"))
    with time_machine.travel(AT + timedelta(days=30)):
        draft_of(of, people, monthly_round=monthly_round, at=AT + timedelta(days=30))
        assert lines(people.reviewer) == []


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
    seen = {"reviewer": (1, 2), "reporter": (1, 2), "editor": (1, 2)}.get(who, (0, 0))
    assert (told[2].tally.handed_in, told[1].tally.handed_in) == seen


@pytest.mark.parametrize("count", [1, 12])
def test_many_rounds_take_as_many_statements_as_one(people, count, django_assert_num_queries):
    for month in range(1, count + 1):
        rounds.open_round(f"2025-{month:02}", by=None, at=AT)
    submitted(on_record(), people)
    person, some = person_of(people.reviewer), list(Round.objects.all())
    with django_assert_num_queries(3):
        assert summaries(some, person)[0].tally.expected == 1
