"""The rows say on every (as-of, known) what the rule says; only the rebuild writes them."""

from contextlib import contextmanager
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import Phase, given, settings

from projects.audit.data_version import current_version
from projects.choices import Basis, SourceKind, Topic
from projects.claims import projection
from projects.core import rectangles, today
from projects.core.money import Money
from projects.core.statements import Statement
from projects.models import AuditEntry, Claim, Project, ProjectMilestone, Standing
from projects.models.standing import facts_from_json
from tests.cast import LOADED_AT, columns, project, published, section, source
from tests.core.histories import FIRST_DAY, LAST_DAY, histories

pytestmark = pytest.mark.django_db
KINDS = {2: SourceKind.NEWSPAPER, 3: SourceKind.NOTICE}
AMOUNTS = ("total_investment", "agreed_investment", "invested_to_date")


def ranked(history: list[Statement]) -> list[Statement]:
    """Each source of one rank, since in the tables it belongs to the source; entered in the order of refs."""
    return [
        one._replace(source=f"{one.source}{one.rank}", entered=number)
        for number, one in enumerate(sorted(history, key=lambda one: one.ref))
    ]


def compared(history):
    with undone():
        of = stored(history)
        projection.rebuild(of)
        assert Claim.objects.filter(project=of).count() == len(history)
        days = days_that_matter(history)
        for known in days:
            for asof in days:
                assert looked_up(asof, known) == told(rectangles.standing(history, asof, known))


@given(histories().map(ranked))
def test_a_lookup_in_the_tables_equals_the_rule(history):
    compared(history)


def test_control_milestones_that_are_joined_over_a_gap_are_found(monkeypatch):
    monkeypatch.setattr(rectangles, "joined", over_gaps)
    search = settings(max_examples=200, phases=(Phase.generate,), database=None)
    with pytest.raises(AssertionError):
        search(given(histories().map(ranked))(compared))()


def over_gaps(pieces):
    """Broken on purpose: one rectangle from the first corner to the last."""
    starts, ends = [one[::2] for one in pieces], [one[1::2] for one in pieces]
    (asof_from, known_from), (asof_to, known_to) = (
        map(min, zip(*starts, strict=True)),
        map(max, zip(*ends, strict=True)),
    )
    return [(asof_from, asof_to, known_from, known_to)]


@given(histories().map(ranked))
def test_rebuilding_again_changes_nothing(history):
    with undone():
        of = stored(history)
        projection.rebuild(of)
        before = list(Standing.objects.order_by("id").values())
        assert projection.rebuild(of) is False
        assert list(Standing.objects.order_by("id").values()) == before
        assert projection.rebuild_all() == []


@given(histories().map(ranked))
def test_today_is_what_holds_on_any_day_to_come(history):
    with undone():
        projection.rebuild(stored(history))
        far = date(2100, 1, 1)
        assert list(Standing.objects.today()) == list(Standing.objects.on(far, far))


