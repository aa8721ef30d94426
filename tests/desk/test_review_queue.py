"""The reviewers' queue: oldest first, as differences; approved or returned there, singly or together."""

import re
from datetime import timedelta
from decimal import Decimal
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from projects.choices import ReportState, Role, Topic
from projects.core import fuzzy_dates
from projects.core.money import Money
from projects.models import Claim, Report
from projects.reports import moves, problems
from projects.reports.rules.content import Content, Promise
from tests.attaching import with_paper, with_photo
from tests.cast import AT, TODAY, department, person, published
from tests.paperwork import (
    MORE,
    PLAIN,
    approved,
    content,
    draft_of,
    month_round,
    moved,
    on_record,
    returned,
    submitted,
)
from tests.public.reading import Page, read

pytestmark = [pytest.mark.django_db, pytest.mark.every_engine]
QUEUE = "/en/desk/review/"
TOO_MUCH = content(to_date=Money(50 * 10**8, "yi", 0), confirmed={"beyond_total": "追加投资"})


def queue(client, user, **query) -> Page:
    client.force_login(user)
    page = read(client, QUEUE, **query)
    assert page.status == 200
    return page


def waiting(page: Page) -> list[str]:
    """The entries, by their place on the page."""
    return [one.given["id"].removeprefix("r-") for one in page.all("article")]


def entry(page: Page, report: Report) -> str:
    return page.one("article", id=f"r-{report.round.month}-{report.project.code}").text


def paper(report: Report) -> str:
    return f"{report.round.month}/{report.project.code}/{report.version}"


def send(client, user, path=QUEUE, **sent) -> Page:
    client.force_login(user)
    return Page(client.post(path, sent, follow=True))


def told(page: Page) -> list[str]:
    return [one.text for one in page.all("li") if one.is_in("ul", "messages")]


def state(report: Report) -> str:
    return Report.objects.get(pk=report.pk).state


# What it shows


def test_what_was_handed_in_oldest_first_and_nothing_else(client, people, monthly_round):
    later = submitted(on_record(), people, PLAIN, at=AT + timedelta(minutes=5))
    earlier = submitted(on_record(), people, PLAIN)
    draft_of(on_record(), people), returned(on_record(), people), approved(on_record(), people)
    page = queue(client, people.reviewer)
    assert waiting(page) == ["2026-02-QJ-0002", "2026-02-QJ-0001"]
    assert "2 reports wait; the first one here was handed in 2026-03-02." in page.main
    assert [paper(one) for one in (earlier, later)] == [
        one.given["value"] for one in page.all("input", name="plain")
    ]


def test_an_empty_queue_says_that_all_is_done(client, people):
    page = queue(client, people.reviewer)
    assert "All is reviewed: nothing waits." in page.main and not waiting(page)


def test_an_entry_is_what_differs_from_what_is_published(client, people, monthly_round):
    of = on_record(name_en="Copper works")
    published(of, Topic.PROMISED, fuzzy_dates.parse("2026-12"), measure="completed")
    published(of, Topic.WORKS, "主体施工")
    said = Content(
        stage="building",
        condition="active",
        to_date=MORE,
        progress=Decimal("42.5"),
        works="主体封顶<b>",
        next_steps="安装设备",
        promises=(Promise("completed", fuzzy_dates.parse("2027-03"), "", "funding", "等待放款"),),
    )
    report = submitted(of, people, said)
    page = queue(client, people.reviewer)
    assert page.rows("changed") == [
        ["invested to date", "CNY 1.0 billion as of 17 October 2024", "CNY 1.1 billion", "+CNY 100 million"],
        ["physical progress", "nothing on record", "42.5%", "new"],
        ["works", "主体施工", "主体封顶<b>", "other than before"],
        ["next steps", "not published", "安装设备", "new"],
        ["promised date of completion", "December 2026", "March 2027", "3 months later funding: 等待放款"],
    ]
    assert "handed in 2026-03-02 09:00 by reporter · total investment CNY 4.0 billion" in entry(page, report)
    assert page.link("Copper works") == "/en/desk/review/2026-02/QJ-0001/"


def test_in_chinese_sums_read_in_yi_and_the_officials_words_stay(client, people, monthly_round):
    submitted(on_record(), people)
    client.force_login(people.reviewer)
    [cells] = read(client, "/desk/review/").rows("changed")
    assert cells[1:] == ["10 亿元 截至2024年10月17日", "11 亿元", "+1 亿元"]


