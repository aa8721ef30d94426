"""Every address of accounts, in both languages, in words and clothes of ours; of allauth nothing else."""

import re

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils import translation

from projects import urls
from projects.models import User
from tests.accounts.signing_in import sign_in, with_app

pytestmark = pytest.mark.django_db

SENT = ["end_sessions"]  # a form of another page alone: test_own_sessions
NAMES = [pattern.name for pattern in urls.ACCOUNTS if pattern.name not in SENT]
# What is shown to whom: a stranger at the door, somebody inside without a second factor, somebody with one.
OPEN = ["account_login", "reset_password"]
INSIDE = [
    "my_account",
    "account_logout",
    "account_change_password",
    "account_reauthenticate",
    "mfa_activate_totp",
]
WITH_FACTOR = [
    "my_account",
    "mfa_deactivate_totp",
    "mfa_reauthenticate",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
]
HALFWAY = ["mfa_authenticate"]
LANGUAGES = ["zh-hans", "en"]
SILENT = ["/accounts/signup/", "/accounts/email/", "/accounts/password/reset/", "/accounts/password/set/"]
SILENT += ["/accounts/confirm-email/", "/accounts/social/", "/accounts/2fa/", "/accounts/inactive/"]
SILENT += [
    "/accounts/login/code/",
    "/accounts/second-factor/webauthn/",
    "/accounts/reset/",
    "/accounts/phone/",
]


def address(name: str, language: str) -> str:
    with translation.override(language):
        return reverse(name, args=("MQ", "abc-def") if name == "reset_password" else ())


@pytest.fixture
def clients(people, visitor) -> dict[str, Client]:
    """One for each name of an address, who sees its page."""
    stranger, inside, halfway, factor = (Client() for _ in range(4))
    sign_in(inside)
    with_app(people.reviewer)
    RecoveryCodes.activate(people.reviewer)
    sign_in(halfway, "reviewer")
    factor.force_login(people.reviewer)
    factor.post("/accounts/confirm/", {"password": "a-long-pass-phrase"})
    of = {**dict.fromkeys(OPEN, stranger), **dict.fromkeys(INSIDE, inside), **dict.fromkeys(HALFWAY, halfway)}
    return of | dict.fromkeys(WITH_FACTOR, factor)


def test_each_is_visited():
    assert set(NAMES) == {*OPEN, *INSIDE, *WITH_FACTOR, *HALFWAY}
    assert all(isinstance(pattern, URLPattern) for pattern in urls.ACCOUNTS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_each_answers_in_its_language_with_templates_of_ours(clients, name, language):
    answer = clients[name].get(address(name, language))
    assert answer.status_code == (404 if name == "reset_password" else 200)
    templates = {template.name for template in answer.templates if template.name}
    forms = {one for one in templates if one.startswith("django/forms/")}
    assert all(one.startswith(("accounts/", "parts/", "base.html")) for one in templates - forms), templates
    assert answer["Cache-Control"] == "private, no-store"
    if not answer["Content-Type"].startswith("text/html"):
        return
    page = answer.text
    assert f'<html lang="{"en" if language == "en" else "zh-Hans"}"' in page
    assert not re.search(r"\sstyle=|<style|<script(?! defer src=)|\son\w+=|placeholder=|data:", page)
    assert page.count("<h1>") == 1 and "noindex" in page


@pytest.mark.parametrize("name", [name for name in NAMES if not name.endswith("_recovery_codes")])
def test_a_field_has_its_label_and_its_fault(clients, name):
    page = clients[name].post(address(name, "en"), {}).text if name != "account_logout" else ""
    for field in re.findall(r'<(?:input|select)[^>]*\bid="([^"]+)"', page):
        assert f'for="{field}"' in page, field
    for fault in re.findall(r'aria-describedby="([^"]+)"', page):
        assert all(f'id="{one}"' in page for one in fault.split()), fault


@pytest.mark.parametrize("name", [*INSIDE, *WITH_FACTOR])
@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_is_not_signed_in_is_asked_to(visitor, name, language):
    if name == "account_logout":
        return
    answer = visitor.get(address(name, language))
    assert answer.url == f"{address('account_login', language)}?next={address(name, language)}"


@pytest.mark.parametrize("silent", SILENT)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_nothing_else_of_allauth_is_there(visitor, silent, prefix):
    typed = {"username": "new", "email": "new@example.org", "password1": "x" * 14, "password2": "x" * 14}
    for answer in (visitor.get(prefix + silent), visitor.post(prefix + silent, typed)):
        assert answer.status_code == 404
    assert not User.objects.filter(username="new").exists()


@pytest.mark.parametrize("page", ["/", "/projects/", "/about/", "/en/", "/healthz"])
def test_public_pages_know_nothing_of_it(clients, page):
    for client in clients.values():
        answer = client.get(page)
        assert "Cookie" not in answer.get("Vary", "") and not answer.cookies


def test_whoever_may_enter_the_records_finds_the_way(visitor):
    User.objects.filter(username="editor").update(is_staff=True)  # as `staffing` keeps it
    sign_in(visitor, "editor")
    page = visitor.get("/accounts/").text
    assert 'href="/admin/"' in page and 'action="/accounts/logout/"' in page
    other = Client()
    sign_in(other, "reporter")
    assert 'href="/admin/"' not in other.get("/accounts/").text


def test_the_frame_asks_as_much_for_everybody(visitor, django_assert_num_queries):
    sign_in(visitor)
    visitor.get("/accounts/")
    # session, user, roles and further units (for page and landing), factor, unit, sessions
    with django_assert_num_queries(9):
        visitor.get("/accounts/")
