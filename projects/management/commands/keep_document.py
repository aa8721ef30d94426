"""`manage.py keep_document CODE FILE`: keeps the file of a source in the data folder, by its SHA-256."""

from argparse import BooleanOptionalAction
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from projects.core.refusals import Refused
from projects.models import Source
from projects.records import documents, saving
from projects.words.refusals import in_english


class Command(BaseCommand):
    help = "Keeps a document (text, PDF, picture) in the data folder; a text may then be quoted."

    def add_arguments(self, parser):
        parser.add_argument("code", help="of the source, for example 2024-10")
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--quote", action=BooleanOptionalAction, help="whether its sentences may be shown to everybody"
        )

    def handle(self, *args, code, file, quote=None, **options):
        source = Source.objects.filter(code=code).first()
        if source is None:
            raise CommandError(f"There is no source “{code}”.")
        try:
            with file.open("rb") as opened:
                data = opened.read(documents.MAX_BYTES + 1)
            source = documents.keep(source, data, by=None, at=timezone.now())
            if quote is not None and quote != source.may_be_quoted:
                source.may_be_quoted = quote
                saving.save_source(source, by=None, at=timezone.now())
        except OSError as error:
            raise CommandError(f"Nothing was kept: {error}") from error
        except Refused as refused:
            raise CommandError(f"Nothing was kept. {in_english(refused)}") from refused
        quoted = "may be quoted" if source.is_quotable else "is not quoted"
        self.stdout.write(f"{code}: kept as {source.file_kind}, SHA-256 {source.sha256}; it {quoted}.")
