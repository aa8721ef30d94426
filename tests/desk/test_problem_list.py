"""The list of problems: open ones by their day, overdue first; reviewers all, reporters what they reach."""

from datetime import date, timedelta
from urllib.parse import unquote

import pytest
import time_machine

from projects.choices import Role
from projects.models import Problem
from projects.reports import moves, problems
from tests.cast import AT, department, person
from tests.paperwork import draft_of, on_record
from tests.public.reading import Page, read, zh

pytestmark = pytest.mark.django_db
LIST, ENGLISH = "/desk/problems/", "/en/desk/problems/"
DUE_ON = date(2026, 3, 20)


def seen_by(client, user, path: str = ENGLISH, **query) -> Page:
    client.force_login(user)
    return read(client, path, **query)


def listed(page: Page) -> list[str]:
    """The texts, in their order."""
    return [one.text for one in page.all("p", "what") if one.is_in("ul", "problems")]


def entry(page: Page, text: str) -> str:
    [found] = [
        one.text for one in page.all("li") if one.is_in("ul", "problems") and one.text.startswith(text)
    ]
    return found


def raised(people, text: str, due_on: date = DUE_ON, unit=None, state: str = "approved") -> Problem:
    """In a report of the reporter's unit; the transport bureau answers for it."""
    report = draft_of(on_record(), people)
    unit = unit or people.other_reporter.department
    problem = problems.raise_(report, text, department=unit, due_on=due_on, by=people.reporter, at=AT)
    if state != "draft":
        report = moves.submit(report, expected=report.version, by=people.reporter, at=AT)
    if state == "approved":
        moves.approve(report, expected=report.version, by=people.reviewer, at=AT)
    return Problem.objects.get(pk=problem.pk)


@pytest.fixture
def three(people, monthly_round):
    raised(people, "后到期", date(2026, 4, 1))
    raised(people, "先到期", date(2026, 3, 3))
    return raised(people, "今天到期", date(2026, 3, 2))


def test_open_ones_by_their_day_with_words_and_colour(client, people, three):
    with time_machine.travel(AT + timedelta(days=1)):
        page = seen_by(client, people.reviewer)
    assert listed(page) == ["今天到期", "先到期", "后到期"]
    assert "1 day late" in entry(page, "今天到期") and "Overdue: 1" in page.main
    assert "due today" in entry(page, "先到期") and "29 days left" in entry(page, "后到期")
    tones = [one.given["class"] for one in page.all("span", "phase")]
    assert tones == ["phase overdue", "phase open", "phase open"]


def test_a_row_says_project_month_unit_day_and_leads_to_the_problem(client, people, three):
    page = seen_by(client, people.reviewer)
    told = entry(page, "今天到期")
    for words in ("Model factory", "February 2026", "answered for by Transport Bureau", "2 March 2026"):
        assert words in told
    assert "No reply yet." in told
    assert page.link("今天到期") == f"/en/desk/problems/{three.pk}/"


def test_in_chinese(client, people, three):
    page = seen_by(client, people.reviewer, LIST)
    told = entry(page, "今天到期")
    assert "责任单位：交通局" in told and zh("No reply yet.") in told and "2026年3月2日" in told


def test_the_last_reply_with_its_unit_and_day_and_no_person(client, people, three):
    problems.reply(three, "第一次答复", by=people.reviewer, at=AT)
    problems.reply(three, "第二次答复", by=people.other_reporter, at=AT)
    page = seen_by(client, people.reviewer)
    told = entry(page, "今天到期")
    assert "Last reply on 2 March 2026 · Transport Bureau 第二次答复" in told and "第一次" not in page.main
    assert "reporter" not in page.main and "reviewer" not in page.main


def test_closed_ones_stand_apart_newest_first(client, people, three):
    for days, problem in enumerate(Problem.objects.exclude(pk=three.pk).order_by("pk"), start=1):
        problems.close(problem, "已经解决", by=people.reviewer, at=AT + timedelta(hours=days))
    assert listed(seen_by(client, people.reviewer)) == ["今天到期"]
    page = seen_by(client, people.reviewer, state="closed")
    assert listed(page) == ["先到期", "后到期"]
    assert "solved on 2 March 2026" in entry(page, "先到期") and "已经解决" in entry(page, "先到期")
    assert listed(seen_by(client, people.reviewer, state="all")) == ["今天到期", "先到期", "后到期"]
    assert [one.words for one in page.links if one.is_on] == ["Problems", "Solved", "All units"]


