"""The sheet that stands at a site, and its code."""

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
    assert page.rows()[0][1:3] == ["2026 年", "2026 年"]
    assert page.link(f"http://testserver/projects/{built.slug}/")
    assert page.one("article", "board").text.count(zh("none")) == 0  # what is not known takes no room


def test_the_code_is_a_drawing_of_the_address(client, built):
    answer = client.get(f"/projects/{built.slug}/qr.svg")
    assert answer["Content-Type"] == "image/svg+xml" and answer.content.startswith(b"<svg")
    assert answer.content != client.get(f"/en/projects/{built.slug}/qr.svg").content


def test_nothing_of_a_private_record_is_drawn(client):
    slug = cast.project(is_public=False).slug
    assert [client.get(f"/projects/{slug}/{page}").status_code for page in ("board/", "qr.svg")] == [404, 404]
