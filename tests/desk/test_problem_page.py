"""One problem: what stands in the way, who answers for it, replies, and the word that closes it."""

from datetime import date

import pytest
from django.test import Client

from projects.choices import Role
from projects.models import AuditEntry, Problem, ProblemReply
from projects.reports import moves, problems
from tests.cast import AT, department, person
from tests.paperwork import draft_of, on_record
from tests.public.reading import Page, read, zh

pytestmark = pytest.mark.django_db
DUE_ON = date(2026, 3, 20)


@pytest.fixture
def draft(people, monthly_round):
    """In a draft of the reporter's unit; the transport bureau answers for it."""
    report = draft_of(on_record(name_en="Silent works"), people)
    unit = people.other_reporter.department
    return problems.raise_(report, "征地未完", department=unit, due_on=DUE_ON, by=people.reporter, at=AT)


@pytest.fixture
def problem(people, draft):
    """The same, once its report is approved."""
    report = moves.submit(draft.report, expected=draft.report.version, by=people.reporter, at=AT)
    moves.approve(report, expected=report.version, by=people.reviewer, at=AT)
    return Problem.objects.get(pk=draft.pk)


def address(problem: Problem, language: str = "/en") -> str:
    return f"{language}/desk/problems/{problem.pk}/"


def seen_by(client, user, problem: Problem, language: str = "/en") -> Page:
    client.force_login(user)
    return read(client, address(problem, language))


def send(client, user, problem: Problem, do: str, text: str) -> Page:
    client.force_login(user)
    return Page(client.post(address(problem), {"do": do, "text": text}))


def forms(page: Page) -> list[str]:
    """What may be done: the names of the buttons."""
    return [one.given["value"] for one in page.all("button", name="do")]


def test_text_project_month_unit_and_day(client, people, problem):
    page = seen_by(client, people.reviewer, problem)
    assert page.one("h1").text == "征地未完"
    assert page.link("Silent works") == "/en/projects/project-1/"
    for words in ("Transport Bureau", "20 March 2026 18 days left", "report for February 2026 · approved"):
        assert words in page.main
    assert "Development and Reform Commission" in page.main and "No reply yet." in page.main


def test_in_chinese(client, people, problem):
    page = seen_by(client, people.reporter, problem, "")
    assert zh("No reply yet.") in page.main and "2026年2月月报" in page.main and "还剩 18 天" in page.main
    assert zh("Close the problem") in page.main


@pytest.mark.parametrize(
    ("who", "may"),
    [("reporter", ["reply", "close"]), ("other_reporter", ["reply"]), ("reviewer", ["reply", "close"])],
)
def test_the_forms_are_those_of_what_one_may_do(client, people, problem, who, may):
    assert forms(seen_by(client, getattr(people, who), problem)) == may


def test_of_a_draft_the_own_unit_alone_knows(client, people, draft):
    page = seen_by(client, people.reporter, draft)
    assert forms(page) == ["reply", "close"] and "once the report is approved" in page.one("p", "notice").text
    for who in (people.other_reporter, people.reviewer, people.editor, people.stranger):
        assert seen_by(client, who, draft).status == 404
        assert send(client, who, draft, "reply", "x").status == 404
    assert not ProblemReply.objects.exists()


def test_a_third_unit_does_not_reach_it(client, people, problem):
    third = person("third", Role.REPORTER, department=department("shuili", name="水利局"))
    assert seen_by(client, third, problem).status == 404
    assert send(client, third, problem, "close", "x").status == 404
    assert Problem.objects.open().exists()


@pytest.mark.parametrize("number", [0, 999_999, 10**30])
def test_a_number_that_is_none_is_not_there(client, people, problem, number):
    client.force_login(people.reviewer)
    assert client.get(f"/desk/problems/{number}/").status_code == 404


def test_a_reply_is_shown_with_unit_and_moment_and_no_person(client, people, problem):
    answer = send(client, people.other_reporter, problem, "reply", "已协调\r\n月底前完成")
    assert answer.response.headers["Location"] == address(problem) + "#top"
    assert ProblemReply.objects.get().text == "已协调\n月底前完成"
    page = read(client, address(problem))
    assert "Your reply is kept." in page.one("ul", "messages").text
    told = page.one("article", "said").text
    assert "2 March 2026 09:00 · Transport Bureau" in told and "已协调 月底前完成" in told
    page = seen_by(client, people.reporter, problem)
    assert "已协调" in page.main and "reporter" not in page.main and "other_reporter" not in page.html


