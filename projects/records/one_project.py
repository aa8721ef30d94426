"""A project by its address, with what its pages ask of its row: where it stands, of what there is more."""

from __future__ import annotations

from datetime import date
from itertools import count

from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat, StrIndex
from django.db.models.lookups import GreaterThan

from projects.core.clocks import Clocks
from projects.models import (
    Alias,
    Neighbour,
    PlaceSource,
    Project,
    ProjectParty,
    Report,
    RoundLine,
    Statistic,
    Tip,
)
from projects.models.prepared import Prepared
from projects.models.rectangle import holding
from projects.records import nearby, recent_news

NUMBERS = count()  # of projects as they were read
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
        row.made, row.number = {}, next(NUMBERS)
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
