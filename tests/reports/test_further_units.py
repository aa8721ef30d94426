"""Who stands in for a unit: what is reached, written, told and recorded on each day, ending at midnight."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group

from projects.audit import log
from projects.choices import NoticeKind, Role
from projects.core.refusals import Refused
from projects.core.roles import Person, UnitTerm
from projects.models import Attachment, AuditEntry, Notice, Problem, Report
from projects.models.user import person_of
from projects.notices import inbox
from projects.notices.rules import Reminder
from projects.reports import hand_over, moves, problems, report_sheet, round_overview
from tests.attaching import with_photo
from tests.cast import AT, TODAY, department, stand_in
from tests.paperwork import approved, content, draft_of, month_round, on_record

pytestmark = [pytest.mark.django_db, pytest.mark.every_engine]

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 4)
DAYS = [
    (date(2026, 3, 1), False),
    (FIRST, True),
    (date(2026, 3, 3), True),
    (LAST, True),
    (date(2026, 3, 5), False),
]
MIDNIGHT = datetime(2026, 3, 4, 16, tzinfo=UTC)  # at which the fourth of March ends in Shanghai


@pytest.fixture
def other(people):
    stand_in(people.other_reporter, department(), FIRST, LAST)
    return people.other_reporter


@pytest.mark.parametrize(("day", "holds"), DAYS)
def test_a_term_holds_from_its_first_day_to_its_last(day, holds):
    assert UnitTerm(1, FIRST, LAST).holds(day) is holds
    assert UnitTerm(1, FIRST).holds(day) is (day >= FIRST)


def test_the_units_are_ones_own_and_the_further_ones():
    assert Person(1, department=7, further_units=frozenset({8, 9})).units == {7, 8, 9}
    assert Person(1, further_units=frozenset({8})).units == {8}
    assert Person(1).units == frozenset()


@pytest.mark.parametrize(("day", "holds"), DAYS)
def test_every_table_is_reached_on_the_same_days(people, other, day, holds):
    """By a reviewer's role as well the drafts of a unit, and the entries of the audit that tell of them."""
    report = draft_of(on_record(), people)
    with_photo(report, people.reporter, caption="基坑")
    problems.raise_(report, "用地", department=department(), due_on=LAST, by=people.reporter, at=AT)
    inbox.tell([Reminder(NoticeKind.ROUND_OPENED, "2026-02", Role.REPORTER, department().pk)], at=AT)
    other.groups.add(Group.objects.get(name=Role.REVIEWER.value))
    person = person_of(other, day)
    reached = [one.objects.reachable_by(person).exists() for one in (Report, Problem, Attachment)]
    reached.append(AuditEntry.objects.reachable_by(person).filter(report=report).exists())
    reached.append(Notice.objects.reachable_by(person).filter(role=Role.REPORTER).exists())
    assert reached == [holds] * 5


def test_the_round_asks_for_both_units(people, other):
    on_record(), on_record(department=other.department)
    monthly_round = month_round()
    found = round_overview.units(monthly_round, person_of(other, FIRST))
    assert [(one.department.code, one.tally.expected) for one in found] == [("fagai", 1), ("jiaotong", 1)]
    found = round_overview.units(monthly_round, person_of(other, LAST + timedelta(days=1)))
    assert [one.department.code for one in found] == ["jiaotong"]


@pytest.mark.parametrize(
    ("at", "may"),
    [(MIDNIGHT - timedelta(seconds=1), True), (MIDNIGHT, False), (AT - timedelta(days=1), False)],
)
def test_writing_ends_at_midnight_in_shanghai_and_the_draft_stays(people, other, at, may):
    of, monthly_round = on_record(), month_round()
    report = draft_of(of, people)
    said = {"monthly_round": monthly_round, "expected": report.version, "by": other, "at": at}
    if may:
        assert moves.save_draft(of, content(works="浇筑"), **said).works == "浇筑"
        sheet = report_sheet.find(person_of(people.reporter), "2026-02", of.code, TODAY)
        assert (sheet.may_write, sheet.report.works) == (True, "浇筑"), "the unit finds it"
    else:
        with pytest.raises(Refused, match="not_yours"):
            moves.save_draft(of, content(works="浇筑"), **said)


def test_a_draft_begun_by_a_stand_in_goes_along_with_its_project(people, other):
    of = on_record()
    moves.save_draft(of, content(works="浇筑"), monthly_round=month_round(), expected=0, by=other, at=AT)
    to = department("shuili", name="水利局")
    hand_over.hand_over(department(), to, [of], by=people.editor, at=AT)
    assert not Report.objects.reachable_by(person_of(other, FIRST)).exists()
    stand_in(people.reporter, to, FIRST)
    assert Report.objects.reachable_by(person_of(people.reporter, FIRST)).get().works == "浇筑"


def test_nobody_approves_what_he_wrote_for_another_unit(people, other):
    of = on_record()
    draft = moves.save_draft(of, content(), monthly_round=month_round(), expected=0, by=other, at=AT)
    report = moves.submit(draft, expected=draft.version, by=other, at=AT)
    other.groups.add(Group.objects.get(name=Role.REVIEWER.value))
    with pytest.raises(Refused, match="own_report"):
        moves.approve(report, expected=report.version, by=other, at=AT)


def test_the_audit_says_in_which_capacity(people, other):
    draft = moves.save_draft(on_record(), content(), monthly_round=month_round(), expected=0, by=other, at=AT)
    with_photo(draft, other, caption="基坑")
    problems.raise_(draft, "用地", department=other.department, due_on=LAST, by=other, at=AT)
    moves.submit(draft, expected=draft.version, by=other, at=AT)
    approved(on_record(department=other.department), people_of(people, other))
    told = [(one.action, (one.after or {}).get("stands_in_for")) for one in entries(other)]
    assert told == [
        ("report.enter", "fagai"),
        ("attachment.add", "fagai"),
        ("problem.raise", "fagai"),
        ("report.submit", "fagai"),
        ("report.enter", None),
        ("report.submit", None),
    ]
    assert log.first_broken() is None


def people_of(people, reporter):
    return type(people)(**{**vars(people), "reporter": reporter})


def entries(by):
    return AuditEntry.objects.filter(by=by).order_by("number")


@pytest.mark.parametrize(("day", "holds"), DAYS)
def test_whoever_stands_in_is_told_what_the_unit_is_told(other, day, holds):
    at = datetime(day.year, day.month, day.day, 1, tzinfo=UTC)
    with time_machine.travel(at):
        inbox.tell([Reminder(NoticeKind.ROUND_OPENED, "2026-02", Role.REPORTER, department().pk)], at=at)
    assert Notice.objects.filter(user=other).exists() is holds


@pytest.mark.parametrize("terms", [0, 1, 3])
def test_a_person_takes_as_many_statements_whatever_the_terms(people, terms, django_assert_num_queries):
    for number in range(terms):
        stand_in(people.other_reporter, department(f"unit{number}", name=f"单位{number}"), FIRST)
    with django_assert_num_queries(2):
        person_of(people.other_reporter, FIRST)
    with django_assert_num_queries(1):
        person_of(people.reviewer, FIRST)
