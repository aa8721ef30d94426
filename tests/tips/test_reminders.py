"""Tips past their day are told to reviewers and editors: how many, once a day, and no word of them."""

from datetime import timedelta

import pytest

from projects.models import Notice, Tip
from projects.notices import inbox
from projects.tips import reminders
from tests.cast import AT, tip

pytestmark = pytest.mark.django_db


def told(day: int) -> set[tuple[str, str, str]]:
    """To whom so many days after they came."""
    at = AT + timedelta(days=day)
    before = set(Notice.objects.values_list("pk", flat=True))
    inbox.tell(reminders.overdue(at.date()), at=at)
    rows = Notice.objects.exclude(pk__in=before)
    return {(one.user.username, one.kind, one.values["tips"]) for one in rows}


BOTH = {(who, "tips_overdue", "1") for who in ("editor", "second_editor", "reviewer")}


def test_who_answers_is_told_once_after_the_fifth_working_day(people):
    tip()
    assert told(7) == set(), "it is due on that day"
    assert told(8) == BOTH
    assert told(9) == set()


def test_one_that_falls_due_later_is_told_with_the_first(people):
    tip()
    told(8)
    tip("竣工日期也不对", network="192.0.2.9", at=AT + timedelta(days=2))
    assert {count for *_, count in told(10)} == {"2"}


def test_answered_and_doubtful_ones_are_told_to_nobody(people):
    tip()
    Tip.objects.update(is_doubtful=True)
    assert told(8) == set()


def test_no_word_of_it_is_told(people):
    tip("标记字样：开工日期不对")
    told(8)
    assert "标记字样" not in str(list(Notice.objects.values_list("key", "projects", "values")))
