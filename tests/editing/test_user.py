"""Accounts: made with a password, given roles, never deleted; the audit tells of each change."""

import re

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.choices import Role, Topic
from projects.models import AuditEntry, User
from tests.accounts.signing_in import with_app
from tests.cast import department, project, published
from tests.editing.admin_pages import address, errors, form_on
from tests.public.reading import Page

pytestmark = pytest.mark.django_db

PASSWORD = "a-long-pass-phrase"


def role(name: Role) -> str:
    return str(Group.objects.get(name=name.value).pk)


def add(client, **more):
    typed = {"username": "new", "usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
    return client.post(address("user", "add", english=True), typed | more)


def test_a_new_account_has_a_password_a_department_and_roles(as_root, root):
    response = add(as_root, department=department().pk, groups=[role(Role.REVIEWER)])
    assert response.status_code == 302, errors(response)
    made = User.objects.get(username="new")
    assert made.check_password(PASSWORD) and made.password.startswith("argon2")
    assert (made.department, made.is_staff, made.is_superuser) == (department(), True, False)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.subject, entry.by) == ("user.save", "new", root)
    assert entry.after["roles"] == ["Reviewer"] and PASSWORD not in str(entry.after)
    assert "password" not in entry.after


def test_a_weak_password_is_refused(as_root):
    found = errors(add(as_root, password1="password1234", password2="password1234"))
    assert "password2" in found
    assert not User.objects.filter(username="new").exists()


def test_a_change_of_roles_is_in_the_audit(as_root, people):
    page = address("user", "change", people.reporter.pk)
    typed = form_on(as_root.get(page), "user") | {"groups": [role(Role.EDITOR)]}
    assert as_root.post(page, typed).status_code == 302
    people.reporter.refresh_from_db()
    assert people.reporter.is_staff
    entry = AuditEntry.objects.get()
    assert (entry.before["roles"], entry.after["roles"]) == (["Reporter"], ["Editor"])


def test_a_new_password_is_in_the_audit_without_its_words(as_root, people):
    page = f"/admin/projects/user/{people.editor.pk}/password/"
    typed = {"usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
    assert as_root.post(page, typed).status_code == 302
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.subject, entry.before, entry.after) == ("user.password", "editor", None, None)
    as_root.post(page, typed | {"password2": "other"})
    assert AuditEntry.objects.count() == 1


def test_whoever_reports_does_so_for_a_unit(as_root):
    assert "department" in errors(add(as_root, groups=[role(Role.REPORTER)]))
    assert add(as_root, groups=[role(Role.REPORTER)], department=department().pk).status_code == 302


def test_the_list_tells_who_has_a_second_factor_in_as_many_queries(as_root, people):
    def asked() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as queries:
            page = as_root.get(address("user", "changelist")).text
        return len(queries), len(re.findall(r'field-has_second_factor"><img[^>]*alt="True"', page))

    assert asked()[1] == 0
    with_app(people.editor)
    few = asked()
    with_app(people.reviewer)
    assert (few[1], asked()) == (1, (few[0], 2))


def test_an_account_is_deactivated_not_deleted(as_root, people):
    assert as_root.post(address("user", "delete", people.editor.pk), {"post": "yes"}).status_code == 403
    page = address("user", "change", people.editor.pk)
    typed = form_on(as_root.get(page), "user")
    typed.pop("is_active")
    assert as_root.post(page, typed).status_code == 302
    people.editor.refresh_from_db()
    assert not people.editor.is_active
    assert AuditEntry.objects.get().after["is_active"] is False


def test_an_editor_makes_nobody_an_administrator(as_editor, people):
    page = address("user", "change", people.editor.pk)
    assert as_editor.post(page, {"username": "editor", "is_superuser": "on"}).status_code == 403
    people.editor.refresh_from_db()
    assert not people.editor.is_superuser


def test_roles_are_read_only(as_root):
    group = Group.objects.get(name="Editor")
    page = f"/en/admin/auth/group/{group.pk}/change/"
    assert "add claim" in as_root.get(page).content.decode()
    assert as_root.post(page, {"name": "x"}).status_code == 403
    assert as_root.get("/admin/auth/group/").status_code == 200


def with_unit(client, user, **typed) -> dict:
    """The form of an account with one row of a further unit filled in."""
    page = address("user", "change", user.pk, english=True)
    rows = form_on(client.get(page), "user") | {"further_units-TOTAL_FORMS": "1"}
    given = {
        "department": department("shuili", name="水利局").pk,
        "first_on": "2026-03-02",
        "last_on": "2026-03-09",
    }
    row = given | {"reason": "某人产假", "id": "", "user": user.pk} | typed
    return rows | {f"further_units-0-{name}": value for name, value in row.items()}


