"""Calendar months as texts: 2026-03."""

from __future__ import annotations

import re
from datetime import date, timedelta

from projects.core import fuzzy_dates
from projects.core.refusals import Refused

_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


def is_month(text: str) -> bool:
    """Whether a text is one calendar month such as 2026-03, within the years that dates may have."""
    try:
        return _MONTH.fullmatch(text) is not None and fuzzy_dates.parse(text).precision == "month"
    except Refused:
        return False


def month_after(day: date) -> str:
    return f"{day.replace(day=28) + timedelta(days=4):%Y-%m}"


def first_day(day: date, shift: int) -> date:
    """The first day of the month that is `shift` months after a day's own (0: of its own)."""
    year, month = divmod(day.year * 12 + day.month - 1 + shift, 12)
    return date(year, month + 1, 1)
