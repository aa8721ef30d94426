"""People are told once, each of what concerns the own unit and role; a returned report at once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from projects.choices import NoticeKind, Role
from projects.models import Notice
from projects.models.user import person_of
from projects.notices import inbox
from projects.notices.rules import Reminder
from projects.reports import moves
from tests.cast import AT, person
from tests.paperwork import on_record, returned, submitted

pytestmark = pytest.mark.django_db


def to_unit(people, subject="2026-02", department=None) -> Reminder:
    unit = department or people.reporter.department_id
    return Reminder(NoticeKind.ROUND_OPENED, subject, Role.REPORTER, unit, ("QJ-0001",), {"month": "2026-02"})


def to_reviewers(subject="2026-02", **fields) -> Reminder:
    fields = {"projects": ("QJ-0001", "QJ-0002"), "values": {"since": "2026-02-25"}} | fields
    return Reminder(NoticeKind.REPORTS_WAITING, subject, Role.REVIEWER, **fields)


def told() -> list[str]:
    return sorted(Notice.objects.values_list("user__username", flat=True))


def test_each_is_told_of_the_own_unit_and_once(people):
    theirs = to_unit(people, department=people.other_reporter.department_id)
    assert inbox.tell([to_unit(people)], at=AT) == 1
    assert told() == ["reporter"]
    assert inbox.tell([to_unit(people), theirs], at=AT) == 1
    assert inbox.tell([to_unit(people), theirs], at=AT + timedelta(days=9)) == 0
    assert told() == ["other_reporter", "reporter"]
    assert inbox.tell([to_unit(people, "2026-03")], at=AT) == 1, "another subject is another notice"


def test_reviewers_are_told_administrators_too_and_nobody_else(people):
    person("root", is_superuser=True)
    inbox.tell([to_reviewers()], at=AT)
    assert told() == ["reviewer", "root"]


def test_who_came_later_is_told_later(people):
    inbox.tell([to_unit(people)], at=AT)
    person("newcomer", Role.REPORTER, department=people.reporter.department)
    assert inbox.tell([to_unit(people)], at=AT) == 1
    assert told() == ["newcomer", "reporter"]


@pytest.mark.parametrize("who", ["reporter", "reviewer"])
def test_a_deactivated_account_is_told_nothing(people, who):
    user = getattr(people, who)
    user.is_active = False
    user.save()
    inbox.tell([to_unit(people), to_reviewers()], at=AT)
    assert who not in told() and len(told()) == 1


def test_a_reviewer_is_not_told_of_reports_that_he_or_she_wrote(people):
    both = (frozenset({people.reviewer.pk}),) * 2
    assert inbox.tell([to_reviewers(writers=both)], at=AT) == 0
    inbox.tell([to_reviewers(writers=(both[0], frozenset()))], at=AT)
    assert Notice.objects.get().projects == ["QJ-0002"]


def test_without_a_unit_nobody_is_told(people):
    """The control of a trap: no unit is not every unit."""
    assert inbox.tell([replace(to_unit(people), department=None)], at=AT) == 0


def test_the_number_of_statements_does_not_grow_with_people_and_subjects(people, django_assert_num_queries):
    for number in range(20):
        person(f"colleague{number}", Role.REPORTER, department=people.reporter.department)
    inbox.tell([], at=AT)  # the row that is locked is there from now on
    for subjects, written in ((1, 21), (4, 3 * 21)):  # SQLite inserts 99 rows at once
        reminders = [to_unit(people, f"subject {number}") for number in range(subjects)]
        with django_assert_num_queries(8):
            assert inbox.tell(reminders, at=AT) == written


def test_a_returned_report_is_told_at_once_to_its_unit_with_the_note(people):
    report = returned(on_record(), people)
    notice = Notice.objects.get()
    assert (notice.user, notice.kind, notice.projects) == (people.reporter, "report_returned", ["QJ-0001"])
    assert notice.values == {"month": "2026-02", "note": "Which lot?"}
    again = moves.submit(report, expected=report.version, by=people.reporter, at=AT)
    moves.return_(
        again, expected=again.version, note="Which lot?", by=people.reviewer, at=AT + timedelta(hours=1)
    )
    assert Notice.objects.count() == 2, "a second return is told again"


def test_where_the_return_fails_nobody_is_told(people):
    report = submitted(on_record(), people)
    with pytest.raises(Exception, match="note_missing"):
        moves.return_(report, expected=report.version, note=" ", by=people.reviewer, at=AT)
    assert not Notice.objects.exists()


class TestMarkRead:
    @pytest.fixture
    def rows(self, people):
        inbox.tell([to_unit(people, "one"), to_unit(people, "two"), to_reviewers()], at=AT)
        return list(Notice.objects.filter(user=people.reporter).order_by("pk"))

    def read(self) -> list[str]:
        return sorted(Notice.objects.exclude(read_at=None).values_list("key", flat=True))

    def test_one(self, people, rows):
        assert inbox.mark_read(person_of(people.reporter), at=AT, number=rows[0].pk) == 1
        assert self.read() == [rows[0].key]

    def test_all_of_ones_own(self, people, rows):
        assert inbox.mark_read(person_of(people.reporter), at=AT) == 2
        assert self.read() == sorted(row.key for row in rows)

    def test_never_that_of_another(self, people, rows):
        for who in (people.reviewer, people.other_reporter, people.stranger):
            assert inbox.mark_read(person_of(who), at=AT, number=rows[0].pk) == 0
        assert self.read() == []
