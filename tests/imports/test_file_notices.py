"""Whoever sent a file is told what was decided on it, once; nobody is told of his own decision."""

from datetime import timedelta

import pytest
from django.test import override_settings

from projects.imports import decisions
from projects.models import Notice
from projects.notices import inbox, messages
from projects.reports.reminders import outlook
from projects.reports.rules.reminders import due
from tests.cast import AT, TODAY, project
from tests.imports.rows import approved_batch, claim, row, sent
from tests.public.reading import read

pytestmark = pytest.mark.django_db


def told() -> list[tuple]:
    rows = Notice.objects.order_by("pk")
    return [(one.user.username, one.kind, one.values.get("note")) for one in rows]


def test_of_its_approval(people):
    approved_batch(people, row(project(), claim()))
    assert told() == [("editor", "file_approved", None)]
    tomorrow = TODAY + timedelta(days=1)
    inbox.tell(due(outlook(tomorrow), tomorrow), at=AT + timedelta(days=1))
    assert len(told()) == 1, "and not of each of its statements once more"


def test_of_its_refusal_with_the_reason(people, client):
    batch = sent(people, row(project(), claim()))
    decisions.refuse(batch, expected=batch.version, why="上月的表", by=people.second_editor, at=AT)
    assert told() == [("editor", "file_refused", "上月的表")]
    client.force_login(people.editor)
    page = read(client, "/desk/notices/")
    assert "二月.xlsx" in page.main and "上月的表" in page.main
    assert f"/desk/imports/{batch.pk}/" in [one.href for one in page.links]


def test_of_its_withdrawal_and_who_asked_for_it_too(people):
    batch = approved_batch(people, row(project(), claim()))
    told_so = {"why": "错月", "by": people.second_editor, "at": AT}
    second = decisions.withdraw(batch, expected=batch.version, **told_so)
    assert len(told()) == 1, "not before somebody else agrees"
    decisions.approve(second, expected=second.version, by=people.reviewer, at=AT)
    assert sorted(told()[1:]) == [
        ("editor", "file_withdrawn", "错月"),
        ("second_editor", "file_withdrawn", "错月"),
    ]


def test_that_a_withdrawal_was_refused(people):
    batch = approved_batch(people, row(project(), claim()))
    second = decisions.withdraw(batch, expected=batch.version, why="错月", by=people.editor, at=AT)
    decisions.refuse(second, expected=second.version, why="没有错", by=people.second_editor, at=AT)
    assert told()[1:] == [("editor", "file_refused", "没有错")]


def test_nobody_is_told_of_what_one_decided_alone(people):
    batch = sent(people, row(project(), claim()))
    with override_settings(ALONE_MAY_APPROVE=True):
        decisions.approve(batch, expected=batch.version, by=people.editor, at=AT)
    assert told() == []


def test_a_letter_keeps_the_reason_out():
    said = messages.message("file_refused", {"file": "二月.xlsx", "batch": "1", "note": "内部"}, [])
    assert "二月.xlsx" in said.heading and "内部" not in said.heading + said.text
