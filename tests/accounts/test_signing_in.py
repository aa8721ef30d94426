"""Signing in: who gets in and where to, who is refused in which words, and who is locked out."""

import logging

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client

from projects.models import User
from tests.accounts.signing_in import LOGIN, PASSWORD, is_signed_in, sign_in

pytestmark = pytest.mark.django_db

WRONG = "用户名或密码不正确"
LOCKED = "输错次数过多"


def wrong(client, times, name="reporter", **extra):
    return [sign_in(client, name, "wrong", **extra) for _ in range(times)][-1]


@pytest.mark.parametrize(
    ("name", "landing"),
    [
        ("reporter", "/desk/"),
        ("reviewer", "/desk/"),
        ("stranger", "/desk/"),
        ("editor", "/admin/"),
        ("administrator", "/admin/"),
    ],
)
def test_everybody_lands_where_the_work_is(administrator, visitor, name, landing):
    assert sign_in(visitor, name).url == landing


def test_in_english_one_lands_on_english_pages(visitor):
    assert sign_in(visitor, "reporter", address="/en/accounts/login/").url == "/en/desk/"
    assert sign_in(Client(), "editor", address="/en/accounts/login/").url == "/en/admin/"


@pytest.mark.parametrize(
    ("asked", "login"),
    [
        ("/desk/review/", "/accounts/login/?next=/desk/review/"),
        ("/en/desk/review/", "/en/accounts/login/?next=/en/desk/review/"),
        ("/admin/projects/project/", "/accounts/login/?next=/admin/projects/project/"),
        ("/en/admin/projects/project/", "/en/accounts/login/?next=/en/admin/projects/project/"),
    ],
)
def test_one_is_asked_to_sign_in_in_the_language_of_the_page_and_comes_back_to_it(visitor, asked, login):
    assert visitor.get(asked).url == login
    assert sign_in(visitor, "reviewer", address=login).url == asked


def test_the_admin_has_no_login_of_its_own(visitor, people):
    assert visitor.get("/admin/", follow=True).redirect_chain[-1][0] == "/accounts/login/?next=/admin/"
    answer = visitor.post("/admin/login/?next=/admin/", {"username": "editor", "password": PASSWORD})
    assert answer.url == "/accounts/login/?next=/admin/" and not is_signed_in(visitor)
    sign_in(visitor, "reporter")
    refused = visitor.get("/admin/", follow=True)
    assert refused.status_code == 403 and "reporter" in refused.text and "/accounts/logout/" in refused.text


@pytest.mark.parametrize("elsewhere", ["//evil.example/", "https://evil.example/", "/\\evil.example", "x:1"])
def test_nobody_is_sent_elsewhere(visitor, elsewhere):
    assert sign_in(visitor, address=f"{LOGIN}?next={elsewhere}").url == "/desk/"
    assert visitor.get(f"{LOGIN}?next={elsewhere}").url == "/desk/"  # nor whoever is in already


def words(answer) -> str:
    """A refused login without what was typed and without the token of the form."""
    typed, token = answer.wsgi_request.POST["login"], str(answer.context["csrf_token"])
    return answer.text.replace(typed, "").replace(token, "")


def test_an_unknown_name_gets_the_words_of_a_wrong_password(visitor):
    known, unknown = wrong(visitor, 1), wrong(Client(), 1, "nobody")
    assert (known.status_code, unknown.status_code) == (200, 200)
    assert WRONG in known.text
    assert words(known) == words(unknown)


def test_an_unknown_name_takes_the_time_of_a_known_one(visitor, monkeypatch):
    """Which is that of hashing the password: once, for each of them."""
    hashed, encode = [], MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: hashed.append(1) or encode(*args))
    for name in ("reporter", "nobody"):
        hashed.clear()
        wrong(Client(), 1, name)
        assert len(hashed) == 1, name


def test_a_deactivated_account_gets_them_too_even_with_its_password(visitor, people):
    User.objects.filter(username="reporter").update(is_active=False)
    answer = sign_in(visitor)
    assert answer.status_code == 200 and WRONG in answer.text


def test_after_five_wrong_tries_the_right_password_is_refused(visitor):
    assert WRONG in wrong(visitor, 5).text
    locked = sign_in(visitor)
    assert locked.status_code == 429 and LOCKED in locked.text
    assert not is_signed_in(visitor)