def test_a_further_unit_is_set_changed_and_taken_back(as_root, people, root):
    page = address("user", "change", people.reporter.pk, english=True)
    assert as_root.post(page, with_unit(as_root, people.reporter)).status_code == 302
    row = people.reporter.further_units.get()
    assert (row.department.code, str(row.last_on), row.set_by) == ("shuili", "2026-03-09", root)
    entry = AuditEntry.objects.get()
    assert entry.after["further_units"] == ["shuili 2026-03-02/2026-03-09"]
    assert entry.after["fields"] == ["further_units_why"] and "产假" not in str(entry.after)
    typed = form_on(as_root.get(page), "user")
    assert (typed["further_units-0-last_on"], typed["seen"]) == ("2026-03-09", "2")
    as_root.post(page, typed | {"further_units-0-last_on": ""})
    as_root.post(page, form_on(as_root.get(page), "user") | {"further_units-0-DELETE": "on"})
    told = list(AuditEntry.objects.order_by("number").values_list("after__further_units", flat=True))
    assert told[1:] == [["shuili 2026-03-02/.."], []] and not people.reporter.further_units.exists()


def test_of_two_who_set_units_the_second_sees_what_the_first_set(as_root, people):
    page = address("user", "change", people.reporter.pk, english=True)
    stale = with_unit(as_root, people.reporter, department=department("jiaotong").pk)
    as_root.post(page, with_unit(as_root, people.reporter))
    answer = as_root.post(page, stale)
    assert "further units on record now: 水利局 2026-03-02 … 2026-03-09" in answer.text
    assert [one.department.code for one in people.reporter.further_units.all()] == ["shuili"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"last_on": "2026-03-01"}, "The last day lies before the first"),
        ({"last_on": "9.3.2026"}, "Enter a valid date"),
        ({"reason": ""}, "This field is required"),
        ({"department": ""}, "This field is required"),
    ],
)
def test_a_further_unit_that_cannot_be_is_refused_at_its_box(as_root, people, typed, words):
    page = address("user", "change", people.reporter.pk, english=True)
    answer = as_root.post(page, with_unit(as_root, people.reporter, **typed))
    assert answer.status_code == 200 and words in answer.text
    assert not people.reporter.further_units.exists() and not AuditEntry.objects.exists()


def test_only_an_administrator_sets_them(as_editor, people):
    page = address("user", "change", people.reporter.pk)
    assert as_editor.get(page).status_code == 403
    assert as_editor.post(page, {"further_units-TOTAL_FORMS": "1"}).status_code == 403


def test_an_account_without_a_password_is_made_for_a_one_time_link(as_root):
    """Invited so, its owner alone ever knows the password."""
    typed = {"usable_password": "false", "password1": "", "password2": "", "groups": [role(Role.REVIEWER)]}
    response = add(as_root, **typed)
    assert response.status_code == 302, errors(response)
    made = User.objects.get(username="new")
    assert not made.has_usable_password()
    link = as_root.post(f"/admin/projects/user/{made.pk}/link/")
    assert "/accounts/reset/" in link.content.decode()


def test_the_page_of_an_account_says_nothing_of_recipes_groups_or_other_ways_in(as_root, people):
    """Django's own words for those who build a site."""
    password = f"/admin/projects/user/{people.editor.pk}/password/"
    for path in (address("user", "change", people.editor.pk), address("user", "add"), password):
        words = Page(as_root.get(path)).html
        assert not [
            word for word in ("argon2", "盐", "归属的组", "LDAP", "活跃", "will be lost") if word in words
        ], path


def test_no_link_leads_an_editor_to_an_account(as_editor, people):
    claim = published(project(), Topic.STAGE, "building", entered_by=people.editor)
    page = Page(as_editor.get(address("claim", "change", claim.pk)))
    assert people.editor.username in page.html
    assert not [one.href for one in page.links if "/projects/user/" in one.href]


def test_the_history_of_an_account_names_what_changed_and_nothing_else(as_root, people):
    page = address("user", "change", people.reporter.pk)
    typed = form_on(as_root.get(page), "user") | {"groups": [role(Role.EDITOR), role(Role.REVIEWER)]}
    assert as_root.post(page, typed).status_code == 302
    told = Page(as_root.get(address("user", "history", people.reporter.pk)))
    (changes,) = told.all("dl", "changes")
    named = [one.text for one in told.all("dt") if one.is_in("dl", "changes")]
    assert named == ["可以进入数据管理", "角色"] and "数据管理、审核" in changes.text


def test_the_history_of_an_account_calls_units_by_their_names(as_root, people):
    other = department("shuili", name="水利局", name_en="Water Bureau")
    page = address("user", "change", people.reporter.pk)
    assert (
        as_root.post(page, form_on(as_root.get(page), "user") | {"department": other.pk}).status_code == 302
    )
    told = Page(as_root.get(address("user", "history", people.reporter.pk))).one("dl", "changes").text
    assert "发展改革委" in told and "水利局" in told and "shuili" not in told


def test_who_is_to_set_a_password_is_handed_a_link_next(as_root):
    """With a password already set one goes on to the account, as before."""
    answer = add(as_root, usable_password="false", password1="", password2="")
    made = User.objects.get(username="new")
    assert answer["Location"] == address("user", "link", made.pk, english=True)
    assert "new" in Page(as_root.get(answer["Location"])).html
    other = add(as_root, username="other")
    assert other["Location"].endswith(f"/user/{User.objects.get(username='other').pk}/change/")
