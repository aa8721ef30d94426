"""The filter set of the list of projects, and what of a question it had to ignore."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from copy import copy
from datetime import date
from functools import cached_property

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django_filters import CharFilter, FilterSet, MultipleChoiceFilter

from projects.choices import Age, Condition, Kind, RecordType, Sector, Stage
from projects.claims import stage_ages, standings
from projects.core.clocks import Clocks
from projects.models import Place, Source
from projects.models.prepared import Prepared, among, prepared
from projects.pages.keyset import LINKS, Ignored
from projects.records.every_place import keys_within
from projects.search.results import Hits, every, find, find_among, ranked
from projects.search.rules.spelling import terms

LONGEST_QUESTION = 100
NONE = "none"  # the choice of rows that have no value
EVERYTHING = "all"  # of `counted`: whether the headline counts it or not
ONE_VALUE = frozenset({"q", "place", "source", "counted"})  # of several the last one counts
# Filters whose values are parameters of a prepared statement; each value of the others has its own statement.
FILLED = frozenset({"kind", "sector", "stage", "record_type", "condition", "place", "source", "q"})
OUTSIDE = frozenset({"page", "sort", "asof", "known", "type", *LINKS})


def _choices(column: str, vocabulary) -> MultipleChoiceFilter:
    choices = [*vocabulary.choices, (NONE, NONE)]
    return MultipleChoiceFilter(field_name=column, choices=choices, method="with_choices")


class ProjectFilter(FilterSet):
    """Every parameter that narrows the list; no form is filled: `asked` drops what means nothing."""

    kind = _choices("kind", Kind)
    sector = _choices("sector", Sector)
    stage = _choices("stage", Stage)
    record_type = _choices("record_type", RecordType)
    condition = _choices("condition", Condition)
    age = MultipleChoiceFilter(choices=Age.choices, method="of_age")
    place = CharFilter(method="in_place")
    counted = CharFilter(method="that_count")
    source = CharFilter(method="drawing_on")
    q = CharFilter(method="saying")
    # Prepared so SQLite takes the index: of a bare column it does not know that it is one of two values.
    that_counts = Q(is_counted__in=[True])

    def __init__(self, params: QueryDict, rows: QuerySet, day: date):
        self.queryset, self.day = rows, day
        self.values = {name: _value(name, params) for name in FILTERS if params.get(name)}

    @cached_property
    def qs(self) -> QuerySet:
        return self._narrowed(self.values)

    def grouped(self) -> ProjectFilter:
        """The same filters for counting groups: there SQLite should read the covering index in its order."""
        one = copy(self)
        one.__dict__.pop("qs", None)
        one.that_counts = Q(is_counted=True)
        return one

    def leaving(self, name: str) -> QuerySet:
        """The rows that fit but for one filter: what that filter's own counts are made from."""
        if name not in self.values:
            return self.qs
        return self._narrowed({one: value for one, value in self.values.items() if one != name})

    def _narrowed(self, values: dict) -> QuerySet:
        rows = self.queryset
        for name, value in values.items():
            one = self.base_filters[name]
            rows = getattr(self, one.method)(rows, one.field_name, value)
        return rows

    def with_choices(self, rows: QuerySet, column: str, values: list[str]) -> QuerySet:
        return rows.filter(**{f"{column}__in": ["" if value == NONE else value for value in values]})

    def of_age(self, rows: QuerySet, name: str, ages: list[str]) -> QuerySet:
        return stage_ages.of_ages(rows, self.day, ages)

    def that_count(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows if value == EVERYTHING else rows.filter(self.that_counts)

    def in_place(self, rows: QuerySet, name: str, code: str) -> QuerySet:
        """With what lies in it; or those of which none is said."""
        if code == NONE:
            return rows.filter(place_id=None)
        return rows.filter(place_id__in=keys_within(code))

    def drawing_on(self, rows: QuerySet, name: str, code: str) -> QuerySet:
        return rows.drawing_on(code)


class ListFilter(ProjectFilter):
    """Of the list; what it asks stands in statements that questions of one form have in common."""

    def __init__(self, params: QueryDict, clocks: Clocks):
        super().__init__(params, standings.on(clocks), clocks.asof)
        self.clocks = clocks

    def saying(self, rows: QuerySet, name: str, question: str) -> QuerySet:
        return self.hits.of(rows)

    @cached_property
    def hits(self) -> Hits:
        """What the question finds, whatever the other filters say; only of too much what they leave."""
        found = find(Prepared(standings.on, (self.clocks,)), self.values["q"])
        others = {name: value for name, value in self.values.items() if name != "q"}
        return find_among(self._asked(others, narrowed_rows), found) if found.is_more and others else found

    def asked(self, write: Callable[..., QuerySet], *form: Hashable) -> Prepared:
        """What `write` makes of a filter set like this one."""
        return self._asked(self.values, write, *form)

    def _asked(self, asked: dict, write: Callable[..., QuerySet], *form: Hashable) -> Prepared:
        shape, values = [], {}
        for name, value in asked.items():
            words = value if isinstance(value, list) else [value]
            is_filled = name in FILLED and value != NONE
            if name == "q":
                told = self.hits.keys
            elif name == "place" and is_filled:
                told = {"place0": _key_or_keys(value)}
            else:
                slot = name.replace("_", "")
                told = {f"{slot}{at}": "" if one == NONE else one for at, one in enumerate(words)}
            values |= told if is_filled else {}
            shape.append((name, is_filled, tuple(told if is_filled else words)))
        return Prepared(_written, (write, self.clocks, tuple(shape), form), values)


def narrowed_rows(narrowed: ProjectFilter) -> QuerySet:
    return narrowed.qs


class FormFilter(ProjectFilter):
    """A filter set as its prepared statement is written: parameters stand where a question has values."""

    def __init__(self, shape: tuple, slots: dict[str, str], clocks: Clocks):
        self.queryset, self.day, self.slots = standings.on(clocks), clocks.asof, slots
        self.values = {}
        for name, is_filled, words in shape:
            values = [slots[word] for word in words] if is_filled else list(words)
            self.values[name] = values[0] if name in ONE_VALUE - {"q"} else values

    def in_place(self, rows: QuerySet, name: str, key: int | str) -> QuerySet:
        """By the keys of the place and of what lies in it: a statement within would be asked of each row."""
        if key == NONE:
            return rows.filter(place_id=None)
        return rows.filter(place_id=key) if isinstance(key, int) else among(rows, "place_id", keys=key)

    def saying(self, rows: QuerySet, name: str, keys: list[str]) -> QuerySet:
        return ranked(rows, self.slots if keys else {})


def _key_or_keys(place: str) -> int | list[int]:
    """Of a place and all that lie in it; an index in the order of the list is asked for one key alone."""
    keys = keys_within(place)
    return keys[0] if len(keys) == 1 else keys


def _written(write: Callable[..., QuerySet], clocks: Clocks, shape: tuple, form: tuple, **slots) -> QuerySet:
    return write(FormFilter(shape, slots, clocks), *form)


class WholeFilter(ProjectFilter):
    """For files, which hold all that is found, however much."""

    def saying(self, rows: QuerySet, name: str, question: str) -> QuerySet:
        return rows.filter(project__in=every(question, self.queryset))


FILTERS = tuple(ProjectFilter.base_filters)


def _value(name: str, params: QueryDict) -> str | list[str]:
    return params[name] if name in ONE_VALUE else params.getlist(name)


def asked(params: QueryDict, places: set[str], sources: set[str]) -> tuple[QueryDict, list[Ignored]]:
    """The question without what means nothing, and that."""
    known = {"place": places | {NONE}, "source": sources, "counted": {"1", "true", EVERYTHING}}
    clean, ignored = QueryDict(mutable=True), []
    for name, values in params.lists():
        if name in OUTSIDE:
            continue
        for value in filter(None, (one.replace("\0", "").strip() for one in values)):
            if name not in FILTERS or not _means(name, value, known):
                ignored.append(Ignored(name, value))
            elif name in ONE_VALUE:
                clean[name] = "1" if value == "true" else value
            elif value not in clean.getlist(name):
                clean.appendlist(name, value)
    return clean, ignored


def _means(name: str, value: str, known: dict[str, set[str]]) -> bool:
    if name == "q":
        return len(value) <= LONGEST_QUESTION and bool(terms(value))
    if name in known:
        return value in known[name]
    return value in dict(ProjectFilter.base_filters[name].extra["choices"])


def meant(params: QueryDict) -> tuple[QueryDict, list[Ignored]]:
    """As `asked`, for doors that show neither places nor sources; a private source is as good as none."""
    places = Place.objects.filter(code__in=_codes(params, "place"))
    places = places.values_list("code", flat=True) if "place" in params else ()
    return asked(params, set(places), documents(params))


def documents(params: QueryDict) -> set[str]:
    """The sources that are asked for, and may be."""
    if "source" not in params:
        return set()
    found = Source.objects.documents().filter(code__in=_codes(params, "source"))
    return set(found.values_list("code", flat=True))


def _codes(params: QueryDict, name: str) -> list[str]:
    return [code.replace("\0", "").strip() for code in params.getlist(name)]


def narrowed(clean: QueryDict, clocks: Clocks) -> QuerySet:
    """The rows of the list for the same question: what a download, a feed, a calendar is made of."""
    return WholeFilter(clean, standings.on(clocks), clocks.asof).qs


def narrowed_prepared(clean: QueryDict, clocks: Clocks) -> Prepared:
    """The same rows; unless a search finds too much, by a statement that questions of one form share."""
    found = ListFilter(clean, clocks)
    if "q" in clean and found.hits.is_more:
        return prepared(narrowed(clean, clocks))
    return found.asked(narrowed_rows)
