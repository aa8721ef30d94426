"""The projects as a workbook: back again it changes just what was changed in it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from projects.imports import sheet_file
from projects.imports.rules.cells import address
from projects.models import Batch, Claim
from tests.desk.importing import act, page_of, saved_columns
from tests.imports.workbooks import workbook
from tests.public.reading import Page, read, zh

pytestmark = pytest.mark.django_db


def test_what_the_desk_gives_out_changes_nothing_when_it_comes_back(client, people, known):
    client.force_login(people.editor)
    data = client.get("/desk/imports/record.xlsx").content
    client.post("/desk/imports/", {"file": SimpleUploadedFile("项目.xlsx", data), "sender": ""})
    batch = Batch.objects.get()
    saved_columns(client, batch)
    page = read(client, page_of(batch))
    assert zh("Everything can be read.") in read(client, page_of(batch, "faults/")).main
    assert not page.all("ins"), page.main
    assert Page(act(client, batch, "send")).all("section", "faults") and not Claim.objects.pending().exists()


def test_just_what_was_changed_in_it_changes(client, people, known):
    client.force_login(people.editor)
    (sheet,) = sheet_file.read(client.get("/desk/imports/record.xlsx?kind=industrial").content)
    column = next(at for at, cell in sheet.rows[1].items() if "总投资" in cell.text)
    changed = sheet.with_texts({address(2, column): "450000"})
    width = max(changed.rows[1])
    rows = [
        [row[at].text if at in row else None for at in range(1, width + 1)] for row in changed.rows.values()
    ]
    file = SimpleUploadedFile("项目.xlsx", workbook(rows))
    client.post("/desk/imports/", {"file": file})
    batch = Batch.objects.get()
    saved_columns(client, batch)
    page = read(client, page_of(batch))
    assert [one.text for one in page.all("ins")] == ["450,000 万元"]
    assert [one.text for one in page.all("del")] == ["40 亿元"]
