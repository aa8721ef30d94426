"""Problems are raised in a report, answered by the unit that answers for them, and closed with a word."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from projects.audit.data_version import current_version
from projects.core.refusals import Refused
from projects.models import AuditEntry, Problem
from projects.models.user import person_of
from projects.reports import moves, problems
from tests.cast import AT, TODAY
from tests.paperwork import draft_of, on_record, submitted

pytestmark = pytest.mark.django_db

DUE_ON = date(2026, 4, 1)


@pytest.fixture
def report(people):
    return draft_of(on_record(), people)


@pytest.fixture
def raised(people, report):
    """In a draft; the transport bureau answers for it."""
    return raise_in(report, people)


@pytest.fixture
def published(people, report, raised):
    """The same, once the report is approved."""
    handed_in = moves.submit(report, expected=report.version, by=people.reporter, at=AT)
    moves.approve(handed_in, expected=handed_in.version, by=people.reviewer, at=AT)
    return Problem.objects.get(pk=raised.pk)


def raise_in(report, people, text="征地未完", due_on=DUE_ON, by=None):
    department = people.other_reporter.department
    by = by or people.reporter
    return problems.raise_(report, text, department=department, due_on=due_on, by=by, at=AT)


def reached_by(user) -> list[Problem]:
    return list(Problem.objects.reachable_by(person_of(user)))


def test_a_problem_is_raised_in_a_report(people, report):
    problem = raise_in(report, people, text=" 征地未完 ")
    assert (problem.text, problem.due_on, problem.raised_on) == ("征地未完", DUE_ON, TODAY)
    assert (problem.raised_by, problem.department) == (people.reporter, people.other_reporter.department)
    entry = AuditEntry.objects.first()
    assert (entry.action, entry.by) == ("problem.raise", people.reporter)
    assert entry.subject == f"2026-02 {report.project.code} #{problem.pk}"


@pytest.mark.parametrize("who", ["other_reporter", "reviewer", "editor", "stranger"])
def test_nobody_else_raises_one(people, report, who):
    with pytest.raises(Refused, match="not_yours"):
        raise_in(report, people, by=getattr(people, who))


def test_what_is_handed_in_takes_no_further_problem(people):
    with pytest.raises(Refused, match="moved_on"):
        raise_in(submitted(on_record(), people), people)


def test_what_is_wrong_with_it_is_told(people, report):
    with pytest.raises(Refused, match="due_in_past"):
        raise_in(report, people, due_on=TODAY - timedelta(days=1))
    with pytest.raises(Refused, match="text_missing"):
        raise_in(report, people, text=" ")
    with pytest.raises(ValidationError, match="500"):
        raise_in(report, people, text="长" * 501)
    assert not Problem.objects.exists()


def test_the_unit_that_answers_for_it_sees_it_once_the_report_is_published(people, report, raised):
    assert reached_by(people.reporter) == [raised]
    assert reached_by(people.other_reporter) == reached_by(people.reviewer) == []
    handed_in = moves.submit(report, expected=report.version, by=people.reporter, at=AT)
    assert reached_by(people.reviewer) == [raised] and reached_by(people.other_reporter) == []
    assert not Problem.objects.public().exists()
    moves.approve(handed_in, expected=handed_in.version, by=people.reviewer, at=AT)
    assert reached_by(people.other_reporter) == [raised]
    assert reached_by(people.editor) == [raised] and reached_by(people.stranger) == []
    assert Problem.objects.public().open().count() == 1


def test_a_draft_is_answered_by_nobody_else(people, raised):
    with pytest.raises(Refused, match="not_yours"):
        problems.reply(raised, "已协调", by=people.other_reporter, at=AT)


@pytest.mark.parametrize("who", ["reporter", "other_reporter", "reviewer"])
def test_it_is_answered(people, published, who):
    answer = problems.reply(published, " 已协调 ", by=getattr(people, who), at=AT)
    assert (answer.text, answer.by, answer.at) == ("已协调", getattr(people, who), AT)
    assert list(published.replies.all()) == [answer]
    assert AuditEntry.objects.first().after == {"fields": ["text"]}


@pytest.mark.parametrize("who", ["editor", "stranger"])
def test_others_neither_answer_nor_close(people, published, who):
    for act in (problems.reply, problems.close):
        with pytest.raises(Refused, match="not_yours"):
            act(published, "x", by=getattr(people, who), at=AT)


def test_whoever_answers_for_it_does_not_close_it(people, published):
    with pytest.raises(Refused, match="not_yours"):
        problems.close(published, "已解决", by=people.other_reporter, at=AT)


@pytest.mark.parametrize("who", ["reporter", "reviewer"])
def test_it_is_closed_once_with_a_word_and_the_pages_follow(people, published, who):
    version = current_version()
    with pytest.raises(Refused, match="text_missing"):
        problems.close(published, " ", by=getattr(people, who), at=AT)
    closed = problems.close(published, "已解决", by=getattr(people, who), at=AT)
    assert (closed.closed_by, closed.closing_word) == (getattr(people, who), "已解决")
    assert current_version() == version + 1
    for act in (problems.reply, problems.close):
        with pytest.raises(Refused, match="problem_closed"):
            act(published, "x", by=people.reporter, at=AT)
    assert not Problem.objects.public().open().exists()


def test_it_is_taken_back_while_the_report_is_written(people, raised):
    problems.take_back(raised, by=people.reporter, at=AT)
    assert not Problem.objects.exists()
    entry = AuditEntry.objects.first()
    assert (entry.action, entry.by, entry.after) == ("problem.take_back", people.reporter, None)
    assert entry.before == {"fields": ["department", "due_on", "text"]} and entry.subject.endswith(
        f"#{raised.pk}"
    )


@pytest.mark.parametrize("who", ["other_reporter", "reviewer", "editor", "stranger"])
def test_nobody_else_takes_it_back(people, raised, who):
    with pytest.raises(Refused, match="not_yours"):
        problems.take_back(raised, by=getattr(people, who), at=AT)
    assert Problem.objects.exists()


def test_what_is_gone_is_neither_taken_back_nor_answered_nor_closed(people, raised):
    seen_elsewhere = Problem.objects.get()
    problems.take_back(raised, by=people.reporter, at=AT)
    with pytest.raises(Refused, match="problem_gone"):
        problems.take_back(seen_elsewhere, by=people.reporter, at=AT)
    for act in (problems.reply, problems.close):
        with pytest.raises(Refused, match="problem_gone"):
            act(seen_elsewhere, "x", by=people.reporter, at=AT)


def test_what_was_handed_in_or_answered_is_not_taken_back(people, report, raised):
    handed_in = moves.submit(report, expected=report.version, by=people.reporter, at=AT)
    with pytest.raises(Refused, match="moved_on"):
        problems.take_back(raised, by=people.reporter, at=AT)
    problems.reply(raised, "已协调", by=people.reviewer, at=AT)
    moves.return_(handed_in, expected=handed_in.version, note="哪一段？", by=people.reviewer, at=AT)
    with pytest.raises(Refused, match="problem_answered"):
        problems.take_back(raised, by=people.reporter, at=AT)
    assert raised.replies.count() == 1


def test_what_is_overdue(published):
    assert not Problem.objects.overdue(DUE_ON).exists()
    assert list(Problem.objects.overdue(DUE_ON + timedelta(days=1))) == [published]