def test_what_was_waved_through_and_what_was_raised_stand_there(client, people, monthly_round):
    report = draft_of(on_record(), people, TOO_MUCH)
    problems.raise_(report, "征地未完", department=department(), due_on=TODAY, by=people.reporter, at=AT)
    report = moves.submit(report, expected=report.version, by=people.reporter, at=AT)
    text = entry(queue(client, people.reviewer), report)
    assert "Confirmed with a reason: More than the total investment: 追加投资" in text
    assert "征地未完 Development and Reform Commission · to be solved by 2 March 2026" in text
    assert "Choose, to approve it together with others" not in text


def test_photos_and_papers_lead_to_the_desks_own_copies(client, people, monthly_round):
    report = draft_of(on_record(), people)
    photo, paper = with_photo(report, people.reporter), with_paper(report, people.reporter)
    report = moved(moves.submit, by=people.reporter)
    page = queue(client, people.reviewer)
    hrefs = [one.href for one in page.links if "/desk/attachments/" in one.href]
    assert hrefs == [f"/en/desk/attachments/{name}" for name in (photo.name, paper.name)]
    assert client.get(hrefs[0]).status_code == 200 and "基坑开挖" in entry(page, report)


def test_nothing_changed_is_shown_in_one_line(client, people, monthly_round):
    on_record()
    moves.nothing_changed([on_record()], monthly_round=monthly_round, by=people.reporter, at=AT)
    page = queue(client, people.reviewer)
    [line] = [one.text for one in page.all("p") if one.text.startswith("Nothing changed.")]
    assert line == (
        "Nothing changed. Said again: under construction · invested to date CNY 1.0 billion"
        " as of 17 October 2024, 16 months ago"
    )
    assert not page.rows("changed")


def test_a_late_one_is_marked(client, people):
    submitted(on_record(), people, monthly_round=month_round("2026-01"))
    assert "handed in late" in queue(client, people.reviewer).main


def test_what_only_repeats_the_record_says_so(client, people, monthly_round):
    submitted(on_record("preparing"), people, content(stage="preparing", to_date=None))
    assert "It says nothing that is not on record already." in queue(client, people.reviewer).main


# One by one


def public_page(report: Report) -> str:
    """As anybody reads it at the next request."""
    return read(Client(), f"/en/projects/{report.project.slug}/").text


def test_approved_it_is_public_at_the_next_request(client, people, monthly_round):
    report, following = submitted(on_record(), people), submitted(on_record(), people)
    assert "CNY 1.1 billion" not in public_page(report), "and this page is kept now"
    client.force_login(people.reviewer)
    answer = client.post(QUEUE, {"do": "approve", "paper": paper(report)})
    assert answer.url == "/en/desk/review/#r-2026-02-QJ-0002"
    assert "CNY 1.1 billion" in public_page(report)
    page = queue(client, people.reviewer)
    assert told(page) == ["Model factory (February 2026) is approved and public now."]
    assert waiting(page) == ["2026-02-QJ-0002"] and state(following) == ReportState.SUBMITTED


def test_returned_it_is_back_at_its_unit_with_the_note(client, people, monthly_round):
    report = submitted(on_record(), people)
    page = send(client, people.reviewer, do="return", paper=paper(report), note="哪个标段？\r\n请写明")
    assert told(page) == ["Model factory (February 2026) is returned."] and not waiting(page)
    row = Report.objects.get()
    assert (row.state, row.return_note) == (ReportState.RETURNED, "哪个标段？\n请写明")
    assert "CNY 1.1 billion" not in public_page(report)
    client.force_login(people.reporter)
    assert "哪个标段？ 请写明" in read(client, "/en/desk/").section("Returned to you")


@pytest.mark.parametrize(
    ("note", "fault"), [(" \r\n", "Say in a note"), ("长" * 501, "At most 500 characters")]
)
def test_without_a_good_note_it_stays_and_what_was_typed_comes_back(
    client, people, monthly_round, note, fault
):
    report = submitted(on_record(), people)
    page = send(client, people.reviewer, do="return", paper=paper(report), note=note)
    assert state(report) == ReportState.SUBMITTED
    area = page.one("textarea")
    assert area.given["aria-invalid"] == "true" and "".join(area.words).strip() == note.strip()
    assert fault in page.one(id=area.given["aria-describedby"]).text
    assert "open" in page.one("details").given


