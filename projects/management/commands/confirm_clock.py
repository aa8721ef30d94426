"""`manage.py confirm_clock DAY`: somebody looked at the server's clock, and it is right.

The day of today is asked for, so that it comes from a calendar and not from the clock.
"""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from projects.audit import clock, log


class Command(BaseCommand):
    help = "Says that the server's clock is right, after a look at another one; publishing goes on."

    def add_arguments(self, parser):
        parser.add_argument("day", nargs="?", default="", help="today's date, for example 2026-11-20")

    def handle(self, *args, day="", **options):
        at, newest = timezone.now(), clock.newest()
        self.stdout.write(
            f"The server's clock says {_shown(at)}; the newest entry in the audit is of {_shown(newest)}."
        )
        today = timezone.localdate(at).isoformat()
        if not day:
            raise CommandError("If the clock is right, say so with today's date: confirm_clock YYYY-MM-DD")
        if day != today:
            raise CommandError(f"The clock says {today}, not {day}: set the clock right first.")
        with clock.unwatched(), transaction.atomic():
            before = newest and newest.isoformat()
            log.record("clock.confirm", "clock", by=None, at=at, before=before, after=at.isoformat())
        self.stdout.write("Confirmed: publishing goes on.")


def _shown(at) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else "no time: there is none"
