"""The choices beside the list are told apart by all that they are written from."""

from dataclasses import replace

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from projects.claims import standings
from projects.claims.source_counts import SourceCount
from projects.models import Place
from projects.public.list_narrowing import Narrowing

COUNTED = dict.fromkeys((*standings.FACETS, standings.AGE, standings.COUNTED), {}) | {
    "kind": {"industrial": 2, "water": 1},
    "place": {"1": 2, "2": 1},
}
DISTRICT = Place(pk=3, code="district", name="綦江区", name_en="Qijiang")
PARK = Place(pk=1, code="park", name="园区", name_en="Park")
PLACES = {"district": DISTRICT, "park": PARK, "town": Place(pk=2, code="town", name="镇", name_en="Town")}
BASE = Narrowing(COUNTED, (SourceCount("paper", "报", "Paper", 2),), QueryDict("kind=water"), PLACES, {})

VARIED = [
    {"counted": COUNTED | {"kind": {"industrial": 2, "water": 3}}},
    {"counted": COUNTED | {"place": {"1": 1, "2": 2}}},
    {"drawn_on": (SourceCount("paper", "报", "Paper", 1),)},
    {"drawn_on": (SourceCount("paper", "报", "Paper", None),)},
    {"drawn_on": (SourceCount("notice", "公示", "Notice", 2),)},
    {"params": QueryDict("kind=industrial")},
    {"params": QueryDict("kind=water&source=paper")},
    {"params": QueryDict("")},
    {"carried": {"type": "large"}},
    {"places": PLACES | {"park": Place(pk=1, code="park", name="工业园", name_en="Park")}},
    {"places": PLACES | {"park": Place(pk=1, code="park", name="园区", name_en="Park", parent=DISTRICT)}},
]


def written(narrowing: Narrowing) -> str:
    return render_to_string("public/parts/narrowing.html", {"narrowing": narrowing})


@pytest.mark.parametrize("other", VARIED, ids=lambda other: next(iter(other)))
def test_what_is_written_otherwise_is_told_apart(other):
    varied = replace(BASE, **other)
    assert written(varied) != written(BASE)
    assert varied.told != BASE.told


def test_the_same_is_told_the_same():
    assert replace(BASE, params=QueryDict("kind=water")).told == BASE.told
    assert hash(BASE.told)
