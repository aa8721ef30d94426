"""Which column is which: remembered by sender, and saved over what was seen."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from projects.models import Batch
from tests.desk.importing import act, page_of, saved_columns, taken
from tests.imports.workbooks import sheet_xml, workbook
from tests.public.reading import Page, read, zh

pytestmark = pytest.mark.django_db


def test_the_next_file_of_a_sender_is_read_as_the_last(client, people, known):
    batch = taken(client, people, ["藻渡水库", "", "500000", "", ""])
    saved_columns(client, batch, **{"column-3": "agreed_investment"})
    act(client, batch, "send")
    again = taken(client, people, ["藻渡水库", "", "600000", "", ""], name="三月.xlsx")
    assert [one["code"] for one in again.mapping][2] == "agreed_investment"
    other = taken(client, people, ["藻渡水库", "7"], heads=["项目名称", "总投资（亿元）"], name="四月.xlsx")
    assert "总投资（亿元）" in read(client, page_of(other, "columns/")).all("p", "notice")[0].text


def test_the_second_of_two_who_save_sees_both_states(client, people, known):
    batch = taken(client, people, ["藻渡水库", "", "500000", "", ""])
    assert saved_columns(client, batch, sender="别人").status_code == 302
    page = Page(saved_columns(client, batch, **{"column-3": "agreed_investment"}))
    assert page.status == 200 and page.all("section", "faults") and "别人" in page.main
    selected = [o.given["value"] for o in page.all("option") if "selected" in o.given]
    assert "agreed_investment" in selected, "what was chosen stays"
    assert zh("Saved now") in page.main
    assert Page(client.post(page_of(batch, "faults/"), {"version": 1})).all("section", "faults")


@pytest.mark.parametrize("version", ["x", "-1", "9" * 40])
def test_a_version_that_is_none_is_an_old_one(client, people, known, version):
    batch = taken(client, people, ["藻渡水库", "", "500000", "", ""])
    page = Page(saved_columns(client, batch, version=version))
    assert page.status == 200 and page.all("section", "faults")


def test_the_unit_of_sums_is_asked_once_where_no_heading_names_it(client, people, known):
    heads = ["项目名称", "总投资", "年度计划投资（亿元）"]
    batch = taken(client, people, ["藻渡水库", "5000", "1"], ["新厂", "1.2亿元", "2"], heads=heads)
    assert read(client, page_of(batch, "columns/")).all("select", name="unit")
    saved_columns(client, batch, unit="wan")
    (option,) = read(client, page_of(batch, "columns/")).all("option", value="wan")
    assert "selected" in option.given
    page = read(client, page_of(batch))
    assert "5,000 万元" in page.main and "1.2 亿元" in page.main and "2 亿元" in page.main


def test_the_unit_is_remembered_and_not_asked_where_all_headings_name_one(client, people, known):
    heads = ["项目名称", "总投资"]
    batch = taken(client, people, ["藻渡水库", "5000"], heads=heads)
    saved_columns(client, batch, unit="wan")
    act(client, batch, "send")
    again = taken(client, people, ["藻渡水库", "6000"], heads=heads, name="三月.xlsx")
    assert [one["unit"] for one in again.mapping] == ["wan", "wan"]
    other = taken(client, people, ["藻渡水库", "7"], heads=["项目名称", "总投资（亿元）"], name="四月.xlsx")
    assert not read(client, page_of(other, "columns/")).all("select", name="unit")


def test_what_is_hidden_in_the_file_is_asked_about(client, people, known):
    """A column that nobody sees is read where it is chosen, a row unless it is left out."""
    rows = [["项目名称", "总投资（万元）", "协议投资（万元）"], ["藻渡水库", 5, 6], ["新厂", 7, 8]]
    data = workbook([], sheet=sheet_xml(rows, hidden_rows=[3], hidden_columns=[3]))
    client.force_login(people.editor)
    client.post("/desk/imports/", {"file": SimpleUploadedFile("二月.xlsx", data), "sender": ""})
    batch = Batch.objects.get()
    assert [one["code"] for one in batch.mapping] == ["name", "total_investment", ""]
    page = read(client, page_of(batch, "columns/"))
    assert zh("hidden in the file") in page.main and page.all("input", name="leave_hidden")
    for told, skipped in (({"leave_hidden": "on"}, [3]), ({}, [])):
        batch.refresh_from_db()
        saved_columns(client, batch, **told)
        batch.refresh_from_db()
        assert batch.skipped == skipped


def test_the_day_that_stands_beside_the_table_is_that_of_the_sheet(client, people, known):
    """Told with its cell, until the editor says another."""
    note = "数据截至2026年1月底"
    data = workbook([[note], ["项目名称", "总投资（万元）"], ["藻渡水库", 500000]])
    client.force_login(people.editor)
    client.post("/desk/imports/", {"file": SimpleUploadedFile("二月.xlsx", data), "sender": ""})
    batch = Batch.objects.get()
    page = read(client, page_of(batch, "columns/"))
    assert page.one("input", name="as_of").given["value"] == "2026-01-31"
    assert [one.text for one in page.all("small") if note in one.text] == [f"A1：{note}"]
    assert f"A1：{note}" in read(client, page_of(batch)).main
    saved_columns(client, batch, as_of="2026-02-28")
    assert note not in read(client, page_of(batch)).main