def test_who_replies_without_a_unit_is_the_reviewing_office(client, people, problem):
    send(client, person("alone", Role.REVIEWER), problem, "reply", "请加快")
    assert "Reviewing office" in seen_by(client, people.reporter, problem).one("article", "said").text


@pytest.mark.parametrize("who", ["reporter", "reviewer"])
def test_it_is_closed_with_a_word_and_can_only_be_read_from_then_on(client, people, problem, who):
    send(client, getattr(people, who), problem, "close", "已签约")
    problem.refresh_from_db()
    assert (problem.closing_word, problem.closed_by) == ("已签约", getattr(people, who))
    assert AuditEntry.objects.first().action == "problem.close"
    page = seen_by(client, people.reporter, problem)
    assert forms(page) == [] and not page.all("textarea")
    told = page.one("article", "closing").text
    assert "已签约" in told and "Development and Reform Commission" in told and "Closed with the word" in told
    assert "solved on 2 March 2026" in page.main and "days left" not in page.main


@pytest.mark.parametrize(
    ("do", "text", "words"),
    [
        ("reply", " ", "Write a few words first."),
        ("close", "", "Write a few words first."),
        ("reply", "长" * 501, "500"),
        ("close", "长" * 501, "500"),
        ("reply", "a\x00b", "ull"),
    ],
)
def test_what_is_refused_stands_at_its_field_beside_what_was_typed(client, people, problem, do, text, words):
    page = send(client, people.reviewer, problem, do, text)
    field = page.one("textarea", id=f"text-{do}")
    assert page.status == 200 and words in page.one("p", "fault").text
    assert field.given["aria-invalid"] == "true" and f"fault-{do}" in field.given["aria-describedby"]
    other = {"reply": "close", "close": "reply"}[do]
    assert "".join(page.one("textarea", id=f"text-{other}").words) == ""
    assert len("".join(field.words)) == len(text)
    assert Problem.objects.open().exists() and not ProblemReply.objects.exists()


def test_the_unit_that_answers_for_it_does_not_close_it_and_keeps_its_text(client, people, problem):
    page = send(client, people.other_reporter, problem, "close", "我们认为已解决")
    assert "ask the unit that answers" in page.main and Problem.objects.open().exists()
    assert "".join(page.one("textarea", id="unkept").words) == "我们认为已解决"


def test_closed_meanwhile_the_reply_is_refused_in_words_and_its_text_can_be_copied(client, people, problem):
    problems.close(problem, "已签约", by=people.reviewer, at=AT)
    page = send(client, people.other_reporter, problem, "reply", "我写了很久")
    assert "The problem is closed already." in page.one("section", "faults").text
    kept = page.one("textarea", id="unkept")
    assert "".join(kept.words) == "我写了很久" and "readonly" in kept.given
    assert not ProblemReply.objects.exists()


def test_taken_back_it_is_not_there(client, people, draft):
    problems.take_back(draft, by=people.reporter, at=AT)
    assert seen_by(client, people.reporter, Problem(pk=draft.pk or 1)).status == 404


@pytest.mark.parametrize("data", [{}, {"do": "delete", "text": "x"}, {"text": "x"}])
def test_what_is_neither_of_the_two_does_nothing(client, people, problem, data):
    client.force_login(people.reviewer)
    assert client.post(address(problem), data).status_code == 200
    assert Problem.objects.open().exists() and not ProblemReply.objects.exists()


def test_it_takes_no_word_from_another_site(people, problem):
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.reviewer)
    client.post(address(problem), {"do": "close", "text": "x"})
    assert Problem.objects.open().exists()


def test_markup_is_text(client, people, problem):
    problems.reply(problem, "<script>alert(1)</script>", by=people.reporter, at=AT)
    page = seen_by(client, people.reviewer, problem)
    assert "<script>alert(1)</script>" in page.one("article", "said").text
    assert not [one for one in page.all("script") if "src" not in one.given]


@pytest.mark.parametrize("count", [1, 6])
def test_it_takes_as_many_statements_for_many_replies(
    client, people, problem, count, django_assert_num_queries
):
    for number in range(count):
        problems.reply(problem, f"第{number}次", by=people.reviewer, at=AT)
    seen_by(client, people.reviewer, problem)
    with django_assert_num_queries(8):
        page = read(client, address(problem))
    assert len(page.all("article", "said")) == count
