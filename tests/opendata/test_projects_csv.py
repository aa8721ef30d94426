"""The same rows as a table: equal to the JSON cell by cell, and safe in any spreadsheet."""

import csv
import io

import pytest

from projects.core.formulas import as_it_was
from tests import cast
from tests.opendata.test_projects_json import KEYS
from tests.public.portfolio import settle

pytestmark = pytest.mark.django_db

COLUMNS = [key for key in KEYS if key not in ("milestones", "parties")]  # files of their own


def table(client, **query) -> list[list[str]]:
    answer = client.get("/data/projects.csv", query)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/csv; charset=utf-8")
    assert answer["Content-Disposition"] == 'attachment; filename="projects.csv"'
    text = answer.content.decode()
    assert text.startswith("\ufeff")  # Excel takes it for UTF-8
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def flat(value) -> str:
    """How a value of the JSON stands in a cell."""
    if value is None or value == []:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "; ".join(value) if isinstance(value, list) else str(value)


@pytest.mark.parametrize("query", [{}, {"kind": "industrial"}, {"asof": "2025-01-01"}, {"q": "没有的"}])
def test_cell_by_cell_it_is_the_json(client, made, query):
    head, *rows = table(client, **query)
    assert head == COLUMNS
    projects = client.get("/data/projects.json", query).json()["projects"]
    assert rows == [[flat(project[name]) for name in COLUMNS] for project in projects]


def test_lines_end_as_the_standard_says(client, made):
    assert client.get("/data/projects.csv").content.count(b"\r\n") == 7


FORMULAS = [
    "=1+1",
    "+86",
    "-1",
    "@sum",
    "\t=1",
    "\r=1",
    " =1",
    "　＝1+1",
    "＋1",
    "－1",
    "＠x",
    "=cmd|' /C calc'!A0",
]


@pytest.mark.parametrize("name", [*FORMULAS, "'=1", "''=1"])
def test_no_cell_starts_a_formula_and_the_name_comes_back_unchanged(client, db, name):
    cast.published(cast.project(name, name_en=name))
    settle()
    head, row = table(client)
    for column in ("name", "name_en"):
        cell = row[head.index(column)]
        assert cell.startswith("'") and as_it_was(cell) == name


@pytest.mark.parametrize("name", ["示范=工厂", "a-b", "“=”工厂", "'工厂"])
def test_a_harmless_name_stands_as_it_is(client, db, name):
    cast.published(cast.project(name))
    settle()
    head, row = table(client)
    assert row[head.index("name")] == name


def test_quotes_commas_and_lines_stay_in_their_cell(client, db):
    name = '一,"二"\n三'
    cast.published(cast.project(name))
    settle()
    head, row = table(client)
    assert row[head.index("name")] == name


def test_numbers_stay_numbers(client, made):
    head, *rows = table(client)
    assert rows[0][head.index("total_investment")] == "4000000000"
