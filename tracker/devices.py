"""The cookie by which a device is known to an account: somebody signed in to it there before.

It is set at a successful signing in alone and read where wrong tries are counted alone; its path keeps it
from public pages. It lets nobody in: whoever guesses at an account cannot lock out a device that knows it.
Accounts stand in it as keyed hashes.
"""

import secrets

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

SALT = "tracker.devices"
PATHS = {"": "/accounts/", "-en": "/en/accounts/"}  # of the two languages; one cookie has one path
LONGEST = 400 * 24 * 3600  # seconds; browsers keep none for longer
MAX_ACCOUNTS = 8


def device_of(request: HttpRequest, account: str) -> str:
    """The name of this device where the account is known to it."""
    name, *accounts = _read(request)
    return name if _hashed(account) in accounts else ""


def remember(request: HttpRequest, response: HttpResponse, account: str) -> None:
    name, *accounts = _read(request)
    accounts = [_hashed(account), *(other for other in accounts if other != _hashed(account))]
    value = TimestampSigner(salt=SALT).sign(".".join([name, *accounts[:MAX_ACCOUNTS]]))
    for suffix, path in PATHS.items():
        response.set_cookie(
            settings.DEVICE_COOKIE_NAME + suffix,
            value,
            max_age=LONGEST,
            path=path,
            secure=settings.IS_PRODUCTION,
            httponly=True,
            samesite="Strict",
        )


def _read(request: HttpRequest) -> list[str]:
    """The name of the device and the accounts it knows; a new name where no cookie of ours came."""
    for suffix in PATHS:
        value = request.COOKIES.get(settings.DEVICE_COOKIE_NAME + suffix, "")
        try:
            return TimestampSigner(salt=SALT).unsign(value, max_age=LONGEST).split(".")
        except BadSignature:
            continue
    return [secrets.token_hex(8)]


def _hashed(account: str) -> str:
    return salted_hmac(SALT, account.lower(), algorithm="sha256").hexdigest()[:20]
