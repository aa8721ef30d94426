"""One report alone, for the reviewer: all of it beside the record; decided on, by whom and what follows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from projects.choices import ReportState, Role, Topic
from projects.claims import approval
from projects.core import fuzzy_dates
from projects.core.money import Money
from projects.core.refusals import Fault
from projects.models import Claim, Project, Report
from projects.reports import problems
from projects.reports.moves import submit, withdraw
from projects.reports.rules.content import Promise
from projects.words.refusals import sentence
from tests.attaching import with_photo
from tests.cast import AT, TODAY, department, person, published, source
from tests.paperwork import approved, content, draft_of, month_round, on_record, returned, submitted
from tests.public.reading import Page, read

pytestmark = pytest.mark.django_db


def address(report: Report) -> str:
    return f"/en/desk/review/{report.round.month}/{report.project.code}/"


def page_of(client, user, report: Report) -> Page:
    client.force_login(user)
    page = read(client, address(report))
    assert page.status == 200
    return page


def send(client, user, report: Report, **sent) -> Page:
    client.force_login(user)
    sent = {"paper": f"{report.round.month}/{report.project.code}/{report.version}"} | sent
    return Page(client.post(address(report), sent, follow=True))


def buttons(page: Page) -> list[str]:
    return [one.text for one in page.all("button") if one.is_in("main")]


def test_it_shows_every_field_beside_the_record(client, people, monthly_round):
    report = submitted(on_record(name_en="Copper works"), people)
    page = page_of(client, people.reviewer, report)
    assert page.one("h1").text == "Copper works"
    assert page.rows("changed") == [
        ["stage", "under construction", "the same", ""],
        ["condition", "active", "the same", ""],
        ["invested in the year", "nothing on record", "not said", ""],
        ["invested to date", "CNY 1.0 billion as of 17 October 2024", "CNY 1.1 billion", "+CNY 100 million"],
        ["physical progress", "nothing on record", "not said", ""],
        ["works", "nothing on record", "not said", ""],
        ["next steps", "not published", "not said", ""],
    ]
    assert buttons(page) == ["Approve and publish", "Return it"]
    assert page.link("Public page") == f"/en/projects/{report.project.slug}/"


def test_what_became_of_it_so_far(client, people, monthly_round):
    report = returned(on_record(), people, note="哪个标段？")
    later = AT + timedelta(hours=1)
    report = submit(report, expected=report.version, by=people.reporter, at=later)
    moves = page_of(client, people.reviewer, report).section("What became of it")
    assert moves == (
        "2026-03-02 09:00 begun · reporter 2026-03-02 09:00 handed in · reporter"
        " 2026-03-02 09:00 returned · reviewer: 哪个标段？ 2026-03-02 10:00 handed in · reporter"
    )


def test_approved_there_it_stays_readable_and_leads_to_what_it_put_on_record(client, people, monthly_round):
    report = submitted(on_record(), people)
    page = send(client, people.reviewer, report, do="approve")
    assert page.response.redirect_chain == [(address(report), 302)]
    assert "Approved on 2026-03-02 09:00 by reviewer, and public." in page.main
    assert buttons(page) == []
    assert page.link("What it put on record") == "/en/sources/report-2026-02-QJ-0001/"
    assert "CNY 1.1 billion" in read(Client(), page.link("Public page")).text
    assert "CNY 1.1 billion" in read(Client(), page.link("What it put on record")).text


def test_approved_it_shows_what_it_changed_then_not_what_holds_since(client, people):
    of = on_record()
    published(of, Topic.PROMISED, fuzzy_dates.parse("2026-12"), measure="completed")
    moved = (Promise("completed", fuzzy_dates.parse("2027-03"), "", "funding", "等待放款"),)
    first = approved(of, people, content(promises=moved), monthly_round=month_round("2026-01"))
    approved(of, people, content(), monthly_round=month_round())
    rows = page_of(client, people.reviewer, first).rows("changed")
    assert [
        "invested to date",
        "CNY 1.0 billion as of 17 October 2024",
        "CNY 1.1 billion",
        "+CNY 100 million",
    ] in rows
    assert rows[-1] == [
        "promised date of completion",
        "December 2026",
        "March 2027",
        "3 months later funding: 等待放款",
    ]


def test_how_a_figure_is_corrected_and_who_starts_it(client, people, monthly_round):
    report = approved(on_record(), people)
    page = page_of(client, people.reviewer, report)
    assert "A new claim names the wrong one and gives the reason" in page.section("A figure in it is wrong")
    assert "Correct this claim" not in page.main, "a reviewer enters no claims"
    people.reviewer.groups.add(*people.editor.groups.all())
    page = page_of(client, people.reviewer, report)
    wrong = Claim.objects.get(source=report.source, topic=Topic.INVESTED_TO_DATE)
    href = f"/en/admin/projects/claim/add/?corrects={wrong.ref}"
    assert href in [one.href for one in page.links]
    assert read(client, href).status == 200
    said = {"value_yuan": 980_000_000, "unit": "yi", "decimals": 1}
    right = approval.correction_of(wrong, source=wrong.source, note="核对票据后更正", **said)
    approval.approve(approval.enter(right, by=people.editor, at=AT), by=people.reviewer, at=AT)
    page = page_of(client, people.reviewer, report)
    assert href not in [one.href for one in page.links] and "corrected" in page.section("A figure in it")
    assert right.ref not in page.main, "the correction is no claim of the report"


def test_returned_it_says_by_whom_and_what_is_to_be_changed(client, people, monthly_round):
    page = send(client, people.reviewer, submitted(on_record(), people), do="return", note="哪个标段？")
    assert (
        "Returned on 2026-03-02 09:00 by reviewer" in page.main
        and "哪个标段？" in page.one("div", "notice").text
    )
    assert buttons(page) == [] and Report.objects.get().state == ReportState.RETURNED


def test_a_refused_note_comes_back(client, people, monthly_round):
    report = submitted(on_record(), people)
    page = send(client, people.reviewer, report, do="return", note="长" * 501)
    assert page.status == 200 and "".join(page.one("textarea").words) == "长" * 501
    assert Report.objects.get().state == ReportState.SUBMITTED


@pytest.mark.parametrize("do", ["approve", "return"])
def test_another_version_than_the_one_read_is_refused(client, people, monthly_round, do):
    report = submitted(on_record(), people)
    stale = f"2026-02/QJ-0001/{report.version - 1}"
    page = send(client, people.reviewer, report, do=do, paper=stale, note="哪个标段？")
    assert (
        "It was changed after this page was opened" in page.main and "哪个标段？" in page.one("textarea").text
    )
    assert Report.objects.get().state == ReportState.SUBMITTED


def test_ones_own_can_be_read_and_not_decided_on(client, people, monthly_round):
    report = submitted(on_record(), people)
    people.reporter.groups.add(*people.reviewer.groups.all())
    page = page_of(client, people.reporter, report)
    assert "Nobody reviews a report of his or her own" in page.main and buttons(page) == []
    page = send(client, people.reporter, report, do="approve")
    assert "Nobody reviews a report of his or her own" in page.main
    assert Report.objects.get().state == ReportState.SUBMITTED


def test_who_attached_a_photo_is_offered_no_decision(client, people, monthly_round):
    report = draft_of(on_record(), people)
    both = person("both", Role.REPORTER, department=people.reporter.department)
    both.groups.add(*people.reviewer.groups.all())
    with_photo(report, both)
    report = submit(report, expected=report.version, by=people.reporter, at=AT)
    page = page_of(client, both, report)
    assert "Nobody reviews a report of his or her own" in page.main and buttons(page) == []


def test_a_problem_leads_to_its_page(client, people, monthly_round):
    report = draft_of(on_record(), people)
    raised = problems.raise_(
        report, "征地未完", department=department(), due_on=TODAY, by=people.reporter, at=AT
    )
    report = submit(report, expected=report.version, by=people.reporter, at=AT)
    assert page_of(client, people.reviewer, report).link("征地未完") == f"/en/desk/problems/{raised.pk}/"


def test_a_draft_and_what_is_not_there_are_not_found_alike(client, people, monthly_round):
    draft = draft_of(on_record(), people)
    client.force_login(people.reviewer)
    for path in (address(draft), *(f"/en/desk/review/{one}/" for one in WRONG)):
        assert client.get(path).status_code == 404, path
        assert client.post(path, {"do": "approve"}).status_code == 404, path


def test_what_was_asked_of_a_report_that_was_taken_back_is_still_read(client, people, monthly_round):
    """And nothing of what the draft says."""
    report = returned(on_record(), people, content(works="墙体完成一半"), note="请写明标段")
    report = submit(report, expected=report.version, by=people.reporter, at=AT)
    withdraw(report, expected=report.version, by=people.reporter, at=AT)
    page = page_of(client, people.reviewer, report)
    assert "请写明标段" in page.main and "墙体完成一半" not in page.main and buttons(page) == []
    assert client.post(address(report), {"do": "approve"}).status_code == 404


def test_an_approval_that_the_record_stands_against_tells_the_reviewer_what_to_do(
    client, people, monthly_round
):
    report = submitted(on_record(), people)
    later = {"as_of": "2026-01-15", "source": source("news", published="2026-01-15")}
    published(report.project, Topic.INVESTED_TO_DATE, Money(20 * 10**8, "yi", 0), **later)
    page = send(client, people.reviewer, report, do="approve")
    (told,) = [one.text for one in page.all("li") if one.is_in("div", "faults")]
    moved, fell = (sentence(Fault(code, "", FELL)) for code in ("record_moved_since", "figure_fell"))
    assert told == f"{moved} {fell}"


FELL = {"amount": str(20 * 10**8), "since": "2026-01-15"}


def test_a_draft_of_ones_own_unit_is_read_at_its_form_alone(client, people, monthly_round):
    draft = draft_of(on_record(), people)
    people.reporter.groups.add(*people.reviewer.groups.all())
    client.force_login(people.reporter)
    assert client.get(address(draft)).status_code == 404


WRONG = (
    "2026-01/QJ-0001",
    "2026-02/QJ-9999",
    "2026-13/QJ-0001",
    "02-2026/QJ-0001",
    "%00/QJ-0001",
    "2026-02/x",
)


@pytest.mark.parametrize("who", ["reporter", "other_reporter", "editor", "stranger"])
def test_for_everybody_else_it_is_not_there(client, people, monthly_round, who):
    report = submitted(on_record(), people)
    client.force_login(getattr(people, who))
    assert client.get(address(report)).status_code == 404
    assert client.post(address(report), {"do": "approve"}).status_code == 404


def test_it_takes_as_many_statements_whatever_is_on_record(client, people, monthly_round):
    def statements(report: Report) -> int:
        page_of(client, people.reviewer, report)
        with CaptureQueriesContext(connection) as captured:
            page_of(client, people.reviewer, report)
        return len(captured)

    first, second = on_record(), on_record()
    for number in range(20):
        claim_of(second, number)
    few, many = statements(approved(first, people)), statements(approved(second, people))
    assert few == many <= 25


def claim_of(of: Project, number: int) -> Claim:
    return published(
        of, Topic.PROMISED, fuzzy_dates.parse(f"{2030 + number}"), measure="completed", scope=f"{number}期"
    )
