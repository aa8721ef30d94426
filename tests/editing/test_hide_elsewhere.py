"""A public project is not hidden from its form in the admin, and a hidden one is not shown from there."""

import pytest

from projects.models import Project
from projects.records import hiding
from tests.cast import AT, project
from tests.editing.test_project import opened, send

pytestmark = pytest.mark.django_db
WHY = "与另一条重复"


def hide(of: Project, people) -> None:
    hiding.approve(hiding.ask(of, reason=WHY, by=people.editor, at=AT), by=people.reviewer, at=AT)


@pytest.mark.parametrize("is_hidden", [False, True])
def test_the_form_leads_to_the_page_for_it(as_editor, people, is_hidden):
    of = project()
    if is_hidden:
        hide(of, people)
    typed = opened(as_editor, of) | {"name": "改名"}
    typed = {name: value for name, value in typed.items() if name != "is_public"}
    answer = send(as_editor, of, typed | ({"is_public": "on"} if is_hidden else {}))
    assert answer.status_code == 302
    of.refresh_from_db()
    assert (of.name, of.is_public) == ("改名", not is_hidden)
    page = as_editor.get(f"/admin/projects/project/{of.pk}/change/").content.decode()
    assert page.count(f"/desk/projects/{of.code}/hide/") == 2, "beside the field, and above the form"


def test_one_that_was_never_hidden_is_made_public_there(as_editor):
    of = project(is_public=False)
    assert send(as_editor, of, opened(as_editor, of) | {"is_public": "on"}).status_code == 302
    of.refresh_from_db()
    assert of.is_public
