"""The audit chain: any change, gap or swap is found at the first entry that no longer follows."""

from copy import deepcopy

import pytest

from projects.audit.rules import chain

CONTENT = {
    "at": "2026-11-20T01:00:00.000000+00:00",
    "by": 7,
    "reach": "records",
    "report": None,
    "before": None,
}


def entries(count: int) -> list[dict]:
    rows, previous = [], chain.BEGINNING
    for number in range(1, count + 1):
        content = CONTENT | {"action": "claim.approve", "subject": f"r{number}", "after": {"n": number}}
        row = content | {"number": number, "previous_hash": previous}
        row["hash"] = previous = chain.link(row, previous)
        rows.append(row)
    return rows


def test_a_whole_chain_is_whole():
    assert chain.first_broken(entries(4)) is None
    assert chain.first_broken([]) is None


@pytest.mark.parametrize(
    ("column", "changed"),
    [
        ("at", "2026-11-20T01:00:00.000001+00:00"),
        ("by", 8),
        ("by", None),
        ("action", "claim.refuse"),
        ("subject", "r9"),
        ("reach", "administrators"),
        ("report", 7),
        ("before", {}),
        ("after", {"n": 9}),
        ("hash", "f" * 64),
        ("previous_hash", "f" * 64),
        ("number", 9),
    ],
)
def test_a_change_of_any_column_is_found_at_its_entry(column, changed):
    rows = entries(4)
    rows[2][column] = changed
    assert chain.first_broken(rows) == 3


def test_every_column_that_the_hash_covers_is_in_that_table():
    told = next(mark for mark in test_a_change_of_any_column_is_found_at_its_entry.pytestmark)
    assert {column for column, _ in told.args[1]} == {*chain.COVERED, "hash", "previous_hash"}


def test_a_removed_entry_is_found_where_it_stood():
    rows = entries(4)
    assert chain.first_broken(rows[:1] + rows[2:]) == 2
    assert chain.first_broken(rows[1:]) == 1


def test_swapped_entries_are_found():
    rows = entries(4)
    assert chain.first_broken([rows[0], rows[2], rows[1], rows[3]]) == 2


def test_an_entry_rewritten_with_a_new_hash_breaks_the_next():
    rows = entries(4)
    rows[1]["after"] = {"n": 9}
    rows[1]["hash"] = chain.link(rows[1], rows[1]["previous_hash"])
    assert chain.first_broken(rows) == 3


def test_a_cut_tail_alone_leaves_no_trace_so_that_the_newest_hash_is_shown():
    assert chain.first_broken(entries(4)[:2]) is None


def test_the_order_of_keys_makes_no_difference_and_chinese_does():
    one = entries(1)[0]
    turned = dict(reversed(list(deepcopy(one).items())))
    assert chain.link(turned, chain.BEGINNING) == one["hash"]
    assert chain.link(one | {"subject": "綦江"}, chain.BEGINNING) != one["hash"]
