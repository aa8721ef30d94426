"""A password that somebody else has set is changed before anything else is done."""

import pytest
from django.test import Client

from projects.accounts import adapters, users
from projects.models import User
from tests.accounts.signing_in import PASSWORD, sign_in
from tests.cast import AT

pytestmark = pytest.mark.django_db

CHANGE, NEW = "/accounts/password/", "another-long-phrase"
DOORS = ["/desk/", "/desk/notices/", "/admin/", "/desk/reports/2026-02/x/"]


@pytest.fixture
def given(people, visitor) -> Client:
    """The editor, signed in with a password that the administrator set."""
    users.set_password(people.editor, PASSWORD, by=people.second_editor, at=AT)
    sign_in(visitor, "editor")
    return visitor


def change(client, new=NEW):
    return client.post(CHANGE, {"oldpassword": PASSWORD, "password1": new, "password2": new})


def let_in(client) -> list[str]:
    return [door for door in DOORS if client.get(door).get("Location") != CHANGE]


@pytest.mark.promise(
    "A password that somebody else has set opens nothing before its owner has changed it",
    control="test_control_without_the_gate_every_door_is_open",
)
def test_it_leads_to_the_change_from_every_door(given, figure):
    assert let_in(given) == []
    assert all(given.post(door).url == CHANGE for door in DOORS)
    assert given.get("/en/desk/").url == f"/en{CHANGE}"
    assert "只有您本人知道" in given.get(CHANGE).text
    assert change(given).status_code == 302
    assert let_in(given) == DOORS
    assert "只有您本人知道" not in given.get(CHANGE).text
    figure(f"{len(DOORS)} doors, none open before the change")


def test_control_without_the_gate_every_door_is_open(given, monkeypatch):
    monkeypatch.setattr(User, "must_change_password", property(lambda user: False, lambda user, flag: None))
    assert let_in(given) == DOORS


def test_the_same_password_again_will_not_do(given, people):
    answer = change(given, PASSWORD)
    assert answer.status_code == 200 and "现用的密码" in answer.text
    assert let_in(given) == []


def test_one_may_leave_and_read_public_pages(given):
    assert given.get("/about/").status_code == 200
    assert given.get("/accounts/").status_code == 200
    assert given.post("/accounts/logout/").status_code == 302


def test_it_comes_before_the_second_factor(given, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    assert given.get("/admin/").url == CHANGE
    change(given)
    assert given.get("/admin/").url == "/accounts/second-factor/"


@pytest.mark.parametrize("by_oneself", [True, False])
def test_who_set_it_decides(people, by_oneself):
    by = people.editor if by_oneself else people.second_editor
    users.set_password(people.editor, NEW, by=by, at=AT)
    people.editor.refresh_from_db()
    assert people.editor.must_change_password is not by_oneself


def test_a_new_account_begins_with_a_password_that_its_owner_changes(people, rf):
    user = User(username="new")
    user.set_password(PASSWORD)
    users.save_user(user, by=people.editor, at=AT)
    request = rf.get("/")
    request.user = User.objects.get(username="new")
    assert adapters.asked_first(request) == CHANGE


def test_one_without_a_password_gets_it_over_a_link_and_need_not(people):
    user = User(username="new")
    user.set_unusable_password()
    assert not users.save_user(user, by=people.editor, at=AT).must_change_password
