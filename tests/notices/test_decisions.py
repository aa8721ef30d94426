"""Whoever waits is told what was decided, beyond the desk: reports to their unit, entries to their author."""

from datetime import timedelta

import pytest

from projects.choices import NoticeKind, Topic
from projects.claims import approval
from projects.core.money import Money
from projects.models import Notice
from projects.notices import inbox
from projects.reports.reminders import outlook
from projects.reports.rules.reminders import due
from tests.cast import AT, TODAY, pending, project
from tests.paperwork import approved, on_record

pytestmark = pytest.mark.django_db
FORTY = Money(40 * 10**8, "yi", 0)
TOMORROW = TODAY + timedelta(days=1)


def told() -> set[tuple[str, str]]:
    """What the command of the next day tells, to whom."""
    kinds = (NoticeKind.REPORTS_APPROVED, NoticeKind.ENTRIES_DECIDED)
    inbox.tell(due(outlook(TOMORROW), TOMORROW), at=AT + timedelta(days=1))
    rows = Notice.objects.filter(kind__in=kinds)
    return set(rows.values_list("kind", "user__username"))


def test_an_approved_report_is_told_to_its_unit(people):
    approved(on_record(), people)
    assert told() == {("reports_approved", "reporter")}


@pytest.mark.parametrize(
    ("who", "decides"), [("editor", "approve"), ("editor", "refuse"), ("reporter", "approve")]
)
def test_what_was_decided_is_told_to_its_author_alone(people, who, decides):
    waits = pending(project(), getattr(people, who), Topic.TOTAL_INVESTMENT, FORTY)
    why = {"why": "表中为50。"} if decides == "refuse" else {}
    getattr(approval, decides)(waits, by=people.reviewer, at=AT, **why)
    assert told() == told() == {("entries_decided", who)}
    assert Notice.objects.count() == 1, "once"


def test_what_waits_still_is_told_to_nobody(people):
    pending(project(), people.editor, Topic.TOTAL_INVESTMENT, FORTY)
    assert told() == set()
