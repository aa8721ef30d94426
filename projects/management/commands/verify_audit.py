"""`manage.py verify_audit`: walks the audit chain and names the first bad entry."""

from django.core.management.base import BaseCommand, CommandError

from projects.audit import log
from projects.models import AuditEntry


class Command(BaseCommand):
    help = "Verifies the audit chain."

    def handle(self, *args, **options):
        broken = log.first_broken()
        if broken is not None:
            raise CommandError(f"The audit chain is broken at entry {broken}.")
        last = AuditEntry.objects.first()
        self.stdout.write(
            f"{last.number if last else 0} entries; newest hash {last.hash if last else 'none'}."
        )
