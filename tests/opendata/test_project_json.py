"""One project as data: the same object as among all of them, with its claims."""

import pytest

from projects.models import OldSlug, Project
from tests.public.portfolio import what_must_not_show

pytestmark = pytest.mark.django_db

PATH = "/projects/factory/project.json"


def test_the_same_object_as_among_all_with_its_claims(client, made):
    answer = client.get(PATH)
    told = answer.json()
    among_all = client.get("/data/projects.json").json()
    claims = told["project"].pop("claims")
    assert told["project"] == among_all["projects"][0]
    assert {name: told[name] for name in ("as_of", "known", "generated", "licence", "count")} == {
        "as_of": "2026-03-02",
        "known": "2026-03-02",
        "generated": among_all["generated"],
        "licence": None,
        "count": 1,
    }
    assert {claim["ref"] for claim in claims} == {
        *("f-stage", "f-total", "f-a-rival", "f-water", "f-works", "f-first", "f-moved", "f-began")
    }
    assert {claim["project"] for claim in claims} == {made.factory.code}


def test_as_it_was_known_on_a_past_day(client, made):
    then = client.get(PATH, {"known": "2025-02-28"}).json()
    assert (then["as_of"], then["known"]) == ("2025-02-28", "2025-02-28")
    assert "f-moved" not in {claim["ref"] for claim in then["project"]["claims"]}


def test_before_it_was_on_record_there_is_nothing(client, made):
    then = client.get("/projects/phase/project.json", {"asof": "2024-12-01"}).json()
    assert (then["count"], then["project"]) == (0, None)


def test_an_old_address_leads_on_with_its_question(client, made):
    OldSlug.objects.create(slug="old-factory", project=made.factory)
    answer = client.get("/projects/old-factory/project.json?asof=2024-12-01")
    assert (answer.status_code, answer["Location"]) == (301, f"{PATH}?asof=2024-12-01")
    english = client.get("/en/projects/old-factory/project.json")
    assert english["Location"] == f"/en{PATH}"


def test_what_is_not_public_is_not_there(client, made):
    what_must_not_show(made)
    private = Project.objects.get(is_public=False)
    assert client.get(f"/projects/{private.slug}/project.json").status_code == 404
    assert client.get("/projects/no-such/project.json").status_code == 404


def test_nothing_hidden_is_in_it(client, made):
    marks = what_must_not_show(made)
    for slug in ("plant", "road"):
        text = client.get(f"/projects/{slug}/project.json").content.decode()
        assert [mark for mark in marks if mark in text] == []


def test_reading_only(client, made):
    assert client.head(PATH).status_code == 200
    assert client.post(PATH).status_code == 405


def test_in_english_the_same(client, made):
    assert client.get(f"/en{PATH}").json() == client.get(PATH).json()


def test_its_page_links_it(client, made):
    page = client.get("/projects/factory/?asof=2024-12-01").content.decode()
    assert f'href="{PATH}?asof=2024-12-01"' in page


def test_it_takes_a_fixed_number_of_statements(client, made, django_assert_max_num_queries):
    client.get("/about/")
    with django_assert_max_num_queries(8):
        client.get(PATH)
