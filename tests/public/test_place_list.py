"""Places: a tree from the district down, each project counted once."""

import pytest

from projects.choices import Topic
from projects.claims import projection
from tests import cast
from tests.public.reading import read, zh

pytestmark = pytest.mark.django_db


def standing_in(place, stage="building", **fields):
    made = cast.project(place=place, **fields)
    cast.published(made, Topic.STAGE, stage)
    projection.rebuild(made)
    return made


def branches(page) -> list[str]:
    """The places of the tree, each with its number."""
    return [one.text for one in page.all("p", "named")]


@pytest.fixture
def district():
    """A district, a park in it, a part of that park."""
    top = cast.place("district", name="样板区", kind="district")
    park = cast.place("park", name="样板园", parent=top)
    return top, park, cast.place("corner", name="样板角", parent=park)


def test_a_place_counts_what_lies_in_its_parts_each_project_once(client, district):
    top, park, corner = district
    standing_in(park), standing_in(corner, "operating"), standing_in(None)
    standing_in(park, record_type="programme")  # on record, not counted
    page = read(client, "/places/")
    assert branches(page) == ["样板区 2", "样板园 2", "样板角 1"]
    assert page.link("样板园") == "/places/park/"
    assert "/projects/?counted=1&place=park" in [link.href for link in page.links]
    assert page.link("1 个没有说明") == "/projects/?counted=1&place=none"


def test_a_place_with_nothing_in_it_is_not_shown(client, district):
    standing_in(district[0])
    assert branches(read(client, "/places/")) == ["样板区 1"]


def test_a_past_day_counts_the_same_way(client, district):
    standing_in(district[1])
    assert branches(read(client, "/places/", asof="2025-06-01")) == branches(read(client, "/places/"))


def test_in_english(client, district):
    assert read(client, "/en/places/").one("h1").text == "Where the projects are"
    assert read(client, "/places/").one("h1").text == zh("Where the projects are")
