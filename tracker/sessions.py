"""Sessions that end: after half an hour without a request, and after twelve hours with however many.

Django's sessions in the database, whose row says until when they hold. The row is moved on at most once a
minute, and only where somebody looks into the session: public pages never do.
"""

import re
import time
from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.db import OperationalError
from django.utils import timezone

from tracker.connections import without_waiting

BEGAN = "_began"
MOVED_ON_AFTER = 60  # seconds


class SessionStore(DatabaseSessions):
    """`tracker.sessions` as SESSION_ENGINE."""

    def _validate_session_key(self, key: str | None) -> bool:
        """As they are made; a cookie can hold what PostgreSQL refuses to be asked."""
        return bool(key) and re.fullmatch("[a-z0-9]{8,40}", key) is not None

    def load(self) -> dict:
        row = self._get_session_from_db()
        if row is None:
            return {}
        data = self.decode(row.session_data)
        self._move_on(row, data)
        return data

    def save(self, must_create: bool = False) -> None:
        if self.session_key is not None:
            self._get_session(no_load=must_create).setdefault(BEGAN, time.time())
        super().save(must_create)

    def get_session_cookie_age(self) -> int:
        """The seconds until it ends, whichever end comes first; counted from now."""
        return self._seconds_left(self._session)

    def _seconds_left(self, data: dict) -> int:
        began = data.get(BEGAN, time.time())
        return min(settings.SESSION_COOKIE_AGE, int(began + settings.SESSION_LONGEST - time.time()))

    def end_others(self, user: str) -> None:
        """Every other session of a user, by its key as the login writes it."""
        for row in self.model.objects.exclude(pk=self.session_key).iterator():
            if self.decode(row.session_data).get(SESSION_KEY) == user:
                row.delete()

    def _move_on(self, row, data: dict) -> None:
        """The time of the row alone: what another request wrote into it meanwhile stays."""
        end = timezone.now() + timedelta(seconds=self._seconds_left(data))
        if end - row.expire_date < timedelta(seconds=MOVED_ON_AFTER):
            return
        # Reading goes on, at once, while nothing can be written.
        with suppress(OperationalError), without_waiting():
            self.model.objects.filter(pk=row.pk, expire_date=row.expire_date).update(expire_date=end)
