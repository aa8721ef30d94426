"""One-time links: how somebody who forgot the password gets a new one where there is no e-mail.

An administrator makes a link and hands it over. It holds for a day, and dies when it is used, when a second
one is made, and when its owner signs in. It replaces the password alone, never the second factor.
"""

from datetime import datetime

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import transaction
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from projects.accounts import users
from projects.audit import log
from projects.audit.data_version import locked_version
from projects.core.numbers import whole
from projects.core.refusals import Refused
from projects.models import AuditEntry, User

MADE = "user.link"


class _Tokens(PasswordResetTokenGenerator):
    """Django's, signed over the password and the last login, and over which link of the account this is."""

    key_salt = "projects.accounts.one_time_links"

    def _make_hash_value(self, user, timestamp):
        made = AuditEntry.objects.filter(action=MADE, subject=user.username)
        latest = made.order_by("-number").values_list("number", flat=True).first()
        return f"{super()._make_hash_value(user, timestamp)}{latest}"


_tokens = _Tokens()


def make(user: User, *, by: User, at: datetime) -> tuple[str, str]:
    """The two parts of its address: whose it is, and the token. Neither is kept anywhere."""
    if not (by.is_active and by.is_superuser):
        raise Refused("not_yours")
    if not user.is_active:
        raise Refused("deactivated")
    with transaction.atomic():
        log.record(MADE, user.username, by=by, at=at)
        return urlsafe_base64_encode(force_bytes(user.pk)), _tokens.make_token(user)


def owner(whose: str, token: str) -> User | None:
    """Whose link it is; None where it holds no longer, or never did."""
    user = User.objects.filter(pk=_key(whose), is_active=True).first()
    return user if user and _tokens.check_token(user, token) else None


def use(whose: str, token: str, password: str, *, at: datetime) -> User | None:
    """Set the new password; None where somebody was faster. Nobody is signed in by it."""
    with transaction.atomic():
        locked_version()  # before the row, as whoever sets a password does
        User.objects.select_for_update().filter(pk=_key(whose)).first()
        user = owner(whose, token)
        if user:
            users.set_password(user, password, by=user, at=at)
    return user


def _key(whose: str) -> int | None:
    """The key that the address names; None where it is garbled, or larger than any."""
    try:
        return whole(urlsafe_base64_decode(whose).decode("ascii"))
    except ValueError:
        return None
