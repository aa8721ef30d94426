"""Signing in as people do it: by the forms, with codes from an app."""

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value

from projects.models import User

PASSWORD = "a-long-pass-phrase"
LOGIN = "/accounts/login/"


def sign_in(client, name="reporter", password=PASSWORD, address=LOGIN, **extra):
    return client.post(address, {"login": name, "password": password}, **extra)


def is_signed_in(client) -> bool:
    return client.get("/accounts/").status_code == 200


def code_of(secret: str, at: float, steps: int = 0) -> str:
    """What the app shows at this moment, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(at) // 30 + steps))


def with_app(user: User) -> str:
    """Give somebody a second factor; the key that the app holds."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def has_app(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
