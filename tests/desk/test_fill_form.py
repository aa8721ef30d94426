"""The columns of a form are confirmed once, and remembered by sender and shape; what stays empty is named."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.claims import projection
from tests import cast, paperwork
from tests.desk.filling import FORM, confirm, taken_form
from tests.imports.workbooks import Formula, sheet_xml, workbook
from tests.public.reading import read

pytestmark = pytest.mark.django_db


def test_columns_are_confirmed_once_for_a_sender_and_a_shape(client, people):
    client.force_login(people.editor)
    form = taken_form(client)
    page = read(client, f"/desk/fill/{form.pk}/")
    assert "请先核对各列" in page.main and "下载填好的表" not in page.main
    assert client.get(f"/desk/fill/{form.pk}/filled.xlsx").status_code == 302
    assert confirm(client, form).status_code == 302
    assert "联系电话" in read(client, f"/desk/fill/{form.pk}/").main
    again = taken_form(client, rows=[["另一个标题"], *FORM[1:]])
    assert "请先核对各列" not in read(client, f"/desk/fill/{again.pk}/").main
    other = taken_form(client, rows=[FORM[0], [*FORM[1], "备注"], *FORM[2:]])
    assert "请先核对各列" in read(client, f"/desk/fill/{other.pk}/").main
    stranger = taken_form(client, sender="省里")
    assert "请先核对各列" in read(client, f"/desk/fill/{stranger.pk}/").main


def test_it_takes_as_many_statements_for_many_projects_as_for_one(client, people):
    counts = []
    client.force_login(people.editor)
    form = taken_form(client)
    confirm(client, form)
    for more in (1, 4):
        for _ in range(more):
            one = cast.project()
            cast.published(one, "stage", "building")
            projection.rebuild(one)
        with CaptureQueriesContext(connection) as asked:
            assert f"填入 {1 if more == 1 else 5} 个项目" in read(client, f"/desk/fill/{form.pk}/").main
        counts.append(len(asked))
    assert counts[0] == counts[1] < 20


def test_formulas_in_the_way_are_named_before_anything_is_filled(client, people):
    client.force_login(people.editor)
    rows = [*FORM[:2], [1, None, None, Formula("1+1", "2")], *FORM[3:]]
    form = taken_form(client, rows=rows)
    assert "公式保持不变，所在的列不填：总投资（万元）" in read(client, f"/desk/fill/{form.pk}/").main


@pytest.mark.parametrize("name", ["drawing", "legacyDrawing", "controls", "oleObjects"])
def test_what_does_not_move_with_added_rows_is_said_before_anything_is_filled(client, people, name):
    client.force_login(people.editor)
    words = "图形、批注和按钮"
    assert words not in read(client, f"/desk/fill/{taken_form(client).pk}/").main
    sheet = sheet_xml(FORM).replace("</sheetData>", f"</sheetData><{name}/>")
    form = taken_form(client, data=workbook([], sheet=sheet))
    assert words in read(client, f"/desk/fill/{form.pk}/").main


def test_cells_merged_over_rows_are_named_before_anything_is_filled(client, people):
    client.force_login(people.editor)
    form = taken_form(client, data=workbook(FORM, merged=["C3:C4"]))
    assert "跨行合并的单元格不填：形象进度" in read(client, f"/desk/fill/{form.pk}/").main


def test_what_belongs_to_no_section_is_named_and_so_is_a_section_of_which_nothing_is_known(client, people):
    for name, kind in (("甲厂", "industrial"), ("乙库", "water")):
        one = cast.project(name, kind=kind)
        cast.published(one, "stage", "building")
        projection.rebuild(one)
    client.force_login(people.editor)
    form = taken_form(client, rows=[*FORM[:2], ["一、工业项目"], [1], ["二、文物项目"], [1]])
    confirm(client, form)
    page = read(client, f"/desk/fill/{form.pk}/")
    assert any("乙库" in one for one in page.notices) and any("文物项目" in one for one in page.notices)
    unknown = taken_form(client, rows=[*FORM[:2], ["一、甲乙项目"], [1], ["二、丙丁项目"], [1]])
    confirm(client, unknown)
    page = read(client, f"/desk/fill/{unknown.pk}/")
    assert "甲乙项目、丙丁项目" in page.main and "下载填好的表" not in page.main
    assert client.get(f"/desk/fill/{unknown.pk}/filled.xlsx").status_code == 302


def test_a_reporter_fills_in_the_projects_of_the_own_units_alone(client, people):
    own = paperwork.on_record()
    theirs = cast.project("别家工厂", department=people.other_reporter.department)
    cast.published(theirs, "stage", "building")
    projection.rebuild(theirs)
    client.force_login(people.reporter)
    form = taken_form(client)
    confirm(client, form)
    assert "填入 1 个项目" in read(client, f"/desk/fill/{form.pk}/").main
    client.force_login(people.editor)
    form = taken_form(client)
    assert "填入 2 个项目" in read(client, f"/desk/fill/{form.pk}/").main
    assert own.department == people.reporter.department
