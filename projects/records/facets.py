"""The choices beside a list: each with its count, its state, and the address that turns it on or off."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from projects.choices import Stage
from projects.claims import facet_counts, standings
from projects.models import Place
from projects.records.filters import NONE, ProjectFilter
from projects.words.stage_words import Alike, alike, stage_word

CODED = ("stage", "kind", "age", "sector", "record_type")
TITLES = {
    "q": _("Search"),
    "stage": _("Stage"),
    "kind": _("Kind"),
    "sector": _("Industrial cluster"),
    "record_type": _("Record type"),
    "age": _("Last said"),
    "condition": _("Condition"),
    "place": _("Where"),
    "source": _("Source"),
    "counted": _("Shown"),
}
OPEN = ("stage", "kind")  # unfolded from the first
MOST_PLACES = 12


@dataclass(frozen=True, slots=True)
class Choice:
    """How many rows it gives alone or, beside others that are on, by how many it changes them."""

    value: str
    label: str | Place
    count: int
    is_on: bool
    query: str
    adds: bool


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    choices: list[Choice]

    @property
    def title(self) -> str:
        return str(TITLES[self.name])

    @property
    def is_open(self) -> bool:
        return self.name in OPEN or self.is_used

    @property
    def is_used(self) -> bool:
        return any(choice.is_on for choice in self.choices)


def counts(narrowed: ProjectFilter) -> dict[str, dict[str, int]]:
    return facet_counts.facets(_results(narrowed), narrowed.day)


def count_rows(narrowed: ProjectFilter) -> QuerySet:
    """Of rows of today, before they are counted."""
    return facet_counts.facet_rows(_results(narrowed), narrowed.day)


def _results(narrowed: ProjectFilter) -> dict[str, QuerySet]:
    """Each facet's counts leave out its own choice, so that they say what choosing would give."""
    grouped = narrowed.grouped()
    results = {name: grouped.leaving(name) for name in (*standings.FACETS, standings.AGE)}
    return results | {standings.COUNTED: grouped.qs}


def facets(
    counted: dict[str, dict[str, int]], params: QueryDict, places: dict[str, Place], carried: dict
) -> list[Facet]:
    built = [_of_codes(name, counted[name], params, carried) for name in CODED]
    return [*built, _of_places(counted["place"], places, params, carried)]


def called(params: QueryDict) -> Alike | None:
    """By which words the stages go: those of the one kind that is asked for."""
    kinds, types = params.getlist("kind"), params.getlist("record_type")
    return None if NONE in (*kinds, *types) else alike(kinds, types)


def _of_codes(name: str, counts: dict[str, int], params: QueryDict, carried: dict) -> Facet:
    words = dict(ProjectFilter.base_filters[name].extra["choices"])
    if name == "stage":
        words |= {stage.value: stage_word(stage, "", called(params)) for stage in Stage}
    numbers = counts | {NONE: counts.get("", 0)}
    on = params.getlist(name)
    return Facet(
        name,
        [
            Choice(
                value,
                label,
                numbers.get(value, 0),
                value in on,
                toggled(params, name, value, carried),
                bool(on),
            )
            for value, label in words.items()
            if numbers.get(value) or value in on
        ],
    )


def _of_places(counts: dict[str, int], places: dict[str, Place], params: QueryDict, carried: dict) -> Facet:
    within = counted_within(counts, places) | ({NONE: counts[""]} if counts.get("") else {})
    on = params.get("place", "")
    shown = sorted(within, key=lambda code: (code != on, -within[code], code))[:MOST_PLACES]
    choices = [
        Choice(
            code,
            places.get(code, ""),
            within[code],
            code == on,
            toggled(params, "place", code, carried, alone=True),
            code == on,
        )
        for code in shown
    ]
    return Facet("place", choices)


def counted_within(counts: dict[str, int], places: dict[str, Place]) -> dict[str, int]:
    """A place counts what lies in it; `counts` are by its key."""
    within: dict[str, int] = {}
    by_key = {str(place.pk): place for place in places.values()}
    for key, count in counts.items():
        place = by_key.get(key)
        while place is not None:
            within[place.code] = within.get(place.code, 0) + count
            place = place.parent
    return within


def toggled(params: QueryDict, name: str, value: str, carried: dict, alone: bool = False) -> str:
    """The question with this choice turned on, or off if it was on; from the first page again."""
    asked = dict(params.lists())
    values = asked.get(name, [])
    if value in values:
        asked[name] = [one for one in values if one != value]
    else:
        asked[name] = [value] if alone else [*values, value]
    return urlencode(asked | carried, doseq=True)
