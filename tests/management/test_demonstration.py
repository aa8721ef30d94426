"""The demonstration: every role finds something to do, all says that it is made up, and it is made once."""

import io
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone

from projects.audit import clock
from projects.audit.log import as_plain
from projects.audit.rules import chain
from projects.choices import Kind, ReportState, Role
from projects.desk.reporter_desk import desk_of
from projects.models import AuditEntry, Claim, Department, Problem, Project, Report, Round, User
from projects.models.user import person_of
from projects.reports import queue
from tests.conftest import undone
from tests.paperwork import on_record

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker) -> Iterator[str]:
    """What the command prints, on ten projects of two kinds each and one of a kind that no unit leads.

    Made once for the tests here, and undone at the end.
    """
    said = io.StringIO()
    patched = pytest.MonkeyPatch.context()
    with undone(django_db_blocker), override_settings(DEMO=True), patched as patch:
        patch.setattr(clock, "require_right", lambda at: None)
        for kind in (Kind.TRANSPORT, Kind.INDUSTRIAL):
            for _number in range(10):
                on_record(kind=kind, department=None)
        on_record(kind=Kind.OTHER, department=None)
        call_command("demo", stdout=said)
        yield said.getvalue()


def test_every_role_finds_something_to_do(demonstration):
    today = timezone.localdate()
    official, reviewer = (
        person_of(User.objects.get(username=name)) for name in ("demo-reporter", "demo-reviewer")
    )
    waiting = desk_of(official, today)
    assert (len(waiting.due), len(waiting.returned), len(waiting.drafts)) == (8, 1, 1)
    entries = queue.beside_record(queue.waiting(reviewer), today)
    assert len(entries) == 6
    assert sum(one.is_plain for one in entries) == 4, "one confirmed with a reason, one with a problem"
    assert Claim.objects.get(approved_at=None).note.startswith("（演示）"), "a second person approves it"


def test_last_month_is_reported_and_closed(demonstration):
    past, now = Round.objects.order_by("month_earliest")
    assert past.is_closed and not now.is_closed
    assert set(past.reports.values_list("state", flat=True)) == {ReportState.APPROVED.value}
    assert past.reports.count() == 20
    assert Project.objects.filter(department=None).count() == 1, "no unit is named for the other kinds"


def test_what_is_made_up_says_so(demonstration):
    assert all("演示" in one.name for one in Department.objects.filter(code__startswith="demo-"))
    said = Report.objects.filter(is_unchanged=False).values_list("works", "return_note")
    assert all("演示" in works for works, _note in said)
    assert all("演示" in one.text for one in Problem.objects.all())


def test_it_is_made_once_and_its_passwords_are_shown_once(demonstration, capsys):
    assert all(role.value.lower() in demonstration for role in Role)
    before = AuditEntry.objects.count(), Report.objects.count()
    call_command("demo")
    assert capsys.readouterr().out == ""
    assert (AuditEntry.objects.count(), Report.objects.count()) == before
    entries = [as_plain(one) for one in AuditEntry.objects.order_by("number")]
    assert chain.first_broken(entries) is None


def test_real_data_refuse_it(db, settings):
    settings.DEMO = False
    users, units = User.objects.count(), Department.objects.count()
    with pytest.raises(CommandError, match="--demo"):
        call_command("demo")
    assert (User.objects.count(), Department.objects.count()) == (users, units)
