"""Fifty differently shaped workbooks of the same hundred projects propose the same."""

import pytest

from projects.core import fuzzy_dates
from projects.core.money import Money
from projects.core.statements import Series
from projects.imports import reading, sheet_file
from projects.imports.rules import mapping
from tests.cast import department, project
from tests.imports.shapes import SampleProject, Shape, sample
from tests.imports.test_reading import AS_OF, KNOWN_ON

MONTH = {"promised_started"}


@pytest.fixture
def offices(db):
    department()
    department("jiaotong", name="交通局", name_en="Transport Bureau")


def proposed(shape: Shape, choices: dict[int, str] | None = None):
    (sheet,) = sheet_file.read(shape.file())
    layout = reading.layout_of(sheet)
    columns = mapping.chosen(mapping.propose(layout), choices or {})
    unsure = [(one.head, one.certainty, one.codes) for one in columns if one.certainty != "sure"]
    rows = reading.proposed_rows(sheet, layout, columns, {}, as_of=AS_OF, known_on=KNOWN_ON)
    return unsure, rows


def plain(row) -> tuple:
    """What a row proposes, wherever it stands and in whatever unit it is printed."""
    claims = {
        (one.series, one.value.yuan if isinstance(one.value, Money) else one.value, one.qualifier)
        for one in row.claims
    }
    return row.project, frozenset((one.column, one.value) for one in row.facts), frozenset(claims), row.faults


def wanted(one: SampleProject, code: str | None) -> tuple:
    facts = {("department", one.department), ("kind", one.kind.value), ("funding", one.funding.value)}
    facts |= set() if code else {("name", one.name)}
    claims = {
        (Series("total_investment"), one.total, ""),
        (Series("annual_plan", period="2026"), one.plan, ""),
        (Series("invested_in_period", period="2026"), one.invested, ""),
        (Series("promised", "started"), fuzzy_dates.parse(f"{one.start:%Y-%m}"), ""),
        (Series("promised", "completed"), fuzzy_dates.day(one.end), ""),
        (Series("stage"), one.stage.value, ""),
        (Series("works"), one.works, ""),
    }
    return code, frozenset(facts), frozenset(claims), ()


@pytest.mark.parametrize("number", range(50))
def test_the_same_projects_are_read_from_every_shape(offices, number):
    projects = sample()
    codes = {one.name: project(one.name).code for one in projects[:3]}
    unsure, rows = proposed(Shape(number))
    assert unsure == []
    assert [plain(row) for row in rows] == [wanted(one, codes.get(one.name)) for one in projects]


def test_another_amount_is_seen(offices, monkeypatch):
    """The control: what is compared above does tell rows apart."""
    shape = Shape(0)
    _, rows = proposed(shape)
    right = [plain(row) for row in rows]
    monkeypatch.setattr(Shape, "_amount", lambda self, yuan: f"{yuan + 10**4}元")
    _, rows = proposed(Shape(0))
    assert not any(plain(row) == before for row, before in zip(rows, right, strict=True))
