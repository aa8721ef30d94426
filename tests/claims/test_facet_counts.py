"""What every choice beside the list would give: against counting row by row, and by what is read for it."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest
from django.db import connection
from django.http import QueryDict

from projects.choices import Condition, Kind, RecordType, Sector, Stage
from projects.claims import facet_counts
from projects.claims.facet_counts import COVERED
from projects.claims.standings import AGE, COUNTED, FACETS
from projects.core.ages import age, years_before
from projects.models import Current
from projects.records.facets import count_rows, counts
from projects.records.filters import ProjectFilter
from tests import cast
from tests.cast import TODAY
from tests.public.crowd import crowd

pytestmark = pytest.mark.django_db
QUESTIONS = (
    "",
    "counted=1",
    "kind=industrial",
    "kind=industrial&kind=water&counted=1",
    "kind=industrial&place=park",
    "kind=none&sector=none",
    "place=park&counted=1",
    "place=none",
    "stage=building&stage=none",
    "record_type=programme&age=over2",
    "age=under1&age=1to2&counted=1",
    "condition=stopped&kind=water",
    "sector=light_alloy&stage=building&kind=industrial&record_type=project&place=park&age=over2",
)
SORTED = {"place=none", "condition=stopped&kind=water"}
# What ANALYZE says of 100,000 rows that are spread like these: of few rows SQLite reads any index.
LARGE = {
    "current_facets": "100000 10000 910 527 78 47 12 8 2 1 1 1 1 1",
    "current_expected": "100000 10000 5000 5000 2500 1",
    "current_kind": "100000 9091 1",
    "current_sector": "100000 10000 1",
    "current_stage": "100000 10000 1",
    "current_record_type": "100000 12500 1",
    "current_condition": "100000 25000 1",
    "current_place": "100000 25000 1",
    "current_counted": "100000 50000 600 1 1 1 1 1 1 1 1 1",
    "current_kind_counted": "100000 9091 4546 55 1 1 1 1 1 1 1 1",
    "current_said": "100000 67 1",
    "sqlite_autoindex_projects_current_1": "100000 1",
}


def spread(count: int, seed: int = 5) -> None:
    """Rows of all kinds, types and ages"""
    crowd(count)
    chance, rows = Random(seed), list(Current.objects.order_by("pk"))
    area = cast.place("area", name="片区", parent=cast.place())
    places = [None, cast.place().pk, area.pk, cast.place("town", name="镇").pk]
    said = [None, *(years_before(TODAY, n) + timedelta(days=by) for n in (0, 1, 2) for by in (-1, 0))]
    for row in rows:
        row.kind, row.sector = chance.choice(Kind.values), chance.choice(["", *Sector.values])
        row.stage, row.record_type = chance.choice(["", *Stage.values]), chance.choice(RecordType.values)
        row.condition, row.place_id = chance.choice(Condition.values), chance.choice(places)
        row.is_counted, row.stage_said_on = chance.random() < 0.7, chance.choice(said)
    names = (*COVERED, "stage_said_on")
    Current.objects.bulk_update(rows, [name.removesuffix("_id") for name in names])


def asked(question: str) -> ProjectFilter:
    return ProjectFilter(QueryDict(question), Current.objects.all(), TODAY)


def one_by_one(narrowed: ProjectFilter) -> dict[str, dict[str, int]]:
    """A facet leaves out its own choice, but for what the headline counts."""
    found = {
        name: Counter(str(getattr(row, column) or "") for row in narrowed.leaving(name))
        for name, column in FACETS.items()
    }
    found[AGE] = Counter(_age(row.stage_said_on) for row in narrowed.leaving(AGE))
    found[COUNTED] = Counter("1" if row.is_counted else "" for row in narrowed.qs)
    return found


def _age(said_on: date | None) -> str:
    return age(said_on, TODAY).value if said_on else ""


@pytest.mark.every_engine
def test_every_choice_counts_what_counting_row_by_row_finds():
    spread(300)
    for question in QUESTIONS:
        narrowed = asked(question)
        assert counts(narrowed) == one_by_one(narrowed), question


@pytest.mark.every_engine
def test_nothing_is_counted_of_nothing():
    assert counts(asked("kind=water")) == {name: {} for name in (*FACETS, AGE, COUNTED)}


@pytest.fixture
def large(db) -> None:
    """Rows of which SQLite believes that they are very many."""
    if connection.vendor != "sqlite":
        pytest.skip("reads SQLite's plans")
    spread(30)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE projects_current")
        cursor.execute("DELETE FROM sqlite_stat1 WHERE tbl = 'projects_current'")
        rows = [("projects_current", index, stat) for index, stat in LARGE.items()]
        cursor.executemany("INSERT INTO sqlite_stat1 VALUES (%s, %s, %s)", rows)
        cursor.execute("ANALYZE sqlite_schema")  # read it


def plan(question: str) -> list[str]:
    """What SQLite reads of the projects, and what it sorts."""
    lines = count_rows(asked(question)).explain().splitlines()
    return [line for line in lines if "projects_current" in line or "TEMP B-TREE" in line]


@pytest.mark.parametrize("question", QUESTIONS)
def test_choices_are_counted_as_an_index_that_covers_them_lies(large, question):
    """Where a column behind others has one value, SQLite sorts those that have it."""
    lines = plan(question)
    reads = [line for line in lines if "projects_current" in line]
    assert reads and all("COVERING INDEX" in line for line in reads), lines
    assert reads == lines or question in SORTED, lines


def test_what_the_headline_counts_is_grouped_as_the_index_lies(large, monkeypatch):
    """Where SQLite was told nothing, too, as it is of a new database. And the control."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sqlite_stat1")
        cursor.execute("ANALYZE sqlite_schema")
    question, scan = "stage=building&counted=1", "SCAN projects_current USING COVERING INDEX current_facets"
    assert [line.endswith(scan) for line in plan(question)] == [False, True]
    monkeypatch.setattr(ProjectFilter, "grouped", lambda narrowed: narrowed)
    assert not any(line.endswith(scan) for line in plan(question))


@pytest.mark.parametrize(
    "columns", [("sector", "kind", *COVERED[2:]), (*COVERED[:3], "funding", *COVERED[3:])]
)
def test_control_what_is_grouped_otherwise_is_sorted_or_read_from_the_rows(large, columns, monkeypatch):
    monkeypatch.setattr(facet_counts, "COVERED", columns)
    assert not all("COVERING INDEX" in line for line in plan("kind=industrial"))
