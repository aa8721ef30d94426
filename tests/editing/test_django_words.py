"""What Django says of its own in the admin: plainly in Chinese, and no crumb leads to an application."""

import gettext
from pathlib import Path

import django
import pytest

from projects.editing.django_words import SENTENCES, TOO_LONG
from tests import cast
from tests.cast import department, project
from tests.editing.admin_pages import address, messages
from tests.public.reading import Page

pytestmark = pytest.mark.django_db


def test_each_sentence_is_still_one_of_django():
    """One that Django says otherwise by now is shown to nobody."""
    found = set()
    for part in ("contrib/admin", "contrib/auth", "conf"):
        path = Path(django.__file__).parent / part / "locale/zh_Hans/LC_MESSAGES/django.mo"
        with path.open("rb") as file:
            found |= set(gettext.GNUTranslations(file)._catalog)
    assert set(SENTENCES) <= found
    assert any(key[0].startswith("Ensure this value has at most") for key in found if isinstance(key, tuple))
    assert str(TOO_LONG % {"limit_value": 5, "show_value": 7}) == "最多 5 字，现有 7 字。"


def crumbs(answer) -> list[str]:
    assert answer.status_code == 200
    (found,) = Page(answer).all("div", "breadcrumbs")
    return [part.strip() for part in found.text.split("›")]


def test_crumbs_name_what_one_is_at_and_no_application(as_root, people):
    at = people.reporter.groups.get()
    spare = cast.place("spare", name="某园")
    assert crumbs(as_root.get("/admin/auth/group/")) == ["首页", "角色"]
    assert crumbs(as_root.get(f"/admin/auth/group/{at.pk}/change/")) == ["首页", "角色", "填报"]
    assert crumbs(as_root.get(f"/admin/auth/group/{at.pk}/history/"))[1:3] == ["人员", "角色"]
    assert crumbs(as_root.get(address("user", "add")))[:2] == ["首页", "用户"]
    assert crumbs(as_root.get(address("place", "delete", spare.pk))) == ["首页", "地点", "某园", "删除"]


def test_deleting_is_asked_about_and_what_is_used_is_kept_in_plain_words(as_root):
    spare, used = cast.place("spare", name="某园"), department()
    project(department=used)
    page = as_root.get(address("place", "delete", spare.pk)).content.decode()
    assert "要删除“某园”吗？" in page and "概览" not in page
    kept = as_root.get(address("department", "delete", used.pk)).content.decode()
    assert "“发展改革委”不能删除" in kept and 'name="post"' not in kept
    done = as_root.post(address("place", "delete", spare.pk), {"post": "yes"}, follow=True)
    assert messages(done) == ["地点“某园”已删除。"]


def test_an_empty_selection_says_what_to_do(as_editor):
    at, of = address("project", "changelist"), project()
    chosen = next(
        one.given["value"] for one in Page(as_editor.get(at)).all("option") if one.given.get("value")
    )
    nothing = as_editor.post(at, {"action": chosen, "index": "0"}, follow=True)
    assert messages(nothing) == ["没有勾选任何一行，未做改动：请先勾选，再执行。"]
    no_action = as_editor.post(at, {"action": "", "_selected_action": [of.pk]}, follow=True)
    assert messages(no_action) == ["请先选择要做的操作。"]
