"""Numbers in sentences that lead to no rows of their own: each is counted anew from the files."""

import csv
import io
import random
import re

import pytest

from projects.choices import Basis, Milestone, Stage, Topic
from projects.claims import projection
from projects.core import fuzzy_dates
from projects.core.money import Money
from tests import cast
from tests.public.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def told() -> None:
    """Two dozen records, some of what is said of them our own reading."""
    choose = random.Random(3)
    park = cast.place("park")
    for _ in range(24):
        of = cast.project(place=choose.choice([None, park]), record_type=choose.choice(["project", "bid"]))
        read_as = {"basis": choose.choice(Basis.values), "note": "读作"}
        cast.published(of, Topic.STAGE, choose.choice(Stage.values), **read_as)
        if choose.random() < 0.6:
            amount = Money(choose.randint(1, 90) * 10**8, "yi", 0)
            cast.published(of, Topic.TOTAL_INVESTMENT, amount, **read_as)
        if choose.random() < 0.6:
            due = fuzzy_dates.parse(choose.choice(["2024-12", "2025", "2027"]))
            cast.published(of, Topic.PROMISED, due, measure=Milestone.OPERATING.value, **read_as)
    projection.rebuild_all()


def rows(client, path: str) -> list[dict[str, str]]:
    answer = client.get(path)
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))


def said(text: str, pattern: str) -> int:
    return int(re.search(pattern, text)[1])


@pytest.mark.parametrize("day", ["", "asof=2025-06-30"])
def test_the_headline(client, told, day):
    text = read(client, f"/en/?{day}").one("p", "headline").text
    listed = rows(client, f"/data/projects.csv?counted=1&{day}")
    inferred = [one for one in listed if one["stage_basis"] == Basis.INFERRED]
    known = [one for one in listed if one["total_investment"]]
    assert said(text, r"the stage of (\d+) is inferred") == len(inferred) > 0
    assert said(text, r"(\d+) of the \d+ have a published") == len(known) > 0
    assert said(text, r"\d+ of the (\d+) have a published") == len(listed)


@pytest.mark.parametrize("day", ["", "asof=2025-06-30"])
def test_the_promises(client, told, day):
    text = read(client, f"/en/promises/?{day}").one("p", "lede").text
    inferred = [
        one for one in rows(client, f"/data/promises.csv?{day}") if one["first_basis"] == Basis.INFERRED
    ]
    assert said(text, r"(\d+) of them (?:is|are) this site's own reading") == len(inferred) > 0


@pytest.mark.parametrize("day", ["", "asof=2025-06-30"])
def test_the_places(client, told, day):
    text = read(client, f"/en/places/?{day}").one("p", "lede").text
    placed = [one for one in rows(client, f"/data/projects.csv?counted=1&{day}") if one["place"]]
    assert said(text, r"the places? of (\d+) w") == len(placed) > 0


def test_control_a_number_that_is_not_there_is_found(client, told):
    with pytest.raises(TypeError):
        said(read(client, "/en/").one("p", "headline").text, r"(\d+) unicorns")
