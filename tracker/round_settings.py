"""The days of the month on which rounds open and close. Part of `tracker.settings`."""

from django.core.exceptions import ImproperlyConfigured

MAX_DAY = 28  # every month has it


def days(opens: int, closes: int) -> dict[str, int]:
    """A closing day that comes before the opening one is of the next month."""
    if not all(1 <= day <= MAX_DAY for day in (opens, closes)) or opens == closes:
        raise ImproperlyConfigured("ROUND_OPENS_ON and ROUND_CLOSES_ON must be two days from 1 to 28")
    return {"ROUND_OPENS_ON": opens, "ROUND_CLOSES_ON": closes}
