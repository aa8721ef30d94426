"""An empty form, with words to choose from."""

import io
import zipfile

import pytest

from projects.imports import sheet_file
from tests.public.reading import zh

pytestmark = pytest.mark.django_db


def test_the_empty_form_is_found_to_be_one_of_projects(client, people, known):
    client.force_login(people.editor)
    data = client.get("/desk/imports/blank-projects.xlsx").content
    sheets = sheet_file.read(data)
    assert sheets[0].cell(1, 1).text == zh("Name").capitalize() and len(sheets) == 3
    assert b"dataValidation" in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
