"""`manage.py restore FILE`: puts a backup in the place of what is there; the old data are kept."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from tracker.backups.archive import Damaged
from tracker.backups.databases import NotPossible
from tracker.backups.restore import NotRestorable, restore


class Command(BaseCommand):
    help = "Restores a backup: never a damaged one, nor beside a running server; the old data are kept."
    # What is there may be too damaged to be looked at.
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *args, file, **options):
        try:
            done = restore(file, timezone.now())
        except Damaged as error:
            raise CommandError(f"Nothing was restored. {file} is damaged: {error}.") from error
        except (NotRestorable, NotPossible, DatabaseError, OSError) as error:
            raise CommandError(f"Nothing was restored. {error}") from error
        self.stdout.write(f"Restored what was backed up at {done.made_at}.")
        for place in done.old_data:
            self.stdout.write(f"The data of before lie in {place}.")
        if not done.has_key:
            self.stdout.write(
                "The key with which second factors were locked is not at hand: set SECRETS_KEY to it,"
                " or people cannot sign in with their codes."
            )
        steps = ["migrate", "rebuild", "verify"] if done.is_older else ["verify"]
        self.stdout.write(f"Now: {', '.join(f'./run manage {step}' for step in steps)}.")
