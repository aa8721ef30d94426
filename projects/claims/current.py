"""The rows of today (`models.current`), from the standings that are open at both ends.

What they hold is decided by `core`; here they are gathered for many projects at once, compared with those
that are kept (`claims.row_differences`) and written, the tallies with them. Runs in the caller's transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Model
from django.utils import timezone

from projects.choices import COUNTED_TYPES, Milestone
from projects.claims import row_differences, tallies
from projects.core import promises, rectangles, today
from projects.core.codes import own_number
from projects.core.promises import Facts
from projects.core.rectangles import Corners
from projects.models import (
    Claim,
    Current,
    Project,
    ProjectEvent,
    ProjectMilestone,
    Source,
    SourceUse,
    Standing,
)
from projects.models.rectangle import CORNERS
from projects.models.standing import facts_as_json, facts_from_json

MODELS = (Current, ProjectMilestone, SourceUse, ProjectEvent)
COPIED = (
    *("slug", "name", "name_en", "kind", "sector", "record_type", "funding", "cadence"),
    *("place_id", "department_id", "parent_id"),
)
HELD = (
    *("stage", "stage_order", "stage_basis", "stage_qualifier", "stage_since", "stage_last_said"),
    *("stage_last_said_basis", "stage_said_on"),
    *("is_partly_in_use", "condition", "total_investment", "total_qualifier", "is_total_stated"),
    *("agreed_investment", "invested_to_date"),
    *("amounts", "is_dated", "due_on", "last_known_on", "last_known"),
)


def refresh(projects: Collection[int]) -> set[int]:
    """Bring the rows of these projects up to date, and those of wholes and parts that depend on them.

    Gives those that differed.
    """
    differed: set[int] = set()
    waiting = set(projects)
    while waiting:  # each time only those on whose rows something changed
        before, after = _kept(waiting), fresh(waiting)
        waiting = _dependent(before, after)
        differed |= row_differences.write(before, after)
    return differed


def is_behind() -> bool:
    """Whether some rows were written before milestones had days, stages an age, or that age a basis."""
    without = Current.objects.exclude(stage="").filter(stage_last_said_basis="")
    early = ProjectMilestone.objects.filter(asof_from=date.min)
    return early.exists() or without.exists() or tallies.is_behind()


def differing(projects: Collection[int]) -> set[int]:
    """Whose rows that are kept are others than their standings make."""
    return row_differences.unlike(_kept(projects), fresh(projects))


def _kept(projects: Collection[int]) -> list[Model]:
    return [row for model in MODELS for row in model.objects.filter(project__in=projects)]


def fresh(projects: Collection[int]) -> list[Model]:
    """The rows as they should be."""
    standings = Standing.objects.today().filter(project__in=projects).select_related("project")
    found = _Gathered(projects, list(standings))
    rows: list[Model] = []
    for one in found.standings:
        rows.append(_current(one, found))
        rows += found.uses(one)
    return rows + found.events() + _milestones(projects)


@dataclass
class _Gathered:
    """Standings with what their rows take from other tables; one read more for each level of wholes."""

    asked: Collection[int]
    standings: list[Standing]
    claims: dict[int, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    sources: dict[str, int] = field(default_factory=dict)
    wholes: set[int] = field(default_factory=set)  # of counted phases
    parents: dict[int, tuple[int | None, bool]] = field(default_factory=dict)  # and whether it has a total
    counted: set[int] = field(default_factory=set)  # of those

    def __post_init__(self):
        ids = [one.project_id for one in self.standings]
        known = Claim.objects.approved().filter(known_on__lte=timezone.localdate())
        # No page counts what was taken from reports.
        counted = known.filter(source__in=Source.objects.documents(), project__in=ids).order_by()
        for project, source, n in counted.values_list("project", "source").annotate(n=Count("pk")):
            self.claims[project][source] = n
        codes = {code for one in self.standings for code in one.sources.split()}
        documents = Source.objects.documents().filter(code__in=codes)
        self.sources = dict(documents.values_list("code", "pk"))
        phases = Standing.objects.today().filter(project__parent__in=ids)
        kinds = phases.values_list("project__parent", "project__record_type", "condition")
        self.wholes = {whole for whole, *told in kinds if today.counts_by_itself(*told)}
        self._gather_wholes()

    def _gather_wholes(self) -> None:
        """One read a level: a phase belongs to a project, a project to a programme."""
        wanted = {one.project.parent_id for one in self.standings} - {None}
        while wanted:
            totals = Standing.objects.today().filter(project__in=wanted, total_investment__isnull=False)
            known = set(totals.values_list("project", flat=True))
            rows = Project.objects.filter(pk__in=wanted).values_list("pk", "parent")
            self.parents |= {pk: (parent, pk in known) for pk, parent in rows}
            wanted = {parent for parent, _ in self.parents.values()} - {None, *self.parents}
        if self.parents:
            rows = Current.objects.filter(project__in=self.parents, is_counted=True)
            self.counted = set(rows.values_list("project", flat=True))

    def above(self, of: Standing) -> int | None:
        """The nearest whole that has a total, of a part that has one."""
        whole = of.project.parent_id if of.total_investment is not None else None
        while whole is not None and not self.parents[whole][1]:
            whole = self.parents[whole][0]
        return whole

    def events(self) -> list[ProjectEvent]:
        """As they are kept, but for whether they are counted: what ended is told of, too."""
        types = {one.project_id: one.project.record_type for one in self.standings}
        rows = list(ProjectEvent.objects.filter(project__in=self.asked))
        for row in rows:
            row.is_counted = types.get(row.project_id) in COUNTED_TYPES and row.project_id not in self.wholes
        return rows

    def uses(self, of: Standing) -> Iterator[SourceUse]:
        claims = self.claims[of.project_id]
        drawn = {self.sources[code] for code in of.sources.split() if code in self.sources}
        for source in sorted(drawn | claims.keys()):
            yield SourceUse(
                project_id=of.project_id,
                source_id=source,
                is_drawn_on=source in drawn,
                claims=claims.get(source, 0),
            )


def _current(of: Standing, found: _Gathered) -> Current:
    project = of.project
    alone = today.counts_by_itself(project.record_type, of.condition)
    above = found.above(of)
    return Current(
        project_id=of.project_id,
        number=own_number(project.code),
        code=project.code,
        is_counted=alone and of.project_id not in found.wholes,
        above_id=above,
        is_above_counted=above in found.counted,
        source_count=len(of.sources.split()),
        **{name: getattr(project, name) for name in COPIED},
        **{name: getattr(of, name) for name in HELD},
    )


def _milestones(projects: Collection[int]) -> list[Model]:
    """The rows of every milestone for all days: by the fewest rectangles within which nothing changes."""
    rows = Standing.objects.filter(project__in=projects).exclude(milestones=[])
    pieces: dict[tuple[int, str, Facts], list[Corners]] = defaultdict(list)
    for key, name, milestones, *corners in rows.values_list(
        "project", "project__name", "milestones", *CORNERS
    ):
        for told in map(facts_from_json, milestones):
            pieces[key, name, told].append(tuple(corners))
    return [_milestone(*told, days) for told, found in pieces.items() for days in rectangles.joined(found)]


def _milestone(project: int, name: str, told: Facts, days: Corners) -> ProjectMilestone:
    until, after = today.judgements(told)
    return ProjectMilestone(
        project_id=project,
        position=promises.MILESTONES.index(Milestone(told.milestone)),
        milestone=told.milestone,
        scope=told.scope,
        name=name,
        is_first_stated=bool(told.first and told.first.is_stated),
        **_span("first", told.first),
        **_span("promised", told.promised),
        **_span("actual", told.actual),
        promised_state=told.state or "",
        to_come_on=told.to_come.value.latest if told.to_come else None,
        verdict_until=until.verdict or "",
        verdict_after=after.verdict or "",
        slip_order=today.order_of_slip(until, after),
        told=facts_as_json(told),
        **dict(zip(CORNERS, days, strict=True)),
    )


def _span(name: str, said) -> dict:
    bounds = (said.value.earliest, said.value.latest) if said else (None, None)
    return dict(zip((f"{name}_earliest", f"{name}_latest"), bounds, strict=True))


def _dependent(before: Iterable[Model], after: Iterable[Model]) -> set[int]:
    """Other projects whose rows follow from what changed here.

    Wholes of which a phase came to count, or no longer does (the headline counts a whole without counted
    phases); parts of what got or lost a total, a whole or its place in the headline.
    """
    was, now = _by_project(before), _by_project(after)
    wholes: set[int] = set()
    over: set[int] = set()
    for project in was.keys() | now.keys():
        one, other = was.get(project), now.get(project)
        if _phase(one) != _phase(other):
            wholes |= {row.parent_id for row in (one, other) if row and row.parent_id}
        if _whole(one) != _whole(other):
            over.add(project)
    return wholes | _parts(over)


def _by_project(rows: Iterable[Model]) -> dict[int, Current]:
    return {row.project_id: row for row in rows if isinstance(row, Current)}


def _phase(row: Current | None) -> tuple | None:
    return (row.parent_id, today.counts_by_itself(row.record_type, row.condition)) if row else None


def _whole(row: Current | None) -> tuple | None:
    return (row.parent_id, row.total_investment is not None, row.is_counted) if row else None


def _parts(of: set[int]) -> set[int]:
    """The projects below these, and below those, down to the last."""
    found: set[int] = set()
    while of:
        of = set(Project.objects.filter(parent__in=of).values_list("pk", flat=True)) - found
        found |= of
    return found
