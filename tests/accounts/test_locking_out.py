"""Who is locked out by wrong tries: an account in a network, then everywhere but on devices known to it."""

import logging

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client

from projects.accounts import users
from projects.accounts.adapters import AccountAdapter
from projects.accounts.rules import networks
from tests.accounts.signing_in import LOGIN, PASSWORD, is_signed_in, sign_in, with_app
from tests.accounts.test_signing_in import words
from tests.cast import AT
from tracker import devices

pytestmark = pytest.mark.django_db

WRONG = "用户名或密码不正确"


def addresses(count: int) -> list[str]:
    """Each in a network of its own."""
    return [f"2001:db8:0:{number:x}::1" for number in range(count)]


def tries(places: list[str], name="reporter") -> list[int]:
    """The status of a wrong try from each address."""
    return [sign_in(Client(REMOTE_ADDR=place), name, "wrong").status_code for place in places]


def until_locked(places: list[str]) -> int:
    """How many wrong tries get an answer before the first 429."""
    answers = tries(places)
    return answers.index(429) if 429 in answers else len(answers)


ONE_64 = [f"2001:db8:1:2:{number:x}::{number:x}" for number in range(60)]


@pytest.mark.promise(
    "Wrong tries from all addresses of one IPv6 network count together",
    control="test_control_counted_by_whole_addresses_sixty_pass",
)
def test_all_addresses_of_a_64_share_five_tries(visitor, figure):
    count = until_locked(ONE_64)
    assert count == 5
    figure(f"60 addresses of one /64: {count} tries before the first 429")


def test_control_counted_by_whole_addresses_sixty_pass(visitor, monkeypatch):
    monkeypatch.setattr(networks, "network", lambda address: address)
    monkeypatch.setattr(AccountAdapter, "_refuse_strange_device", lambda *args: None)
    assert until_locked(ONE_64) == 60


def test_an_address_of_ipv4_written_as_ipv6_is_the_same(visitor):
    assert tries(["192.0.2.7", "::ffff:192.0.2.7"] * 3) == [200] * 5 + [429]
    assert tries(["192.0.2.8"]) == [200]


def known(name="reporter") -> Client:
    """A browser in which somebody signed in and out again."""
    client = Client()
    assert sign_in(client, name).status_code == 302
    client.post("/accounts/logout/")
    return client


@pytest.mark.promise(
    "After 20 wrong tries in an hour over all addresses an account is closed to devices that never signed in"
    " to it, and a device that did goes on",
    control="test_control_without_the_count_over_all_addresses_each_has_five_tries",
)
def test_twenty_tries_from_anywhere_close_an_account_to_strange_devices(visitor, clock, figure):
    office = known()
    assert tries(addresses(25)) == [200] * 20 + [429] * 5
    stranger = Client(REMOTE_ADDR="192.0.2.1")
    locked = sign_in(stranger)
    assert locked.status_code == 429 and "登录过的设备" in locked.text and not is_signed_in(stranger)
    assert sign_in(office).status_code == 302
    assert sign_in(stranger, "reviewer").status_code == 302
    clock.shift(3601)
    assert sign_in(stranger).status_code == 302
    figure("25 addresses: 20 answered, 5 refused; the known device let in")


def test_control_without_the_count_over_all_addresses_each_has_five_tries(visitor, monkeypatch):
    monkeypatch.setattr(AccountAdapter, "_refuse_strange_device", lambda *args: None)
    assert tries(addresses(25)) == [200] * 25


def test_a_known_device_has_a_limit_of_its_own(visitor, clock):
    office = known()
    for _ in range(5):
        assert WRONG in sign_in(office, password="wrong").text
    assert sign_in(office).status_code == 429
    # Whoever sits at the same address is not held up by it, nor the account elsewhere.
    assert sign_in(Client()).status_code == 302
    clock.shift(15 * 60 + 1)
    assert sign_in(office).status_code == 302


