"""Lines of CSV files: as `csv` writes them, whatever stands in the cells."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.pages import csv_cells
from projects.pages.csv_cells import MARK, csv_stream, safe
from projects.words.column import Column, ColumnType

TYPES = (ColumnType.CODE, ColumnType.YUAN, ColumnType.TEXT, ColumnType.TEXT, ColumnType.LIST, ColumnType.FLAG)
COLUMNS = [Column(f"c{number}", "", kind) for number, kind in enumerate(TYPES)]
TEXTS = st.text(st.sampled_from([*",\"\r\n=-' \t;綦a1", MARK]), max_size=4)
ROWS = st.tuples(
    st.none() | TEXTS,
    st.none() | st.integers(-9, 9),
    st.tuples(st.none() | TEXTS, st.none() | TEXTS),  # shared by rows: two columns
    st.none() | st.lists(TEXTS, max_size=2),
    st.none() | st.booleans(),
)


def written(rows: list[tuple]) -> str:
    return b"".join(csv_stream(COLUMNS, rows)).decode()


def as_csv_writes(rows: list[tuple]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([one.code for one in COLUMNS])
    for code, yuan, texts, listed, flag in rows:
        joined = None if listed is None else "; ".join(listed)
        writer.writerow(
            [code, yuan, *map(safe, texts), safe(joined), flag if flag is None else str(flag).lower()]
        )
    return f"{csv_cells.BOM}{out.getvalue()}"


@given(st.lists(ROWS, max_size=5))
def test_every_line_is_as_csv_writes_it(rows):
    assert written(rows) == as_csv_writes(rows)


@pytest.mark.parametrize("cell", ["a,b", 'a"b', "a\nb", "a\rb", f"a{MARK}b"])
def test_what_wants_quotes_is_found_wherever_it_stands(cell):
    for row in (
        (cell, 1, ("b", "c"), [], True),
        ("a", 1, ("b", cell), [], True),
        ("a", 1, ("b", "c"), [cell], True),
    ):
        assert written([row]) == as_csv_writes([row])


def test_control_a_mark_within_a_cell_would_be_taken_for_the_end_of_one(monkeypatch):
    """A build that does not count them."""

    class Miscounted(csv_cells._Lines):
        def __init__(self, columns, first):
            super().__init__(columns, first)
            self.marks += 1

    monkeypatch.setattr(csv_cells, "_Lines", Miscounted)
    row = ("a", 1, ("b", f"c{MARK}d"), [], True)
    assert written([row]) != as_csv_writes([row])


def test_what_rows_share_is_remembered_up_to_a_number(monkeypatch):
    monkeypatch.setattr(csv_cells, "MAX_SHARED", 3)
    rows = [("a", number, (f"b{number % 7}", "c"), [], True) for number in range(30)]
    assert written(rows) == as_csv_writes(rows)


def test_a_row_of_another_length_is_no_line():
    row = ("a", 1, ("b", "c"), [], True)
    for other in (row[:-1], (*row, "more"), ("a", 1, ("b",), [], True)):
        with pytest.raises((ValueError, IndexError)):
            written([row, other])
