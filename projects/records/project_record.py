"""One project and everything known about it on (D, K), in a fixed number of reads."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from typing import Concatenate, ParamSpec, TypeVar

from django.db.models import QuerySet

from projects.choices import Topic, ValueKind
from projects.core import methods, promises, stages, today
from projects.core.clocks import Clocks
from projects.core.precedence import Holding
from projects.core.promises import Facts
from projects.core.statements import Series, Statement
from projects.models import Alias, PlaceSource, Project, ProjectParty, Standing
from projects.models.prepared import NO_ROWS, Prepared, SameRows
from projects.records import nearby, one_project, project_rows
from projects.records.known_claims import KnownClaims, Measure, known_claims, measures
from projects.words.language import language

P, T = ParamSpec("P"), TypeVar("T")

MAX_MADE = 50  # of a project
FIGURES = (ValueKind.MONEY, ValueKind.NUMBER)
MONEY = (Topic.TOTAL_INVESTMENT, Topic.INVESTED_TO_DATE, Topic.AGREED_INVESTMENT)


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A figure that holds, with the name of what it measures."""

    topic: str
    scope: str
    period: str
    method: str
    indicator: Measure | None
    said: Statement


@dataclass(frozen=True, slots=True)
class Record:
    """A project as one page shows it."""

    project: Project
    standing: Standing | None
    known: KnownClaims
    holdings: dict[Series, Holding]
    milestones: list[Facts]
    aliases: SameRows
    parties: SameRows
    part_of: Project | None
    parts: list[project_rows.ProjectListRow]
    place_said: SameRows
    in_place: list[project_rows.ProjectListRow]  # of what is itself a place, what lies there
    neighbours: list[nearby.Beside]
    measures: dict[str, Measure]
    number: int  # of the row of the project with its standing

    def once(self, make: Callable[Concatenate[Record, P], T], *given: P.args) -> T:
        """What a function makes of claims and standing, in the page's language; only to be read."""
        made = getattr(self.project, "made", None)
        if made is None:
            return make(self, *given)
        asked = make, self.known.number, given, language()
        try:
            return made[asked]
        except KeyError:
            if len(made) >= MAX_MADE:
                made.clear()  # another thread may look for something meanwhile: it makes it anew
            made[asked] = found = make(self, *given)
            return found

    def of(self, topic: str) -> list[Holding]:
        """What holds on a topic, by measure, scope and period."""
        return [held for series, held in sorted(self.holdings.items()) if series.topic == topic]

    def whole(self, topic: str) -> Holding | None:
        """Of several books the one that is taken where one figure is wanted."""
        return methods.preferred(self.holdings, topic)

    def is_to_come(self, asof: date) -> bool:
        return today.is_to_come(self.milestones, asof)

    @property
    def told(self) -> tuple[int, int]:
        """What all that is written of its claims, of itself and of where it stands follows from."""
        return self.known.number, self.number

    @property
    def facts_told(self) -> tuple[Hashable, ...]:
        """And of its figures, its place, its unit, whoever has a part in it."""
        return self.told, self.parties, self.place_said, bool(self.in_place)

    @property
    def place_source(self) -> PlaceSource | None:
        return next(iter(self.place_said), None)

    @property
    def total(self) -> Holding | None:
        return self.whole(Topic.TOTAL_INVESTMENT)

    @property
    def works(self) -> list[Holding]:
        return self.of(Topic.WORKS)

    @property
    def figures(self) -> list[RecordLine]:
        """Capacities and further amounts, in the order of their topics; `MONEY` of the whole stands apart."""
        order = list(Topic)
        apart = {held.winner.series for topic in MONEY if (held := self.whole(topic))}
        held = [one for one in self.holdings.items() if Topic(one[0].topic).takes in FIGURES]
        held.sort(key=lambda one: (order.index(Topic(one[0].topic)), one[0]))
        return [
            RecordLine(
                series.topic,
                series.scope,
                series.period,
                series.method,
                self.measures.get(series.measure),
                found.winner,
            )
            for series, found in held
            if series not in apart
        ]

    @property
    def conflicts(self) -> list[Holding]:
        return [held for _, held in sorted(self.holdings.items()) if held.conflicts]


def record(project: Project, clocks: Clocks) -> Record:
    known = known_claims(project, clocks)
    near = nearby.neighbours(project)
    standing, others = nearby.standings_of(project, clocks, list(near))
    return Record(
        project=project,
        standing=standing,
        known=known,
        holdings=known.once(_holdings),
        milestones=standing.facts if standing else [],
        aliases=_own(_aliases, project, "has_aliases"),
        parties=_own(_parties, project, "has_parties"),
        part_of=project.parent if project.parent and project.parent.is_public else None,
        parts=[row for one, row in others if one.parent_id == project.pk],
        place_said=nearby.place_said(project),
        in_place=[row for one, row in others if one.parent_id != project.pk and one.pk not in near],
        neighbours=[nearby.Beside(near[one.pk], row) for one, row in others if one.pk in near],
        measures=known.once(measures),
        number=project.number if hasattr(project, "number") else next(one_project.NUMBERS),
    )


def _holdings(known: KnownClaims) -> dict[Series, Holding]:
    return stages.holdings(known.candidates)


def _own(rows: Callable[..., QuerySet], project: Project, mark: str) -> SameRows:
    """Not asked for where `one_project.find` saw none."""
    has_some = getattr(project, mark, True)
    return Prepared(rows, values={"project": project.pk}).made(SameRows) if has_some else NO_ROWS


def _aliases(project: int) -> QuerySet[Alias]:
    return Alias.objects.filter(project=project).select_related("source", "section")


def _parties(project: int) -> QuerySet[ProjectParty]:
    rows = ProjectParty.objects.filter(project=project).order_by("role", "organisation__code")
    return rows.select_related("organisation", "source", "section")


def judged(told: Facts, asof: date) -> tuple:
    """A milestone's verdict and slippage on the day."""
    return promises.verdict(told, asof), promises.slippage(told, asof)
