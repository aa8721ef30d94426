"""A report shown as the public will read it, with the claims that it would make, to whoever reaches it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.choices import Topic
from projects.claims import projection
from projects.core import fuzzy_dates
from projects.models import Claim, Project, Report
from projects.reports import moves
from projects.reports.rules.content import Actual, Promise
from tests.cast import AT, published
from tests.desk.filled import ADDRESS, again
from tests.paperwork import approved, content, draft_of, moved, on_record, submitted
from tests.public.reading import Page, read

pytestmark = pytest.mark.django_db

PREVIEW = f"{ADDRESS}preview/"


@pytest.fixture
def factory(monthly_round) -> Project:
    of = on_record(name_en="Copper works")
    published(of, Topic.PROMISED, fuzzy_dates.parse("2026-12"), measure="completed")
    published(of, Topic.PROMISED, fuzzy_dates.parse("2027"), measure="operating")
    projection.rebuild(of)
    return of


MOVED = (
    Promise("completed", fuzzy_dates.parse("2027-06"), "", "funding", "贷款未批"),
    Promise("operating", fuzzy_dates.parse("2027")),  # said again: no news
)
SAID = content(works="墙体完成一半", next_steps="内部安排", promises=MOVED)


def preview(client, user) -> Page:
    client.force_login(user)
    return again(client, PREVIEW)


def test_a_day_reached_is_shown_and_becomes_an_actual_of_that_day(client, people, factory):
    reached = (Actual("completed", fuzzy_dates.parse("2026-02-10")),)
    report = draft_of(factory, people, content(stage="completed", to_date=None, actuals=reached))
    page = preview(client, people.reporter)
    before = article(page)
    assert "reached: 10 February 2026" in before
    assert ["date on which completion was reached", "nothing on record", "10 February 2026", ""] in page.rows(
        "changed"
    )
    report = moves.submit(report, expected=report.version, by=people.reporter, at=AT)
    moves.approve(report, expected=report.version, by=people.reviewer, at=AT)
    made = Claim.objects.get(topic=Topic.ACTUAL)
    assert (made.measure, made.as_of, made.value_date) == ("completed", "2026-02-10", "2026-02-10")
    client.logout()
    assert before == article(read(client, "/en/projects/project-1/"))


def article(page: Page) -> str:
    """The one report on a page, without what only a published one has: anchor, source, footnotes."""
    (found,) = re.findall(r'<article class="report".*?</article>', page.html, re.DOTALL)
    found = re.sub(r'<article class="report"[^>]*>|<a class="fn".*?</a>', "", found)
    return re.sub(r'&#32;·&#32;<a href="[^"]*/sources/.*?</a>', "", found)


def test_it_shows_exactly_what_the_public_page_then_shows(client, people, factory):
    report = draft_of(factory, people, SAID)
    before = article(preview(client, people.reporter))
    assert "墙体完成一半" in before and "promised: June 2027" in before and "内部安排" not in before
    moves.submit(report, expected=report.version, by=people.reporter, at=AT)
    handed_in = article(again(client, PREVIEW))
    moved(moves.approve, by=people.reviewer)
    client.logout()
    assert before == handed_in == article(read(client, "/en/projects/project-1/"))


def test_the_claims_it_names_are_those_that_approval_makes(client, people, factory):
    report = draft_of(factory, people, SAID)
    rows = preview(client, people.reporter).rows("changed")
    assert rows == [
        ["stage", "under construction", "under construction the same", ""],
        ["invested to date", "CNY 1.0 billion", "CNY 1.1 billion", "+CNY 100 million"],
        ["condition", "active", "active the same", ""],
        ["works", "nothing on record", "墙体完成一半", ""],
        ["promised date of completion", "December 2026", "June 2027 资金：贷款未批", "6 months later"],
    ]
    report = moves.submit(report, expected=report.version, by=people.reporter, at=AT)
    moves.approve(report, expected=report.version, by=people.reviewer, at=AT)
    assert Claim.objects.filter(source__kind="report").count() == len(rows)


def test_looking_at_it_changes_nothing(client, people, factory):
    draft_of(factory, people, SAID)
    preview(client, people.reporter)
    report = Report.objects.get()
    assert (report.state, report.version, report.submitted_at) == ("draft", 1, None)


def test_an_empty_draft_would_put_nothing_on_record(client, people, factory):
    draft_of(factory, people, content(stage="", condition="", to_date=None))
    assert "Nothing yet: the report is empty." in preview(client, people.reporter).main


def test_it_says_that_nothing_of_it_is_public(client, people, factory):
    draft_of(factory, people)
    page = preview(client, people.reporter)
    assert "nothing of it is public before a reviewer approves it" in page.main
    assert page.link("Back to the report") == ADDRESS


def test_one_that_is_published_says_so(client, people, factory):
    approved(factory, people)
    assert "This is published." in preview(client, people.reporter).main


@pytest.mark.parametrize(
    ("who", "drafts", "handed_in"),
    [
        ("reporter", 200, 200),
        ("reviewer", 404, 200),
        ("other_reporter", 404, 404),
        ("editor", 404, 200),
        ("stranger", 404, 404),
    ],
)
def test_whoever_reaches_the_report_sees_it(client, people, factory, who, drafts, handed_in):
    draft_of(factory, people)
    submitted(on_record(), people)
    client.force_login(getattr(people, who))
    assert client.get(PREVIEW).status_code == drafts
    assert client.get(PREVIEW.replace("0001", "0002")).status_code == handed_in


def test_before_it_is_begun_there_is_nothing_to_see(client, people, factory):
    client.force_login(people.reporter)
    assert client.get(PREVIEW).status_code == 404
    assert client.post(PREVIEW).status_code == 405


def test_it_takes_a_fixed_number_of_statements(client, people, factory):
    draft_of(factory, people, SAID)
    client.force_login(people.reporter)

    def statements() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(PREVIEW).status_code == 200
        return len(seen)

    statements()  # the first of a session asks more
    before = statements()
    row = Report.objects.get()
    for number in range(3):
        published(factory, Topic.PROMISED, fuzzy_dates.parse("2029"), measure="started", scope=f"{number}期")
        row.dates.create(milestone="started", scope=f"{number}期", date="2030", reason="land")
    assert statements() == before <= 13