def test_500_characters_are_counted_as_a_browser_counts_them(client, people, monthly_round):
    report = submitted(on_record(), people)
    send(client, people.reviewer, do="return", paper=paper(report), note="长" * 498 + "\r\n。")
    assert state(report) == ReportState.RETURNED


@pytest.mark.parametrize("do", ["approve", "return"])
def test_what_changed_meanwhile_is_refused_and_shown_anew(client, people, monthly_round, do):
    report = submitted(on_record(), people)
    seen = paper(report)
    back = moves.withdraw(report, expected=report.version, by=people.reporter, at=AT)
    more = content(to_date=Money(12 * 10**8, "yi", 0))
    back = moves.save_draft(
        report.project, more, monthly_round=monthly_round, expected=back.version, by=people.reporter, at=AT
    )
    now = moves.submit(back, expected=back.version, by=people.reporter, at=AT)
    page = send(client, people.reviewer, do=do, paper=seen, note="哪个标段？")
    assert state(report) == ReportState.SUBMITTED and not Claim.objects.filter(source__kind="report")
    assert "It was changed after this page was opened" in entry(page, now)
    assert "CNY 1.2 billion" in entry(page, now) and "哪个标段？" in entry(page, now), "both are there"
    assert page.all("input", name="paper", value=paper(now)) and not page.all("input", value=seen)


def test_what_its_unit_took_back_is_gone_and_the_note_is_not_lost(client, people, monthly_round):
    report = submitted(on_record(), people)
    seen = paper(report)
    moves.withdraw(report, expected=report.version, by=people.reporter, at=AT)
    page = send(client, people.reviewer, do="return", paper=seen, note="哪个标段？")
    faults = page.one("div", "faults").text
    assert "not in the queue any more" in faults and "哪个标段？" in faults
    assert state(report) == ReportState.DRAFT


@pytest.mark.parametrize(
    ("do", "after"), [("approve", ReportState.APPROVED), ("return", ReportState.RETURNED)]
)
def test_pressed_twice_it_happens_once(client, people, monthly_round, do, after):
    report = submitted(on_record(), people)
    for _ in range(2):
        page = send(client, people.reviewer, do=do, paper=paper(report), note="哪个标段？")
        assert len(told(page)) == 1 and not page.all("div", "faults")
    assert (state(report), Report.objects.get().version) == (after, report.version + 1)


def test_what_another_reviewer_did_first_is_told(client, people, monthly_round):
    report = submitted(on_record(), people)
    other = person("second_reviewer", Role.REVIEWER)
    moves.return_(report, expected=report.version, note="?", by=other, at=AT)
    page = send(client, people.reviewer, do="approve", paper=paper(report))
    assert "The report is “returned” by now" in page.one("div", "faults").text


def test_ones_own_is_not_there_and_cannot_be_approved_by_sending(client, people, monthly_round):
    report = submitted(on_record(), people)
    people.reporter.groups.add(*people.reviewer.groups.all())
    assert not waiting(queue(client, people.reporter))
    page = send(client, people.reporter, do="approve", paper=paper(report))
    assert "Nobody reviews a report of his or her own" in page.one("div", "faults").text
    page = send(client, people.reporter, "/en/desk/review/together/", paper=[paper(report)])
    assert "Nobody reviews a report of his or her own" in told(page)[0]
    assert state(report) == ReportState.SUBMITTED


def test_a_figure_that_fell_below_the_record_meanwhile_is_refused_in_words(client, people, monthly_round):
    report = submitted(on_record(), people)
    later = Money(30 * 10**8, "yi", 0)
    published(report.project, Topic.INVESTED_TO_DATE, later, as_of="2026-02-20", known_on=TODAY)
    page = send(client, people.reviewer, do="approve", paper=paper(report))
    assert "a cumulative figure does not fall" in entry(page, report)
    assert state(report) == ReportState.SUBMITTED


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"do": "approve"},
        {"do": "publish", "paper": "2026-02/QJ-0001/2"},
        {"do": "approve", "paper": "\x00"},
        {"do": "approve", "paper": "2026-02/QJ-0001/99999999999999999999"},
        {"do": "return", "paper": "2026-02/QJ-0001/2", "note": "a\x00"},
        {"several": "everything"},
    ],
)
def test_what_no_page_of_ours_sends_is_answered_and_changes_nothing(client, people, monthly_round, sent):
    report = submitted(on_record(), people)
    assert send(client, people.reviewer, **sent).status == 200
    assert state(report) == ReportState.SUBMITTED


