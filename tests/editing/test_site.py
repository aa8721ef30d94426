"""The admin as a whole: rights that end, the index in both languages, lists that cost the same for many."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from projects.audit import log
from projects.editing.site import site
from projects.models import (
    AuditEntry,
    Claim,
    Department,
    Indicator,
    Organisation,
    Place,
    Project,
    Source,
    Statistic,
)
from tests import cast
from tests.cast import AT, department, indicator, pending, place, project, published, section, source
from tests.editing.admin_pages import address

pytestmark = pytest.mark.django_db

RECORDS = ("department", "place", "organisation", "indicator", "project", "source")
MODELS = (*RECORDS, "claim", "statistic", "auditentry", "user")


@pytest.fixture
def rows(people):
    """One row of each."""
    entry = log.record("project.save", "QJ-0001", by=None, at=AT)
    of = project()
    return {
        "department": department(),
        "place": place(),
        "organisation": cast.organisation(),
        "indicator": indicator("unused"),
        "project": of,
        "source": source(),
        "claim": published(of),
        "statistic": cast.statistic("百亿级"),
        "auditentry": entry,
        "user": people.reporter,
    }


def as_stored(row) -> dict:
    values = type(row).objects.filter(pk=row.pk).values().get()
    return {name: value for name, value in values.items() if name != "last_login"}


def addresses(model, row):
    pages = ("changelist", "add", "change", "delete")
    return [address(model, page, *([row.pk] if page in ("change", "delete") else [])) for page in pages]


def test_whoever_may_not_change_changes_nothing_by_post(as_reviewer, rows):
    """Who may what is in `tests.doors`; here, that a refusal comes first."""
    before = [as_stored(row) for row in rows.values()]
    for model in MODELS:
        for one in addresses(model, rows[model])[1:]:
            assert as_reviewer.post(one, {"post": "yes", "name": "x"}).status_code in (302, 403), one
    assert [as_stored(row) for row in rows.values()] == before
    assert AuditEntry.objects.count() == 1


def test_rights_withdrawn_count_from_the_next_request(as_editor, people):
    assert as_editor.get("/admin/").status_code == 200
    people.editor.groups.clear()
    assert as_editor.get("/admin/").status_code == 302
    people.editor.is_active = False
    people.editor.save()
    assert as_editor.get("/admin/").status_code == 302


def test_a_deactivated_account_is_out(client, root):
    client.force_login(root)
    root.is_active = False
    root.save()
    assert client.get("/admin/").status_code == 302


def test_whoever_is_in_already_is_not_asked(as_reviewer):
    assert as_reviewer.get("/admin/login/?next=/admin/").url == "/admin/"


@pytest.mark.parametrize(
    ("path", "groups", "other"),
    [
        ("/en/admin/", ["Records", "Evidence", "People", "Record of changes"], 'href="/admin/"'),
        ("/admin/", ["记录", "依据", "人员", "变更记录"], 'href="/en/admin/"'),
    ],
)
def test_the_index_is_grouped_in_both_languages(as_root, path, groups, other):
    response = as_root.get(path)
    if path == "/en/admin/":
        assert [str(group["name"]) for group in response.context["app_list"]] == groups
    assert [len(group["models"]) for group in response.context["app_list"]] == [4, 4, 2, 1]
    assert other in response.content.decode()


def test_an_editor_sees_no_people(as_editor):
    names = [group["app_label"] for group in as_editor.get("/admin/").context["app_list"]]
    assert names == ["records", "evidence", "changes"]


def test_the_index_names_what_waits(as_reviewer, people):
    claim = pending(project(), people.editor)
    page = as_reviewer.get("/admin/").content.decode()
    assert address("claim", "change", claim.pk) in page


def test_nothing_is_registered_unasked():
    assert {model._meta.model_name for model in site._registry} == {*MODELS, "group", "sourcesection"}


def test_no_script_and_no_style_stands_in_a_page(as_root, rows):
    """The policy would refuse them."""
    for model in MODELS:
        for one in addresses(model, rows[model])[:3]:
            response = as_root.get(one)
            page = response.content.decode()
            assert "style=" not in page and "<style" not in page and "onclick=" not in page, one
            assert all("src=" in script for script in page.split("<script")[1:]), one
            assert "script-src 'self';" in response["Content-Security-Policy"]
            assert "no-store" in response["Cache-Control"]


TABLES = {
    "department": Department,
    "indicator": Indicator,
    "organisation": Organisation,
    "place": Place,
    "project": Project,
    "source": Source,
    "claim": Claim,
    "statistic": Statistic,
    "auditentry": AuditEntry,
}


def lists(client, model, capture):
    with capture as queries:
        assert client.get(address(model, "changelist")).status_code == 200
    return len(queries)


@pytest.mark.parametrize("model", TABLES)
def test_a_list_takes_as_many_queries_for_30_rows_as_for_3(as_editor, people, model):
    more(model, people, 3)
    as_editor.get(address(model, "changelist"))
    few = lists(as_editor, model, CaptureQueriesContext(connection))
    more(model, people, 27)
    assert lists(as_editor, model, CaptureQueriesContext(connection)) == few
    assert few <= 16


def more(model, people, count):
    """Rows that differ in everything a list might look up one by one."""
    have = TABLES[model].objects.count()
    for number in range(have, have + count):
        name = {"name": f"名{number}", "name_en": f"Name {number}"}
        match model:
            case "department":
                department(f"d{number}", **name)
            case "indicator":
                indicator(f"i{number}", **name)
            case "organisation":
                cast.organisation(f"o{number}", **name)
            case "place":
                place(f"p{number}", **name, parent=place("above", name="上", name_en="Above"))
            case "source":
                source(f"s{number}")
            case "project":
                of = project(place=place(f"p{number}", **name), department=department(f"d{number}", **name))
                published(of)
                pending(of, people.editor)
            case "claim":
                published(project(), source=source(f"s{number}"))
            case "statistic":
                cast.statistic("百亿级", subject=indicator(f"i{number}", **name), source=source(f"s{number}"))
            case "auditentry":
                by = people.editor if number % 2 else people.reviewer
                log.record("project.save", f"row {number}", by=by, at=AT)


def test_suggestions_come_from_what_one_may_see(as_editor, people):
    one = section(source("paper"), "1")
    asked = {"term": "部分", "app_label": "projects", "model_name": "claim", "field_name": "section"}
    found = as_editor.get(reverse("admin:autocomplete"), asked).json()["results"]
    assert found == [{"id": str(one.pk), "text": "日报某版 › 1 第一部分"}]
    people.editor.groups.clear()
    assert as_editor.get(reverse("admin:autocomplete"), asked).status_code == 302


def shown(response) -> str:
    """What is read on a page, without the inputs' own keys."""
    plain = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", response.content.decode(), flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", " ", plain))


def test_roles_and_a_new_account_are_told_in_the_language_of_the_page(client, django_user_model):
    root = django_user_model.objects.create_superuser("root", password=None)
    client.force_login(root)
    role = Group.objects.get(name="Reviewer")
    pages = ["/admin/projects/user/", "/admin/projects/user/add/", f"/admin/projects/user/{root.pk}/change/"]
    pages += [f"/admin/auth/group/{role.pk}/{page}/" for page in ("change", "history")]
    for page in pages:
        words = shown(client.get(page))
        assert "审核" in words, page
        assert not re.search("Reviewer|Reporter|Editor|After you", words), page
