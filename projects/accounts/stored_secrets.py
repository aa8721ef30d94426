"""The secrets of second factors in their table: locked with the first key, or taken away where no key opens.

What is locked, and with what, is `tracker.secret`; switching one on and off is in `accounts.second_factor`.
"""

from dataclasses import dataclass, field
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from projects.accounts.users import take_second_factor
from projects.audit import log
from projects.models import User
from tracker import secret

SECRETS = ("secret", "seed")  # of the app; of the recovery codes


@dataclass(slots=True)
class Encrypted:
    count: int = 0
    unreadable: list[User] = field(default_factory=list)


def encrypt_all(*, at: datetime) -> Encrypted:
    """What is still in plain words, or under an older key; nothing where all is done."""
    done = Encrypted()
    with transaction.atomic():
        for row in Authenticator.objects.select_for_update(of=("self",)).select_related("user"):
            try:
                done.count += _encrypt(row)
            except secret.Unreadable:
                done.unreadable.append(row.user)
        if done.count:
            after = {"secrets": done.count, "key": secret.secrets_key_fingerprint()}
            log.record("secrets.encrypt", "second factors", by=None, at=at, after=after)
    return done


def take_unreadable(*, at: datetime) -> list[User]:
    """Where the key is lost: those whose second factor nothing opens set up another."""
    with transaction.atomic():
        users = sorted(set(encrypt_all(at=at).unreadable), key=lambda user: user.username)
        for user in users:
            take_second_factor(user, by=None, at=at)
    return users


def _encrypt(row: Authenticator) -> bool:
    old = {name: row.data[name] for name in SECRETS if name in row.data}
    new = {name: _anew(text) for name, text in old.items()}
    if new == old:
        return False
    row.data = row.data | new
    row.save(update_fields=["data"])
    return True


def _anew(text: str) -> str:
    return text if secret.is_locked_with_first(text) else secret.lock(secret.unlock(text))
