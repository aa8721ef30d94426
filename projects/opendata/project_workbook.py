"""The workbook of projects: their rows, what each column means, and of which day they speak.

How a workbook is written is `pages.excel_file`; what a row holds is `opendata.export_columns`.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

from projects.opendata.export_columns import PROJECT_COLUMNS, in_a_cell
from projects.pages.excel_file import WorkbookSheet, workbook
from projects.words import columns

WIDTHS = {
    "code": 10,
    "slug": 28,
    "url": 40,
    "name": 30,
    "name_en": 40,
    "aliases": 30,
    "total_investment": 18,
    "agreed_investment": 18,
    "invested_to_date": 18,
    "milestones": 40,
    "parties": 40,
}
EXPLAINED = {"column": 28, "含义": 70, "meaning": 90}
HEAD = {"field": 14, "value": 36}
BEFORE_ANYTHING = datetime(2000, 1, 1, tzinfo=UTC)  # was published


def projects(rows: Iterable[dict], head: dict) -> bytes:
    made_at = datetime.fromisoformat(head["generated"]) if head["generated"] else BEFORE_ANYTHING
    explained = ([name, *columns.meaning(name)] for name in PROJECT_COLUMNS)
    return workbook(
        [
            WorkbookSheet("projects", PROJECT_COLUMNS, _cells(rows), WIDTHS),
            WorkbookSheet("columns", list(EXPLAINED), explained, EXPLAINED),
            WorkbookSheet("head", list(HEAD), head.items(), HEAD),
        ],
        made_at,
    )


def _cells(rows: Iterable[dict]) -> Iterator[list[object]]:
    """Lists as one text; the plain day as a day; fuzzy dates stay EDTF text."""
    for row in rows:
        told = row | {"last_known_on": date.fromisoformat(row["last_known_on"])}
        yield [in_a_cell(told[name]) for name in PROJECT_COLUMNS]
