"""Organisations: other names one a line; the projects are found by them."""

import pytest

from tests.cast import organisation, party, project
from tests.editing.admin_pages import address, errors, form_on

pytestmark = pytest.mark.django_db


def test_its_projects_are_found_by_its_new_names(as_editor):
    row, of = organisation(), project()
    party(of)
    page = address("organisation", "change", row.pk)
    typed = form_on(as_editor.get(page), "organisation") | {"aliases": "西南铝\n\n渝铝 \n西南铝"}
    assert as_editor.post(page, typed).status_code == 302
    row.refresh_from_db()
    of.refresh_from_db()
    assert row.aliases == ["西南铝", "渝铝"]
    assert "西南铝" in of.search_text.text
    assert form_on(as_editor.get(page), "organisation")["aliases"] == "西南铝\n渝铝"


def test_a_wrong_credit_code_is_told(as_editor):
    row = organisation()
    page = address("organisation", "change", row.pk, english=True)
    typed = form_on(as_editor.get(page), "organisation") | {"credit_code": "91500222MA5U00000X"}
    assert "is not a credit code" in errors(as_editor.post(page, typed))["credit_code"][0]
