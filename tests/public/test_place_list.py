"""Places: a tree from the district down, each project counted once."""

from collections import Counter

import pytest
from django.utils import timezone

from projects.choices import Topic
from projects.claims import projection
from projects.claims.stage_counts import by_stage
from projects.core.clocks import Clocks
from projects.public import places
from tests import cast
from tests.public.reading import read, zh

pytestmark = pytest.mark.django_db


def standing_in(place, stage="building", **fields):
    made = cast.project(place=place, **fields)
    cast.published(made, Topic.STAGE, stage)
    projection.rebuild(made)
    return made


def clocks() -> Clocks:
    today = timezone.localdate()
    return Clocks(today, today, today)


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


def summed_up(client) -> tuple[int, int, int]:
    """What the tree counts at its top, what its places hold themselves, what the list has with a place."""
    tops, unplaced = places.tree(by_stage("place", clocks()))
    leaves = sum(branch.here.total() for top in tops for branch in top.all())
    listed = read(client, "/projects/", counted="1").codes
    return sum(top.count for top in tops), leaves, len(listed) - unplaced


def test_leaf_counts_and_the_unplaced_are_all_projects_and_none_twice(client, district):
    for place in (*district, None, None):
        standing_in(place)
    standing_in(district[2], record_type="programme")
    assert summed_up(client) == (3, 3, 3)


def test_control_a_tree_that_counts_a_part_twice_is_found(client, district, monkeypatch):
    standing_in(district[2])
    once = places.Branch.within.func
    monkeypatch.setattr(
        places.Branch, "within", property(lambda one: sum(map(once, one.parts), Counter(once(one))))
    )
    assert summed_up(client) == (2, 1, 1)


def test_a_place_with_nothing_in_it_is_not_shown(client, district):
    standing_in(district[0])
    assert branches(read(client, "/places/")) == ["样板区 1"]


def test_a_past_day_counts_the_same_way(client, district):
    standing_in(district[1])
    assert branches(read(client, "/places/", asof="2025-06-01")) == branches(read(client, "/places/"))


def test_in_english(client, district):
    assert read(client, "/en/places/").one("h1").text == "Where the projects are"
    assert read(client, "/places/").one("h1").text == zh("Where the projects are")
