"""A blank form is taken in, or it is said why not; it is there for whoever sent it, until the day after."""

from datetime import timedelta

import pytest

from projects.imports import erasure, filled_form
from projects.models import Workbook
from tests.desk.filling import FORM, sent, taken_form
from tests.imports.workbooks import SHEET_TYPE, sheet_xml, workbook
from tests.public.reading import Page, read

pytestmark = pytest.mark.django_db

PROTECTED = sheet_xml(FORM).replace("</sheetData>", '</sheetData><sheetProtection sheet="1"/>')


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (workbook([["某某", "2026"], ["甲", 1]]), "表头"),
        (workbook([], sheet=PROTECTED), "受保护"),
        (workbook(FORM, main=f"{SHEET_TYPE.replace('vnd.openxml', 'vnd.ms-excel.macroEnabled')}"), "宏"),
        (workbook([*FORM[:2], [1, "藻渡水库"]]), "A3"),
        (workbook([["序号", "总投资"]]), "哪个项目"),
        ("项目名称,总投资\n".encode(), "只能填写工作簿"),
        (b"", "空"),
    ],
)
def test_what_cannot_be_filled_is_refused_in_words_before_anything_is(client, people, data, words):
    client.force_login(people.reporter)
    page = Page(sent(client, data=data or b" "))
    assert words in page.main or not data
    assert not Workbook.objects.exists()


def test_a_form_is_there_for_whoever_sent_it_until_the_day_after(client, people):
    client.force_login(people.reporter)
    form = taken_form(client)
    assert "统计表.xlsx" in read(client, "/desk/fill/").main
    client.force_login(people.other_reporter)
    assert "统计表.xlsx" not in read(client, "/desk/fill/").main
    assert client.get(f"/desk/fill/{form.pk}/").status_code == 404
    erasure.erase_due(at=form.entered_at + timedelta(hours=23))
    assert Workbook.objects.exists()
    erasure.erase_due(at=form.entered_at + timedelta(hours=25))
    assert not Workbook.objects.exists()


def test_of_one_person_only_the_last_are_kept(client, people, monkeypatch):
    monkeypatch.setattr(filled_form, "MAX_FORMS", 2)
    client.force_login(people.reporter)
    for number in range(3):
        taken_form(client, rows=[[f"表{number}"], *FORM[1:]], name=f"表{number}.xlsx")
    page = read(client, "/desk/fill/").main
    assert "表0.xlsx" not in page and "表1.xlsx" in page and "表2.xlsx" in page


def test_who_wants_it_must_be_said(client, people):
    client.force_login(people.reporter)
    assert "谁要这张表" in Page(sent(client, sender=" ")).main
    assert not Workbook.objects.exists()
