"""A draft is compared once for all its pages, and anew once anything that it depends on has changed."""

import pytest

from projects.core import fuzzy_dates
from projects.imports import batches, comparison, decisions, kept_comparison
from projects.models import Batch
from tests.cast import AT, project
from tests.desk.importing import page_of, saved_columns, taken
from tests.imports.rows import FIFTY, approved_batch, claim, new, row, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def count(monkeypatch) -> list:
    """One entry a comparison."""
    made, compare = [], comparison.compare

    def counted(*args, **kwargs):
        made.append(1)
        return compare(*args, **kwargs)

    monkeypatch.setattr(comparison, "compare", counted)
    return made


@pytest.fixture
def draft(client, people, db) -> Batch:
    batch = taken(client, people, ["藻渡水库", "", "500000", "", "水利"])
    saved_columns(client, batch)
    batch.refresh_from_db()
    return batch


def outcome(batch: Batch) -> str:
    (found,) = kept_comparison.compared(batch, AT)
    return "new" if found.is_new else next(one.outcome.value for one in found.cells if one.claim)


def test_its_pages_compare_once(client, draft, count):
    for path in ("", "faults/", "?show=new", "faults.xlsx"):
        assert client.get(page_of(draft, path)).status_code == 200
    assert len(count) == 1


def test_anew_once_it_is_saved_or_sent(client, people, draft, count):
    outcome(draft)
    saved = batches.save(draft, expected=draft.version, by=people.editor, at=AT, skipped=[2])
    assert kept_comparison.compared(saved, AT)[0].is_skipped and len(count) == 2
    saved = batches.save(saved, expected=saved.version, by=people.editor, at=AT, skipped=[])
    outcome(saved)
    client.post(page_of(saved), {"act": "send", "version": saved.version})
    assert len(count) == 4, "sending compares for itself"


def test_anew_once_something_is_published(people, draft):
    of = project("藻渡水库")
    assert outcome(draft) == "new"
    approved_batch(people, row(of, claim()))
    assert outcome(draft) == "changed"
    approved_batch(people, row(of, claim(FIFTY, as_of=fuzzy_dates.parse("2026-03-01"))))
    assert outcome(draft) == "unchanged"


def test_anew_once_another_file_waits_or_waits_no_longer(people, draft, count):
    assert outcome(draft) == "new"
    batch = sent(people, new("藻渡水库", claim(FIFTY)))
    (found,) = kept_comparison.compared(draft, AT)
    assert [one.code for one in found.faults] == ["project_waits"]
    decisions.refuse(batch, expected=batch.version, why="no", by=people.second_editor, at=AT)
    (found,) = kept_comparison.compared(draft, AT)
    assert found.faults == ()
