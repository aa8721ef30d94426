"""A remembered row is the row as its template writes it, whatever was asked before."""

import random
import re
from datetime import timedelta

import pytest
import time_machine

from projects.choices import Topic
from projects.claims import current
from projects.models import Project
from projects.pages import row_tags
from tests import cast
from tests.public.conftest import built, made, today  # noqa: F401
from tests.public.portfolio import figures, settle

pytestmark = pytest.mark.django_db

ADDRESSES = [
    language + path
    for language in ("", "/en")
    for path in (
        "/projects/?x=",
        "/projects/?sort=name&x=",
        "/projects/?sort=-name&counted=all&x=",
        "/projects/?type=large&x=",
        "/projects/?asof=2024-12-31&x=",
        "/projects/?asof=2029-12-31&x=",
        "/projects/?asof=2025-01-01&known=2025-06-01&x=",
        "/projects/?q=厂&x=",
        "/projects/?stage=preparing&x=",
        "/places/park/?x=",
    )
]


@pytest.fixture
def listed(made):  # noqa: F811
    """With rows of which one or another is the first whose stage is our reading."""
    figures(made)
    for name in ("甲仓库", "乙仓库"):
        cast.published(cast.project(name), Topic.STAGE, "building", basis="inferred", note="照片所示")
    settle()


@pytest.fixture(autouse=True)
def nothing_remembered():
    row_tags._written.cache_clear()


def rows_of(client, address: str) -> list[str]:
    return re.findall(r'<tr data-is="project">.*?</tr>', client.get(address).content.decode(), re.DOTALL)


def alone(client, address: str) -> list[str]:
    row_tags._written.cache_clear()
    return rows_of(client, address)


def test_what_is_remembered_is_what_would_be_written_now(client, listed):
    fresh = {address: alone(client, address) for address in ADDRESSES}
    assert sum(map(len, fresh.values())) > 40
    row_tags._written.cache_clear()
    asked = ADDRESSES * 3
    random.Random(0).shuffle(asked)
    for address in asked:
        assert rows_of(client, address) == fresh[address], address
    assert row_tags._written.cache_info().hits > 40


def test_words_grow_older(client, listed):
    before = rows_of(client, "/projects/?x=1")
    with time_machine.travel(cast.AT + timedelta(days=1000)):
        after = rows_of(client, "/projects/?x=1")
        assert after == alone(client, "/projects/?x=2") != before


def test_a_changed_name_is_another_row(client, listed):
    assert len(rows_of(client, "/projects/?x=1")) == len(rows_of(client, "/projects/?x=2"))
    road = Project.objects.get(slug="road")
    road.name = "改名后的公路"
    road.save()
    current.refresh(list(Project.objects.filter(slug="road").values_list("pk", flat=True)))
    assert any("改名后的公路" in row for row in rows_of(client, "/projects/?x=3"))


@pytest.mark.parametrize("part", ["carried", "language", "explained"])
def test_control_without_a_part_of_its_key_it_would_be_another(client, listed, monkeypatch, part):
    fresh = {address: alone(client, address) for address in ADDRESSES}
    seen, written = {}, row_tags._written.__wrapped__
    names = ("row", "clocks", "carried", "explained", "language")

    def by_less(*values):
        key = tuple(value for name, value in zip(names, values, strict=True) if name != part)
        return seen.setdefault(key, written(*values))

    monkeypatch.setattr(row_tags, "_written", by_less)
    assert any(rows_of(client, address) != fresh[address] for address in ADDRESSES * 2)
