"""The reports of one's own unit by month and project, with what became of each figure."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.choices import Topic
from projects.claims import approval
from projects.models import Claim
from tests.cast import AT
from tests.desk.filled import again, opened
from tests.paperwork import approved, draft_of, month_round, on_record, submitted

pytestmark = pytest.mark.django_db
ADDRESS = "/en/desk/reports/"


def corrected(report, people, by) -> None:
    wrong = Claim.objects.get(source=report.source, topic=Topic.INVESTED_TO_DATE)
    said = {"value_yuan": 980_000_000, "unit": "yi", "decimals": 1, "note": "核对票据后更正"}
    draft = approval.enter(approval.correction_of(wrong, source=wrong.source, **said), by=by, at=AT)
    approval.approve(draft, by=people.reviewer, at=AT)


def test_each_report_says_its_figures_and_who_corrected_them_and_why(client, people, monthly_round):
    corrected(approved(on_record(name_en="Works"), people), people, people.editor)
    page = opened(client, people.reporter, ADDRESS)
    assert "published on 2 March 2026" in page.main and "CNY 1.1 billion" in page.main
    assert "corrected on 2 March 2026 to CNY 980 million by editor" in page.main
    assert "核对票据后更正" in page.main


def test_what_is_not_published_is_here_and_has_nothing_to_correct(client, people, monthly_round):
    draft_of(on_record(), people)
    submitted(on_record(), people)
    page = opened(client, people.reporter, ADDRESS)
    assert "draft" in page.main and "submitted" in page.main
    assert not [one for one in page.all("a") if "correct/" in one.given.get("href", "")]


def test_they_are_chosen_by_month_and_by_project(client, people, monthly_round):
    first, second = on_record(name_en="Works 1"), on_record(name_en="Works 2")
    draft_of(first, people), draft_of(second, people)
    draft_of(first, people, monthly_round=month_round("2026-01"))
    page = opened(client, people.reporter, f"{ADDRESS}?month=2026-01")
    assert [one.text for one in page.all("p") if one.given.get("class") == "what"] == ["Works 1"]
    page = again(client, f"{ADDRESS}?project=QJ-0002")
    assert [one.text for one in page.all("p") if one.given.get("class") == "what"] == ["Works 2"]
    assert "No report" in again(client, f"{ADDRESS}?month=%00&project=zzz").main


def test_another_units_reports_are_not_here(client, people, monthly_round):
    approved(on_record(name_en="Works"), people)
    assert "Works" not in opened(client, people.other_reporter, ADDRESS).main


def test_the_desk_tells_of_what_was_approved(client, people, monthly_round):
    assert "Approved lately" not in opened(client, people.reporter, "/en/desk/").main
    approved(on_record(), people), approved(on_record(), people)
    page = again(client, "/en/desk/")
    assert "February 2026: 2 reports" in page.main
    assert "Approved lately" not in opened(client, people.other_reporter, "/en/desk/").main


def test_the_page_takes_as_many_statements_at_one_row_as_at_many(client, people, monthly_round):
    counts = []
    for number in (1, 3):
        for _ in range(number):
            corrected(approved(on_record(), people), people, people.editor)
        opened(client, people.reporter, ADDRESS)
        with CaptureQueriesContext(connection) as captured:
            again(client, ADDRESS)
        counts.append(len(captured))
    assert counts[0] == counts[1]
