"""The sign-off sheet of a month: what a row says, of which unit, in each state, and who reaches it."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.choices import Role, Topic
from projects.claims import projection
from projects.core import fuzzy_dates
from projects.core.money import Money
from projects.desk import signoff
from projects.reports import moves, rounds
from projects.reports.rules.content import Promise
from tests.cast import AT, TODAY, department, person, published, stand_in
from tests.paperwork import approved, content, draft_of, month_round, on_record, submitted
from tests.public.reading import Page, read

pytestmark = [pytest.mark.django_db, pytest.mark.every_engine]

PATH = "/en/desk/signoff/2026-02/"
HALF_MORE = Money(105 * 10**7, "yi", 1)


def sheet(client, user, path=PATH) -> Page:
    client.force_login(user)
    return read(client, path)


def rows(page: Page) -> list[str]:
    return [one.text for one in page.all("tr") if one.is_in("tbody")]


def test_a_row_says_what_its_report_says_and_what_changed(client, people, monthly_round):
    of = on_record(name_en="Copper works")
    published(of, Topic.PROMISED, fuzzy_dates.parse("2026-12"), measure="completed")
    projection.rebuild(of)
    later = Promise("completed", fuzzy_dates.parse("2027-03"), reason="weather", qualifier="expected")
    said = content(to_date=HALF_MORE, progress=Decimal(40), works="基础浇筑", promises=(later,))
    draft_of(of, people, said)
    [row] = rows(sheet(client, people.reporter))
    for words in (
        "Copper works QJ-0001 under construction",
        "CNY 50.00 million since 17 October 2024",
        "CNY 1.05 billion 40% 基础浇筑",
        "completion expected March 2027",
        "invested to date: +CNY 50.00 million",
        "promised date of completion: 3 months later",
        "draft",
    ):
        assert words in row
    assert "on record" not in row


@pytest.mark.parametrize(
    ("made", "state"),
    [(draft_of, "draft"), (submitted, "submitted"), (approved, "approved"), (None, "not reported")],
)
def test_the_state_of_each_report_stands_in_its_row(client, people, monthly_round, made, state):
    of = on_record()
    if made:
        made(of, people)
    page = sheet(client, people.reporter)
    [row] = rows(page)
    assert row.endswith(state)
    handed_in = int(state in ("submitted", "approved"))
    assert f"{handed_in} of 1 report handed in" in page.main
    assert ("No report of this unit has been handed in" in page.main) is not handed_in


def test_what_is_not_reported_stands_as_on_record_with_its_day(client, people, monthly_round):
    on_record()
    [row] = rows(sheet(client, people.reporter))
    assert "CNY 1.0 billion on record as of 17 October 2024" in row and "not reported" in row


def test_a_unit_of_which_nothing_is_asked_says_so_and_is_signed_all_the_same(client, people, monthly_round):
    page = sheet(client, people.reporter)
    assert "No report of this unit is asked for in this round" in page.main
    assert "Stamp of the unit" in page.main and rows(page) == []


def test_of_a_closed_month_those_are_listed_that_were_asked(client, people, monthly_round):
    submitted(on_record(name_en="Asked"), people)
    rounds.close_round(monthly_round, by=people.reviewer, at=AT)
    on_record(name_en="Came later")
    page = sheet(client, people.reporter)
    assert len(rows(page)) == 1 and "Asked" in page.main and "Came later" not in page.main
    moved = people.reporter.reports_submitted.get()
    moves.approve(moved, expected=moved.version, by=people.reviewer, at=AT)
    assert rows(sheet(client, people.reporter))[0].endswith("approved")


def test_of_several_units_one_is_chosen(client, people, monthly_round):
    on_record(name_en="Ours"), on_record(name_en="Theirs", department=people.other_reporter.department)
    stand_in(people.other_reporter, department(), TODAY, TODAY)
    page = sheet(client, people.other_reporter)
    assert "Choose the unit" in page.main and rows(page) == []
    assert "Ours" in sheet(client, people.other_reporter, page.link("Development and Reform Commission")).main
    with time_machine.travel(datetime(2026, 3, 2, 16, tzinfo=UTC)):
        page = sheet(client, people.other_reporter)
        assert "Theirs" in page.main and "Ours" not in page.main
        assert sheet(client, people.other_reporter, f"{PATH}?unit=fagai").status == 404


@pytest.mark.parametrize(
    ("who", "unit", "status"),
    [
        *(("reporter", "fagai", 200), ("reporter", "jiaotong", 404), ("reporter", "nothing", 404)),
        *(("other_reporter", "fagai", 404), ("reviewer", "fagai", 200), ("editor", "jiaotong", 200)),
        ("stranger", "fagai", 404),
    ],
)
def test_only_those_who_reach_the_unit_see_it(client, people, monthly_round, who, unit, status):
    assert sheet(client, getattr(people, who), f"{PATH}?unit={unit}").status == status


def test_a_reviewer_reads_nothing_of_a_draft_but_that_there_is_one(client, people, monthly_round):
    draft_of(on_record(), people, content(works="机密"))
    [row] = rows(sheet(client, people.reviewer, f"{PATH}?unit=fagai"))
    assert "机密" not in row and row.endswith("draft")
    assert "机密" in rows(sheet(client, people.reporter))[0]


def test_who_reports_for_no_unit_is_told_whom_to_ask(client, monthly_round):
    assert "ask an administrator to enter your unit" in sheet(client, person("lost", Role.REPORTER)).main


@pytest.mark.parametrize("path", ["/en/desk/signoff/2026-13/", "/en/desk/signoff/2025-01/"])
def test_a_month_without_a_round_is_not_there(client, people, monthly_round, path):
    assert sheet(client, people.reporter, path).status == 404


def test_no_script_runs_on_it_and_desk_and_round_lead_to_it(client, people, monthly_round):
    on_record()
    page = sheet(client, people.reporter)
    assert not page.all("script")
    assert sheet(client, people.reporter, "/en/desk/").link("February 2026") == PATH
    assert sheet(client, people.reporter, "/en/desk/rounds/2026-02/").link("Sign-off sheet") == PATH


def test_a_long_unit_has_several_sheets(client, people, monthly_round, monkeypatch):
    monkeypatch.setattr(signoff, "MAX_ROWS", 2)
    for number in range(3):
        on_record(name_en=f"Works {number}")
    page = sheet(client, people.reporter)
    assert len(rows(page)) == 2 and "projects 1 to 2" in page.main
    page = sheet(client, people.reporter, page.link("The next sheet"))
    assert "Works 2" in rows(page)[0] and "projects 3 to 3" in page.main


def test_it_takes_as_many_statements_for_many_rows(client, people, monthly_round):
    def statements() -> int:
        with CaptureQueriesContext(connection) as queries:
            sheet(client, people.reporter)
        return len(queries)

    draft_of(on_record(), people)
    statements()
    few = statements()
    for _number in range(4):
        draft_of(on_record(), people), on_record()
    assert statements() == few <= 20


def test_a_month_before_is_compared_with_its_own_record(client, people):
    """January's report is the record of February's, and not the other way round."""
    of, january, february = on_record(), month_round("2026-01"), month_round()
    approved(of, people, content(to_date=HALF_MORE), january)
    approved(of, people, content(to_date=Money(107 * 10**7, "yi", 2)), february)
    [row] = rows(sheet(client, people.reporter))
    assert "CNY 20.00 million since 31 January 2026" in row
    [row] = rows(sheet(client, people.reporter, "/en/desk/signoff/2026-01/"))
    assert "CNY 50.00 million since 17 October 2024" in row
