"""A file is taken in, or refused in words."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from projects.models import Batch
from tests.public.reading import Page, zh

pytestmark = pytest.mark.django_db


def test_what_is_no_sheet_is_refused_in_words_and_nothing_is_kept(client, people):
    client.force_login(people.editor)
    for data in (b"", b"%PDF-1.7", b"PK\x03\x04broken"):
        page = Page(client.post("/desk/imports/", {"file": SimpleUploadedFile("a.xlsx", data)}))
        assert page.status == 200 and page.all("section", "faults")
    page = Page(client.post("/desk/imports/", {}))
    assert zh("Choose the file first.") in page.main and not Batch.objects.exists()
