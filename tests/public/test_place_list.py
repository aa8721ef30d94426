"""Places: a tree from the district down, each project counted once."""

from collections import Counter

import pytest
from django.db.models import Value
from django.utils import timezone

from projects.choices import Age, Topic
from projects.claims import projection, stage_ages
from projects.claims.stage_counts import by_stage
from projects.core.clocks import Clocks
from projects.public import places
from tests import cast
from tests.public.reading import read, zh

pytestmark = pytest.mark.django_db


def standing_in(place, stage="building", as_of="2024-10-17", known_on=None, **fields):
    made = cast.project(place=place, **fields)
    said = {"as_of": as_of} | ({"known_on": known_on} if known_on else {})
    cast.published(made, Topic.STAGE, stage, **said)
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
    assert "/projects/?counted=1&place=park#found" in [link.href for link in page.links]
    assert page.link("1 个没有说明") == "/projects/?counted=1&place=none#found"


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


def bars(page) -> list[list[tuple[str, float]]]:
    """The pieces of each bar of stages, with their share of a hundred."""
    pieces = [one for one in page.all("rect") if one.is_in("svg", "stagebar") and one.given["height"] != "6"]
    drawn = [
        [one for one in pieces if bar in (one.within, one.within.within)]
        for bar in page.all("svg", "stagebar")
    ]
    return [[(one.given["class"], float(one.given["width"].rstrip("%"))) for one in bar] for bar in drawn]


@pytest.mark.parametrize("path", ["/places/", "/places/park/", "/"])
def test_a_bar_is_solid_where_the_word_is_at_most_two_years_old(client, district, path):
    """Two years to the day before 2 March 2026 are not over; a year earlier they were not for more of it."""
    for as_of in ("2024-10-17", "2024-03-02", "2024-03-01", "2019"):
        standing_in(district[1], as_of=as_of)
    standing_in(district[1], "operating", as_of="2021")
    today = [("building", 40), ("building aged", 40), ("operating aged", 20)]
    assert all(one == today for one in bars(read(client, path)))
    then = [("building", 60), ("building aged", 20), ("operating aged", 20)]
    past = bars(read(client, path, asof="2025-03-02"))
    assert len(past) > 0 and all(one == then for one in past)


def test_control_a_bar_that_asks_no_age_is_found(client, district, monkeypatch):
    standing_in(district[1], as_of="2019")
    monkeypatch.setattr(stage_ages, "age_on", lambda *asked: Value(Age.UNDER1.value))
    assert bars(read(client, "/places/"))[0] == [("building", 100)]


def test_a_past_day_counts_the_same_way(client, district):
    standing_in(district[1])
    assert branches(read(client, "/places/", asof="2025-06-01")) == branches(read(client, "/places/"))


def test_in_english(client, district):
    assert read(client, "/en/places/").one("h1").text == "Where the projects are"
    assert read(client, "/places/").one("h1").text == zh("Where the projects are")
