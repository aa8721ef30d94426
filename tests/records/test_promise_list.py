"""Promises of today are read once, with their claims, until something is published."""

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from projects.audit.data_version import publishing
from projects.choices import Topic
from projects.core import fuzzy_dates
from projects.core.clocks import Clocks
from projects.models import Source
from projects.records import promise_list
from tests import cast
from tests.public.portfolio import settle

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.every_engine]
TODAY = Clocks(cast.TODAY, cast.TODAY, cast.TODAY)


def promised(name: str) -> None:
    until = fuzzy_dates.parse("2027")
    cast.published(cast.project(name), Topic.PROMISED, until, measure="operating", source=paper())
    settle()


def paper() -> Source:
    return Source.objects.filter(code="paper").first() or cast.source("paper", title="旧题")


def page() -> list[promise_list.PromiseRow]:
    return promise_list.page([], "", promise_list.SILENT_FIRST, TODAY, QueryDict()).rows


def claims_read() -> int:
    with CaptureQueriesContext(connection) as asked:
        page()
    return sum('FROM "projects_claim"' in one["sql"] for one in asked)


def test_claims_are_read_once_until_something_is_published():
    promised("甲厂")
    (one,) = page()
    assert page() == [one] and not claims_read()
    with publishing(cast.AT):
        promised("乙厂")
    assert claims_read() == 1 and not claims_read()
    assert sorted(one.name for one in page()) == ["乙厂", "甲厂"]


def test_a_new_title_is_read_once_it_is_published():
    promised("甲厂")
    assert [one.claim.source.title for one in page()] == ["旧题"]
    with publishing(cast.AT):
        Source.objects.filter(code="paper").update(title="新题")
    assert [one.claim.source.title for one in page()] == ["新题"]


def test_no_more_rows_are_remembered_than_may_be(monkeypatch):
    monkeypatch.setattr(promise_list, "MAX_ROWS", 1)
    for name in ("甲厂", "乙厂", "丙厂"):
        promised(name)
    assert len(page()) == len(page()) == 3