# Filters, pages, who may come


def test_it_is_sifted_by_month_and_unit(client, people, monthly_round):
    submitted(on_record(), people)
    submitted(on_record(), people, monthly_round=month_round("2026-01"))
    other = people.other_reporter
    theirs = moves.save_draft(
        on_record(department=other.department),
        content(),
        monthly_round=monthly_round,
        expected=0,
        by=other,
        at=AT,
    )
    moves.submit(theirs, expected=theirs.version, by=other, at=AT)
    assert waiting(queue(client, people.reviewer, month="2026-01")) == ["2026-01-QJ-0002"]
    assert waiting(queue(client, people.reviewer, unit="jiaotong")) == ["2026-02-QJ-0003"]
    page = queue(client, people.reviewer, unit="jiaotong", month="2026-01")
    assert "Nothing of this waits." in page.main
    assert len(waiting(queue(client, people.reviewer, unit="\x00", month="1999-01", after="x"))) == 3
    client.force_login(people.reviewer)
    answer = client.post(f"{QUEUE}?month=2026-02", {"do": "approve", "paper": "2026-02/QJ-0001/2"})
    assert answer.url == "/en/desk/review/?month=2026-02#r-2026-02-QJ-0003", "one stays among those"


def test_twenty_stand_on_a_page(client, people, monthly_round):
    for _ in range(21):
        submitted(on_record(), people, PLAIN)
    page = queue(client, people.reviewer)
    assert len(waiting(page)) == 20 and "Look over the 20 plain ones on this page" in page.main
    key = page.link("Next page").partition("?after=")[2]
    assert waiting(queue(client, people.reviewer, after=unquote(key))) == ["2026-02-QJ-0021"]
    assert len(waiting(queue(client, people.reviewer, page=2))) == 20, "an old number leads to the first"
    last = Report.objects.get(project__code="QJ-0021")
    moves.approve(last, expected=last.version, by=people.reviewer, at=AT)
    assert len(waiting(queue(client, people.reviewer, after=unquote(key)))) == 20, "none is left there"


def test_five_take_as_many_statements_as_one(client, people, monthly_round):
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert waiting(queue(client, people.reviewer))
        return len(captured)

    def more(count: int) -> None:
        for _ in range(count):
            report = draft_of(on_record(), people, TOO_MUCH)
            problems.raise_(report, "征地", department=department(), due_on=TODAY, by=people.reporter, at=AT)
            with_paper(report, people.reporter)
            draft = Report.objects.get(pk=report.pk)
            moves.submit(draft, expected=draft.version, by=people.reporter, at=AT)

    more(1)
    queue(client, people.reviewer)
    one = statements()
    more(4)
    assert statements() == one <= 25


@pytest.mark.parametrize("who", ["reporter", "other_reporter", "editor", "stranger"])
def test_for_everybody_else_it_is_not_there(client, people, monthly_round, who):
    report = submitted(on_record(), people)
    client.force_login(getattr(people, who))
    assert client.get(QUEUE).status_code == 404
    assert client.post(QUEUE, {"do": "approve", "paper": paper(report)}).status_code == 404
    assert state(report) == ReportState.SUBMITTED


def test_a_published_report_is_named_wherever_it_is_the_source(client, people, monthly_round):
    """It has no place of its own: no link stays empty, and no separator stands alone."""
    report = approved(on_record(), people)
    for address in (f"/projects/{report.project.slug}/", f"/en/projects/{report.project.slug}/history/"):
        html = " ".join(client.get(address).content.decode().split())
        links = re.findall(r'<a [^>]*href="/(?:en/)?sources/report[^"]*"[^>]*>(.*?)</a>', html)
        assert links and all(re.sub("<[^>]*>", "", words).strip(" ·") for words in links), address
        assert not any(words.strip().endswith("·") for words in links), address
