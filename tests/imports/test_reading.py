"""Rows of a sheet as what they propose."""

from datetime import date

import pytest

from projects.core import fuzzy_dates
from projects.core.money import Money
from projects.imports import reading, sheet_file
from projects.imports.rules import mapping
from tests.cast import alias, department, project
from tests.imports.workbooks import workbook

AS_OF, KNOWN_ON = fuzzy_dates.parse("2026-02-28"), date(2026, 3, 2)


def _rows(table: list[list], choices=None, **more):
    (sheet,) = sheet_file.read(workbook(table, **more))
    layout = reading.layout_of(sheet)
    columns = mapping.propose(layout)
    return reading.proposed_rows(sheet, layout, columns, choices or {}, as_of=AS_OF, known_on=KNOWN_ON)


@pytest.mark.django_db
def test_a_row_proposes_facts_and_claims_of_the_project_that_it_names():
    known = project("藻渡水库")
    alias(known, "藻渡大型水库")
    department()
    (row,) = _rows(
        [
            ["项目名称", "责任单位", "总投资（亿元）", "2026年计划投资（万元）"],
            ["藻渡大型水库", "区发展改革委", 1.5, "1,200"],
        ]
    )
    assert (row.project, row.faults) == (known.code, ())
    assert [(one.column, one.value) for one in row.facts] == [("department", "fagai")]
    assert [(one.cell, one.value, one.series.period) for one in row.claims] == [
        ("C2", Money(150000000, "yi", 1), ""),
        ("D2", Money(12000000, "wan", 0), "2026"),
    ]
