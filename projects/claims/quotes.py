"""What a document prints at the place of a claim, where its text is kept.

The text lies in the data folder (`records.documents`); which lines make a paragraph is in the outline.
"""

from __future__ import annotations

import logging
from functools import lru_cache
from pathlib import Path

from projects.core import printed_figures, printed_text
from projects.core.printed_figures import Quote
from projects.models import (
    Alias,
    Claim,
    Neighbour,
    PlaceSource,
    ProjectParty,
    Source,
    SourceSection,
    Statistic,
)
from projects.models.source import folder

Placed = Claim | Statistic | Alias | ProjectParty | PlaceSource | Neighbour
MAX_TEXTS = 32  # that a worker holds

log = logging.getLogger(__name__)


def sentence_of(row: Placed) -> str | None:
    """What is printed at its place; None where it may not be shown or is not there.

    Reads source and section: select them with it.
    """
    is_quotable = row.source is not None and row.source.is_quotable
    return (is_quotable and said_at(row)) or None


def quote_of(row: Placed) -> Quote | None:
    """The same with the figure apart."""
    said = sentence_of(row)
    return marked(row, said) if said else None


def marked(row: Placed, said: str) -> Quote:
    if isinstance(row, Claim | Statistic):
        return printed_figures.quote(said, row.value(), row.qualifier, row.printed_as)
    return Quote(said)


def said_at(row: Placed) -> str:
    """The sentence, or the whole paragraph where no sentence is named; empty where there is none."""
    if row.section is None or not row.paragraph:
        return ""
    found = sentences_at(row.source, row.section, row.paragraph)
    return "".join(found if row.sentence is None else found[row.sentence - 1 : row.sentence])


def sentences_at(source: Source, section: SourceSection, paragraph: int) -> list[str]:
    groups = printed_text.paragraphs_at(section.lines)
    if paragraph > len(groups):
        return []
    return printed_text.sentences(printed_text.paragraph(lines_of(source), groups[paragraph - 1]))


def lines_of(source: Source) -> tuple[str, ...]:
    """Of the text that is kept; none where there is none or it cannot be read, which `verify` says."""
    if not source.is_text:
        return ()
    try:
        return _lines(folder() / source.file_name)
    except (OSError, printed_text.NotText) as error:
        log.error("The text of %s cannot be read", source.code, exc_info=error)
        return ()


@lru_cache(maxsize=MAX_TEXTS)
def _lines(path: Path) -> tuple[str, ...]:
    """Named by its digest, a file never changes."""
    return tuple(printed_text.lines_of(printed_text.text_of(path.read_bytes())))
