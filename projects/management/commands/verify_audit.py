"""`manage.py verify_audit`: walks the audit chain and names the first bad entry."""

from django.core.management.base import BaseCommand, CommandError

from projects.actions.auditing import as_plain
from projects.models import AuditEntry
from projects.rules import chain


class Command(BaseCommand):
    help = "Verifies the audit chain."

    def handle(self, *args, **options):
        entries = AuditEntry.objects.order_by("number").iterator(chunk_size=1000)
        broken = chain.first_broken(as_plain(entry) for entry in entries)
        if broken is not None:
            raise CommandError(f"The audit chain is broken at entry {broken}.")
        last = AuditEntry.objects.first()
        self.stdout.write(
            f"{last.number if last else 0} entries; newest hash {last.hash if last else 'none'}."
        )
