"""`manage.py verify`: what is on record against what vouches for it; `--backup FILE` a backup, to the bit."""

from itertools import islice
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from projects.management import verification
from projects.models import AuditEntry, Claim, Statistic
from projects.records import documents
from projects.reports import attachments
from tracker.backups import archive

MAX_SHOWN = 10  # of a kind


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
        if sum([self._is_bad(check()) for check in verification.checks()]):
            raise CommandError("Not all is as it should be; see above.")
        if orphans := attachments.forgotten(at := timezone.now()) + documents.forgotten(at):
            self.stdout.write(f"{len(orphans)} files of nobody wait for the sweep: {', '.join(orphans)}.")
        count = sum(model.objects.approved().count() for model in (Claim, Statistic))
        last = AuditEntry.objects.first()
        self.stdout.write(
            f"All is as it should be: {count} published rows, {last.number if last else 0} entries"
            f" of the audit; newest hash {last.hash if last else 'none'}."
        )

    def _is_bad(self, faults) -> bool:
        shown = list(islice(faults, MAX_SHOWN))
        for fault in shown:
            self.stderr.write(fault)
        if more := sum(1 for _ in faults):
            self.stderr.write(f"… and {more} more like these")
        return bool(shown)
