"""Two records side by side, of which an editor chooses the one that stays."""

import pytest

from projects.choices import Topic
from projects.claims import projection
from projects.models import Batch, HidingRequest, Project
from tests.cast import Cast, project, published
from tests.imports.rows import FIFTY, FORTY
from tests.public.reading import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(people) -> tuple[Project, Project]:
    made = project("古剑山索道"), project("古剑山索道工程")
    for of, value in zip(made, (FORTY, FIFTY), strict=True):
        published(of, Topic.TOTAL_INVESTMENT, value)
        projection.rebuild(of)
    return made


def post(client, people: Cast, **typed):
    client.force_login(people.editor)
    return client.post("/desk/duplicates/QJ-0001/QJ-0002/", {"stays": "QJ-0001", "note": "同一个"} | typed)


def test_what_each_says_stands_in_a_line_with_its_source(client, people, pair):
    client.force_login(people.editor)
    page = Page(client.get("/desk/duplicates/QJ-0001/QJ-0002/"))
    (line,) = [row for row in page.rows() if any("40" in cell for cell in row)]
    assert "50" in line[2] and "日报某版" in line[1] and "日报某版" in line[2]


def test_the_other_is_asked_to_be_hidden_and_a_second_person_decides_at_once(client, people, pair):
    assert post(client, people)["Location"] == "/desk/projects/QJ-0002/hide/"
    wish = HidingRequest.objects.get()
    assert (wish.project, wish.same_as) == (pair[1], pair[0])
    client.force_login(people.reviewer)
    page = Page(client.get("/desk/projects/QJ-0002/hide/"))
    batch = f"/desk/imports/{wish.batch_id}/"
    assert batch in {one.href for one in page.links}
    shown = Page(client.get(batch))
    assert not shown.all("button", name="act") and "/desk/projects/QJ-0002/hide/" in {
        one.href for one in shown.links
    }
    assert client.get("/desk/").context["files"] == 0, "it is counted once, among what is to be hidden"
    client.post(batch, {"act": "approve", "version": wish.batch.version})
    assert Batch.objects.get().state == "sent"
    client.post("/desk/projects/QJ-0002/hide/", {"act": "approve", "wish": wish.pk})
    assert Batch.objects.get().state == "approved" and Project.objects.public().get() == pair[0]
    client.force_login(people.editor)
    client.post("/desk/projects/QJ-0002/hide/", {"act": "show", "wish": wish.pk, "note": "两个项目"})
    assert Project.objects.public().count() == 2
    client.force_login(people.second_editor)
    assert Page(client.get(f"/desk/imports/{Batch.objects.waiting().get().pk}/")).all(
        "button", value="approve"
    )


@pytest.mark.parametrize("typed", [{"stays": ""}, {"stays": "QJ-0009"}, {"note": " "}, {"note": "长" * 301}])
def test_what_is_missing_is_said_and_nothing_is_lost(client, people, pair, typed):
    page = Page(post(client, people, **typed))
    assert page.status == 200 and page.all("section", "faults") and not HidingRequest.objects.exists()
    assert typed.get("note", "同一个").strip() in page.one("textarea", id="note").text


def test_one_that_is_private_or_not_there(client, people, pair):
    client.force_login(people.editor)
    assert client.get("/desk/duplicates/QJ-0001/QJ-0001/").status_code == 404
    assert client.get("/desk/duplicates/QJ-0001/QJ-0009/").status_code == 404
    project(is_public=False)
    page = Page(client.get("/desk/duplicates/QJ-0001/QJ-0003/"))
    assert page.notices and not page.all("input", name="stays")
    assert (
        client.post("/desk/duplicates/QJ-0001/QJ-0003/", {"stays": "QJ-0001", "note": "是"}).status_code
        == 200
    )
    assert not HidingRequest.objects.exists()