def test_nor_is_a_known_device_held_up_by_somebody_in_its_own_network(visitor):
    office = known()
    tries(["127.0.0.1"] * 6)
    assert sign_in(Client()).status_code == 429
    assert sign_in(office).status_code == 302


def test_an_unknown_account_is_closed_in_the_same_way_words_and_time(visitor, monkeypatch):
    hashed, encode = [], MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: hashed.append(1) or encode(*args))
    seen = {}
    for name in ("reporter", "nobody"):
        tries(addresses(20), name)
        hashed.clear()
        answer = sign_in(Client(REMOTE_ADDR="192.0.2.1"), name, "wrong")
        seen[name] = (answer.status_code, words(answer), len(hashed))
    assert seen["reporter"] == seen["nobody"] and seen["nobody"][0] == 429


def test_the_right_password_of_a_deactivated_account_counts_as_wrong(visitor, people):
    people.reporter.is_active = False
    users.save_user(people.reporter, by=people.editor, at=AT)
    answers = [sign_in(Client(REMOTE_ADDR=place)).status_code for place in addresses(21)]
    assert answers == [200] * 20 + [429]


def test_a_one_time_link_opens_it_again(visitor, people, rf):
    tries(addresses(20))
    AccountAdapter().forget_failures(rf.get("/"), people.reporter)
    assert sign_in(Client(REMOTE_ADDR="192.0.2.1")).status_code == 302


def test_it_is_logged(visitor, caplog):
    caplog.set_level(logging.INFO, logger="projects")
    tries(addresses(21))
    said = [record.getMessage() for record in caplog.records if record.name.startswith("projects")]
    assert said[-1] == "Locked out: reporter from 2001:db8:0:14::1"


# The cookie


def test_it_comes_with_signing_in_alone_for_the_pages_of_accounts_alone(visitor):
    visitor.get(LOGIN)
    sign_in(visitor, password="wrong")
    assert "device" not in visitor.cookies
    sign_in(visitor)
    for name, path in (("device", "/accounts/"), ("device-en", "/en/accounts/")):
        cookie = visitor.cookies[name]
        assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (path, True, "Strict")
        assert cookie["max-age"] == devices.LONGEST
        assert "reporter" not in cookie.value


def test_in_production_it_is_sent_over_https_alone(settings, visitor):
    settings.IS_PRODUCTION, settings.DEVICE_COOKIE_NAME = True, "__Secure-device"
    sign_in(visitor)
    assert visitor.cookies["__Secure-device"]["secure"] is True


def test_a_password_without_its_code_makes_no_device_known(visitor, people):
    with_app(people.reviewer)
    assert sign_in(visitor, "reviewer").url == "/accounts/code/"
    assert "device" not in visitor.cookies


def test_public_pages_set_none_and_answer_the_same_with_it(visitor):
    office = known()
    for page in ("/", "/about/"):
        answer, plain = office.get(page), Client().get(page)
        assert not answer.cookies and answer.content == plain.content
        assert "Cookie" not in answer.get("Vary", "")


def test_several_people_at_one_device_are_all_known_to_it(visitor):
    shared = known()
    sign_in(shared, "reviewer")
    shared.post("/accounts/logout/")
    tries(addresses(20))
    tries(addresses(20), "reviewer")
    assert sign_in(shared).status_code == 302
    shared.post("/accounts/logout/")
    assert sign_in(shared, "reviewer").status_code == 302


@pytest.mark.parametrize("value", ["", "x", "a.b:c:d", "é", "0" * 5000])
def test_a_made_up_one_knows_nobody(visitor, value):
    tries(addresses(20))
    forger = Client(REMOTE_ADDR="192.0.2.1")
    forger.cookies["device"] = value
    assert sign_in(forger).status_code == 429


def test_one_that_knows_another_account_does_not_help(visitor):
    tries(addresses(20))
    assert sign_in(known("reviewer")).status_code == 429


def test_the_password_is_still_asked_for(visitor):
    assert WRONG in sign_in(known(), password=PASSWORD[:-1]).text
