"""Texts kept for their author: the last one an address, for half an hour, up to a limit, then swept."""

from datetime import timedelta

import pytest

from projects.models import KeptText
from projects.pages import lost_forms
from tests.cast import AT

pytestmark = pytest.mark.django_db
PATH = "/desk/reports/2026-02/QJ-0001/"


def keep(user, path=PATH, at=AT, **fields) -> bool:
    return lost_forms.keep(user.pk, path, fields or {"works": "封顶"}, at=at)


def test_the_last_post_to_an_address_is_kept(people):
    assert keep(people.reporter, works="一")
    assert keep(people.reporter, works="二", at=AT + timedelta(minutes=1))
    kept = lost_forms.take(people.reporter, PATH, at=AT + timedelta(minutes=2))
    assert kept == lost_forms.LostForm({"works": "二"}, AT + timedelta(minutes=1))
    assert lost_forms.take(people.reporter, PATH, at=AT) is None


def test_up_to_a_hundred_kilobytes(people):
    assert keep(people.reporter, works="x" * (lost_forms.MOST_BYTES - 5))
    assert not keep(people.reporter, works="x" * (lost_forms.MOST_BYTES - 4))
    assert not keep(people.reporter, path="/" * (lost_forms.LONGEST_PATH + 1))


def test_what_no_database_takes_is_left_out(people):
    assert keep(people.reporter, works="a\x00b\ud800c")
    assert lost_forms.take(people.reporter, PATH, at=AT).fields == {"works": "ab?c"}


def test_the_sweep_removes_what_is_too_old_and_nothing_else(people):
    keep(people.reporter, path="/old/")
    keep(people.reviewer, at=AT + timedelta(minutes=10))
    assert lost_forms.sweep(AT + timedelta(minutes=30)) == 0
    assert lost_forms.sweep(AT + timedelta(minutes=31)) == 1
    assert KeptText.objects.get().user == people.reviewer


def test_whoever_keeps_sweeps(people):
    keep(people.reporter, path="/old/")
    keep(people.reviewer, at=AT + timedelta(hours=1))
    assert [row.path for row in KeptText.objects.all()] == [PATH]
