"""Taking a report back to change it, as long as nobody has reviewed it."""

import pytest

from projects.models import AuditEntry, Project, Report
from projects.reports import moves
from tests.cast import AT
from tests.desk.filled import ADDRESS, opened, texts
from tests.paperwork import approved, content, draft_of, on_record, returned, submitted
from tests.public.reading import Page

pytestmark = pytest.mark.django_db

WITHDRAW = f"{ADDRESS}withdraw/"


@pytest.fixture
def factory(monthly_round) -> Project:
    return on_record()


def withdrawn(client, user) -> Page:
    client.force_login(user)
    return Page(client.post(WITHDRAW, follow=True))


def state() -> str:
    return Report.objects.get().state


def test_a_report_is_taken_back_with_all_that_it_says(client, people, factory):
    submitted(factory, people, content(works="墙体完成一半"))
    page = opened(client, people.reporter)
    assert page.one("form", action=WITHDRAW).given["method"] == "post"
    page = withdrawn(client, people.reporter)
    assert state() == "draft" and "The report is withdrawn" in page.main
    assert texts(page)["works"] == "墙体完成一半"
    assert AuditEntry.objects.first().action == "report.withdraw"


def test_any_reporter_of_the_unit_may(client, people, factory):
    submitted(factory, people)
    people.other_reporter.department = people.reporter.department
    people.other_reporter.save()
    withdrawn(client, people.other_reporter)
    assert state() == "draft"


def test_what_is_published_stays(client, people, factory):
    approved(factory, people)
    page = withdrawn(client, people.reporter)
    assert state() == "approved" and "The report is “approved” by now" in page.main


def test_one_that_was_returned_meanwhile_is_not_withdrawn_but_written(client, people, factory):
    report = submitted(factory, people)
    moves.return_(report, expected=report.version, note="请写明标段", by=people.reviewer, at=AT)
    page = withdrawn(client, people.reporter)
    assert state() == "returned" and "请写明标段" in page.main and "textarea" in page.html


def test_what_the_reviewer_asked_is_read_as_long_as_the_report_is_there(client, people, factory):
    report = returned(factory, people, note="请写明标段")
    report = moves.submit(report, expected=report.version, by=people.reporter, at=AT)
    assert "请写明标段" in opened(client, people.reporter).main
    assert state() == "submitted" and "请写明标段" in withdrawn(client, people.reporter).main
    assert state() == "draft" and "textarea" in opened(client, people.reporter).html
    report.refresh_from_db()
    report = moves.submit(report, expected=report.version, by=people.reporter, at=AT)
    moves.approve(report, expected=report.version, by=people.reviewer, at=AT)
    assert "请写明标段" in opened(client, people.reporter).main


@pytest.mark.parametrize("who", ["other_reporter", "reviewer", "editor", "stranger"])
def test_nobody_else_may(client, people, factory, who):
    submitted(factory, people)
    client.force_login(getattr(people, who))
    assert client.post(WITHDRAW).status_code == 404
    assert state() == "submitted"


def test_reading_the_address_withdraws_nothing(client, people, factory):
    submitted(factory, people)
    client.force_login(people.reporter)
    assert client.get(WITHDRAW).status_code == 405
    assert state() == "submitted"


def test_a_report_that_nobody_has_begun_is_not_there(client, people, factory):
    client.force_login(people.reporter)
    assert client.post(WITHDRAW).status_code == 404
    draft_of(factory, people)
    assert "is “draft” by now" in withdrawn(client, people.reporter).main
