"""Which projects a file is about, and what is read of them: batches of plain values, each a finished read."""

from array import array
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import islice

from django.db.models import (
    Case,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast

from projects.choices import Basis
from projects.claims import standings
from projects.core.clocks import Clocks
from projects.models import Current, HidingRequest, Project, Standing
from projects.models.prepared import Prepared, among

BATCH = 1000


def as_text(name: str) -> Cast:
    """A day or a JSON as the database writes it: objects that are only written again cost most of all."""
    return Cast(name, TextField())


# What a standing calls by its project, and a row of today by itself.
OF_PROJECT = {*standings.IDENTITY, "place_id", "department_id"}


def _of_amount(name: str, topic: str) -> Case:
    """A word that a standing keeps beside an amount, by its name; null where it has no such amount."""
    said = KeyTextTransform(name, KeyTransform(topic, "amounts"))
    return Case(When(**{f"{topic}__isnull": False}, then=said))


def _basis(topic: str, **is_stated: bool) -> Case:
    """Whether an amount was stated or inferred; null where a standing has no such amount."""
    return Case(
        When(**{f"{topic}__isnull": True}, then=None),
        When(**is_stated, then=Value(Basis.STATED.value)),
        default=Value(Basis.INFERRED.value),
        output_field=TextField(),
    )


def _sign(condition: Q | Exists) -> Case:
    """The text "1" where the condition holds, else null: a text needs no conversion in each row."""
    return Case(When(condition, then=Value("1")), output_field=TextField())


def _parent(key: str) -> Subquery:
    return Subquery(Project.objects.filter(is_public=True, pk=OuterRef(key)).order_by().values("code"))


def _held_today(value: str | Cast) -> Subquery:
    rows = Standing.objects.today().filter(project=OuterRef("project")).order_by()
    return Subquery(rows.annotate(held=F(value) if isinstance(value, str) else value).values("held"))


TOLD = {
    "milestones_text": as_text("milestones"),
    "last_known_on_text": as_text("last_known_on"),
    "method": _of_amount("method", "invested_to_date"),
    "total_basis": _basis("total_investment", is_total_stated=True),
    "agreed_qualifier": _of_amount("qualifier", "agreed_investment"),
    "agreed_basis": _basis("agreed_investment", amounts__agreed_investment__is_stated=True),
    "public_parent": _parent("project__parent"),
    "partly": _sign(Q(is_partly_in_use=True)),
    # Whether addresses of doubles lead to it.
    "is_doubled": _sign(Exists(HidingRequest.objects.in_force().filter(same_as=OuterRef("project")))),
}
TOLD_TODAY = TOLD | {
    "milestones_text": _held_today(as_text("milestones")),
    "sources": _held_today("sources"),
    "public_parent": _parent("parent"),
}


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
        rows = self.rows.order_by("number").values_list("project_id", "is_counted").iterator()
        while part := list(islice(rows, BATCH)):
            some, signs = zip(*part, strict=True)
            keys.extend(some)
            is_counted.extend(signs)
        return keys, is_counted

    def parts(self) -> Iterator[list[int]]:
        for begin in range(0, len(self), BATCH):
            yield self.found[0][begin : begin + BATCH].tolist()

    def batches(self, names: Sequence[str]) -> Iterator[tuple[list[tuple], list[bool]]]:
        """Keys with these columns of their standings and projects, and whether each is counted."""
        begin, asked = 0, {"asof": self.clocks.asof, "known": self.clocks.known}
        of_day = Prepared(_values, (self.clocks.is_today, tuple(names)), asked)
        for part in self.parts():
            signs = map(bool, self.found[1][begin : begin + len(part)])
            begin += len(part)
            found = {row[0]: row for row in rows_of(of_day, part)}
            # What has gone meanwhile is left out.
            if batch := [(found[key], sign) for key, sign in zip(part, signs, strict=True) if key in found]:
                rows, counted = zip(*batch, strict=True)
                yield list(rows), list(counted)


class OneProject(ChosenProjects):
    """One, whatever lists it: no read is needed to find it."""

    def __init__(self, key: int, clocks: Clocks):
        super().__init__(standings.rectangles_on(clocks, Project.objects.filter(pk=key).values("pk")), clocks)
        self.key = key

    @cached_property
    def found(self) -> tuple[array, bytearray]:
        return array("q", [self.key]), bytearray(1)

    def batches(self, names: Sequence[str]) -> Iterator[tuple[list[tuple], list[bool]]]:
        if found := list(_told(self.rows, (*names, "is_counted"))):
            yield found, [row[-1] for row in found]


def _values(is_today: bool, names: Sequence[str], *, asof: date, known: date) -> QuerySet:
    return _told(Current.objects.all() if is_today else Standing.objects.on(asof, known), names)


def _told(rows: QuerySet, names: Sequence[str]) -> QuerySet:
    """Texts and numbers as the database's driver gives them: what Django would make of each costs most."""
    is_today = rows.model is Current
    told, prefix = (TOLD_TODAY, "") if is_today else (TOLD, "project__")
    columns = [f"{prefix}{one}" if one in OF_PROJECT else one for one in names]
    return (
        rows.order_by()
        .annotate(**{one: told[one] for one in names if one in told})
        .values_list("project_id", *columns)
    )


def rows_of(asked: Prepared, keys: Sequence[int]) -> list[tuple]:
    """The rows of these projects. Keys close together are asked for as a range, which may hold others too."""
    least, most = min(keys), max(keys)
    if most - least < 2 * len(keys):
        return asked.then(_between, least=least, most=most).fetch()
    return asked.then(among, "project_id", keys=list(keys)).fetch()


def _between(rows: QuerySet, *, least: int, most: int) -> QuerySet:
    return rows.filter(project_id__gte=least, project_id__lte=most)


def of_these(keys: list[int]) -> Q:
    """The same as a condition, for statements that are not prepared."""
    least, most = min(keys), max(keys)
    is_close = most - least < 2 * len(keys)
    return Q(project_id__gte=least, project_id__lte=most) if is_close else Q(project_id__in=keys)
