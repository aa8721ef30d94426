"""The filter set of the list of projects, and what of a question it had to ignore."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django_filters import BooleanFilter, CharFilter, FilterSet, MultipleChoiceFilter

from projects.choices import Condition, Kind, RecordType, Sector, Stage
from projects.claims import standings
from projects.core.clocks import Clocks
from projects.models import Place, Source, Standing
from projects.search.results import by_sound, search
from projects.search.rules.spelling import terms

LONGEST_QUESTION = 100
NONE = "none"  # the choice of rows that have no value
ONE_VALUE = frozenset({"q", "place", "source", "counted"})  # of several the last one counts
OUTSIDE = frozenset({"page", "sort", "asof", "known", "type"})


def _choices(field: str, vocabulary, **kwargs) -> MultipleChoiceFilter:
    choices = [*vocabulary.choices, (NONE, NONE)]
    return MultipleChoiceFilter(
        field_name=field, choices=choices, null_value=NONE, method="filter_choices", **kwargs
    )


class ProjectFilter(FilterSet):
    """Every parameter that narrows the list; unknown values are dropped before (`asked`)."""

    q = CharFilter(method="filter_words")
    kind = _choices("project__kind", Kind)
    sector = _choices("project__sector", Sector)
    stage = _choices("stage", Stage)
    record_type = _choices("project__record_type", RecordType)
    condition = _choices("condition", Condition)
    place = CharFilter(method="filter_place")
    source = CharFilter(method="filter_source")
    counted = BooleanFilter(field_name="is_counted")

    class Meta:
        model = Standing
        fields = []

    def filter_words(self, rows: QuerySet, name: str, question: str) -> QuerySet:
        return search(rows, question)

    def filter_choices(self, rows: QuerySet, field: str, values: list[str]) -> QuerySet:
        if not values:
            return rows
        return rows.filter(**{f"{field}__in": ["" if value == NONE else value for value in values]})

    def filter_place(self, rows: QuerySet, name: str, code: str) -> QuerySet:
        """With what lies in it."""
        return rows.filter(
            Q(project__place__code=code)
            | Q(project__place__parent__code=code)
            | Q(project__place__parent__parent__code=code)
        )

    def filter_source(self, rows: QuerySet, name: str, code: str) -> QuerySet:
        return rows.drawing_on(code)


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
            if name not in ProjectFilter.base_filters or not _means(name, value, known):
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
    return value in dict(ProjectFilter.base_filters[name].extra["choices"])


def without(params: QueryDict, name: str) -> QueryDict:
    """The same question but for one facet: what that facet's own counts are made from."""
    rest = params.copy()
    rest.pop(name, None)
    return rest


def meant(params: QueryDict) -> tuple[QueryDict, list[Ignored]]:
    """As `asked`, for doors that show neither places nor sources; a private source is as good as none."""
    places = set(Place.objects.values_list("code", flat=True))
    sources = set(Source.objects.filter(standings.DOCUMENTS).values_list("code", flat=True))
    return asked(params, places, sources)


def sounding(params: QueryDict, sound: str) -> QueryDict:
    """The same question, asked by its sound where that is given (`search.results.by_sound`)."""
    if not sound:
        return params
    heard = params.copy()
    heard["q"] = sound
    return heard


def narrowed(clean: QueryDict, clocks: Clocks) -> QuerySet[Standing]:
    """The rows that the list shows for the same question: what a download, a feed, a calendar is made of."""
    rows = standings.with_counted(standings.on(clocks), clocks)
    return ProjectFilter(sounding(clean, by_sound(rows, clean.get("q", ""))), rows).qs
