"""Where references point once rows are put into a sheet."""

import pytest

from projects.imports.rules.row_shift import RowShift

SHIFT = RowShift(after=10, count=5)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("SUM(C5:C10)", "SUM(C5:C15)"),
        ("SUM($C$5:$C$10)/C11", "SUM($C$5:$C$15)/C16"),
        ("SUM(C10:F10)", "SUM(C10:F10)"),  # along the last row
        ("SUM(C10:C10)", "SUM(C10:C15)"),  # a table of one row
        ("C10*2", "C10*2"),
        ("LOG10(C11)", "LOG10(C16)"),
        ("IF(A11=\"A11\",表二!B11,'表一'!B11)", "IF(A16=\"A11\",表二!B11,'表一'!B16)"),
        ("$1:$10", "$1:$15"),
        ("SUM(C:C)", "SUM(C:C)"),
        ("_xlfn.A11(A12)", "_xlfn.A11(A17)"),
    ],
)
def test_formulas_follow(before, after):
    assert SHIFT.formula(before, "表一", is_own=True) == after


def test_a_formula_of_another_sheet_follows_where_it_names_this_one():
    assert SHIFT.formula("C11+表一!C11", "表一", is_own=False) == "C11+表一!C16"
    assert SHIFT.formula("C11+'表 一'!C11", "表 一", is_own=False) == "C11+'表 一'!C16"


def test_merged_cells_move_whole():
    assert SHIFT.area("A9:B10", grows=False) == "A9:B10"
    assert SHIFT.area("A11:B12", grows=False) == "A16:B17"
    assert SHIFT.area("A9:B12", grows=False) == "A9:B17"
    assert SHIFT.areas("A2:A10 B20") == "A2:A15 B25"
