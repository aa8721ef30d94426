"""What waits for an official, in order of urgency, with as many statements for many rows as for one."""

from datetime import date

import pytest

from projects.choices import Condition, Role, Stage, Topic
from projects.claims import projection
from projects.core import fuzzy_dates
from projects.desk import reporter_desk
from projects.desk.reporter_desk import Desk, desk_of
from projects.models import Report
from projects.models.user import person_of
from projects.reports import moves, problems
from projects.reports.rules.content import Pause
from tests.cast import AT, TODAY, person, published
from tests.paperwork import approved, content, draft_of, month_round, on_record, returned, submitted

pytestmark = pytest.mark.django_db

PAUSE = Pause("资金未到位", fuzzy_dates.parse("2026-12"), "仍在筹措")


def of(user, today=TODAY) -> Desk:
    return desk_of(person_of(user), today)


def promise(project, until: str, measure="completed") -> None:
    published(project, Topic.PROMISED, fuzzy_dates.parse(until), measure=measure)
    projection.rebuild(project)


def test_an_empty_desk_says_that_all_is_done(people):
    assert of(people.reporter) == Desk() and Desk().is_done
    month_round()
    on_record(department=people.other_reporter.department)
    assert of(people.reporter).is_done


@pytest.mark.parametrize("who", ["reviewer", "editor", "stranger"])
def test_who_reports_for_nobody_has_no_desk(people, who):
    month_round()
    on_record()
    assert of(getattr(people, who)).is_done


def test_a_deactivated_account_has_none(people):
    month_round()
    on_record()
    people.reporter.is_active = False
    assert of(people.reporter).is_done


def test_reports_due_the_most_urgent_first(people):
    first, second = on_record(), on_record()
    month_round(), month_round("2026-01")
    due = of(people.reporter).due
    assert [(one.round.month, one.project, one.days_left) for one in due] == [
        ("2026-01", first, -25),
        ("2026-01", second, -25),
        ("2026-02", first, 3),
        ("2026-02", second, 3),
    ]
    draft_of(first, people)
    assert len(of(people.reporter).due) == 3


@pytest.mark.parametrize(
    ("fields", "is_due"),
    [
        ({}, True),
        ({"stage": Stage.PLANNED.value}, False),
        ({"stage": Stage.OPERATING.value}, False),
        ({"is_public": False}, False),
        ({"department": None}, False),
    ],
)
def test_of_which_projects_a_report_is_due(people, fields, is_due):
    month_round()
    on_record(**fields)
    assert bool(of(people.reporter).due) is is_due


def test_a_round_asks_while_it_is_open(people):
    on_record()
    month_round()
    assert not of(people.reporter, date(2026, 2, 24)).due
    assert of(people.reporter, date(2026, 3, 9)).due[0].days_left == -4


def test_drafts_and_returned_ones_wait_with_the_note(people):
    begun, back, handed_in = draft_of(on_record(), people), returned(on_record(), people), on_record()
    submitted(handed_in, people)
    found = of(people.reporter)
    assert (found.drafts, found.returned) == ((begun,), (back,))
    assert found.returned[0].return_note == "Which lot?"
    assert not found.due
    assert of(people.other_reporter).is_done


def test_many_drafts_hide_nothing_that_was_returned(people, monkeypatch):
    monkeypatch.setattr(reporter_desk, "MAX_SHOWN", 1)
    for _ in range(4):
        draft_of(on_record(), people)
    back = returned(on_record(), people)
    found = of(people.reporter)
    assert (len(found.drafts), found.returned) == (1, (back,))


def test_problems_wait_at_the_unit_that_answers_for_them(people):
    report = draft_of(on_record(), people)
    raised = problems.raise_(
        report,
        "征地未完",
        department=people.other_reporter.department,
        due_on=TODAY,
        by=people.reporter,
        at=AT,
    )
    assert not of(people.other_reporter).problems
    report = moves.submit(report, expected=report.version, by=people.reporter, at=AT)
    moves.approve(report, expected=report.version, by=people.reviewer, at=AT)
    assert of(people.other_reporter).problems == (raised,) and not of(people.reporter).problems
    problems.close(raised, "已解决", by=people.reporter, at=AT)
    assert not of(people.other_reporter).problems


def test_promises_about_to_fall_due(people):
    soon, far, past, kept = (on_record() for _ in range(4))
    promise(soon, "2026-03")
    promise(far, "2026-06")
    promise(past, "2026-01")
    published(kept, Topic.ACTUAL, fuzzy_dates.parse("2024-10-17"), measure="started")
    promise(kept, "2026-03", "started")
    assert [(one.project, one.days_left) for one in of(people.reporter).promises] == [(soon, 29)]


def test_a_pause_is_to_be_renewed_each_quarter(people):
    of_it = on_record()
    published(of_it, Topic.CONDITION, Condition.PAUSED.value)
    projection.rebuild(of_it)
    assert of(people.reporter).pauses == (of_it,), "nothing was ever said about it"
    approved(of_it, people, content(condition=Condition.PAUSED.value, pause=PAUSE))
    assert of(people.reporter).pauses == ()
    assert of(people.reporter, date(2026, 4, 1)).pauses == (of_it,)


def full(people, count: int) -> None:
    """So many of everything."""
    for _ in range(count):
        month_round()
        on_record()
        draft_of(on_record(), people)
        returned(on_record(), people)
        promise(on_record(), "2026-03")
        paused = on_record()
        published(paused, Topic.CONDITION, Condition.PAUSED.value)
        projection.rebuild(paused)
        report = draft_of(on_record(), people)
        department = people.reporter.department
        problems.raise_(report, "征地", department=department, due_on=TODAY, by=people.reporter, at=AT)
        report = moves.submit(report, expected=report.version, by=people.reporter, at=AT)
        moves.approve(report, expected=report.version, by=people.reviewer, at=AT)


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_as_many_statements_for_many_rows(people, count, django_assert_num_queries):
    full(people, count)
    person = person_of(people.reporter)
    with django_assert_num_queries(10):
        found = desk_of(person, TODAY)
        said = [str(one) for rows in (found.returned, found.drafts) for one in rows]
        said += [str(one.project) + one.round.month for one in found.due]
        said += [f"{one.report.project} {one.report.round} {one.department}" for one in found.problems]
        said += [str(one.project) for one in found.promises] + [str(one) for one in found.pauses]
    assert len(found.due) == 3 * count and len(said) == 8 * count


# What each may reach


def test_who_reaches_which_report(people):
    begun, back = draft_of(on_record(), people), returned(on_record(), people)
    handed_in, done = submitted(on_record(), people), approved(on_record(), people)
    both = person("both", Role.REPORTER, department=people.reporter.department)
    both.groups.add(*people.reviewer.groups.all())

    def reached(user) -> set[Report]:
        return set(Report.objects.reachable_by(person_of(user)))

    everything = {begun, back, handed_in, done}
    assert reached(people.reporter) == everything == reached(both)
    assert reached(people.reviewer) == everything - {begun}, "a draft is nobody else's"
    assert reached(people.editor) == everything - {begun}, "to read"
    assert reached(people.other_reporter) == reached(people.stranger) == set()
    people.reviewer.is_active = False
    assert reached(people.reviewer) == set()
    assert set(Report.objects.public()) == {done}


def test_without_a_unit_nothing_waits_and_nothing_is_reached(people):
    on_record(department=None)
    month_round()
    lost = person("lost", Role.REPORTER)
    assert of(lost).is_done
    assert not Report.objects.reachable_by(person_of(lost)).exists()
