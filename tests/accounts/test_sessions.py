"""Sessions end by themselves, with the account, with its rights, and where the password is changed."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from projects.models import SignedInSession
from tests.accounts.signing_in import PASSWORD, is_signed_in, sign_in

pytestmark = pytest.mark.django_db

MINUTE, HOUR = 60, 3600
DOORS = [("reporter", "/desk/"), ("reporter", "/accounts/"), ("editor", "/admin/")]


@pytest.fixture
def inside(visitor):
    sign_in(visitor)
    return visitor


@pytest.mark.parametrize(("name", "door"), DOORS)
def test_it_ends_after_half_an_hour_without_a_request(visitor, clock, name, door):
    sign_in(visitor, name)
    clock.shift(29 * MINUTE)
    assert visitor.get(door).status_code == 200
    clock.shift(31 * MINUTE)
    assert visitor.get(door, follow=True).redirect_chain[-1] == (f"/accounts/login/?next={door}", 302)


@pytest.mark.parametrize(("name", "door"), DOORS)
def test_it_ends_after_twelve_hours_however_busy(visitor, clock, name, door):
    sign_in(visitor, name)
    for _ in range(24):
        clock.shift(29 * MINUTE)
        assert visitor.get(door).status_code == 200
    clock.shift(25 * MINUTE)
    assert visitor.get(door).status_code == 302


def test_a_new_password_does_not_begin_the_twelve_hours_anew(inside, clock):
    for _ in range(20):
        clock.shift(29 * MINUTE)
        assert is_signed_in(inside)
    change(inside)
    for _ in range(4):
        clock.shift(29 * MINUTE)
        assert is_signed_in(inside)
    clock.shift(25 * MINUTE)
    assert not is_signed_in(inside)


def test_control_signing_in_anew_does(inside, clock):
    for _ in range(24):
        clock.shift(29 * MINUTE)
        inside.get("/accounts/")
    inside.post("/accounts/logout/")
    sign_in(inside)
    clock.shift(25 * MINUTE)
    assert is_signed_in(inside)


def test_public_pages_do_not_keep_it_alive(inside, clock):
    for _ in range(2):
        clock.shift(20 * MINUTE)
        inside.get("/about/")
    assert not is_signed_in(inside)


def writes(client) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert is_signed_in(client)
    return sum("UPDATE" in query["sql"] for query in queries)


def test_it_is_written_at_most_once_a_minute(inside, clock):
    assert writes(inside) == 0
    clock.shift(59)
    assert writes(inside) == 0
    clock.shift(2)
    assert (writes(inside), writes(inside)) == (1, 0)


def test_what_another_request_wrote_stays(inside, clock):
    """Moving on touches the time alone."""
    clock.shift(2 * MINUTE)
    late = inside.session
    early = inside.session
    late["said"] = "in the first"
    late.save()
    early.load()
    assert inside.session["said"] == "in the first"


def test_one_reads_on_while_nothing_can_be_written(inside, clock, monkeypatch):
    def fail(self, **fields):
        raise OperationalError("database is locked")

    clock.shift(2 * MINUTE)
    monkeypatch.setattr("django.db.models.query.QuerySet.update", fail)
    assert is_signed_in(inside)


def test_the_cookie_ends_with_the_browser_and_no_script_reads_it(inside):
    cookie = inside.cookies["sessionid"]
    assert (cookie["max-age"], cookie["expires"], cookie["httponly"], cookie["samesite"]) == (
        "",
        "",
        True,
        "Lax",
    )


def test_the_row_says_when_it_ends(inside):
    assert SignedInSession.objects.get().expire_date == timezone.now() + timedelta(minutes=30)


def test_a_deactivated_account_is_out_at_its_next_request(inside, people):
    people.reporter.is_active = False
    people.reporter.save()
    assert not is_signed_in(inside)


def test_rights_withdrawn_count_from_the_next_request(visitor, people):
    sign_in(visitor, "editor")
    assert visitor.get("/admin/projects/project/add/").status_code == 200
    people.editor.groups.clear()
    assert visitor.get("/admin/projects/project/add/").status_code == 302
    assert visitor.get("/admin/", follow=True).status_code == 403


NEW = "another-long-phrase"


def change(client, old=PASSWORD, new=NEW, again=None):
    typed = {"oldpassword": old, "password1": new, "password2": again or new}
    return client.post("/accounts/password/", typed)


def test_a_new_password_signs_all_others_out(inside, people):
    elsewhere = Client()
    sign_in(elsewhere)
    assert change(inside).url == "/accounts/"
    assert is_signed_in(inside) and not is_signed_in(elsewhere)
    assert sign_in(Client()).status_code == 200 and sign_in(Client(), password=NEW).status_code == 302


@pytest.mark.parametrize(
    "typed",
    [
        {"old": "wrong"},
        {"new": "short"},
        {"new": "123456789012345"},
        {"new": "password1234"},
        {"new": "reporter-2026"},
        {"again": "something-else-typed"},
    ],
    ids=str,
)
def test_a_password_that_will_not_do_is_refused_beside_its_field(inside, people, typed):
    answer = change(inside, **typed)
    assert answer.status_code == 200 and 'aria-invalid="true"' in answer.text
    assert 'class="faults" role="alert"' in answer.text
    people.reporter.refresh_from_db()
    assert people.reporter.check_password(PASSWORD)


@pytest.mark.parametrize("key", ['"\\000abcdefgh"', "x" * 500, "ABC!defgh", ""])
def test_a_cookie_that_names_no_session_is_nobodys(visitor, key):
    visitor.cookies["sessionid"] = key
    assert visitor.get("/desk/").status_code == 302
