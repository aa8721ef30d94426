"""The links of the list are told apart by all that they are written from."""

from dataclasses import replace

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from projects.public.list_parts import ListLinks

BASE = ListLinks(
    QueryDict("stage=building"), QueryDict("stage=building&counted=1"), "name", {"sort": "name"}, {}
)
LARGE = {"type": "large"}
VARIED = [
    {"clean": QueryDict("stage=planned")},
    {"answered": QueryDict("stage=building")},
    {"sort": "-name"},
    {"kept": {"sort": "-name"}},
    {"kept": {"sort": "name"} | LARGE},
    {"carried": LARGE},
]


def written(links: ListLinks) -> str:
    names = ("list_switch", "list_columns")
    return "".join(render_to_string(f"public/parts/{name}.html", {"links": links}) for name in names)


@pytest.mark.parametrize("other", VARIED, ids=lambda other: next(iter(other)))
def test_what_is_written_otherwise_is_told_apart(other):
    varied = replace(BASE, **other)
    assert written(varied) != written(BASE)
    assert varied.told != BASE.told


def test_what_travels_with_the_order_and_without_it_is_not_mixed_up():
    assert replace(BASE, kept=LARGE, carried={}).told != replace(BASE, kept={}, carried=LARGE).told
    assert hash(BASE.told)
