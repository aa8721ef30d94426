"""`manage.py seed`: load the fixtures if they changed since they were last loaded."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from projects.audit.data_version import publishing
from projects.audit.rules.server_clock import WrongClock
from projects.claims import current
from projects.records import fixture_load
from projects.search import index
from projects.words.refusals import in_english


class Command(BaseCommand):
    help = "Loads the fixtures: inserts what is absent, reports what differs, overwrites nothing."

    def add_arguments(self, parser):
        parser.add_argument("--force", action="store_true", help="also when the files have not changed")

    def handle(self, *args, force=False, **options):
        try:
            if force or not fixture_load.is_loaded(settings.FIXTURES):
                self._load()
            self._index_if_behind()
            self._rebuild_if_behind()
        except WrongClock as wrong:
            raise CommandError(f"Nothing was loaded. {in_english(wrong)}") from wrong
        except fixture_load.BadFixture as bad:
            raise CommandError(f"Nothing was loaded. {bad}") from bad

    def _load(self):
        loaded = fixture_load.load(settings.FIXTURES, at=timezone.now())
        self.stdout.write(
            f"Fixtures: {loaded.inserted} rows inserted, {loaded.unchanged} unchanged, "
            f"{len(loaded.differing)} differing and left as they are."
        )
        for line in loaded.differing:
            self.stdout.write(f"  differs: {line}")

    def _index_if_behind(self):
        """After an upgrade that brought another index."""
        if index.is_behind():
            with publishing(timezone.now()):
                self.stdout.write(f"Search: {len(index.index_all())} projects indexed.")

    def _rebuild_if_behind(self):
        """After one that brought rows of milestones on past days."""
        if current.is_behind():
            call_command("rebuild", stdout=self.stdout)
