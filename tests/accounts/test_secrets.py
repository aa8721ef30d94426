"""The secrets of second factors are locked in their table, and an accepted code is not accepted again."""

import base64
import json
import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.management import call_command
from django.db import connection
from django.test import Client

from projects.accounts import second_factor
from projects.accounts.adapters import SecondFactorAdapter
from projects.accounts.sign_in_forms import OnceOnly
from projects.models import AuditEntry
from tests.accounts.signing_in import code_of, has_app, is_signed_in, sign_in, with_app

pytestmark = pytest.mark.django_db

ON, ASKED, CODES = "/accounts/second-factor/", "/accounts/code/", "/accounts/codes/"
OLD, NEW = (base64.urlsafe_b64encode(bytes([number]) * 32).decode() for number in (1, 2))
PLAIN = staticmethod(lambda text: text)


def switched_on(client) -> str:
    """As on the screen; the key that the app holds."""
    key = re.search(r'<code class="key">([A-Z2-7 ]+)</code>', client.get(ON).text)[1].replace(" ", "")
    assert client.post(ON, {"code": code_of(key, time.time())}).url == CODES
    return key


def table() -> str:
    """Every value in it, as the database gives it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        return json.dumps(cursor.fetchall(), default=str)


def seed_of(user) -> str:
    data = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES).data
    return SecondFactorAdapter().decrypt(data["seed"])


def shows_a_secret(client, user) -> bool:
    key = switched_on(client)
    return key in table() or seed_of(user) in table()


@pytest.mark.promise(
    "Secrets of second factors and the seed of recovery codes are encrypted in their table",
    control="test_control_without_the_lock_both_are_read",
)
def test_neither_the_key_of_the_app_nor_the_seed_is_read_in_the_table(visitor, people, figure):
    sign_in(visitor)
    assert not shows_a_secret(visitor, people.reporter)
    assert len(seed_of(people.reporter)) == 80
    figure("2 secrets looked for, none found")


def test_control_without_the_lock_both_are_read(visitor, people, monkeypatch):
    monkeypatch.setattr(SecondFactorAdapter, "encrypt", PLAIN)
    sign_in(visitor)
    assert shows_a_secret(visitor, people.reporter)


def replayed(key_of, moments, clock) -> list[bool]:
    """Whether the same code signs somebody in at each of these moments."""
    key, began = key_of, time.time()
    code = code_of(key, began)
    signed_in = []
    for moment in moments:
        clock.shift(began + moment - time.time())
        client = Client()
        sign_in(client)
        client.post(ASKED, {"code": code})
        signed_in.append(is_signed_in(client))
    return signed_in


@pytest.mark.promise(
    "A code of the second factor works once, that of switching it on too",
    control="test_control_a_code_that_is_forgotten_works_again",
)
def test_the_code_that_switched_it_on_signs_nobody_in(visitor, clock, figure):
    sign_in(visitor)
    assert replayed(switched_on(visitor), [0, 15, 31, 59], clock) == [False] * 4
    figure("4 replays within a minute, none let in")


def test_a_code_that_signed_in_does_not_do_so_again_for_as_long_as_the_clock_lets_it_pass(
    visitor, people, clock
):
    assert replayed(with_app(people.reporter), [0, 15, 31, 59], clock) == [True, False, False, False]


def test_control_a_code_that_is_forgotten_works_again(visitor, people, clock, monkeypatch):
    monkeypatch.delattr(OnceOnly, "clean_code")
    sign_in(visitor)
    assert any(replayed(switched_on(visitor), [0, 15, 31, 59], clock))


@pytest.mark.parametrize("typed", ["{}-{}", " {} {}", "{}.{}"])
def test_a_dash_or_a_blank_makes_no_other_code(visitor, people, typed):
    code = code_of(with_app(people.reporter), time.time())
    sign_in(visitor)
    assert visitor.post(ASKED, {"code": code}).status_code == 302
    other = Client()
    sign_in(other)
    other.post(ASKED, {"code": typed.format(code[:3], code[3:])})
    assert not is_signed_in(other)


@pytest.fixture
def plain(people, monkeypatch) -> str:
    """The reporter's second factor as it lay before there was a key."""
    with monkeypatch.context() as before:
        before.setattr(SecondFactorAdapter, "encrypt", PLAIN)
        key = with_app(people.reporter)
        RecoveryCodes.activate(people.reporter)
    assert key in table()
    return key


def test_what_lay_in_plain_words_still_opens_and_is_encrypted_by_the_next_start(
    plain, visitor, people, capsys
):
    seed = seed_of(people.reporter)
    call_command("encrypt_secrets")
    assert "2 secrets" in capsys.readouterr().out
    assert plain not in table() and seed not in table() and seed_of(people.reporter) == seed
    sign_in(visitor)
    visitor.post(ASKED, {"code": code_of(plain, time.time())})
    assert is_signed_in(visitor)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.by, entry.after["secrets"]) == ("secrets.encrypt", None, 2)
    call_command("encrypt_secrets")
    assert AuditEntry.objects.count() == 1 and not capsys.readouterr().out


def test_a_new_key_before_the_old_one_takes_its_place(visitor, people, settings):
    settings.SECRETS_KEY = OLD
    key = with_app(people.reporter)
    settings.SECRETS_KEY = f"{NEW},{OLD}"
    call_command("encrypt_secrets")
    settings.SECRETS_KEY = NEW
    sign_in(visitor)
    visitor.post(ASKED, {"code": code_of(key, time.time())})
    assert is_signed_in(visitor)


@pytest.fixture
def lost(people, settings) -> str:
    """The key of the reporter's second factor is not at hand; that of the reviewer's is."""
    settings.SECRETS_KEY = OLD
    key = with_app(people.reporter)
    RecoveryCodes.activate(people.reporter)
    settings.SECRETS_KEY = NEW
    with_app(people.reviewer)
    return key


@pytest.mark.parametrize("code", ["000000", ""])
def test_without_its_key_no_code_opens_and_a_sentence_says_so(lost, visitor, code):
    sign_in(visitor)
    answer = visitor.post(ASKED, {"code": code or code_of(lost, time.time())})
    assert answer.status_code == 200 and "暂时无法读取" in answer.text
    assert not is_signed_in(visitor)


@pytest.mark.parametrize("page", [CODES, "/accounts/codes/new/", "/accounts/codes.txt"])
def test_without_its_key_pages_lead_back_with_a_sentence(lost, passwords, people, page):
    client = Client()
    client.force_login(people.reporter)
    client.post("/accounts/confirm/", {"password": "a-long-pass-phrase"})
    answer = client.get(page, follow=True)
    assert answer.redirect_chain == [("/accounts/", 302)] and "暂时无法读取" in answer.text
    assert second_factor.second_factor(people.reporter).codes_left == 10


def test_where_the_key_is_lost_what_nothing_opens_is_taken_away(lost, people, capsys):
    call_command("encrypt_secrets")
    assert "reporter" in capsys.readouterr().err and has_app(people.reporter)
    call_command("encrypt_secrets", take_unreadable=True)
    assert not has_app(people.reporter) and has_app(people.reviewer)
    assert "reporter" in capsys.readouterr().out
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.subject, entry.by) == ("user.second_factor", "reporter", None)
