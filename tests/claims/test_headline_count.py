"""Which records the headline counts: each sentence of docs/architecture.md#what-holds on it."""

import pytest

from projects.choices import COUNTED_TYPES, Condition, RecordType, Topic
from projects.claims import projection, standings
from projects.core.clocks import Clocks
from projects.models import Project
from tests.cast import TODAY, project, published

pytestmark = pytest.mark.django_db

APART = {"programme", "existing_plant", "existing_infrastructure", "bid"}


def record(parent: Project | None = None, kind="project", condition="active") -> Project:
    made = project(record_type=kind, parent=parent)
    published(made, Topic.CONDITION, condition)
    projection.rebuild(made)
    return made


def counted() -> set[str]:
    today = Clocks(TODAY, TODAY, TODAY)
    rows = standings.on(today).filter(is_counted=True)
    return set(rows.values_list("project__code", flat=True))


@pytest.mark.parametrize("kind", RecordType.values)
def test_what_counts_and_what_stands_apart(kind):
    assert counted() == set()
    assert ({record(kind=kind).code} == counted()) is (kind not in APART) is (kind in COUNTED_TYPES)


@pytest.mark.parametrize("condition", Condition.values)
def test_only_a_cancelled_one_is_not_counted(condition):
    assert ({record(condition=condition).code} == counted()) is (condition != "cancelled")


def test_a_record_with_counted_phases_is_not_itself_counted():
    whole = record()
    assert {record(whole).code, record(whole).code} == counted()


def test_phases_that_do_not_count_leave_it_counted():
    whole = record()
    record(whole, condition="cancelled"), record(whole, kind="existing_plant")
    assert counted() == {whole.code}


def test_a_programme_stands_apart_and_its_projects_count():
    assert {record(record(kind="programme")).code} == counted()


def test_only_the_lowest_of_three_counts():
    assert {record(record(record())).code} == counted()
