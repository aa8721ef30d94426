"""Places of claims that are not in the text of their document, or whose sentence lacks the figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from projects.claims import quotes
from projects.claims.quotes import Placed
from projects.core import printed_figures, printed_text
from projects.models import Alias, Claim, Neighbour, PlaceSource, ProjectParty, Source, Statistic

Place = tuple[str, int, int]  # section, paragraph, sentence


@dataclass(frozen=True, slots=True)
class Misplaced:
    """`lacks` is the figure that is not in its sentence; empty where there is no sentence."""

    row: Placed
    lacks: str
    nearest: Place | None


def of_source(source: Source) -> Iterator[Misplaced]:
    """Of what is published and not corrected since; its text is kept."""
    printed = sentences_of(source)
    for row in _placed(source):
        if not quotes.said_at(row):
            yield Misplaced(row, "", _nearest(row, list(printed)))
        elif lacks := _lacking(row, quotes.said_at(row)):
            holders = [place for place, said in printed.items() if not _lacking(row, said)]
            yield Misplaced(row, lacks, _nearest(row, holders))


def sentences_of(source: Source) -> dict[Place, str]:
    """In the order of the outline."""
    return {
        (section.number, paragraph, number): said
        for section in source.sections.order_by("position")
        for paragraph in range(1, len(printed_text.paragraphs_at(section.lines)) + 1)
        for number, said in enumerate(quotes.sentences_at(source, section, paragraph), start=1)
    }


def _placed(source: Source) -> Iterator[Placed]:
    for model in (Claim, Statistic):
        rows = model.objects.approved().filter(source=source, paragraph__isnull=False)
        rows = rows.exclude(corrections__approved_at__isnull=False)
        yield from rows.select_related("source", "section").order_by("ref")
    for model in (Alias, ProjectParty, PlaceSource, Neighbour):
        yield from model.objects.filter(source=source, paragraph__isnull=False).select_related(
            "source", "section"
        )


def _lacking(row: Placed, said: str) -> str:
    """The figure that a sentence does not print; empty where it does, and where a row has none."""
    if not isinstance(row, Claim | Statistic):
        return ""
    printed = printed_figures.digits_and_unit(row.value())
    if printed is None or quotes.marked(row, said).figure:
        return ""
    return row.printed_as or " ".join(printed)


def _nearest(row: Placed, places: list[Place]) -> Place | None:
    """In its own section first, then by paragraph and sentence."""
    own, paragraph, sentence = row.section.number, row.paragraph or 0, row.sentence or 0
    return min(
        places,
        key=lambda at: (at[0] != own, abs(at[1] - paragraph), abs(at[2] - sentence)),
        default=None,
    )
