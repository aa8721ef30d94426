"""Which records the headline counts: DESIGN §3.9, sentence by sentence."""

import pytest

from projects.choices import Condition, RecordType
from projects.core.headline_count import CountedRecord, counted, counts_by_itself


def record(code: str, parent: str | None = None, kind="project", condition="active") -> CountedRecord:
    return CountedRecord(code, parent, kind, condition)


@pytest.mark.parametrize(
    ("kind", "counts"),
    [
        ("project", True),
        ("park", True),
        ("base", True),
        ("platform", True),
        ("facility", True),
        ("expansion", True),
        ("programme", False),
        ("existing_plant", False),
        ("existing_infrastructure", False),
        ("bid", False),
    ],
)
def test_what_counts_and_what_stands_apart(kind, counts):
    assert (counted([record("a", kind=kind)]) == {"a"}) is counts
    assert RecordType(kind).is_counted is counts


def test_every_type_of_record_is_in_that_table():
    told = next(
        mark for mark in test_what_counts_and_what_stands_apart.pytestmark if mark.name == "parametrize"
    )
    assert {kind for kind, _ in told.args[1]} == set(RecordType.values)


@pytest.mark.parametrize("condition", Condition.values)
def test_only_a_cancelled_one_is_not_counted(condition):
    assert counts_by_itself("project", condition) is (condition != "cancelled")


def test_a_record_with_counted_phases_is_not_itself_counted():
    assert counted([record("a"), record("b", "a"), record("c", "a")]) == {"b", "c"}


def test_phases_that_do_not_count_leave_it_counted():
    phases = [record("b", "a", condition="cancelled"), record("c", "a", kind="existing_plant")]
    assert counted([record("a"), *phases]) == {"a"}


def test_a_programme_stands_apart_and_its_projects_count():
    assert counted([record("a", kind="programme"), record("b", "a")]) == {"b"}


def test_only_the_lowest_of_three_counts():
    assert counted([record("a"), record("b", "a"), record("c", "b")]) == {"c"}


def test_a_phase_of_a_record_elsewhere_counts():
    assert counted([record("b", "a")]) == {"b"}
    assert counted([]) == set()
