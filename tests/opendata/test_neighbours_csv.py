"""One line a project beside another: both have one, as long as both are on record."""

import pytest

from tests import cast
from tests.opendata.tables import table
from tests.public.portfolio import MARK, what_must_not_show

pytestmark = pytest.mark.django_db

PATH = "/data/neighbours.csv"


def test_both_of_two_have_a_line_with_its_source(client, made):
    paper = cast.source("map", title="规划图")
    place = {"source": paper, "section": cast.section(paper), "paragraph": 2}
    cast.neighbour(made.plant, made.road, **place)
    said = {"nearness": "adjacent", "source": "map", "place": "1 ¶2", "note": "只隔一条路"}
    pairs = [(made.plant.code, made.road.code), (made.road.code, made.plant.code)]
    wanted = [{"project": one, "neighbour": other} | said for one, other in sorted(pairs)]
    found = table(client, PATH)
    assert [{name: row[name] for name in wanted[0]} for row in found] == wanted
    assert {row["nearness_name_en"] for row in found} == {"adjacent"}


def test_of_a_list_that_was_filtered(client, made):
    cast.neighbour(made.plant, made.road)
    (row,) = table(client, PATH, kind=made.road.kind)
    assert (row["project"], row["neighbour"]) == (made.road.code, made.plant.code)


def test_one_of_which_nothing_is_on_record_is_no_neighbour(client, made):
    cast.neighbour(made.plant, cast.project())
    assert table(client, PATH) == []


def test_nothing_hidden_is_in_it(client, made):
    marks = what_must_not_show(made)
    hidden = cast.project(f"{MARK}邻居", slug="hidden-beside", is_public=False)
    cast.neighbour(made.plant, hidden, note=MARK)
    cast.neighbour(made.plant, made.road, source=cast.source("unseen-paper"))
    answer = client.get(PATH).content.decode()
    assert [mark for mark in [*marks, hidden.code, "unseen-paper"] if mark in answer] == []
    assert made.road.code in answer, "though its source is not public"
