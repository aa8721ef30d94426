"""A form of one project with labels beside its values, as units send them, goes the way of every sheet."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from projects.imports import sheet_file
from projects.models import Batch, Current
from tests.desk.importing import act, page_of, saved_columns
from tests.imports.workbooks import workbook
from tests.public.reading import read, zh

pytestmark = pytest.mark.django_db

FORM = [
    ["重点项目信息表"],
    ["项目名称", "藻渡水库", "责任单位", "无此单位"],
    ["总投资（万元）", "五千来万", "进展阶段", "在建"],
    ["备注"],
]


RIGHT = [
    ["项目名称", "藻渡水库"],
    ["总投资（万元）", "500000"],
    ["进展阶段", "在建"],
    ["计划竣工时间", "2027-06"],
]


def _taken(client, people, rows) -> Batch:
    client.force_login(people.editor)
    file = SimpleUploadedFile("藻渡水库.xlsx", workbook(rows))
    assert client.post("/desk/imports/", {"file": file, "sender": "水利局"}).status_code == 302
    batch = Batch.objects.get()
    saved_columns(client, batch)
    return batch


def test_its_labels_are_columns_at_their_own_places(client, people, known):
    page = read(client, page_of(_taken(client, people, FORM), "columns/")).main
    assert "A2 · 项目名称" in page and "C3 · 进展阶段" in page


def test_what_is_wrong_is_red_in_the_form_itself(client, people, known):
    batch = _taken(client, people, FORM)
    assert zh("Rows") not in read(client, page_of(batch, "faults/")).main
    _, listed = sheet_file.read(client.get(page_of(batch, "faults.xlsx")).content)
    assert {listed.cell(row, 1).text for row in (2, 3)} == {"D2", "B3"}


def test_sent_and_approved_it_is_on_the_record(client, people, known):
    batch = _taken(client, people, RIGHT)
    page = read(client, page_of(batch))
    assert "B2" in [cells[0] for cells in page.rows()] and "第 3 行" not in page.main
    assert act(client, batch, "send").status_code == 302
    client.force_login(people.second_editor)
    assert act(client, batch, "approve").status_code == 302
    found = Current.objects.get(project=known)
    assert (found.total_investment, found.stage) == (50 * 10**8, "building")
