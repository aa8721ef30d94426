"""Which projects a file is about, and what is read of them: batches of plain values, each a finished read."""

from array import array
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice

from django.db import connection
from django.db.models import BooleanField, Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

from projects.choices import Stage
from projects.claims import standings
from projects.core.clocks import Clocks
from projects.core.rectangles import FOREVER
from projects.models import HidingRequest, Project, Standing

BATCH = 1000
IS_DOUBLED = "is_doubled"  # whether addresses of doubles lead to it
# SQLite takes the index of what holds today where the statement itself says so and names its first column.
OPEN = RawSQL(f"asof_to = '{FOREVER}' AND known_to = '{FOREVER}'", (), BooleanField())  # noqa: S608, S611


def as_text(name: str) -> Cast:
    """A day or a JSON as the database writes it: objects that are only written again cost most of all."""
    return Cast(name, TextField())


class ChosenProjects:
    """Those that a list shows, in the order of their numbers; found in one read, once a row is wanted."""

    def __init__(self, rows: QuerySet, clocks: Clocks):
        self.rows, self.clocks = rows, clocks

    def __len__(self) -> int:
        return len(self.found[0])

    @cached_property
    def found(self) -> tuple[array, bytearray]:
        """Their keys, and whether the headline counts each."""
        keys, is_counted = array("q"), bytearray()
        for key, sign in self.rows.order_by("number").values_list("project_id", "is_counted").iterator():
            keys.append(key)
            is_counted.append(sign)
        return keys, is_counted

    def parts(self) -> Iterator[list[int]]:
        for begin in range(0, len(self), BATCH):
            yield self.found[0][begin : begin + BATCH].tolist()

    def batches(self, names: Sequence[str]) -> Iterator[list[tuple[tuple, bool]]]:
        """Keys with these columns of their standings and projects, and whether each is counted."""
        rows, signs = _values(_rectangles(self.clocks), names), iter(self.found[1])
        for part in self.parts():
            found = {row[0]: row for row in _as_they_come(rows.filter(of_these(part)))}
            counted = zip(part, islice(signs, len(part)), strict=True)
            if batch := [(found[key], bool(sign)) for key, sign in counted if key in found]:
                yield batch


class OneProject(ChosenProjects):
    """One, whatever lists it: no read is needed to find it."""

    def __init__(self, key: int, clocks: Clocks):
        super().__init__(standings.rectangles_on(clocks, Project.objects.filter(pk=key).values("pk")), clocks)
        self.key = key

    @cached_property
    def found(self) -> tuple[array, bytearray]:
        return array("q", [self.key]), bytearray(1)

    def batches(self, names: Sequence[str]) -> Iterator[list[tuple[tuple, bool]]]:
        if found := _as_they_come(_values(self.rows, (*names, "is_counted"))):
            yield [(row, bool(row[-1])) for row in found]


def _rectangles(clocks: Clocks) -> QuerySet[Standing]:
    if not clocks.is_today:
        return Standing.objects.on(clocks.asof, clocks.known)
    rows = Standing.objects.today()
    return rows.filter(OPEN, stage__in=["", *Stage.values]) if connection.vendor == "sqlite" else rows


def _values(rows: QuerySet, names: Sequence[str]) -> QuerySet:
    texts = {f"{name}_text": as_text(name) for name in ("amounts", "milestones", "last_known_on")}
    if IS_DOUBLED in names:  # so that nothing is asked for in vain
        doubles = HidingRequest.objects.in_force().filter(same_as=OuterRef("project"))
        texts[IS_DOUBLED] = Exists(doubles)
    return rows.order_by().annotate(**texts).values_list("project_id", *names)


def _as_they_come(rows: QuerySet) -> list[tuple]:
    """From the database's driver: nothing is made of texts and numbers, and a flag may be a number."""
    sql, params = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def of_these(keys: list[int]) -> Q:
    """The rows of these projects; where they lie close together, and a few more."""
    least, most = min(keys), max(keys)
    is_close = most - least < 2 * len(keys)
    return Q(project_id__gte=least, project_id__lte=most) if is_close else Q(project_id__in=keys)
