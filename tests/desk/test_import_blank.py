"""Empty forms: with words to choose from, and an example that can be imported as it stands."""

import io
import zipfile

import pytest

from projects.imports import blank_sheets, sheet_file
from projects.imports.draft_sheet import DraftSheet
from projects.models import Batch
from tests.cast import AT
from tests.desk.importing import file_of
from tests.public.reading import Page

pytestmark = pytest.mark.django_db


def form_of(client, people, of: str) -> bytes:
    client.force_login(people.editor)
    return client.get(f"/desk/imports/blank-{of}.xlsx").content


@pytest.mark.parametrize("of", blank_sheets.FORMS)
def test_a_form_filled_in_as_its_example_is_read_without_a_question(client, people, known, of):
    form, explained, *_ = sheet_file.read(form_of(client, people, of))
    heads = [cell.text for cell in form.rows[1].values()]
    examples = {row[1].text: row[3].text for row in explained.rows.values() if 3 in row}
    told = [examples.get(head, "") for head in heads]
    if "项目名称" not in heads and "name" in blank_sheets.FORMS[of]:
        told[blank_sheets.FORMS[of].index("name")] = known.name
    answer = client.post("/desk/imports/", {"file": file_of(told, heads=heads)})
    assert answer.status_code == 302, Page(answer).main
    sheet = DraftSheet(Batch.objects.get())
    assert [one.head for one in sheet.mapping if one.certainty != "sure"] == []
    (row,) = sheet.compared(AT)
    assert [(one.column, one.faults) for one in row.cells if one.faults] == [] and not row.faults
    least = 1 if of == "statements" else len([one for one in told if one]) - 4
    assert len(row.cells) >= least, "place, note and role are no cells; a statement is one"


def test_the_empty_form_offers_words(client, people, known):
    data = form_of(client, people, "projects")
    assert len(sheet_file.read(data)) == 3
    assert b"dataValidation" in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")


def test_no_other_form_is_there(client, people):
    client.force_login(people.editor)
    assert client.get("/desk/imports/blank-users.xlsx").status_code == 404
