"""Somebody with a password at a browser, on a day that does not move by itself."""

import pytest
import time_machine
from django.test import Client

from projects.models import User
from tests import cast
from tests.accounts.signing_in import PASSWORD


@pytest.fixture(autouse=True)
def clock():
    """2 March 2026 in Shanghai; it goes on where a test moves it."""
    with time_machine.travel(cast.AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def passwords(people, settings) -> None:
    """Everybody of the cast has the same one; quickly hashed, since no test guesses at it."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    everybody = {user.username: user for user in User.objects.all()}
    for user in (everybody | {user.username: user for user in vars(people).values()}).values():
        user.set_password(PASSWORD)
        user.save()


@pytest.fixture
def administrator(people) -> User:
    return User.objects.create_superuser("administrator")


@pytest.fixture
def visitor(passwords) -> Client:
    return Client()