def test_control_after_four_it_is_not(visitor):
    wrong(visitor, 4)
    assert sign_in(visitor).status_code == 302


def test_an_unknown_name_is_locked_in_the_same_way(visitor):
    assert WRONG in wrong(visitor, 5, "nobody").text
    assert sign_in(visitor, "nobody").status_code == 429


def test_a_lock_ends_after_a_quarter_of_an_hour(visitor, clock):
    wrong(visitor, 5)
    clock.shift(14 * 60)
    assert sign_in(visitor).status_code == 429
    clock.shift(61)
    assert sign_in(visitor).status_code == 302


def test_nobody_else_is_locked(visitor):
    wrong(visitor, 5)
    assert sign_in(Client(), "reviewer").status_code == 302
    assert sign_in(Client(), REMOTE_ADDR="192.0.2.7").status_code == 302


def test_capitals_and_blanks_make_no_new_tries(visitor):
    for name in ("reporter", "Reporter", " reporter", "REPORTER ", "rEporter"):
        wrong(visitor, 1, name)
    assert sign_in(visitor).status_code == 429


def test_a_header_gives_new_tries_only_where_a_proxy_writes_it(visitor, settings):
    """Outside production anybody may write it; in production the last one is the proxy's."""
    for number in range(5):
        wrong(visitor, 1, headers={"x-forwarded-for": f"192.0.2.{number}"})
    assert sign_in(visitor, headers={"x-forwarded-for": "192.0.2.9"}).status_code == 429
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert sign_in(visitor, headers={"x-forwarded-for": "192.0.2.1, 192.0.2.9"}).status_code == 302


def test_a_flood_from_one_address_gets_a_page_of_ours(visitor, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "3/m/ip"}
    wrong(visitor, 3)
    answer = sign_in(visitor, address="/en/accounts/login/")
    assert answer.status_code == 429
    assert "accounts/too_many.html" in {template.name for template in answer.templates}
    assert answer["Content-Security-Policy"] and "Too many tries" in answer.text


def test_logins_and_lock_outs_are_logged_without_what_was_typed(visitor, caplog):
    caplog.set_level(logging.INFO, logger="projects")
    sign_in(visitor)
    wrong(Client(), 5, "reviewer")
    sign_in(Client(), "reviewer", "secret-words-1")
    sign_in(Client(), "secret-words-2", "x")
    said = [record.getMessage() for record in caplog.records if record.name.startswith("projects")]
    assert said[0] == "Signed in: reporter from 127.0.0.1"
    assert said[1:6] == ["Refused: reviewer from 127.0.0.1"] * 5
    assert said[6] == "Locked out: reviewer from 127.0.0.1"
    assert said[7] == "Refused: an unknown name from 127.0.0.1"
    assert "secret" not in " ".join(said)


def test_signing_out_is_a_form(visitor):
    sign_in(visitor)
    assert visitor.get("/accounts/logout/").status_code == 200 and is_signed_in(visitor)
    assert visitor.post("/accounts/logout/").url == "/accounts/login/"
    assert not is_signed_in(visitor)
    assert "您已退出登录" in visitor.get("/accounts/login/").text


def test_signing_out_of_the_admin_is_signing_out(visitor):
    sign_in(visitor, "editor")
    assert visitor.post("/admin/logout/").url == "/accounts/login/"
    assert not is_signed_in(visitor)


def test_a_form_without_its_token_is_refused(passwords):
    strict = Client(enforce_csrf_checks=True)
    assert sign_in(strict).status_code == 403
    token = strict.get(LOGIN).context["csrf_token"]
    typed = {"login": "reporter", "password": PASSWORD, "csrfmiddlewaretoken": str(token)}
    assert strict.post(LOGIN, typed).status_code == 302


def test_the_session_is_another_one_after_signing_in(visitor):
    visitor.get(LOGIN)
    session = visitor.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    visitor.cookies["sessionid"] = planted
    sign_in(visitor)
    assert visitor.cookies["sessionid"].value != planted
    assert not is_signed_in(Client(headers={"cookie": f"sessionid={planted}"}))


@pytest.mark.parametrize("header", [{"x-requested-with": "XMLHttpRequest"}, {"accept": "application/json"}])
def test_it_answers_with_a_page_whatever_the_header_asks(visitor, header):
    answer = visitor.get(LOGIN, headers=header)
    assert answer["Content-Type"].startswith("text/html")
