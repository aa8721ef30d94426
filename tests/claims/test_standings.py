"""Which records the headline counts: rule 9, sentence by sentence, by the query that counts them."""

from datetime import timedelta
from random import Random

import pytest

from projects.choices import COUNTED_TYPES, Age, Condition, RecordType
from projects.claims import current, facet_counts, past_day, stage_ages, standings, tallies
from projects.claims.stage_counts import by_stage
from projects.core.ages import years_before
from projects.core.clocks import Clocks
from projects.models import Standing
from tests.cast import TODAY
from tests.public.crowd import crowd

pytestmark = pytest.mark.django_db
STANDS_APART = {"programme", "existing_plant", "existing_infrastructure", "bid"}


def record(name: str, parent: str | None = None, kind="project", condition="active") -> tuple:
    return name, parent, kind, condition


def counted(*records: tuple) -> set[str]:
    """The names of those that count; a parent stands before its parts."""
    crowd(len(records))
    made = {}
    rows = Standing.objects.select_related("project").order_by("project__code")
    for row, (name, parent, kind, condition) in zip(rows, records, strict=True):
        made[name] = row.project
        row.project.name, row.project.parent, row.project.record_type = name, made.get(parent), kind
        row.project.save()
        row.condition = condition
        row.save()
    current.refresh([one.pk for one in made.values()])
    past = Clocks(TODAY, TODAY, TODAY + timedelta(days=1))
    found = [standings.on(clocks).filter(is_counted=True) for clocks in (Clocks(TODAY, TODAY, TODAY), past)]
    names = [set(rows.values_list("name", flat=True)) for rows in found]
    assert names[0] == names[1]  # the rows of today, and a day in the past
    assert tallies.kept() == tallies.counted()
    today, on_past = (
        [by_stage(name, clocks) for name in tallies.BY_STAGE]
        for clocks in (Clocks(TODAY, TODAY, TODAY), past)
    )
    assert today == on_past
    assert sum(sum(counter.values()) for counter in today[0].values()) == len(names[0])
    return names[0]


def test_what_counts_and_what_stands_apart():
    alone = {kind: record(kind, kind=kind) for kind in RecordType.values}
    assert counted(*alone.values()) == alone.keys() - STANDS_APART


def test_only_a_cancelled_one_is_not_counted():
    alone = {one: record(one, condition=one) for one in Condition.values}
    assert counted(*alone.values()) == alone.keys() - {"cancelled"}


@pytest.mark.parametrize(
    ("records", "found"),
    [
        # A record with counted phases is not itself counted; phases that do not count leave it counted.
        ([record("a"), record("b", "a"), record("c", "a")], {"b", "c"}),
        ([record("a"), record("b", "a", condition="cancelled"), record("c", "a", "existing_plant")], {"a"}),
        # A programme stands apart, and its projects count.
        ([record("a", kind="programme"), record("b", "a")], {"b"}),
        # Of three only the lowest counts.
        ([record("a"), record("b", "a"), record("c", "b")], {"c"}),
        ([], set()),
    ],
)
def test_phases(records, found):
    assert counted(*records) == found


def test_ages_are_counted_alike_on_rows_and_by_what_is_kept():
    """On the last day of an age, and the day after; of everything, and of what the headline counts."""
    crowd(40)
    said = [TODAY, years_before(TODAY, 1), years_before(TODAY, 2), None]
    for number, row in enumerate(Standing.objects.order_by("pk")):
        row.stage_said_on, row.stage = said[number % 4], row.stage if said[number % 4] else ""
        row.save()
    current.refresh(list(Standing.objects.values_list("project", flat=True)))
    assert tallies.kept() == tallies.counted()
    for day in (TODAY, TODAY + timedelta(days=1)):
        today = standings.on(Clocks(TODAY, TODAY, TODAY))
        past = standings.on(Clocks(TODAY, TODAY, TODAY + timedelta(days=1)))
        for rows in (today, today.filter(is_counted=True)):
            kept = standings.portfolio_counts(day, counted_only=rows is not today)
            assert kept.facets["age"] == facet_counts.facets({"age": rows.exclude(stage="")}, day)["age"]
        [alike] = past_day.groups([past.exclude(stage="")], day)
        for counted_only in (False, True):
            kept = standings.portfolio_counts(day, counted_only=counted_only).stage_ages
            rows = [one for one in alike if one.is_counted or not counted_only]
            assert kept == past_day.counted(rows, "stage", "age")
            assert len({age for _, age in kept}) == (2 if day == TODAY else 3)
        for age, number in facet_counts.facets({"age": today.exclude(stage="")}, day)["age"].items():
            assert [stage_ages.of_ages(rows, day, [age]).count() for rows in (today, past)] == [number] * 2
    assert stage_ages.of_ages(today, TODAY, Age.values).count() == 30


@pytest.mark.parametrize(
    ("totals", "shown", "found"),
    [
        # Each total beside the number of the record before it of which it is a part; what is added, left out,
        # unknown. Of a whole and its parts the topmost that has a figure counts, over a gap too.
        ([(10, None), (2, 0), (3, 0)], (0, 1, 2), (10, 1, 2, 0)),
        ([(None, None), (2, 0), (3, 0)], (0, 1, 2), (5, 2, 0, 1)),
        ([(10, None), (None, 0), (3, 1)], (0, 1, 2), (10, 1, 1, 1)),
        ([(10, None), (4, 0), (3, 1)], (0, 1, 2), (10, 1, 2, 0)),
        ([(0, None), (None, None)], (0, 1), (0, 1, 0, 1)),
        ([(None, None)], (0,), (None, 0, 0, 1)),
        # A whole that is not shown takes nothing away, and hides none above it.
        ([(10, None), (2, 0), (3, 0)], (1, 2), (5, 2, 0, 0)),
        ([(10, None), (4, 0), (3, 1)], (0, 2), (10, 1, 1, 0)),
        ([(10, None), (4, 0), (3, 1)], (1, 2), (4, 1, 1, 0)),
    ],
)
def test_what_is_added_and_what_is_left_out(totals, shown, found):
    crowd(len(totals))
    records = list(Standing.objects.select_related("project").order_by("project__code"))
    for row, (total, whole) in zip(records, totals, strict=True):
        row.total_investment, row.is_total_stated = total, total is not None
        row.save()
        row.project.parent = None if whole is None else records[whole].project
        row.project.save()
    current.refresh([one.project_id for one in records])
    keys = [records[number].project_id for number in shown]
    for clocks in (Clocks(TODAY, TODAY, TODAY), Clocks(TODAY, TODAY, TODAY + timedelta(days=1))):
        said = standings.sum_of(standings.on(clocks).filter(project__in=keys))
        assert (said.yuan, said.added, said.left_out, said.unknown) == found


def test_any_tree_of_records():
    """Sixty of all types and conditions, hung under one another at random, against the rule said plainly."""
    chance, records = Random(7), []
    for number in range(60):
        parent = chance.choice([None, *(name for name, *_ in records)])
        kind, condition = chance.choice(RecordType.values), chance.choice(Condition.values)
        records.append(record(f"r{number}", parent, kind, condition))
    alone = [one for one in records if one[2] in COUNTED_TYPES and one[3] != "cancelled"]
    with_phases = {parent for _, parent, *_ in alone}
    assert counted(*records) == {name for name, *_ in alone} - with_phases