@contextmanager
def undone():
    """One example in a transaction of its own, rolled back at its end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def days_that_matter(history: list[Statement]) -> list[date]:
    bounds = {one.known_on for one in history} | {one.as_of.latest for one in history}
    return sorted(bounds | {day - timedelta(days=1) for day in bounds} | {FIRST_DAY, LAST_DAY})


def stored(history: list[Statement]) -> Project:
    """The history as approved claims of a project, corrected ones first."""
    of, rows = project(), {}
    for said in sorted(history, key=lambda one: one.ref):
        within = source(said.source, kind=KINDS[said.rank])
        rows[said.ref] = Claim.objects.create(
            ref=said.ref,
            project=of,
            topic=said.series.topic,
            measure=said.series.measure,
            scope=said.series.scope,
            method=said.series.method,
            qualifier=said.qualifier,
            section=section(within) if said.place else None,
            paragraph=said.place[1] if said.place else None,
            sentence=said.place[2] if said.place else None,
            as_of=said.as_of.text,
            known_on=said.known_on,
            source=within,
            basis=Basis.STATED if said.is_stated else Basis.INFERRED,
            corrects=rows.get(said.corrects),
            entered_at=LOADED_AT,
            approved_at=LOADED_AT,
            **columns(Topic(said.series.topic), said.value),
        )
    return of


def looked_up(asof: date, known: date) -> dict | None:
    rows = list(Standing.objects.on(asof, known))
    if not rows:
        return None
    [row] = rows  # rectangles do not overlap
    dated = ProjectMilestone.objects.on(asof, known).order_by("position", "scope")
    return {
        "stage": row.stage or None,
        "stage_order": row.stage_order,
        "stage_basis": row.stage_basis or None,
        "stage_qualifier": row.stage_qualifier,
        "stage_since": row.stage_since,
        "stage_last_said": row.stage_last_said,
        "stage_last_said_basis": row.stage_last_said_basis or None,
        "stage_said_on": row.stage_said_on,
        "stage_ref": row.stage_ref,
        "is_partly_in_use": row.is_partly_in_use,
        "condition": row.condition,
        "milestones": tuple(facts_from_json(facts) for facts in row.milestones),
        "rows": tuple(map(facts_from_json, dated.values_list("told", flat=True))),
        "due_on": row.due_on,
        "sources": tuple(row.sources.split()),
        "last_known_on": row.last_known_on,
    } | {
        name: (getattr(row, name), row.amounts[name]["ref"], row.amounts[name]["is_stated"])
        if name in row.amounts
        else None
        for name in AMOUNTS
    }


def told(standing: rectangles.StandingValues | None) -> dict | None:
    """The same from the rule."""
    if standing is None:
        return None
    said = {name: getattr(standing, name) for name in AMOUNTS}
    return {
        "stage": standing.stage,
        "stage_order": standing.stage.order if standing.stage else None,
        "stage_basis": standing.stage_basis,
        "stage_qualifier": standing.stage_qualifier,
        "stage_since": standing.stage_since.text if standing.stage_since else "",
        "stage_last_said": standing.stage_last_said.text if standing.stage_last_said else "",
        "stage_last_said_basis": standing.stage_last_said_basis,
        "stage_said_on": standing.stage_last_said.latest if standing.stage_last_said else None,
        "stage_ref": standing.stage_ref,
        "is_partly_in_use": standing.is_partly_in_use,
        "condition": standing.condition,
        "milestones": standing.milestones,
        "rows": standing.milestones,
        "due_on": today.earliest_due(standing.milestones),
        "sources": standing.sources,
        "last_known_on": standing.last_known_on,
    } | {name: (one.value.yuan, one.ref, one.is_stated) if one else None for name, one in said.items()}


def test_a_project_that_is_not_public_has_no_standing():
    of = project()
    published(of)
    assert projection.rebuild(of) is True
    assert Standing.objects.count() == 1
    of.is_public = False
    of.save()
    assert projection.rebuild(of) is True
    assert not Standing.objects.exists()
    of.is_public = True
    of.save()
    projection.rebuild(of)
    assert Standing.objects.count() == 1


def test_what_a_closed_source_says_does_not_count():
    of, closed = project(), source("closed", is_public=False)
    published(of, value="building")
    published(of, value="operating", source=closed, as_of="2024-10-17")
    projection.rebuild(of)
    assert {row.stage for row in Standing.objects.all()} == {"building"}


def test_neither_pending_nor_refused_claims_count(people):
    of = project()
    common = {"project": of, "entered_at": LOADED_AT, "known_on": date(2024, 10, 17), "source": source()}
    common |= {"topic": Topic.STAGE, "value_code": "operating", "as_of": "2024-10-17"}
    Claim.objects.create(ref="waiting", **common)
    Claim.objects.create(ref="refused", refused_at=LOADED_AT, refused_by=people.reviewer, **common)
    assert projection.rebuild(of) is False
    assert not Standing.objects.exists()


def test_a_row_keeps_amounts_with_their_print_and_sources_as_words():
    of = project()
    within = section(source("notice", kind=SourceKind.NOTICE))
    published(
        of,
        Topic.TOTAL_INVESTMENT,
        Money(150_000_000, "yi", 2),
        source=within.source,
        section=within,
        qualifier="over",
    )
    published(of)
    projection.rebuild(of)
    row = Standing.objects.today().get()
    assert row.total_investment == 150_000_000
    assert row.amounts == {
        "total_investment": {
            "ref": "f0000",
            "unit": "yi",
            "decimals": 2,
            "qualifier": "over",
            "method": "",
            "is_stated": True,
        }
    }
    assert set(Standing.objects.today().drawing_on("notice")) == {row}
    assert set(Standing.objects.today().drawing_on("paper")) == {row}
    assert not Standing.objects.today().drawing_on("pape").exists()


def test_the_rebuild_takes_few_statements_however_many_claims():
    of = project()
    published(of)
    projection.rebuild(of)
    counts = []
    for year in (2022, 2023):
        for month in range(1, 10):
            published(of, as_of=f"{year}-{month:02}", value="building")
        with CaptureQueriesContext(
            connection,
        ) as seen:
            projection.rebuild(of)
        counts.append(len(seen))
    assert max(counts) <= 23


def test_a_row_written_by_hand_is_put_right_and_the_command_says_so():
    of, other = project(), project()
    published(of)
    published(other)
    projection.rebuild_all()
    Standing.objects.filter(project=of).update(stage="operating")
    said = StringIO()
    call_command("rebuild", stdout=said)
    assert said.getvalue().splitlines()[0] == f"1 projects differed: {of.code}."
    assert Standing.objects.get(project=of).stage == "building"
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.after) == ("standings.rebuild", {"changed": [of.code]})
    assert current_version() == 2  # projects with what they are found by; tallies
    said = StringIO()
    call_command("rebuild", stdout=said)
    assert said.getvalue() == "0 projects differed.\n"
    assert AuditEntry.objects.count() == 1
