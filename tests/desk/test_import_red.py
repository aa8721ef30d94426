"""The sheet with its wrong cells marked."""

import pytest

from projects.imports import sheet_file
from tests.desk.importing import HEADS, page_of, saved_columns, taken
from tests.imports.forms import members
from tests.imports.workbooks import workbook

pytestmark = pytest.mark.django_db


def test_the_sheet_comes_back_with_its_wrong_cells_marked(client, people, known):
    sent = workbook([HEADS, ["藻渡水库", "无此单位", "500000", "", ""]])
    batch = taken(client, people, ["藻渡水库", "无此单位", "500000", "", ""])
    saved_columns(client, batch)
    data = client.get(page_of(batch, "faults.xlsx")).content
    table, listed = sheet_file.read(data)
    assert members(data).keys() - members(sent).keys() == {"xl/worksheets/listed.xml"}
    assert members(data)["xl/styles.xml"].count(b"FFC7CE") == 1
    assert table.cell(2, 2).text == "无此单位" and table.cell(1, 3).text == "总投资（万元）"
    assert listed.cell(2, 1).text == "B2" and "无此单位" in listed.cell(2, 2).text
    client.force_login(people.reviewer)
    assert client.get(page_of(batch, "faults.xlsx")).status_code == 404
