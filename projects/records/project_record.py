"""One project and everything known about it on (D, K), in a fixed number of reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Concatenate, ParamSpec, TypeVar

from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat, StrIndex
from django.db.models.lookups import GreaterThan

from projects.choices import Topic, ValueKind
from projects.core import methods, promises, stages, today
from projects.core.clocks import Clocks
from projects.core.precedence import Holding
from projects.core.promises import Facts
from projects.core.statements import Series, Statement
from projects.models import (
    Alias,
    Neighbour,
    PlaceSource,
    Project,
    ProjectParty,
    Report,
    RoundLine,
    Standing,
    Statistic,
    Tip,
)
from projects.models.prepared import Prepared
from projects.models.rectangle import holding
from projects.records import nearby, project_rows, recent_news
from projects.records.known_claims import KnownClaims, Measure, known_claims, measures
from projects.words.language import language
from projects.words.stage_words import Alike, plain

P, T = ParamSpec("P"), TypeVar("T")

MAX_MADE = 50  # of a project
# What pages do not read of its place, unit and parent, and of its standing: claims say it.
OF_A_PLACE = ("version", "kind", "parent", "latitude", "longitude", "point_source")
OF_A_PARENT = ("version", "summary", "summary_en", "national_code", "cadence", "batch", "place", "own_place")
OF_A_STANDING = (
    *("asof_from", "asof_to", "known_from", "known_to", "stage_order", "stage_said_on", "last_known_on"),
    *("total_investment", "total_qualifier", "is_total_stated", "agreed_investment", "invested_to_date"),
    *("amounts", "is_dated", "due_on", "sources", "document_set"),
)
UNREAD = [
    *("version", "batch"),
    *(f"{place}__{name}" for place in ("place", "own_place") for name in OF_A_PLACE),
    *(f"department__{name}" for name in ("version", "contact")),
    *(f"parent__{name}" for name in OF_A_PARENT),
]
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
    aliases: list[Alias]
    parties: list[ProjectParty]
    part_of: Project | None
    parts: list[project_rows.ProjectListRow]
    place_source: PlaceSource | None
    in_place: list[project_rows.ProjectListRow]  # of what is itself a place, what lies there
    neighbours: list[nearby.Beside]
    measures: dict[str, Measure]

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
    def told(self) -> tuple[int, Alike, str]:
        """What all that is written of its claims follows from."""
        return self.known.number, plain(self.project), self.project.slug

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


def find(slug: str, clocks: Clocks | None = None) -> Project | None:
    """With whether more is to be asked of it, so that nothing is asked for in vain.

    With clocks also where it stands, and whether there is news of it.
    """
    if clocks is None:
        found = Prepared(_at, values={"slug": slug}).fetch()
    else:
        days = {"asof": clocks.asof, "known": clocks.known}
        found = Prepared(_on, (clocks.is_today,), {"slug": slug} | days).made(_remembering)
    return found[0] if found else None


def _remembering(rows: list[Project]) -> list[Project]:
    """The same object for every page as long as the row says the same: it is only read (`Record.once`)."""
    for row in rows:
        row.made = {}
    return rows


def _on(is_today: bool, *, slug: str, asof: date, known: date) -> QuerySet[Project]:
    clocks = nearby.clocks_of(is_today, asof, known)
    news = recent_news.news(Clocks(asof, known, today=known)).filter(project=OuterRef("pk"))
    standing = FilteredRelation("standings", condition=holding(clocks, "standings"))
    rows = _at(slug).annotate(has_news=Exists(news), held=standing).select_related("held")
    return rows.defer(*UNREAD, *(f"held__{name}" for name in OF_A_STANDING))


def _at(slug: str) -> QuerySet[Project]:
    rows = named(slug).select_related("place", "own_place", "department", "parent")
    # By a pattern of its own for each row SQLite would take longer than for all the rest.
    named_at = StrIndex("members", Concat(Value(" "), OuterRef("code"), Value(" ")))
    near = Neighbour.objects.filter(Q(project=OuterRef("pk")) | Q(neighbour=OuterRef("pk")))
    told = {
        "is_member": Exists(Statistic.objects.filter(GreaterThan(named_at, 0))),
        "is_answered": Exists(Tip.objects.answered().filter(may_be_shown=True, project=OuterRef("pk"))),
        "has_neighbours": Exists(near),
        "has_parts": Exists(Project.objects.filter(parent=OuterRef("pk"))),
        "has_aliases": Exists(Alias.objects.filter(project=OuterRef("pk"))),
        "has_parties": Exists(ProjectParty.objects.filter(project=OuterRef("pk"))),
        "has_place_source": Exists(PlaceSource.objects.filter(project=OuterRef("pk"))),
        "has_reports": Exists(Report.objects.filter(project=OuterRef("pk"))),
        "has_lines": Exists(RoundLine.objects.filter(project=OuterRef("pk"))),
    }
    return rows.annotate(**told)


def named(slug: str) -> QuerySet[Project]:
    """Alone, for pages that show its name and what they ask themselves."""
    return Project.objects.public().filter(slug=slug).order_by()


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
        place_source=nearby.place_source(project),
        in_place=[row for one, row in others if one.parent_id != project.pk and one.pk not in near],
        neighbours=[nearby.Beside(near[one.pk], row) for one, row in others if one.pk in near],
        measures=known.once(measures),
    )


def _holdings(known: KnownClaims) -> dict[Series, Holding]:
    return stages.holdings(known.candidates)


def _own(rows: Callable[..., QuerySet], project: Project, mark: str) -> list:
    """Not asked for where `find` saw none."""
    return Prepared(rows, values={"project": project.pk}).fetch() if getattr(project, mark, True) else []


def _aliases(project: int) -> QuerySet[Alias]:
    return Alias.objects.filter(project=project).select_related("source", "section")


def _parties(project: int) -> QuerySet[ProjectParty]:
    rows = ProjectParty.objects.filter(project=project).order_by("role", "organisation__code")
    return rows.select_related("organisation", "source", "section")


def judged(told: Facts, asof: date) -> tuple:
    """A milestone's verdict and slippage on the day."""
    return promises.verdict(told, asof), promises.slippage(told, asof)
