"""The rows of today say what the rules say, whatever the history; only the rebuild writes them."""

from dataclasses import astuple
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from hypothesis import given

from projects.choices import RecordType, Topic
from projects.claims import current, projection, tallies
from projects.core import events, fuzzy_dates, rectangles, today
from projects.core.money import Money
from projects.core.rectangles import FOREVER
from projects.core.today import NO_DAY
from projects.models import Current, PortfolioTally, ProjectEvent, ProjectMilestone, SourceUse, Standing
from projects.models.rectangle import CORNERS
from projects.models.standing import facts_as_json
from projects.records import fixture_load
from tests.cast import project, published
from tests.claims.test_projection import ranked, stored, undone
from tests.core.histories import histories

pytestmark = [pytest.mark.django_db, pytest.mark.every_engine]
FAR = date(2100, 1, 1)


@given(histories().map(ranked))
def test_the_rows_equal_the_rules(history):
    with undone():
        projection.rebuild(stored(history))
        held = rectangles.standing(history, FAR, FAR)
        row = Current.objects.first()
        assert (row is None) == (held is None)
        if held:
            assert row.stage == (held.stage or "") and row.condition == held.condition
            assert row.total_investment == (held.total_investment and held.total_investment.value.yuan)
            assert row.stage_said_on == (held.stage_last_said and held.stage_last_said.latest)
            assert row.due_on == today.earliest_due(held.milestones)
            assert row.last_known_on == held.last_known_on
            assert row.source_count == len(held.sources)
        milestones = held.milestones if held else ()
        rows = list(ProjectMilestone.objects.today().order_by("position", "scope"))
        assert [one.told for one in rows] == list(map(facts_as_json, milestones))
        assert [one.first_latest for one in rows] == [
            one.first and one.first.value.latest for one in milestones
        ]
        told = ProjectEvent.objects.values_list(
            *("what", "day", "known_on", "known_until", "milestone", "claim__ref", "was__ref")
        )
        wanted = events.events(history, rectangles.rectangles(history))
        assert sorted((*row[:-1], row[-1] or "") for row in told) == sorted(map(astuple, wanted))
        assert tallies.kept() == tallies.counted()


@given(histories(most=3).map(ranked))
def test_the_tallies_follow_a_whole_and_its_part(history):
    """The one rebuilt after the other, shown and hidden."""
    with undone():
        whole = stored(history)
        part = project(parent=whole, record_type=RecordType.PROJECT)
        for one in (whole, part):
            published(one, Topic.TOTAL_INVESTMENT, Money(10**8, "yi", 0))
            projection.rebuild(one)
        kept = {row.code: (row.is_counted, row.above_id) for row in Current.objects.all()}
        assert kept[part.code][1] == whole.pk
        assert tallies.kept() == tallies.counted()
        whole.is_public = False
        whole.save()
        projection.rebuild(whole)
        assert list(Current.objects.values_list("code", "above")) == [(part.code, None)]
        assert tallies.kept() == tallies.counted()


def test_a_whole_with_a_counted_phase_is_not_counted_itself_until_the_phase_is_gone():
    whole = project()
    published(whole)
    projection.rebuild(whole)
    part = project(parent=whole)
    published(part)
    projection.rebuild(part)
    assert dict(Current.objects.values_list("code", "is_counted")) == {whole.code: False, part.code: True}
    published(part, Topic.CONDITION, "cancelled", ref="end")
    projection.rebuild(part)
    assert dict(Current.objects.values_list("code", "is_counted")) == {whole.code: True, part.code: False}
    assert PortfolioTally.objects.get(what="kind", is_counted=True).n == 1


def test_a_part_of_a_part_knows_the_nearest_whole_that_has_a_total():
    programme = project()
    middle = project(parent=programme)
    part = project(parent=middle)
    published(part, Topic.TOTAL_INVESTMENT, Money(10**8, "yi", 0))
    published(middle)
    for one in (programme, middle, part):
        projection.rebuild(one)
    published(programme, Topic.TOTAL_INVESTMENT, Money(10**9, "yi", 0))
    projection.rebuild(programme)
    assert Current.objects.get(project=part).above_id == programme.pk
    published(middle, Topic.TOTAL_INVESTMENT, Money(5 * 10**8, "yi", 0))
    projection.rebuild(middle)
    assert Current.objects.get(project=part).above_id == middle.pk
    assert tallies.kept() == tallies.counted()


