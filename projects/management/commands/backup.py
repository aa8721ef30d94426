"""`manage.py backup`: one file with database, photos, papers and keys, while people work."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from tracker.backups import archive, backup
from tracker.backups.databases import NotPossible

FAILS = (NotPossible, backup.Busy, archive.Damaged, DatabaseError, ImproperlyConfigured, OSError)


class Command(BaseCommand):
    help = "Makes a backup, checks it, and removes the oldest; people go on working meanwhile."

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", type=Path, help="else BACKUP_DIR, else data folder")
        parser.add_argument("--keep", type=int, default=backup.KEEP, help="how many are left in the folder")

    def handle(self, *args, folder=None, keep=backup.KEEP, **options):
        if keep < 1:
            raise CommandError("At least one is kept: --keep 1.")
        folder = (folder or backup.folder()).resolve()
        try:
            path = backup.make(folder, keep, timezone.now())
        except FAILS as error:
            raise CommandError(f"No backup was made: {error}") from error
        self.stdout.write(f"{path}: {path.stat().st_size / 2**20:.1f} MiB.")
