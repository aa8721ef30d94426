"""What is offered under a search field: names of public records alone, the newest word first."""

import pytest

from projects.choices import AliasKind
from projects.opendata import names as names_page
from tests import cast
from tests.public.portfolio import settle

pytestmark = pytest.mark.django_db


def names(client, **query) -> list[str]:
    answer = client.get("/data/names.json", query)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert answer.json()["count"] == len(answer.json()["names"])
    return answer.json()["names"]


def test_the_newest_word_comes_first_with_all_its_names(client, made):
    new = cast.project("新记录", name_en="New record")
    cast.published(new, known_on="2025-05-30")
    cast.alias(new, "新录", kind=AliasKind.SHORT_NAME)
    cast.alias(new, "新纪录", kind=AliasKind.MISPRINT)
    settle()
    found = names(client)
    assert found[:3] == ["新记录", "New record", "新录"] and "新纪录" not in found
    assert {"老铝厂", "样板厂"} <= set(found) and len(found) == len(set(found))


def test_at_most_so_many(client, made, monkeypatch):
    monkeypatch.setattr(names_page, "MAX_NAMES", 3)
    assert len(names(client)) == 3


def test_only_what_was_on_record_on_the_day(client, made):
    assert "老铝厂" in names(client)
    assert "老铝厂" not in names(client, asof="2019-01-01", known="2019-01-01")  # the first day there is


def test_what_is_hidden_is_not_offered(client, made):
    assert not [name for name in names(client) if "漏出" in name]
