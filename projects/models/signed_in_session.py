"""Sessions in a table of ours, because Django's own does not say whose each is.

What a session holds lies encoded in it. Its end is moved on with each request, by `tracker.sessions`, and so
says when it was last seen.
"""

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from tracker.sessions import SessionStore


class SignedInSession(AbstractBaseSession):
    """Without a user until the password, and the code where there is one, were right."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="sessions",
        verbose_name=_("user"),
    )

    @property
    def ref(self) -> str:
        """By which a page names it: the key itself would let in whoever reads the page."""
        return salted_hmac("projects.SignedInSession", self.pk, algorithm="sha256").hexdigest()[:20]

    @classmethod
    def get_session_store_class(cls):
        return SessionStore
