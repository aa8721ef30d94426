"""`manage.py run_due`: whatever the day asks for; to be started by a timer, once a day or more often.

Harmless to run twice, after days of silence, or on two machines at once: each step finds what is still to be
done, and two who come at the same moment take turns.
"""

from datetime import datetime

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from projects.audit import log
from projects.audit.rules.server_clock import WrongClock
from projects.imports import erasure as file_erasure
from projects.notices import inbox, outbox
from projects.notices.rules import Reminder
from projects.reports import rounds
from projects.reports.reminders import outlook
from projects.reports.rules import reminders
from projects.tips import erasure
from projects.tips import reminders as tip_reminders
from projects.words.refusals import in_english
from tracker.backups import backup


class Command(BaseCommand):
    help = "Opens and closes rounds, tells people what is due, delivers what waits, sweeps up, backs up."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")

    def handle(self, *args, dry_run=False, **options):
        at = timezone.now()
        if dry_run:
            self._try(at)
            return
        self._require_right_clock(at)
        said = self._rounds_and_notices(at)
        self._outbox(said, at)
        self._send(at)
        self._sweep(at)
        self._back_up(at)

    def _require_right_clock(self, at: datetime) -> None:
        """Nothing is opened, closed or sent on a day that may be wrong; a right one is noted once a day."""
        try:
            log.read_clock(at)
        except WrongClock as wrong:
            raise CommandError(f"Nothing was done. {in_english(wrong)}") from wrong

    def _try(self, at: datetime) -> None:
        """The steps themselves, and then as if nothing had been: what is sent or swept is not tried."""
        with transaction.atomic():
            self._outbox(self._rounds_and_notices(at), at)
            transaction.set_rollback(True)
        self.stdout.write("A dry run: nothing of this was done.")

    def _rounds_and_notices(self, at: datetime) -> list[Reminder]:
        opened, closed = rounds.open_due(at=at), rounds.close_due(at=at)
        today = timezone.localdate(at)
        said = [*reminders.due(outlook(today), today), *tip_reminders.overdue(today)]
        told = inbox.tell(said, at=at)
        self.stdout.write(f"Rounds opened: {_listed(opened)}; closed: {_listed(closed)}.")
        self.stdout.write(f"Notices written: {told}.")
        return said

    def _outbox(self, said: list[Reminder], at: datetime) -> None:
        filled = outbox.fill(said, at=at)
        ways = ", ".join(f"{way} {count}" for way, count in filled.items())
        self.stdout.write(f"Put into the outbox: {ways or 'no way out is set up'}.")

    def _send(self, at: datetime) -> None:
        for way, done in outbox.send(at=at).items():
            self.stdout.write(f"Sent by {way}: {done.sent}; failed: {done.failed}.")

    def _sweep(self, at: datetime) -> None:
        self.stdout.write(f"Messages from outside erased: {erasure.erase_due(at=at)}.")
        self.stdout.write(f"Imported files erased: {file_erasure.erase_due(at=at)}.")
        call_command("sweep", stdout=self.stdout, stderr=self.stderr)
        call_command("clearsessions")

    def _back_up(self, at: datetime) -> None:
        """Last, so that a disk that is full keeps nothing else back; and then the run is seen to fail."""
        if settings.BACKUP_DIR and not backup.is_made(settings.BACKUP_DIR, timezone.localdate(at)):
            call_command("backup", stdout=self.stdout)


def _listed(months: list[str]) -> str:
    return ", ".join(months) or "none"
