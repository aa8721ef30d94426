"""One line a document: what the other files name by its code alone."""

import pytest

from tests import cast
from tests.opendata.tables import table
from tests.public.portfolio import what_must_not_show

pytestmark = pytest.mark.django_db

PATH = "/data/sources.csv"


@pytest.mark.every_engine
def test_every_code_that_the_claims_name_has_its_line(client, made):
    found = {row["source"]: row for row in table(client, PATH)}
    assert {row["source"] for row in table(client, "/data/claims.csv")} - {""} <= set(found)


def test_a_line_says_what_it_is_as_printed_and_when_it_came(client, made):
    told = {"title": "规划图", "headline": "一图看懂", "publisher": "某报", "published": "2024-09/2024-12"}
    told |= {"published_basis": "inferred"}
    cast.source("map", **told)
    (row,) = [row for row in table(client, PATH) if row["source"] == "map"]
    assert {name: row[name] for name in told} == told
    assert (row["kind"], row["kind_name_en"], row["publisher_en"]) == ("newspaper", "newspaper", "")


def test_what_was_not_out_on_that_day_is_not_in_it(client, made):
    cast.source("later", published="2024-11")
    assert "later" in {row["source"] for row in table(client, PATH, known="2024-11-01")}
    assert "later" not in {row["source"] for row in table(client, PATH, known="2024-10-31")}


def test_nothing_hidden_is_in_it(client, made):
    marks = what_must_not_show(made)
    cast.source("unseen-paper", is_public=False)
    answer = client.get(PATH).content.decode()
    assert [mark for mark in [*marks, "unseen-paper"] if mark in answer] == []
