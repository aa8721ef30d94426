"""`manage.py verify`: what is on record against what vouches for it; `--backup FILE` a backup, to the bit."""

from itertools import islice
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from projects.actions import verification
from projects.models import AuditEntry, Claim, Statistic
from tracker.backups import archive

MAX_SHOWN = 50


class Command(BaseCommand):
    help = "Verifies claims, audit, reports, files and standings against each other; changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("--backup", type=Path, metavar="FILE", help="verify a backup instead")

    def handle(self, *args, backup=None, **options):
        if backup:
            self._verify_backup(backup)
        else:
            self._verify_record()

    def _verify_backup(self, path: Path) -> None:
        try:
            manifest = archive.check(path)
        except (archive.Damaged, OSError) as error:
            raise CommandError(f"{path}: {error}") from error
        self.stdout.write(f"{path}: whole; made at {manifest['made_at']}, {len(manifest['files'])} files.")

    def _verify_record(self) -> None:
        found = list(islice(verification.faults(), MAX_SHOWN + 1))
        for fault in found[:MAX_SHOWN]:
            self.stderr.write(fault)
        if found:
            more = f"More than {MAX_SHOWN}" if len(found) > MAX_SHOWN else f"{len(found)}"
            raise CommandError(f"{more} faults.")
        count = sum(model.objects.approved().count() for model in (Claim, Statistic))
        last = AuditEntry.objects.first()
        self.stdout.write(
            f"All is as it should be: {count} published rows, {last.number if last else 0} entries"
            f" of the audit; newest hash {last.hash if last else 'none'}."
        )
