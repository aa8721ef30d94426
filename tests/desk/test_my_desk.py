"""The desk page: what waits for whoever signs in, in order of urgency, with one action a row."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from projects.choices import Condition, NoticeKind, Role, Topic
from projects.claims import approval, projection
from projects.core import fuzzy_dates
from projects.models import Round
from projects.notices import inbox
from projects.notices.rules import Reminder
from projects.reports import moves, problems
from tests.cast import AT, TODAY, department, pending, person, project, published, stand_in
from tests.paperwork import approved, content, draft_of, month_round, on_record, returned, submitted
from tests.public.reading import Element, Page, read

pytestmark = [pytest.mark.django_db, pytest.mark.every_engine]


def desk(client, user, path="/en/desk/") -> Page:
    client.force_login(user)
    page = read(client, path)
    assert page.status == 200
    return page


def rows(page: Page, heading: str) -> list[str]:
    """What stands in each row under a heading."""
    return [
        one.text
        for one in page.all("li")
        if one.within.has("waiting") and heading in _section(one).text and not one.is_in("details")
    ]


def buttons(page: Page) -> list[Element]:
    return [one for one in page.all("button") if one.is_in("main")]


def _section(element):
    while element.tag != "section":
        element = element.within
    return element


# Who reports


def test_a_report_due_says_how_long_it_has_and_what_would_be_said_again(client, people, monthly_round):
    on_record(name_en="Copper works")
    page = desk(client, people.reporter)
    assert "3 days left · due by 5 March 2026" in page.section("Reports due for February 2026")
    [row] = rows(page, "Reports due")
    assert "Copper works" in row
    assert "under construction · invested to date CNY 1.0 billion as of 17 October 2024, 16 months ago" in row
    assert page.link("Report") == "/en/desk/reports/2026-02/QJ-0001/"
    assert [one.text for one in buttons(page)] == ["Nothing changed in the chosen", "Nothing changed"]


def test_the_round_that_closed_first_stands_first_and_is_overdue(client, people):
    on_record()
    month_round(), month_round("2026-01")
    page = desk(client, people.reporter)
    headings = [one.text for one in page.all("h2")]
    assert headings == [
        "Reports due for January 2026 25 days late · due by 5 February 2026",
        "Reports due for February 2026 3 days left · due by 5 March 2026",
    ]
    assert [one.given["value"] for one in page.all("input", name="month")] == ["2026-01", "2026-02"]


def test_the_first_button_of_the_form_is_never_the_one_for_all(client, people, monthly_round):
    """Where somebody presses Enter in a box, a browser presses the first button."""
    on_record(), on_record()
    pressed = buttons(desk(client, people.reporter))
    assert [(one.given["name"], one.given["value"]) for one in pressed] == [
        ("which", "chosen"),
        ("which", "shown"),
        ("one", "QJ-0001"),
        ("one", "QJ-0002"),
    ]


def test_only_what_can_be_said_again_is_offered(client, people, monthly_round):
    paused = on_record(name_en="Paused works")
    published(paused, Topic.CONDITION, Condition.PAUSED.value)
    projection.rebuild(paused)
    page = desk(client, people.reporter)
    [row] = rows(page, "Reports due")
    assert "asks for a report of its own" in row and not page.all("input", type="checkbox")
    assert buttons(page) == []
    assert "Paused works" in page.section("Pauses to be explained anew this quarter")


def test_what_was_begun_returned_or_handed_in_waits_with_its_moment_and_its_note(
    client, people, monthly_round
):
    draft_of(on_record(name_en="Begun"), people)
    returned(on_record(name_en="Given back"), people, note="哪个标段？<b>")
    submitted(on_record(name_en="Handed in"), people)
    page = desk(client, people.reporter)
    assert "Begun QJ-0001 · February 2026 · last saved 2026-03-02 09:00" in page.section("Begun, not handed")
    assert "Returned on 2026-03-02: 哪个标段？<b>" in page.section("Returned to you")
    assert "handed in 2026-03-02 09:00" in page.section("Handed in, not reviewed yet")
    hrefs = [page.link(words) for words in ("Go on", "Put right", "Open or take back")]
    assert hrefs == [f"/en/desk/reports/2026-02/QJ-000{number}/" for number in (1, 2, 3)]


def test_what_is_most_urgent_stands_first(client, people, monthly_round):
    full(people, 1)
    headings = [one.text for one in desk(client, people.reporter).all("h2")]
    assert [one.split(" ")[0] for one in headings] == [
        *("Reports", "Returned", "Begun,", "Problems", "Promised", "Pauses", "Handed", "Approved")
    ]


def test_problems_and_promises_say_how_much_time_is_left(client, people, monthly_round):
    full(people, 1)
    with time_machine.travel("2026-03-10T02:00:00Z"):
        page = desk(client, people.reporter)
    assert "征地 Model factory · 8 days late · to be solved by 2 March 2026" in page.section("Problems your")
    assert "completion: March 2026 · 21 days left" in page.section("Promised dates")
    assert [one.text for one in page.all("span", "overdue") if "8 days" in one.text] == ["8 days late"]


def test_a_promise_that_a_stage_shows_kept_is_not_about_to_come(client, people, monthly_round):
    coming = on_record()
    published(coming, Topic.PROMISED, fuzzy_dates.parse("2026-03"), measure="completed")
    projection.rebuild(coming)
    with time_machine.travel("2026-03-10T02:00:00Z"):
        assert "completion: March 2026" in desk(client, people.reporter).main
    published(coming, Topic.STAGE, "operating", as_of="2026-03-01", known_on="2026-03-02")
    projection.rebuild(coming)
    with time_machine.travel("2026-03-10T02:00:00Z"):
        assert "completion: March 2026" not in desk(client, people.reporter).main


def test_all_is_done_and_when_the_next_round_opens(client, people):
    assert (
        "nothing waits for you. The next round opens on 25 March 2026." in desk(client, people.reporter).main
    )
    Round.objects.create(
        month="2026-03", opens_on=date(2026, 3, 20), closes_on=date(2026, 4, 5), opened_at=AT
    )
    assert "opens on 20 March 2026" in desk(client, people.reporter).main
    assert "下一轮填报" in desk(client, people.reporter, "/desk/").main


def test_another_units_projects_are_not_there(client, people, monthly_round):
    on_record(name_en="Ours")
    assert "Ours" in desk(client, people.reporter).main
    assert "Ours" not in desk(client, people.other_reporter).main


def test_who_reports_for_no_unit_is_told_whom_to_ask(client, people, monthly_round):
    lost = person("lost", Role.REPORTER)
    on_record(department=None)
    assert "ask an administrator to enter your unit" in desk(client, lost).main


def test_who_stands_in_reads_for_which_units_and_until_when_and_whose_a_row_is(client, people, monthly_round):
    on_record(name_en="Ours"), draft_of(on_record(name_en="Begun"), people)
    on_record(name_en="Theirs", department=people.other_reporter.department)
    third = department("shuili", name="水利局", name_en="Water Bureau")
    gone = department("nongye", name="农业局", name_en="Farm Bureau")
    stand_in(people.other_reporter, department(), TODAY, date(2026, 3, 9))
    stand_in(people.other_reporter, third, date(2026, 3, 20))
    stand_in(people.other_reporter, gone, date(2026, 2, 1), date(2026, 3, 1))
    page = desk(client, people.other_reporter)
    unit = "Development and Reform Commission"
    assert f"You also report for {unit}, from 2 March 2026 to 9 March 2026." in page.main
    assert "You also report for Water Bureau, from 20 March 2026 until it is taken back." in page.main
    assert "Farm Bureau" not in page.main
    due, begun = "\n".join(rows(page, "Reports due")), "".join(rows(page, "Begun"))
    assert f"QJ-0001 · {unit}" in due and "QJ-0003 · Transport Bureau" in due and unit in begun
    assert "You also report" not in desk(client, people.reporter).main
    with time_machine.travel("2026-03-09T16:00:00Z"):
        assert "Ours" not in desk(client, people.other_reporter).main


# Who reviews, who edits, who does neither


def test_a_reviewer_sees_the_queue_the_rounds_and_what_is_overdue(client, people, monthly_round):
    on_record(), on_record(department=None, name_en="Nobody's")
    report = draft_of(on_record(), people)
    problems.raise_(report, "征地", department=department(), due_on=TODAY, by=people.reporter, at=AT)
    moves.submit(report, expected=report.version, by=people.reporter, at=AT)
    with time_machine.travel("2026-03-04T02:00:00Z"):
        page = desk(client, people.reviewer)
    assert rows(page, "For the reviewer") == [
        "One report to review the oldest handed in on 2 March 2026 Review",
        "Round of February 2026 1 day left · 2 of 3 reports are missing Who is missing",
        "One problem is overdue Problems",
    ]


@pytest.mark.parametrize("who", ["reviewer", "editor"])
def test_projects_without_a_unit_stand_on_both_desks(client, people, who):
    on_record(department=None, name_en="Nobody's")
    page = desk(client, getattr(people, who))
    assert "One project is to be reported on and has no unit" in page.main and "Nobody's" in page.main
    listed = page.link("All of them")
    client.force_login(people.editor)
    assert "QJ-0001" in client.get(listed).content.decode()


def test_days_are_those_of_shanghai(client, people, monthly_round):
    with time_machine.travel("2026-03-02T20:00:00Z"):
        submitted(on_record(), people, at=timezone.now())
        assert "the oldest handed in on 3 March 2026" in desk(client, people.reviewer).main


def test_a_returned_report_is_missing_again(client, people, monthly_round):
    returned(on_record(), people)
    assert "1 of 1 reports are missing" in desk(client, people.reviewer).main


def test_a_reviewer_with_nothing_to_do_is_told_so(client, people):
    assert (
        "All is reviewed: nothing waits. The next round opens on 25 March 2026."
        in desk(client, people.reviewer).main
    )
    approved(on_record(), people)
    assert "all 1 reports are in" in desk(client, people.reviewer).main


def test_an_editor_sees_what_waits_for_a_second_person(client, people):
    assert "No entry of others waits" in desk(client, people.editor).main
    pending(project(), people.editor), pending(project(), people.second_editor)
    page = desk(client, people.editor)
    assert "One entry waits for a second person" in page.main, "one's own waits for somebody else"
    assert page.link("Records and claims") == "/en/admin/"


def test_a_reviewer_sees_them_too_and_which_correct_what_is_published(client, people):
    of = project()
    correction = pending(of, people.editor, corrects=published(of))
    page = desk(client, people.reviewer)
    assert "One entry waits for a second person" in page.main
    assert "one of them corrects what is published" in page.main
    client.force_login(people.reviewer)
    assert correction.ref in client.get(page.link("Decide on claims")).content.decode()


def test_authors_are_told_of_approval_refusal_and_correction(client, people):
    of = project(name_en="Copper works")
    one, two = pending(of, people.editor), pending(of, people.editor)
    approval.approve(one, by=people.second_editor, at=AT)
    approval.refuse(two, by=people.second_editor, at=AT, why="表上是 50")
    page = desk(client, people.editor)
    section = page.section("What became of what you entered")
    assert "Copper works" in section and "approved on 2 March 2026" in section
    assert "refused on 2 March 2026 表上是 50" in section
    assert "What became" not in desk(client, people.second_editor).main
    correction = pending(of, people.second_editor, corrects=one, note="看错一行", as_of=one.as_of)
    approval.approve(correction, by=people.editor, at=AT)
    assert "corrected on 2 March 2026 看错一行" in desk(client, people.editor).main


def test_a_reporter_is_told_that_a_reported_figure_was_corrected(client, people, monthly_round):
    said = approved(on_record(name_en="Copper works"), people).source.claims.first()
    assert "What became" not in desk(client, people.reporter).main
    correction = pending(said.project, people.editor, corrects=said, note="多写一个零", as_of=said.as_of)
    approval.approve(correction, by=people.second_editor, at=AT)
    assert "多写一个零" in desk(client, people.reporter).section("What became of what you entered")


def test_without_a_role_one_is_told_whom_to_ask(client, people, monthly_round):
    on_record()
    page = desk(client, people.stranger)
    assert "Ask an administrator" in page.main and buttons(page) == []
    assert not page.all("h2")


def test_two_roles_see_both(client, people, monthly_round):
    on_record()
    people.reporter.groups.add(*people.reviewer.groups.all())
    page = desk(client, people.reporter)
    assert "Reports due for" in page.main and "For the reviewer" in page.main


def test_it_says_how_many_notices_are_unread(client, people):
    assert "notice" not in desk(client, people.reporter).main
    values = {"month": "2026-02", "closes_on": "2026-03-05"}
    unit = people.reporter.department_id
    inbox.tell([Reminder(NoticeKind.ROUND_OPENED, "a", Role.REPORTER, unit, ("QJ-0001",), values)], at=AT)
    page = desk(client, people.reporter)
    assert page.link("One notice you have not read") == "/en/desk/notices/"


def test_it_is_for_reading(client, people):
    client.force_login(people.reporter)
    assert client.post("/desk/").status_code == 405


# As many statements for many rows as for one


def full(people, count: int) -> None:
    """So many of everything."""
    for _ in range(count):
        on_record(), on_record(department=None)
        submitted(on_record(), people), draft_of(on_record(), people), returned(on_record(), people)
        coming = on_record()
        published(coming, Topic.PROMISED, fuzzy_dates.parse("2026-03"), measure="completed")
        paused = on_record()
        published(paused, Topic.CONDITION, Condition.PAUSED.value)
        for one in (coming, paused):
            projection.rebuild(one)
        report = draft_of(on_record(), people, content())
        problems.raise_(report, "征地", department=department(), due_on=TODAY, by=people.reporter, at=AT)
        handed = moves.submit(report, expected=report.version, by=people.reporter, at=AT)
        moves.approve(handed, expected=handed.version, by=people.reviewer, at=AT)


@pytest.mark.parametrize("who", ["reporter", "reviewer"])
def test_it_takes_as_many_statements_for_many_rows(client, people, monthly_round, who):
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert "2026" in desk(client, getattr(people, who)).main
        return len(captured)

    full(people, 1)
    desk(client, getattr(people, who))
    few = statements()
    full(people, 2)
    assert statements() == few <= 32


# What an editor mends


def test_an_editor_finds_the_least_complete_records_first(client, people):
    full = on_record(
        name="全厂", name_en="Whole works", department=department(), summary="一座厂", funding="mixed"
    )
    bare = project("空厂", name_en="Bare works")
    page = desk(client, people.editor)
    found = rows(page, "Records to be mended")
    assert [one.split()[0] for one in found] == ["Bare", "Whole"]
    assert "0 %" in found[0] and "stage, unit, total investment, completion" in found[0]
    assert "unit" not in found[1].partition("It lacks:")[2]
    assert "no place: one project" in page.text
    assert bare.code in found[0]
    assert full and "Records to be mended" not in desk(client, people.reviewer).text
