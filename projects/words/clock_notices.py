"""Sentences about what an address asked for and could not be given; what was taken instead."""

from django.utils.translation import gettext as _

from projects.core.clocks import ClockNotice
from projects.words import dates


def clock_notice(notice: ClockNotice) -> str:
    """A day that lies outside what there is, or that is no day."""
    words = {"text": notice.text[:40], "day": dates.day(notice.taken)}
    if notice.why == "in_future":
        return _("%(text)s lies in the future; this page shows %(day)s.") % words
    if notice.why == "too_early":
        return _("Nothing is on record as early as %(text)s; this page shows %(day)s.") % words
    return _("“%(text)s” is not a date such as 2024-10-31; this page shows %(day)s.") % words
