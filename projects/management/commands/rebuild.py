"""`manage.py rebuild`: where every project stands, from its claims, and what it is found by, anew."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from projects.audit import log
from projects.audit.data_version import publishing
from projects.claims import projection
from projects.search import index


class Command(BaseCommand):
    help = "Rebuilds the projection and the search columns of every project; reports those that differed."

    def handle(self, *args, **options):
        at = timezone.now()
        with publishing(at):
            changed = projection.rebuild_all()
            indexed = index.index_all()
            if changed:
                log.record("standings.rebuild", "standings", by=None, at=at, after={"changed": changed})
        self.stdout.write(f"{len(changed)} projects differed{': ' + ', '.join(changed) if changed else ''}.")
        if indexed:
            self.stdout.write(f"{len(indexed)} were indexed anew for the search.")
