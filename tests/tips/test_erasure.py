"""What was typed is gone 60 days after the end and a year after the beginning; what we said of it stays."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command

from projects.models import AuditEntry, Tip
from projects.tips import answers, erasure
from tests.cast import AT, project, tip

pytestmark = pytest.mark.django_db
TEXT, CONTACT, LINK = "zztextzz 工地停了", "zzcontactzz", "https://zzlinkzz.example.org/"


@pytest.fixture
def came(db):
    return tip(TEXT, contact=CONTACT, link=LINK, project=project())


def left(of: Tip) -> bool:
    """Whether the row still holds anything that was typed."""
    return any("zz" in str(value) for value in Tip.objects.filter(pk=of.pk).values_list()[0])


@pytest.mark.parametrize(("days", "is_left"), [(59, True), (60, False)])
def test_sixty_days_after_it_was_closed(people, came, days, is_left):
    answers.close(came, verdict="partly", answer="部分属实。", by=people.editor, at=AT)
    assert left(came), "the control: it is there before"
    erasure.erase_due(at=AT + timedelta(days=days))
    assert left(came) is is_left
    row = Tip.objects.get()
    assert (row.verdict, row.answer, row.project) == ("partly", "部分属实。", came.project)


@pytest.mark.parametrize(("days", "is_left"), [(364, True), (365, False)])
def test_a_year_after_it_came_though_nobody_closed_it(came, days, is_left):
    assert erasure.erase_due(at=AT + timedelta(days=days)) == (not is_left)
    assert left(came) is is_left and Tip.objects.open().exists()


def test_it_is_noted_once_how_many_were_erased(came):
    at = AT + timedelta(days=400)
    assert (erasure.erase_due(at=at), erasure.erase_due(at=at)) == (1, 0)
    (entry,) = AuditEntry.objects.all()
    assert (entry.action, entry.after) == ("tip.erase", {"count": 1})


def test_two_that_are_erased_are_no_double(came):
    tip("另一处有误")
    assert erasure.erase_due(at=AT + timedelta(days=400)) == 2
    assert Tip.objects.filter(digest="").count() == 2


def test_the_daily_command_erases(came):
    with time_machine.travel(AT + timedelta(days=400)):
        call_command("run_due")
    assert not left(came)
