"""Calendars (RFC 5545): what has come as an all-day span, a promise on its last day.

The one door to icalendar, loaded on first use.
Which dates there are is `opendata.calendars`; how they read is the view's.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from projects.pages.plain_text import plain

CONTENT_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Qijiang Project Progress//Milestones//EN"
HOUSE = "qijiang-project-progress"
REMINDED = timedelta(days=7)  # before the last day of a promise


@dataclass(frozen=True, slots=True)
class Event:
    """A milestone: it came, or is promised, on some day from `first` to `last`."""

    uid: str
    first: date
    last: date
    is_fact: bool
    summary: str
    description: str
    category: str
    url: str


def uid(project: str, milestone: str, scope: str) -> str:
    """The same while a date moves and when it has come, so that a calendar moves it, too."""
    part = f"-{hashlib.sha256(scope.encode()).hexdigest()[:8]}" if scope else ""
    return f"{project}-{milestone}{part}@{HOUSE}"


def calendar(name: str, events: Iterable[Event], made_at: datetime) -> bytes:
    import icalendar  # noqa: PLC0415 (on first use)

    made = icalendar.Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("name", plain(name))
    made.add("x-wr-calname", plain(name))
    made.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
    for event in events:
        made.add_component(_filled(icalendar.Event(), event, made_at))
    return made.to_ical()


def _filled(made, event: Event, made_at: datetime):
    made.add("uid", event.uid)
    made.add("dtstamp", made_at)
    made.add("dtstart", event.first if event.is_fact else event.last)
    made.add("dtend", event.last + timedelta(days=1))  # the first day that it no longer covers
    made.add("summary", plain(event.summary))
    made.add("description", plain(event.description))
    made.add("categories", [plain(event.category)])
    made.add("status", "CONFIRMED" if event.is_fact else "TENTATIVE")
    made.add("transp", "TRANSPARENT")  # nobody's day is taken up by it
    made.add("url", event.url)
    if not event.is_fact:
        made.add_component(_reminder(event.summary))
    return made


def _reminder(words: str):
    import icalendar  # noqa: PLC0415 (on first use)

    reminder = icalendar.Alarm()
    reminder.add("action", "DISPLAY")
    reminder.add("trigger", -REMINDED)
    reminder.add("description", plain(words))
    return reminder
