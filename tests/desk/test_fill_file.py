"""The filled form: the projects of a filter, as of a day."""

from datetime import date

import pytest

from projects.choices import Stage, Topic
from projects.claims import projection
from projects.imports import sheet_file
from tests import cast
from tests.desk.filling import FORM, confirm, taken_form

pytestmark = pytest.mark.django_db


def _names(client, form, query="") -> list[str]:
    answer = client.get(f"/desk/fill/{form.pk}/filled.xlsx?{query}")
    assert answer.status_code == 200
    (sheet,) = sheet_file.read(answer.content)
    return [cell.text for row in sorted(sheet.rows) if row > 2 and (cell := sheet.cell(row, 2))]


def test_the_projects_of_a_filter_as_of_a_day(client, people):
    for name, kind, on in (("甲厂", "industrial", "2024-02-01"), ("乙库", "water", "2026-02-01")):
        one = cast.project(name, kind=kind)
        cast.published(one, Topic.STAGE, Stage.BUILDING, as_of=on, known_on=date.fromisoformat(on))
        projection.rebuild(one)
    client.force_login(people.editor)
    form = taken_form(client, rows=FORM)
    confirm(client, form)
    assert _names(client, form) == ["甲厂", "乙库"]
    assert _names(client, form, "kind=water") == ["乙库"]
    assert _names(client, form, "asof=2025-03-01") == ["甲厂"]