def test_the_same_rows_stay_the_same_rows():
    """Pages that were linked to by a row's key go on from there."""
    of = project()
    published(of, Topic.ACTUAL, fuzzy_dates.parse("2024-03"), measure="started", as_of="2024-03")
    projection.rebuild(of)
    before = set(ProjectMilestone.objects.values_list("pk", flat=True))
    published(of, Topic.ACTUAL, fuzzy_dates.parse("2024-05"), measure="completed", as_of="2024-05")
    projection.rebuild(of)
    assert before < set(ProjectMilestone.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("model", [Current, ProjectMilestone, SourceUse, ProjectEvent])
def test_a_row_that_was_tampered_with_is_found_and_mended(model):
    of = project()
    published(of, Topic.ACTUAL, fuzzy_dates.parse("2024-03"), measure="started", as_of="2024-03")
    projection.rebuild(of)
    assert not projection.differs(of)
    model.objects.all().delete()
    assert projection.differs(of)
    assert projection.rebuild(of)
    assert not projection.differs(of)


def test_nothing_is_written_where_nothing_differs():
    of = project()
    published(of)
    projection.rebuild(of)
    assert current.refresh([of.pk]) == set()
    assert projection.rebuild(of) is False


def test_rows_from_before_milestones_had_days_are_rebuilt_at_the_next_start(monkeypatch):
    """As the migration leaves them: right for today, and of no other day."""
    of = project()
    for year, said in (("2024-12", "2024-03"), ("2025-12", "2024-09")):
        value = fuzzy_dates.parse(year)
        published(of, Topic.PROMISED, value, measure="completed", as_of=said, ref=f"said-{said}")
    projection.rebuild(of)
    tallies.write(tallies.counted())
    wanted = sorted(map(days, ProjectMilestone.objects.all()))
    assert len(wanted) > 1 and not current.is_behind()
    ProjectMilestone.objects.exclude(asof_to=FOREVER, known_to=FOREVER).delete()
    ProjectMilestone.objects.update(asof_from=date.min, known_from=date.min)
    assert current.is_behind() and tallies.kept() == tallies.counted()
    monkeypatch.setattr(fixture_load, "is_loaded", lambda folder: True)
    call_command("seed", stdout=StringIO())
    assert not current.is_behind() and sorted(map(days, ProjectMilestone.objects.all())) == wanted
    assert tallies.kept() == tallies.counted()


def test_rows_from_before_a_stage_said_by_what_it_is_dated_are_rebuilt_at_the_next_start(monkeypatch):
    published(project())
    published(project(), Topic.TOTAL_INVESTMENT, Money(10**8, "yi", 0))  # of no stage
    projection.rebuild_all()
    assert not current.is_behind()
    for table in (Standing, Current):
        table.objects.update(stage_last_said_basis="")
    assert current.is_behind()
    monkeypatch.setattr(fixture_load, "is_loaded", lambda folder: True)
    call_command("seed", stdout=StringIO())
    kept = Standing.objects.today().values_list(
        "stage_last_said_basis", "project__current__stage_last_said_basis"
    )
    assert not current.is_behind() and sorted(kept) == [("", ""), ("stated", "stated")]


@pytest.mark.parametrize("is_loaded", [True, False], ids=["the same fixtures", "other fixtures"])
def test_tallies_from_before_stages_had_an_age_are_counted_anew_at_the_next_start(is_loaded, monkeypatch):
    """As an upgrade finds them: one row for each stage of a kind and of a place."""
    published(project())
    projection.rebuild_all()
    assert not current.is_behind() and tallies.kept() == tallies.counted()
    PortfolioTally.objects.filter(what__in=tallies.BY_STAGE.values()).update(day=NO_DAY)
    assert current.is_behind()
    monkeypatch.setattr(fixture_load, "is_loaded", lambda folder: is_loaded)
    monkeypatch.setattr(fixture_load, "load", lambda folder, at: fixture_load.Loaded(1, 0, []))
    call_command("seed", stdout=StringIO())
    assert not current.is_behind() and tallies.kept() == tallies.counted()


def days(row: ProjectMilestone) -> tuple:
    return *(getattr(row, name) for name in CORNERS), row.told["promised"]
