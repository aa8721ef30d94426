"""The rows of the file of sources, and how the other files name the document that says something."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from projects.choices import Basis, SourceKind
from projects.claims.source_places import short_place
from projects.models import Source
from projects.opendata.export_assertions import batches
from projects.words.column import words_of

SAID_IN = ("source__code", "source__is_public", "section__number", "paragraph", "sentence")
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
    "published_basis",
)


def sources(known: date) -> Iterator[tuple]:
    """Every public one out by K, approved reports too."""
    kinds, bases = words_of(SourceKind), words_of(Basis)
    for batch in batches(Source.objects.filter(is_public=True, published_earliest__lte=known), TOLD):
        for code, kind, *told, basis in batch:
            yield (code, *kinds[kind], *(text or None for text in told), *bases[basis])


def said_in(
    source: str | None, is_public: bool | None, section: str | None, *where: int | None
) -> tuple[str | None, str | None]:
    """The document and the place in it; of one that is not public neither."""
    return (source, section and short_place(section, *where)) if is_public else (None, None)
