"""The moment in which a day begins by the clock of the place (`settings.TIME_ZONE`), and in which it ends."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from django.utils import timezone

MAX_DAYS = 2_000  # whose beginnings are remembered


@lru_cache(MAX_DAYS)
def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def end_of(day: date) -> datetime:
    return midnight(day + timedelta(days=1))
