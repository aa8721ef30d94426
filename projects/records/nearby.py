"""What lies around a project: parts, neighbours, what stands at its place; and who says where it lies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Q, QuerySet, When

from projects.choices import COUNTED_TYPES
from projects.claims import standings
from projects.core.clocks import Clocks
from projects.models import Neighbour, PlaceSource, Project, Standing
from projects.models.prepared import NO_ROWS, Prepared, SameRows, written_out
from projects.records import project_rows
from projects.records.every_place import keys_within

MOST_PARTS = 100
MOST_NEIGHBOURS = 20


@dataclass(frozen=True, slots=True)
class Beside:
    """A project near this one, as far as it is, and where that is said."""

    said: Neighbour
    row: project_rows.ProjectListRow


def place_said(project: Project) -> SameRows:
    """The source that gives the place which the project has; no statement is spent where `find` saw none."""
    if project.place_id is None or not getattr(project, "has_place_source", True):
        return NO_ROWS
    values = {"project": project.pk, "place": project.place_id}
    return Prepared(_said_of_place, values=values).made(SameRows)


def _said_of_place(project: int, place: int) -> QuerySet[PlaceSource]:
    said = PlaceSource.objects.filter(project=project, place=place)
    return said.select_related("source", "section").order_by()


def neighbours(project: Project) -> dict[int, Neighbour]:
    """What is said to be near, by the other project's key; no statement is spent where `find` saw none."""
    if not getattr(project, "has_neighbours", True):
        return {}
    rows = Prepared(_said_beside, values={"project": project.pk}).fetch()
    return {one.neighbour_id if one.project_id == project.pk else one.project_id: one for one in rows}


def _said_beside(project: int) -> QuerySet[Neighbour]:
    said = Neighbour.objects.filter(Q(project=project) | Q(neighbour=project))
    return said.select_related("source", "section")[:MOST_NEIGHBOURS]


Others = list[tuple[Project, project_rows.ProjectListRow]]


def standings_of(project: Project, clocks: Clocks, near: list[int]) -> tuple[Standing | None, Others]:
    """Its own, and those of its parts, its neighbours and whatever lies at its own place, in one read."""
    values = {"project": project.pk, "asof": clocks.asof, "known": clocks.known}
    here = keys_within(project.own_place.code) if project.own_place else []
    if not near and not here and not getattr(project, "has_parts", True):
        return _own(project, clocks), []
    values |= {"near": near} if near else {}
    values |= {"here": here} if here else {}
    rows = Prepared(_family, (clocks.is_today,), values).fetch()
    others = [one for one in rows if one.project_id != project.pk][:MOST_PARTS]
    return _own(project, clocks), [(one.project, project_rows.row(one)) for one in others]


def clocks_of(is_today: bool, asof: date, known: date) -> Clocks:
    """Of a statement that is written for days of this kind."""
    return Clocks(asof, asof, asof) if is_today else Clocks(asof, known, date.max)


def _own(project: Project, clocks: Clocks) -> Standing | None:
    """Not asked for where `find` has brought it along."""
    return project.held if hasattr(project, "held") else project.standings.held(clocks).first()


def _family(
    is_today: bool, *, project: int, asof: date, known: date, near: str = "", here: str = ""
) -> QuerySet[Standing]:
    """Itself first, then its parts, its neighbours, and what lies at its own place."""
    clocks = clocks_of(is_today, asof, known)
    family = Q(pk=project) | Q(parent=project)
    order = [When(project=project, then=0), When(project__parent=project, then=1)]
    if near:
        family |= Q(pk__in=written_out(near))
        order.append(When(project__in=written_out(near), then=2))
    if here:
        family |= Q(place__in=written_out(here), record_type__in=COUNTED_TYPES)
    rows = standings.rectangles_on(clocks, Project.objects.filter(family).values("pk"))
    rows = rows.order_by(Case(*order, default=3), "number").select_related("project__place")
    return rows[: MOST_PARTS + 1]
