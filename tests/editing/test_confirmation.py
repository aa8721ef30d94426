"""A fresh code before roles, one-time links and other people's passwords."""

import time

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.test import Client

from projects.accounts import fresh_code
from projects.models import AuditEntry, User
from tests.accounts.signing_in import code_of, sign_in, with_app
from tests.cast import AT
from tests.editing.admin_pages import form_on

pytestmark = pytest.mark.django_db

PASSWORD = "a-long-pass-phrase"
CODE = "/accounts/code/"


@pytest.fixture
def clock():
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def app(clock, root, people) -> str:
    root.set_password(PASSWORD)
    root.save()
    return with_app(root)


@pytest.fixture
def administrator(app) -> Client:
    """Signed in with a code, just now."""
    client = Client()
    sign_in(client, "root")
    assert client.post(CODE, {"code": code_of(app, time.time())}).status_code == 302
    return client


def pages(user) -> list[str]:
    own = f"/admin/projects/user/{user.pk}"
    return [
        "/admin/projects/user/add/",
        f"{own}/change/",
        f"{own}/password/",
        f"{own}/link/",
        f"{own}/second-factor/",
    ]


def confirm_for(page) -> str:
    return f"/accounts/code/confirm/?next={page.replace('/', '%2F')}&only=code"


def sent(client, user, page) -> str:
    """Where sending this form leads; what it says makes an entry in the audit."""
    group = Group.objects.get(name="Editor")
    typed = {"username": "new", "usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
    if page.endswith("/change/"):
        typed = {"username": user.username, "is_active": "on", "groups": [group.pk]}
    return client.post(page, typed).get("Location", "")


def opened(client, user) -> list[str]:
    """Those that change something without a code."""
    return [page for page in pages(user) if sent(client, user, page) != confirm_for(page)]


@pytest.mark.promise(
    "Roles, one-time links and other people's passwords take a code of the second factor of the last minutes",
    control="test_control_without_asking_each_changes_something",
)
def test_after_a_quarter_of_an_hour_each_asks_for_a_code(administrator, people, clock, figure):
    with_app(people.reviewer)
    clock.shift(15 * 60 + 1)
    assert opened(administrator, people.reviewer) == []
    assert all(administrator.get(page).url == confirm_for(page) for page in pages(people.reviewer))
    assert not AuditEntry.objects.exists() and not User.objects.filter(username="new").exists()
    figure(f"{len(pages(people.reviewer))} forms, none without a code")


def test_control_without_asking_each_changes_something(administrator, people, clock, monkeypatch):
    monkeypatch.setattr(fresh_code, "is_fresh", lambda request: True)
    with_app(people.reviewer)
    clock.shift(15 * 60 + 1)
    assert opened(administrator, people.reviewer) == pages(people.reviewer)
    told = set(AuditEntry.objects.values_list("action", flat=True))
    assert told == {"user.save", "user.password", "user.link", "user.second_factor"}


def test_the_code_of_signing_in_counts_for_its_first_minutes(administrator, people, clock):
    clock.shift(4 * 60)
    page = pages(people.reviewer)[1]
    form = administrator.get(page)
    assert form.status_code == 200
    clock.shift(10 * 60)
    assert administrator.post(page, form_on(form, "user")).url == "/admin/projects/user/"


def test_a_code_leads_back_and_a_password_does_not(administrator, app, people, clock):
    clock.shift(6 * 60)
    page = pages(people.reviewer)[3]
    asked = administrator.get(page).url
    words = administrator.get(asked).text
    assert "他人的登录方式" in words and "/accounts/confirm/" not in words
    administrator.post(f"/accounts/confirm/?next={page}", {"password": PASSWORD})
    assert administrator.get(page).url == asked
    assert administrator.post(asked, {"code": code_of(app, time.time())}).url == page
    assert administrator.get(page).status_code == 200


def test_the_list_is_read_without(administrator, clock):
    clock.shift(20 * 60)
    assert administrator.get("/admin/projects/user/").status_code == 200


def test_whoever_may_not_is_told_so_and_not_asked(as_editor, people):
    with_app(people.editor)
    for page in pages(people.reviewer):
        assert as_editor.get(page).status_code == 403
