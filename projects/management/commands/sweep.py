"""`manage.py sweep`: removes what interrupted work left; part of every start and of the daily command."""

from collections.abc import Callable
from datetime import datetime

from django.core.management.base import BaseCommand
from django.utils import timezone

from projects.pages import lost_forms
from projects.records import documents
from projects.reports import attachments
from tracker import uploads
from tracker.trouble import trouble_of


class Command(BaseCommand):
    help = "Removes files that no row names, half-received files, typed texts that nobody came back for."

    def handle(self, *args, **options):
        at = timezone.now()
        files = self._try("media", attachments.sweep, at) + self._try("documents", documents.sweep, at)
        files += self._try("temporary folder", uploads.sweep, at)
        self.stdout.write(f"Swept: {files} files, {lost_forms.sweep(at)} kept texts.")

    def _try(self, name: str, sweep: Callable[[datetime], list[str]], at: datetime) -> int:
        """A folder in trouble is said, and keeps neither a start nor the rest of the day's work back."""
        try:
            return len(sweep(at))
        except OSError as error:
            self.stderr.write(f"Not swept: {name}: {trouble_of(error) or error}")
            return 0
