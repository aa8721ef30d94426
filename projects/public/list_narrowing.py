"""What stands beside the list to narrow it: its facets, and the documents that its rows draw on.

Its choices are properties, made only when the template writes them. What was written is remembered by `told`:
all that the choices follow from.
"""

from dataclasses import dataclass

from django.http import QueryDict

from projects.claims.source_counts import SourceCount
from projects.models import Place
from projects.records.facets import Facet, facets, toggled


@dataclass(frozen=True, slots=True)
class SourceChoice:
    source: SourceCount
    is_on: bool
    query: str


@dataclass(frozen=True, slots=True)
class Narrowing:
    """By facet and choice the number of rows; the documents, the question, all places, what links carry."""

    counted: dict[str, dict[str, int]]
    drawn_on: tuple[SourceCount, ...]
    params: QueryDict
    places: dict[str, Place]
    carried: dict[str, str]

    @property
    def told(self) -> tuple:
        counts = tuple((name, *choices.items()) for name, choices in self.counted.items())
        places = tuple(
            (one.pk, one.parent_id, one.name, one.name_en, code) for code, one in self.places.items()
        )
        return counts, self.drawn_on, self.params.urlencode(), tuple(self.carried.items()), places

    @property
    def is_on(self) -> bool:
        return bool(self.params.keys() - {"q", "counted"})

    @property
    def facets(self) -> list[Facet]:
        return facets(self.counted, self.params, self.places, self.carried)

    @property
    def sources(self) -> list[SourceChoice]:
        asked = self.params.get("source")
        return [
            SourceChoice(
                one, asked == one.code, toggled(self.params, "source", one.code, self.carried, alone=True)
            )
            for one in self.drawn_on
        ]
