"""The settings of what leaves the house: letters by SMTP, and one webhook. Part of `tracker.settings`.

Neither address is ever printed, since both may hold a password.
"""

from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from tracker.robots import WECOM

SCHEMES = ("smtp", "smtp+tls", "smtp+ssl")
LEAST_SECRET = 16
SECONDS = 10


def mail(url: str, sender: str) -> dict:
    """Django's settings for sending; without an address nothing is sent."""
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend", "IS_MAILING": False}
    if url.partition("://")[0] not in SCHEMES or not urlsplit(url).hostname:
        raise ImproperlyConfigured("EMAIL_URL must look like smtp+tls://user:password@mail.example.org:587")
    if "@" not in sender:
        raise ImproperlyConfigured("DEFAULT_FROM_EMAIL must name the sender, since EMAIL_URL is set")
    told = environ.Env.email_url_config(url)
    return told | {"EMAIL_TIMEOUT": SECONDS, "DEFAULT_FROM_EMAIL": sender, "IS_MAILING": True}


def webhook(url: str, secret: str) -> dict:
    if url and (urlsplit(url).scheme != "https" or not urlsplit(url).hostname):
        raise ImproperlyConfigured("WEBHOOK_URL must begin with https://")
    if url and urlsplit(url).hostname != WECOM and len(secret) < LEAST_SECRET:
        raise ImproperlyConfigured(f"WEBHOOK_SECRET must have {LEAST_SECRET} characters or more")
    return {"WEBHOOK_URL": url, "WEBHOOK_SECRET": secret}
