"""The filters that are on, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from projects.models import Place, Source
from projects.pages.value_tags import VOCABULARIES
from projects.records.facets import TITLES, called
from projects.records.filters import EVERYTHING, NONE
from projects.words.language import in_language
from projects.words.stage_words import stage_word

COUNTED = _("Investment projects")


@dataclass(frozen=True, slots=True)
class FilterWords:
    """One value of a filter, and what it is called."""

    name: str
    value: str
    words: str

    @property
    def title(self) -> str:
        return TITLES[self.name]


def filter_words(
    params: QueryDict, places: Mapping[str, Place], sources: Mapping[str, str]
) -> Iterator[FilterWords]:
    """In their order; of places by their codes, and of titles of sources."""
    for name in params:
        for value in params.getlist(name):
            if value != EVERYTHING:
                yield FilterWords(name, value, _words(name, value, params, places, sources))


def looked_up(params: QueryDict) -> list[FilterWords]:
    """For pages that show neither places nor sources beside them."""
    places = Place.objects.filter(code__in=params.getlist("place")) if "place" in params else ()
    sources = Source.objects.filter(code__in=params.getlist("source")) if "source" in params else ()
    titles = {one.code: in_language(one, "title") for one in sources}
    return list(filter_words(params, {one.code: one for one in places}, titles))


def _words(
    name: str, value: str, params: QueryDict, places: Mapping[str, Place], sources: Mapping[str, str]
) -> str:
    if name == "q":
        return _("“%(question)s”") % {"question": value}
    if name == "counted":
        return COUNTED
    if value == NONE:
        return _("not stated")
    if name == "place":
        return in_language(places[value], "name")
    if name == "source":
        return sources.get(value, value)
    return stage_word(value, "", called(params)) if name == "stage" else VOCABULARIES[name](value).label
