"""The rows of the file of sources: what each document is that the other files name by its code."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from projects.choices import SourceKind
from projects.models import Source
from projects.opendata.export_assertions import batches
from projects.words.column import words_of
from tracker.connections import let_go

TOLD = (
    "code",
    "kind",
    "title",
    "title_en",
    "headline",
    "publisher",
    "publisher_en",
    "published",
    "note",
    "note_en",
)


def sources(known: date) -> Iterator[tuple]:
    """Every public one out by K, approved reports too."""
    kinds = words_of(SourceKind)
    for batch in batches(Source.objects.filter(is_public=True, published_earliest__lte=known), TOLD):
        let_go()
        for code, kind, *told in batch:
            yield (code, *kinds[kind], *(text or None for text in told))
