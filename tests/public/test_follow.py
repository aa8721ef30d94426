"""How to follow: the addresses of calendar and feed, of one project or of all."""

import pytest

from tests import cast
from tests.public.reading import read, zh

pytestmark = pytest.mark.django_db


def addresses(page) -> list[str]:
    return [one.given["value"] for one in page.all("input") if "readonly" in one.given]


def test_all_of_them(client, made):
    assert addresses(read(client, "/follow/")) == [
        "http://testserver/calendar.ics",
        "http://testserver/feeds/projects.atom",
    ]


def test_without_a_date_to_come_there_is_no_calendar(client):
    assert addresses(read(client, "/follow/")) == ["http://testserver/feeds/projects.atom"]


def test_one_project(client, made):
    made = made.factory
    page = read(client, "/follow/", project=made.slug)
    assert made.name in page.one("h1").text and len(addresses(page)) == 2
    assert page.link(zh("Back to the project")) == f"/projects/{made.slug}/"
    for address in addresses(page):
        assert made.slug in address
        assert client.get(address.removeprefix("http://testserver")).status_code == 200


@pytest.mark.parametrize("slug", ["nowhere", "private"])
def test_what_is_not_public_is_not_there(client, made, slug):
    cast.project(slug="private", is_public=False)
    page = read(client, "/follow/", project=slug)
    assert f"project={slug}" in page.notices[0] and len(addresses(page)) == 2


def test_in_english(client):
    assert read(client, "/en/follow/").one("h1").text == "Follow the projects"


def offered(client, slug: str) -> tuple[bool, int]:
    """Whether its page leads to following it, and how many addresses stand there."""
    page = read(client, f"/projects/{slug}/")
    return "/follow/" in page.html, len(addresses(read(client, "/follow/", project=slug)))


def test_where_nothing_can_be_offered_there_is_no_link(client, made):
    """A stage alone is neither a date nor news; a road that was opened has news, a promise a date."""
    assert offered(client, "plant") == (False, 0)
    assert offered(client, "road") == (True, 1)
    assert offered(client, "factory") == (True, 2)
