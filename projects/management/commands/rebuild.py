"""`manage.py rebuild`: where every project stands, anew from its claims; says which differed."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from projects.actions import auditing, projecting
from projects.actions.publishing import publishing


class Command(BaseCommand):
    help = "Rebuilds the projection of every project and reports those that differed."

    def handle(self, *args, **options):
        at = timezone.now()
        with publishing(at):
            changed = projecting.rebuild_all()
            if changed:
                auditing.record("standings.rebuild", "standings", by=None, at=at, after={"changed": changed})
        self.stdout.write(f"{len(changed)} projects differed{': ' + ', '.join(changed) if changed else ''}.")
