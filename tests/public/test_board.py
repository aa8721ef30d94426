"""The sheet that stands at a site."""

import pytest

from projects.choices import Topic
from projects.claims import projection
from projects.core import fuzzy_dates
from tests import cast
from tests.public.reading import read, zh

pytestmark = pytest.mark.django_db


@pytest.fixture
def built():
    unit = cast.department(name="某委")
    made = cast.project(name="样板水库", department=unit)
    cast.published(made, Topic.STAGE, "building")
    cast.published(made, Topic.PROMISED, fuzzy_dates.parse("2026"), measure="completed")
    projection.rebuild(made)
    return made


def test_it_says_who_how_far_and_what_was_promised(client, built):
    page = read(client, f"/projects/{built.slug}/board/")
    assert page.one("h1").text == "样板水库"
    assert built.code in page.main and "某委" in page.main
    assert page.rows()[0][1:3] == ["2026年", "2026年"]
    assert page.link(f"http://testserver/projects/{built.slug}/")
    assert page.one("article", "board").text.count(zh("none")) == 0  # what is not known takes no room


@pytest.mark.parametrize(("day", "age"), [("2024-12-31", "under1"), ("2026-03-01", "1to2")])
def test_its_stage_looks_as_old_as_it_is_and_says_once_when_it_was_said(client, built, day, age):
    page = read(client, f"/en/projects/{built.slug}/board/", asof=day, known="2026-03-01")
    assert page.one("span", "stage").given["data-age"] == age
    assert page.one("p", "now").text.count("October 2024") == 1


def test_there_is_none_of_a_private_record(client):
    assert client.get(f"/projects/{cast.project(is_public=False).slug}/board/").status_code == 404
