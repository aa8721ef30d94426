"""Each cell beside the record: new, changed with what it was, unchanged, refused with why, or left out."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.choices import CellOutcome, PartyRole, Topic
from projects.claims import projection
from projects.core import fuzzy_dates
from projects.core.money import Money
from projects.core.statements import Number
from projects.imports import comparison
from projects.imports.rules import compared
from projects.imports.rules.proposals import CellFault
from projects.models import Project, Source
from tests.cast import AT, department, organisation, party, place, project, published, section, source
from tests.imports.rows import AS_OF, FIFTY, FORTY, claim, fact, new, row, stage

pytestmark = pytest.mark.django_db

OCTOBER = fuzzy_dates.parse("2024-10-17")
PROMISE = {"measure": "completed", "column": "promised_completed"}


def promised(text: str, **more):
    return claim(fuzzy_dates.parse(text), Topic.PROMISED, **PROMISE | more)


@pytest.fixture
def of(db) -> Project:
    """At a stage, with a total and a promise, as the daily said in October 2024."""
    of = project("示范厂", department=department(), place=place())
    published(of, value="building")
    published(of, Topic.TOTAL_INVESTMENT, FORTY)
    published(of, Topic.PROMISED, fuzzy_dates.parse("2024-10-17/2026-12-31"), measure="completed")
    projection.rebuild(of)
    return of


def cell_of(said: object, of: Project, said_in: Source | None = None, **more):
    (found,) = comparison.compare([row(of, said, **more)], source=said_in, at=AT)
    (cell,) = found.cells
    return cell


SAID = {
    "the same sum in another unit": (claim(Money(40 * 10**8, "wan", 0)), "unchanged", FORTY),
    "another sum": (claim(FIFTY), "changed", FORTY),
    "the same sum, about": (claim(FORTY, qualifier="about"), "changed", FORTY),
    "what nothing was said of": (claim(FIFTY, Topic.AGREED_INVESTMENT), "new", None),
    "the stage that holds": (stage("building"), "unchanged", "building"),
    "another stage": (stage("completed"), "changed", "building"),
    "a step back without a note": (stage("signed"), "refused", "building"),
    "a step back with one": (stage("signed", note="协议重签"), "changed", "building"),
    "the end of the same year, said later": (
        promised("2026-02-28/2026-12-31"),
        "unchanged",
        fuzzy_dates.parse("2024-10-17/2026-12-31"),
    ),
    "the month of the same end": (
        promised("2026-12"),
        "changed",
        fuzzy_dates.parse("2024-10-17/2026-12-31"),
    ),
    "more than all of it": (claim(Number(Decimal(101), "%"), Topic.PROGRESS), "refused", None),
    "what is still to come": (claim(FIFTY, as_of=fuzzy_dates.parse("2027")), "refused", FORTY),
}


@pytest.mark.parametrize(("said", "outcome", "old"), SAID.values(), ids=SAID)
def test_a_claim_beside_what_holds(of, said, outcome, old):
    cell = cell_of(said, of)
    assert (cell.outcome, cell.old) == (outcome, old)
    assert bool(cell.faults) is (outcome == "refused")


FACTS = {
    "the same name": (fact("name", "示范厂"), "unchanged", "示范厂"),
    "another name": (fact("name", "新名厂"), "changed", "示范厂"),
    "a name that is taken": (fact("name", "别家厂"), "refused", "示范厂"),
    "the unit": (fact("department", "fagai"), "unchanged", "fagai"),
    "a unit that is none": (fact("department", "moon"), "refused", "fagai"),
    "a kind that is none": (fact("kind", "castle"), "refused", "industrial"),
    "a sector where there was none": (fact("sector", "light_alloy"), "new", None),
    "a party on record by another name": (fact("builder", "老名公司"), "unchanged", "某建筑公司"),
    "a further party": (fact("builder", "另一公司"), "new", "某建筑公司"),
    "part of itself": (fact("parent", "QJ-0001"), "refused", None),
    "a column that says nothing of a record": (fact("serial", "7"), "skipped", None),
}


@pytest.mark.parametrize(("said", "outcome", "old"), FACTS.values(), ids=FACTS)
def test_a_fact_beside_the_record(of, said, outcome, old):
    project("别家厂")
    party(of, organisation=organisation(aliases=["老名公司"]), role=PartyRole.BUILDER)
    cell = cell_of(said, of)
    assert (cell.outcome, cell.old) == (outcome, old)


@pytest.mark.parametrize(
    ("said", "outcome", "is_correction"),
    [
        (claim(FORTY, as_of=OCTOBER), "unchanged", False),
        (claim(FIFTY, as_of=OCTOBER), "changed", True),
        (claim(FIFTY, as_of=OCTOBER, place=(1, 2, None)), "changed", False),
        (claim(FORTY, as_of=fuzzy_dates.parse("2024-09")), "new", False),
        (claim(FORTY, as_of=AS_OF), "refused", False),
        (claim(FIFTY, as_of=OCTOBER, place=(9, 1, None)), "refused", False),
    ],
)
def test_of_a_named_document_what_it_says_itself_counts(of, said, outcome, is_correction):
    """The same place of the same day: what was read of it is corrected."""
    section()
    cell = cell_of(said, of, source())
    assert (cell.outcome, bool(cell.corrects)) == (outcome, is_correction)


def test_another_document_that_says_the_same_is_new(of):
    assert cell_of(claim(FORTY, as_of=OCTOBER), of, source("other")).outcome == "new"


def test_what_cannot_be_read_is_refused_with_what_it_may_mean(of):
    bad = CellFault("stage", "C2", "在建中", "unknown_word", ("building",))
    (found,) = comparison.compare([replace(row(of, stage()), faults=(bad,))], source=None, at=AT)
    (cell,) = found.cells
    assert (cell.outcome, cell.text, cell.near, found.is_refused) == (
        "refused",
        "在建中",
        ("building",),
        True,
    )


def test_a_new_project_has_a_kind(of):
    whole, lacking = comparison.compare(
        [new("新厂", claim()), row(None, fact("name", "又一厂"), number=3)], source=None, at=AT
    )
    assert [one.outcome for one in whole.cells] == ["new"] * 3 and not whole.is_refused
    assert [fault.code for fault in lacking.faults] == ["kind_missing"] and lacking.is_refused


def test_where_the_record_moved_on_both_values_are_shown_and_one_is_chosen(of):
    old = [row(of, fact("name", "新名厂"), claim(FIFTY), version=of.version - 1)]
    name, total = comparison.compare(old, source=None, at=AT)[0].cells
    assert (name.outcome, name.old, name.new) == (
        "refused",
        "示范厂",
        "新名厂",
    ) and total.outcome == "changed"
    name, _ = comparison.compare(old, source=None, at=AT, over=[2])[0].cells
    assert name.outcome == "changed"


def test_rows_left_out_are_told_apart(of):
    rows = [row(of, claim(FIFTY)), row(project(), claim(), stage(), number=3)]
    found = comparison.compare(rows, source=None, at=AT, skip=[3])
    assert not found[1].written
    assert compared.tally(found) == dict.fromkeys(CellOutcome, 0) | {"changed": 1, "skipped": 2}


def test_the_record_is_asked_as_often_for_one_row_as_for_many(of):
    def statements(rows) -> int:
        with CaptureQueriesContext(connection) as asked:
            comparison.compare(rows, source=None, at=AT)
        return len(asked)

    rows = [row(of, claim(FIFTY), stage(), fact("name", "新名厂"), fact("builder", "某建筑公司"))]
    alone = statements(rows)
    many = [row(project(), *one.claims, *one.facts, number=n) for n in range(3, 30) for one in rows]
    assert statements(rows + many) == alone and alone < 20


def test_what_is_kept_of_a_row_reads_as_it_was(of):
    said = [claim(FIFTY), promised("2027-06"), claim(Number(Decimal("4.50"), "%"), Topic.PROGRESS)]
    for found in comparison.compare([row(of, *said, fact("name", "新名厂"))], source=None, at=AT):
        bare = replace(found, cells=tuple(replace(one, claim=None) for one in found.cells))
        assert compared.of_plain(compared.as_plain(found)) == bare


def test_a_file_is_parted_between_projects(of):
    found = comparison.compare(
        [row(of, claim(FIFTY), stage("completed"), number=n) for n in range(2, 9)], source=None, at=AT
    )
    assert [len(part) for part in compared.parts(found, most=4)] == [2, 2, 2, 1]
    assert compared.parts(found, most=1) == [[one] for one in found], "a project is never torn apart"
    assert compared.parts([]) == [[]]


def test_a_project_that_cannot_be_found_is_no_new_one():
    lost = CellFault("code", "A2", "QJ-9999", "unknown_project")
    for faults, is_new, codes in (((lost,), False, []), ((), True, ["kind_missing"])):
        (found,) = comparison.compare([row(None, faults=faults)], source=None, at=AT)
        assert (found.is_new, [one.code for one in found.faults]) == (is_new, codes)
