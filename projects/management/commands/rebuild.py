"""`manage.py rebuild`: where every project stands, from its claims, and what it is found by, anew."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from projects.audit import log
from projects.audit.data_version import current_version, publishing
from projects.claims import projection, tallies
from projects.models import Project
from projects.search import index

MAX_TRIES = 3  # at counting while nobody publishes


class Command(BaseCommand):
    help = (
        "Rebuilds the projection, the rows of today and what every project is found by; reports those"
        " that differed. Others may write between two batches; one that is stopped is finished by the next."
    )

    def handle(self, *args, **options):
        changed, indexed = [], []
        for projects in projection.batches():
            self._rebuild(projects, changed, indexed)
        self.stdout.write(f"{len(changed)} projects differed{': ' + ', '.join(changed) if changed else ''}.")
        if indexed:
            self.stdout.write(f"{len(indexed)} were indexed anew for the search.")
        if self._tally():
            self.stdout.write("The tallies differed.")

    def _rebuild(self, projects: list[Project], changed: list[str], indexed: list[str]) -> None:
        """A transaction's worth, with its entry in the audit where anything differed."""
        at = timezone.now()
        with publishing(at):
            changed += (differed := projection.rebuild_batch(projects))
            indexed += index.index(Project.objects.filter(pk__in=[project.pk for project in projects]))
            if differed:
                log.record("standings.rebuild", "standings", by=None, at=at, after={"changed": differed})

    def _tally(self) -> bool:
        """Counted while others may write, and written if nobody did; at last with them waiting."""
        for _ in range(MAX_TRIES):
            version, sums = current_version(), tallies.counted()
            with publishing(timezone.now()) as now:
                if now.number == version + 1:
                    return tallies.write(sums)
        with publishing(timezone.now()):
            return tallies.write(tallies.counted())
