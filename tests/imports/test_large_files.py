"""Files as large as they may be: of many projects, of many claims; what deciding on one costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.choices import Topic
from projects.claims import batch_approval, projection
from projects.core.money import Money
from projects.imports import comparison, decisions
from projects.imports.rules.compared import MAX_CLAIMS
from projects.models import Batch, Claim, Current, Project
from tests.cast import AT, project
from tests.imports.rows import claim, row, sent

pytestmark = pytest.mark.django_db

STATEMENTS = {
    100: 75,
    2000: 250,
}  # of an approval, by projects; most of them insert rows, a hundred at a time
# More than SQLite takes of ORs in one question; PostgreSQL knows no such bound.
MANY = 1_100 if connection.vendor == "sqlite" else 110


def plans(of: Project, number: int, *, each: int) -> object:
    """A row with the plans of as many years."""
    years = range(2020, 2020 + each)
    said = [
        claim(Money(one * 10**4, "wan", 0), Topic.ANNUAL_PLAN, period=str(one), cell=f"D{one}")
        for one in years
    ]
    return row(of, *said, number=number)


def file_of(projects: int, *, each: int) -> list:
    return [plans(project(), number, each=each) for number in range(2, 2 + projects)]


def approve(people, batch: Batch) -> int:
    """How many statements it took."""
    with CaptureQueriesContext(connection) as asked:
        decisions.approve(batch, expected=batch.version, by=people.second_editor, at=AT)
    return len(asked)


@pytest.mark.parametrize("projects", STATEMENTS)
def test_two_thousand_claims_are_approved_in_few_statements(people, projects):
    rows = file_of(projects, each=MAX_CLAIMS // projects)
    assert approve(people, sent(people, *rows)) <= STATEMENTS[projects]
    assert Claim.objects.approved().count() == MAX_CLAIMS
    assert Current.objects.exclude(last_known_on=None).count() == projects


def test_a_rebuild_for_each_project_would_be_seen(people, monkeypatch):
    def one_by_one(projects) -> None:
        for one in projects:
            projection.rebuild(one)

    monkeypatch.setattr(batch_approval, "rebuild", one_by_one)
    assert approve(people, sent(people, *file_of(60, each=1))) > max(STATEMENTS.values())


def test_a_file_of_many_is_compared_corrected_and_withdrawn(people):
    rows = file_of(MANY, each=1)
    batch = sent(people, *rows)
    approve(people, batch)
    again = comparison.compare(rows, source=None, at=AT)
    assert {one.outcome for found in again for one in found.cells} == {"unchanged"}
    batch.refresh_from_db()
    told = {"expected": batch.version, "by": people.editor, "at": AT}
    withdrawal = decisions.withdraw(batch, why="读错了表", **told)
    approve(people, withdrawal)
    assert Claim.objects.approved().count() == 2 * MANY
