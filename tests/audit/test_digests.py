"""Digests of rows that were approved together: any change is told, and the row that changed is named."""

import json

from hypothesis import given
from hypothesis import strategies as st

from projects.audit.rules import digests

values = st.none() | st.text(max_size=5) | st.integers() | st.lists(st.integers() | st.none(), max_size=3)
rows = st.dictionaries(
    st.text("abc123-", min_size=1, max_size=8),
    st.fixed_dictionaries({"value": values, "note": values}),
    min_size=1,
    max_size=5,
)


@given(rows, values, st.data())
def test_any_change_is_told_and_named(told, other, data):
    kept = json.loads(json.dumps(digests.kept(told)))
    assert digests.covers(kept, told) and all(digests.has(kept, ref, row) for ref, row in told.items())
    ref = data.draw(st.sampled_from(sorted(told)))
    changed = {**told, ref: told[ref] | {"note": other}}
    is_same = json.dumps(other) == json.dumps(told[ref]["note"])
    assert digests.covers(kept, changed) is is_same and digests.has(kept, ref, changed[ref]) is is_same
    assert not digests.covers(kept, {key: row for key, row in told.items() if key != ref})
    assert not digests.covers(kept, {**told, "new": {"value": 1, "note": None}})


def test_a_later_release_that_tells_more_of_a_row_reckons_the_same():
    kept = digests.kept({"a": {"value": 1}})
    assert digests.covers(kept, {"a": {"value": 1, "colour": "red"}})


def test_two_thousand_rows_take_little_room():
    kept = digests.kept({f"e260302-{number:08x}": {"value": number} for number in range(2000)})
    assert len(json.dumps(kept)) < 20_000
