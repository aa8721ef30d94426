"""Sessions that end: after half an hour without a request, and after twelve hours with however many.

Django's sessions in the database, in a table that says whose each is and until when it holds. The row is
moved on at most once a minute, and only where somebody looks into the session: public pages never do.
"""

import re
import time
from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DatabaseError, transaction
from django.utils import timezone

from tracker.connections import without_waiting
from tracker.trouble import trouble_of

BEGAN = "_began"
DEVICE = "_device"  # in which browser somebody signed in, as the login writes it
MOVED_ON_AFTER = 60  # seconds


class SessionStore(DatabaseSessions):
    """`tracker.sessions` as SESSION_ENGINE."""

    @classmethod
    def get_model_class(cls):
        return apps.get_model(settings.SESSION_MODEL)

    def create_model_instance(self, data: dict):
        row = super().create_model_instance(data)
        row.user_id = data.get(SESSION_KEY)
        return row

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
        try:
            super().save(must_create)
        except UpdateError as error:
            # Django takes every failure for a session that is gone meanwhile, and answers 400.
            if trouble_of(error.__context__):
                raise error.__context__ from None
            raise

    def get_session_cookie_age(self) -> int:
        """The seconds until it ends, whichever end comes first; counted from now."""
        return self._seconds_left(self._session)

    def _seconds_left(self, data: dict) -> int:
        began = data.get(BEGAN, time.time())
        return min(settings.SESSION_COOKIE_AGE, int(began + settings.SESSION_LONGEST - time.time()))

    def end_others(self, user: str) -> None:
        """Every other session of a user, by its key as the login writes it."""
        self.model.objects.filter(user=user).exclude(pk=self.session_key).delete()

    def _move_on(self, row, data: dict) -> None:
        """The time of the row alone: what another request wrote into it meanwhile stays."""
        end = timezone.now() + timedelta(seconds=self._seconds_left(data))
        if end - row.expire_date < timedelta(seconds=MOVED_ON_AFTER):
            return
        try:
            with without_waiting(), transaction.atomic():
                self.model.objects.filter(pk=row.pk, expire_date=row.expire_date).update(expire_date=end)
        except DatabaseError as error:
            if not trouble_of(error):  # else reading goes on while nothing can be written
                raise


class Sessions(SessionMiddleware):
    """Whoever reads is answered while nothing can be written: what was to be kept is kept the next time."""

    def process_response(self, request, response):
        try:
            return super().process_response(request, response)
        except DatabaseError as error:
            if request.method == "POST" or not trouble_of(error):
                raise
            return response
