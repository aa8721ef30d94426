"""Every address of the site, tried by everybody with every method, against the one table."""

import os
import re
from collections.abc import Iterator

import pytest
from django.contrib.auth import SESSION_KEY
from django.urls import URLPattern, get_resolver, resolve

from projects.models import User
from tests.conftest import Reader
from tests.doors.table import ADMIN, EVERYBODY, PUBLIC, TABLE, Row

ONCE = pytest.mark.skipif(
    bool(os.environ.get("DATABASE_URL")), reason="once is enough: no engine decides who may"
)
pytestmark = [pytest.mark.django_db, ONCE]

REFUSED = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
LETTERS = {
    "n": None,
    "s": "stranger",
    "r": "reporter",
    "o": "other_reporter",
    "v": "reviewer",
    "e": "editor",
    "a": "root",
    "d": "former",
}


def routes(resolver, prefix: str = "") -> Iterator[str]:
    """Every pattern there is, in the language without a prefix."""
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            yield prefix + str(one.pattern).removeprefix("^")
        else:
            yield from routes(one, prefix + str(one.pattern))


def unlisted(table: list[Row], values: dict) -> set[str]:
    """The patterns that no row of a table leads to."""
    found = {resolve(row.address.format(**values).partition("?")[0]).route for row in table}
    return set(routes(get_resolver())) - found


def test_every_address_has_a_row(world):
    assert unlisted(TABLE, world) == set()


def test_control_an_address_without_a_row_is_found(world):
    without = [row for row in TABLE if row.address != "/desk/problems/"]
    assert unlisted(without, world) == {"desk/problems/"}


@pytest.mark.parametrize("letter", EVERYBODY)
def test_everybody_at_every_address(world, letter):
    assert differing(TABLE, world, letter) == []


def test_control_a_wrong_row_is_found(world):
    wrong = [Row("/desk/review/", read="r", send="r")]
    faults = differing(wrong, world, "r")
    assert [fault for fault in faults if not fault.startswith("HEAD")] == [
        "GET /desk/review/: nothing there",
        "POST /desk/review/: nothing there",
    ]


def differing(table: list[Row], world: dict[str, str], letter: str) -> list[str]:
    """Where somebody is answered otherwise than the table says.

    A page that was given is made again for HEAD once, for whoever may read most; a refusal every time.
    """
    seat = Seat(letter)
    faults = []
    for row in table:
        for method, allowed in (("GET", row.read), ("HEAD", row.read), ("POST", row.send)):
            if method == "HEAD" and letter in allowed and letter != "a" and "a" in allowed:
                continue
            address = row.address.format(**world)
            found = seat.answer(method, address)
            if found not in expected(row, method, allowed, letter):
                faults.append(f"{method} {address}: {found}")
    return faults


def expected(row: Row, method: str, allowed: str, letter: str) -> set[str]:
    if letter in allowed:
        # Whoever signs out stands at the door again.
        return {"answered", "login"} if row.address.endswith("/logout/") else {"answered"}
    if row.address.startswith("/admin/"):
        return {"told no", "refused", "nothing there"} if letter in ADMIN else {"login", "told no"}
    if row in PUBLIC:
        return {"refused", "nothing there"} if method == "POST" else {"nothing there"}
    if letter in "nd":
        return {"login"}
    return {"nothing there"} if allowed else {"refused", "nothing there"}


class Seat:
    """Somebody's browser: signed in again wherever that was lost on the way."""

    def __init__(self, letter: str):
        self.name, self.is_former = LETTERS[letter], letter == "d"
        self.client = Reader()

    def answer(self, method: str, address: str) -> str:
        self.sit_down()
        given = self.client.generic(method, address)
        if given.status_code == 302 and re.search(r"/(accounts|admin)/login/", given["Location"]):
            return "login"
        said = {403: "told no", 404: "nothing there", 405: "refused"}
        return said.get(given.status_code, "answered" if given.status_code < 500 else "failed")

    def sit_down(self) -> None:
        if self.name and SESSION_KEY not in self.client.session:
            user = User.objects.get(username=self.name)
            self.client.force_login(user)
            if self.is_former:
                User.objects.filter(pk=user.pk).update(is_active=False)


@pytest.mark.parametrize("method", REFUSED)
def test_other_methods_are_refused_at_every_address(world, method):
    seat = Seat("a")
    addresses = [row.address.format(**world) for row in TABLE]
    answers = {address: seat.answer(method, address) for address in addresses}
    assert {address: said for address, said in answers.items() if said != "refused"} == {}
