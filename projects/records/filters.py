"""What narrows the list of projects, and what of a question it had to ignore."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import QueryDict

from projects.choices import Condition, Kind, RecordType, Sector, Stage
from projects.claims import standings
from projects.core.clocks import Clocks
from projects.models import Place, Source
from projects.pages.keyset import LINKS
from projects.search.results import by_sound, search
from projects.search.rules.spelling import terms

LONGEST_QUESTION = 100
NONE = "none"  # the choice of rows that have no value
# Of these several values may be chosen; each is a column of the rows.
CHOICES = {
    "kind": Kind,
    "sector": Sector,
    "stage": Stage,
    "record_type": RecordType,
    "condition": Condition,
}
ONE_VALUE = ("q", "place", "source", "counted")  # of several the last one counts
FILTERS = (*CHOICES, *ONE_VALUE)
OUTSIDE = frozenset({"page", "sort", "asof", "known", "type", *LINKS})


def narrow(rows: QuerySet, clean: QueryDict, leaving: str = "") -> QuerySet:
    """The rows that fit a question without what means nothing (`asked`); `leaving` one filter out."""
    conditions = [_condition(name, clean) for name in clean if name not in ("q", leaving)]
    rows = rows.filter(*conditions) if conditions else rows
    source, question = clean.get("source", ""), clean.get("q", "")
    rows = rows.drawing_on(source) if source and leaving != "source" else rows
    return search(rows, question) if question and leaving != "q" else rows


def _condition(name: str, clean: QueryDict) -> Q:
    if name in CHOICES:
        return Q(**{f"{name}__in": ["" if value == NONE else value for value in clean.getlist(name)]})
    if name == "place":
        return Q(place_id__in=_within(clean["place"]))
    return Q(is_counted=True) if name == "counted" else Q()


def _within(code: str) -> QuerySet:
    """The place with what lies in it."""
    its = Q(code=code) | Q(parent__code=code) | Q(parent__parent__code=code)
    return Place.objects.filter(its).order_by().values("pk")


@dataclass(frozen=True, slots=True)
class Ignored:
    """A parameter whose value means nothing here."""

    name: str
    value: str


def asked(params: QueryDict, places: set[str], sources: set[str]) -> tuple[QueryDict, list[Ignored]]:
    """The question without what means nothing, and that."""
    known = {"place": places, "source": sources, "counted": {"1", "true"}}
    clean, ignored = QueryDict(mutable=True), []
    for name, values in params.lists():
        if name in OUTSIDE:
            continue
        for value in filter(None, (one.replace("\0", "").strip() for one in values)):
            if name not in FILTERS or not _means(name, value, known):
                ignored.append(Ignored(name, value))
            elif name in ONE_VALUE:
                clean[name] = "true" if name == "counted" else value
            elif value not in clean.getlist(name):
                clean.appendlist(name, value)
    return clean, ignored


def _means(name: str, value: str, known: dict[str, set[str]]) -> bool:
    if name == "q":
        return len(value) <= LONGEST_QUESTION and bool(terms(value))
    if name in known:
        return value in known[name]
    return value == NONE or value in CHOICES[name].values


def meant(params: QueryDict) -> tuple[QueryDict, list[Ignored]]:
    """As `asked`, for doors that show neither places nor sources; a private source is as good as none."""
    places = Place.objects.filter(code__in=_codes(params, "place"))
    places = places.values_list("code", flat=True) if "place" in params else ()
    return asked(params, set(places), documents(params))


def documents(params: QueryDict) -> set[str]:
    """The sources that are asked for, and may be."""
    if "source" not in params:
        return set()
    found = Source.objects.filter(standings.DOCUMENTS, code__in=_codes(params, "source"))
    return set(found.values_list("code", flat=True))


def _codes(params: QueryDict, name: str) -> list[str]:
    return [code.replace("\0", "").strip() for code in params.getlist(name)]


def sounding(params: QueryDict, sound: str) -> QueryDict:
    """The same question, asked by its sound where that is given (`search.results.by_sound`)."""
    if not sound:
        return params
    heard = params.copy()
    heard["q"] = sound
    return heard


def narrowed(clean: QueryDict, clocks: Clocks) -> QuerySet:
    """The rows that the list shows for the same question: what a download, a feed, a calendar is made of."""
    rows = standings.on(clocks)
    return narrow(rows, sounding(clean, by_sound(rows, clean.get("q", ""))))
