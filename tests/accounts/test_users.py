"""Accounts: roles decide who may enter, and the audit tells of each change but no password."""

import pytest
from django.contrib.auth.models import Group

from projects.accounts import users
from projects.models import AuditEntry, User
from tests.cast import AT

pytestmark = pytest.mark.django_db


def roles(*names):
    return list(Group.objects.filter(name__in=names))


@pytest.mark.parametrize(
    ("given", "is_staff"),
    [(["Reporter"], False), (["Reviewer"], True), (["Editor", "Reporter"], True), ([], False)],
)
def test_a_role_that_decides_may_enter(people, given, is_staff):
    user = users.save_user(User(username="new"), by=people.editor, at=AT, roles=roles(*given))
    user.refresh_from_db()
    assert user.is_staff == is_staff
    assert AuditEntry.objects.get().after["roles"] == sorted(given)


def test_roles_withdrawn_withdraw_the_door(people):
    users.save_user(people.editor, by=people.second_editor, at=AT, roles=roles("Reporter"))
    people.editor.refresh_from_db()
    assert not people.editor.is_staff


def test_roles_stay_where_none_are_given(people):
    people.editor.email = "editor@example.org"
    users.save_user(people.editor, by=people.second_editor, at=AT)
    assert people.editor.groups.get().name == "Editor"


def test_a_password_is_told_of_and_not_told(people):
    people.editor.set_password("a-long-pass-phrase")
    users.save_user(people.editor, by=people.second_editor, at=AT)
    found = list(AuditEntry.objects.values_list("action", "before", "after").order_by("number"))
    assert ("user.password", None, None) in found
    assert not any("argon2" in str(entry) for entry in found)
