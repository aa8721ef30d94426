"""Drafts go 30 days after they were saved last, the cells of refused files after 60; what was sent stays."""

from datetime import timedelta

import pytest

from projects.imports import decisions, erasure
from projects.models import AuditEntry, Batch
from tests.cast import AT, project
from tests.imports.rows import approved_batch, claim, kept, row, sent

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("days", "is_left"), [(29, True), (30, False)])
def test_a_draft_that_was_left_lying_goes(people, days, is_left):
    kept(people)
    assert erasure.erase_due(at=AT + timedelta(days=days)) == (not is_left)
    assert Batch.objects.exists() is is_left
    assert AuditEntry.objects.filter(action="batch.erase").exists() is not is_left


@pytest.mark.parametrize(("days", "is_left"), [(59, True), (60, False)])
def test_of_a_refused_file_the_cells_go(people, days, is_left):
    batch = sent(people, row(project(), claim()))
    decisions.refuse(batch, expected=batch.version, why="no", by=people.second_editor, at=AT)
    erasure.erase_due(at=AT + timedelta(days=days))
    batch.refresh_from_db()
    assert bool(batch.cells) is is_left and batch.became and batch.refused_why == "no"


def test_what_waits_or_was_approved_stays(people):
    sent(people, row(project(), claim()))
    approved_batch(people, row(project(), claim()))
    assert erasure.erase_due(at=AT + timedelta(days=999)) == 0
    assert all(Batch.objects.values_list("cells", flat=True))