def test_mine_to_answer_and_raised_by_my_unit(client, people, monthly_round):
    raised(people, "请交通局解决")
    raised(people, "自己解决", unit=people.reporter.department)
    assert listed(seen_by(client, people.reporter, whose="mine")) == ["自己解决"]
    assert listed(seen_by(client, people.reporter, whose="raised")) == ["请交通局解决", "自己解决"]
    assert listed(seen_by(client, people.other_reporter)) == ["请交通局解决"]
    assert listed(seen_by(client, people.other_reporter, whose="mine")) == ["请交通局解决"]
    assert listed(seen_by(client, people.other_reporter, whose="raised")) == []
    links = [one.href for one in seen_by(client, people.reporter, state="all", whose="mine").links]
    assert "/en/desk/problems/?state=closed&whose=mine" in links


def test_each_sees_what_each_reaches(client, people, monthly_round):
    raised(people, "草稿里的", state="draft")
    raised(people, "待审核的", state="submitted")
    raised(people, "已公布的")
    assert listed(seen_by(client, people.reporter)) == ["草稿里的", "待审核的", "已公布的"]
    assert listed(seen_by(client, people.reviewer)) == ["待审核的", "已公布的"]
    assert listed(seen_by(client, people.other_reporter)) == ["已公布的"]
    third = person("third", Role.REPORTER, department=department("shuili", name="水利局"))
    for path in (ENGLISH, ENGLISH + "?state=all&whose=raised"):
        assert listed(seen_by(client, third, path)) == []


def test_an_editor_reads_them_and_answers_none(client, people, three):
    page = seen_by(client, people.editor)
    assert listed(page) == listed(seen_by(client, people.reviewer))
    client.force_login(people.editor)
    one = Problem.objects.filter(closed_at=None).exclude(report__state="draft").first()
    assert not read(client, f"/en/desk/problems/{one.pk}/").all("textarea")


@pytest.mark.parametrize("who", ["stranger"])
def test_to_others_it_is_not_there(client, people, monthly_round, who):
    assert seen_by(client, getattr(people, who)).status == 404


@pytest.mark.parametrize("query", [{"state": "x"}, {"whose": "'--"}, {"page": "99"}, {"page": "-1\x00"}])
def test_what_is_asked_in_other_words_is_as_if_nothing_was_asked(client, people, three, query):
    assert len(listed(seen_by(client, people.reviewer, **query))) == 3


def test_empty_it_says_so(client, people, monthly_round):
    assert "No problem is open here." in seen_by(client, people.reporter).main
    assert "There is no such problem." in seen_by(client, people.reporter, state="closed").main


def test_an_account_without_a_unit_is_not_asked_for_its_unit(client, people, three):
    alone = person("alone", Role.REVIEWER)
    page = seen_by(client, alone)
    assert len(listed(page)) == 3 and "My unit" not in page.main
    assert listed(seen_by(client, alone, whose="mine")) == []


def test_fifty_stand_on_a_page(client, people, three):
    rows = [Problem(report=three.report, department=three.department, text=f"第{n}个") for n in range(50)]
    for row in rows:
        row.due_on, row.raised_on, row.raised_by = date(2026, 5, 1), three.raised_on, people.reporter
    Problem.objects.bulk_create(rows)
    page = seen_by(client, people.reviewer)
    assert len(listed(page)) == 50
    key = page.link("Next page").partition("?after=")[2]
    assert len(listed(seen_by(client, people.reviewer, after=unquote(key)))) == 3
    assert len(listed(seen_by(client, people.reviewer, page="2"))) == 50, "an old number leads to the first"


@pytest.mark.parametrize("count", [1, 6])
def test_it_takes_as_many_statements_for_many_rows(
    client, people, monthly_round, count, django_assert_num_queries
):
    for number in range(count):
        problem = raised(people, f"第{number}个", state="submitted")
        problems.reply(problem, "答复", by=people.reviewer, at=AT)
    seen_by(client, people.reviewer)
    with django_assert_num_queries(8):
        page = read(client, ENGLISH)
    assert len(listed(page)) == count and page.main.count("Last reply") == count
