"""Closing: a verdict and an answer, once, by those who answer; many at once as about no project."""

from datetime import date, timedelta

import pytest

from projects.audit.data_version import current_version
from projects.core.refusals import Refused
from projects.models import AuditEntry, Tip
from projects.tips import answers, public_answers
from projects.tips.public_answers import TipTally
from tests.cast import AT, project, tip

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=3)


def closed(of: Tip, by, verdict: str = "confirmed", answer: str = "已核实，将更正。", at=LATER) -> Tip:
    return answers.close(of, verdict=verdict, answer=answer, by=by, at=at)


def test_it_is_closed_with_verdict_answer_and_days(people):
    done = closed(tip(contact="wang@example.org"), people.editor)
    assert (done.verdict, done.answer, done.days) == ("confirmed", "已核实，将更正。", 3)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.by, entry.reach) == ("tip.close", people.editor, "records")
    assert entry.after == {"verdict": "confirmed", "fields": ["answer"]}


def test_only_an_answer_that_is_shown_is_published(people):
    version = current_version()
    closed(tip(), people.reviewer)
    assert current_version() == version
    closed(tip(may_be_shown=True), people.reviewer)
    assert current_version() == version + 1


@pytest.mark.parametrize("who", ["reporter", "stranger"])
def test_others_close_nothing(people, who):
    came, user = tip(), getattr(people, who)
    with pytest.raises(Refused, match="not_yours"):
        closed(came, user)
    with pytest.raises(Refused, match="not_yours"):
        answers.close_unrelated(Tip.objects.all(), by=user, at=LATER)
    assert Tip.objects.open().exists()


def test_the_second_who_closes_is_told(people):
    came = tip()
    closed(came, people.editor)
    with pytest.raises(Refused, match="tip_closed"):
        closed(came, people.reviewer, verdict="unfounded")
    assert Tip.objects.get().closed_by == people.editor


def test_what_may_not_be_said_closes_nothing(people):
    with pytest.raises(Refused, match="tip_answer_personal"):
        closed(tip(contact="wang@example.org"), people.editor, answer="已回复 wang@example.org")
    assert Tip.objects.open().exists() and not AuditEntry.objects.exists()


def test_many_are_closed_at_once_with_one_entry(people, django_assert_max_num_queries):
    done = closed(tip(), people.editor)
    for number in range(9):
        tip(f"广告{number}广告")
    with django_assert_max_num_queries(12):
        assert answers.close_unrelated(Tip.objects.all(), by=people.editor, at=LATER) == 9
    entry = AuditEntry.objects.first()
    assert entry.after == {"verdict": "unrelated", "count": 9}
    assert Tip.objects.get(pk=done.pk).verdict == "confirmed"
    assert answers.close_unrelated(Tip.objects.all(), by=people.editor, at=LATER) == 0
    assert AuditEntry.objects.count() == 2


def test_what_is_counted_in_public(people):
    assert public_answers.tally() == TipTally(0, 0, None)
    for number, days in enumerate((1, 9, 2)):
        closed(tip(f"第{number}处有误"), people.editor, at=AT + timedelta(days=days))
    tip("还有一处有误")
    tip("便宜便宜", is_doubtful=True)
    closed(tip("广告广告"), people.editor, verdict="unrelated", answer="")
    assert public_answers.tally() == TipTally(1, 3, 2)


def test_an_answer_is_shown_where_the_asker_agrees_and_the_project_is_public(people):
    of, private = project(), project(is_public=False)
    closed(tip("一处有误", project=of, may_be_shown=True), people.editor)
    closed(tip("二处有误", project=of), people.editor)
    closed(tip("三处有误", project=private, may_be_shown=True), people.editor)
    assert [one.days for one in public_answers.of_project(of, date(2026, 3, 5))] == [3]
    assert public_answers.of_project(of, date(2026, 3, 4)) == []
    assert len(public_answers.newest(date(2026, 3, 5))) == 1
