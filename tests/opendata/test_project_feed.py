"""What happened to one project, as a feed."""

import pytest

from projects.choices import Condition, Topic
from projects.models import OldSlug, Project
from tests import cast
from tests.opendata.test_projects_feed import ATOM, feed, texts
from tests.public.portfolio import settle, what_must_not_show

pytestmark = pytest.mark.django_db

PATH = "/feeds/projects/factory.atom"


def test_its_changes_alone_in_words(client, made):
    found = feed(client, f"/en{PATH}")
    assert found.find(f"{ATOM}title").text == "Model factory · Qijiang Project Progress"
    assert texts(found, "title") == [
        "Model factory: completion moved from 2025 to June 2026",
        "Model factory: construction started",
    ]


def test_each_says_where_it_is_from(client, made):
    found = feed(client, f"/en{PATH}")
    by_ref = dict(zip(texts(found, "id"), texts(found, "summary"), strict=True))
    assert by_ref["tag:qijiang-project-progress,2026:claim/f-began"] == (
        "<p>construction started — A page of the daily · part 1, paragraph 1 · as of May 2023</p>"
    )


def test_the_identifiers_are_the_same_in_both_languages(client, made):
    assert texts(feed(client, PATH), "id") == texts(feed(client, f"/en{PATH}"), "id")


def test_before_it_was_on_record_it_is_empty_and_dated_by_that_day(client, made):
    found = feed(client, "/feeds/projects/phase.atom", asof="2024-12-01")
    assert found.findall(f"{ATOM}entry") == []
    assert found.find(f"{ATOM}updated").text == "2024-12-01T00:00:00+08:00"


def test_an_old_address_leads_on_and_a_hidden_one_nowhere(client, made):
    OldSlug.objects.create(slug="old-factory", project=made.factory)
    assert client.get("/feeds/projects/old-factory.atom")["Location"] == PATH
    what_must_not_show(made)
    private = Project.objects.get(is_public=False)
    assert client.get(f"/feeds/projects/{private.slug}.atom").status_code == 404


def test_nothing_hidden_is_in_it(client, made):
    marks = what_must_not_show(made)
    cast.published(made.plant, Topic.CONDITION, Condition.PAUSED.value, ref="o-paused", source=made.notice)
    settle()
    text = client.get("/feeds/projects/plant.atom").content.decode()
    assert "o-paused" in text and [mark for mark in marks if mark in text] == []


def test_its_page_names_it(client, made):
    assert f'type="application/atom+xml" href="{PATH}"' in client.get("/projects/factory/").content.decode()
    assert client.head(PATH).status_code == 200 and client.post(PATH).status_code == 405
