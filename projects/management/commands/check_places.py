"""`manage.py check_places`: which claims find no sentence in their document, or one without their figure."""

from django.core.management.base import BaseCommand, CommandError

from projects.choices import FileKind
from projects.claims.source_places import place_of, short_place
from projects.models import Source
from projects.records import place_checks
from projects.records.place_checks import Misplaced


class Command(BaseCommand):
    help = "Looks up the places of all claims in the texts that are kept; names those that do not fit."

    def handle(self, *args, **options):
        found, texts = 0, Source.objects.filter(file_kind=FileKind.TEXT)
        for source in texts:
            for one in place_checks.of_source(source):
                self.stdout.write(_words(one))
                found += 1
        if found:
            raise CommandError(f"{found} places do not fit. Correct the claim, or the lines of the outline.")
        self.stdout.write(f"{texts.count()} texts: every place has its sentence, and every figure is in it.")


def _words(one: Misplaced) -> str:
    what = f"“{one.lacks}” is not in its sentence" if one.lacks else "there is no such sentence"
    nearest = f"; the nearest is {short_place(*one.nearest)}" if one.nearest else ""
    return f"{one.row.source.code} {place_of(one.row)} ({one.row}): {what}{nearest}"
