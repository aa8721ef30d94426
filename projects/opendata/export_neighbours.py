"""The rows of the file of neighbours: of each project those beside it that are on record on the same day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from operator import itemgetter

from django.db.models import Q, QuerySet

from projects.choices import Nearness
from projects.claims import standings
from projects.models import Neighbour
from projects.opendata.chosen_projects import ChosenProjects, of_these
from projects.opendata.export_sources import SAID_IN, said_in
from projects.words.column import words_of

SAID = ("nearness", "note", *SAID_IN)


def neighbours(chosen: ChosenProjects) -> Iterator[tuple]:
    """Stated once, at either of the two, and listed for both."""
    on_record = standings.rectangles_on(chosen.clocks).values("project")
    for keys in chosen.parts():
        found = defaultdict(list)
        for own, other, among in (
            ("project", "neighbour", of_these(keys)),
            ("neighbour", "project", Q(neighbour__in=keys)),
        ):
            rows = Neighbour.objects.filter(among, **{f"{other}__in": on_record})
            for key, *told in _read(rows, own, other):
                found[key].append(_row(*told))
        for key in keys:
            yield from sorted(found[key], key=itemgetter(1))


def _read(rows: QuerySet, own: str, other: str) -> QuerySet:
    return rows.order_by().values_list(f"{own}_id", f"{own}__code", f"{other}__code", *SAID)


def _row(code: str, other: str, nearness: str, note: str, *said) -> tuple:
    return (code, other, *words_of(Nearness)[nearness], *said_in(*said), note)
