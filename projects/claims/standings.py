"""Where projects stand on any (as-of, known): one WHERE for today's pages and for any past day.

What a standing says is decided by `core.rectangles`; here it is only found, counted and added up.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, F, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat

from projects.choices import COUNTED_TYPES, Condition
from projects.core.clocks import Clocks, Reach
from projects.core.sums import Item, Total, total
from projects.models import Source, Standing

FACETS = {
    "kind": "project__kind",
    "sector": "project__sector",
    "stage": "stage",
    "record_type": "project__record_type",
    "place": "project__place__code",
}
COUNTED = "counted"  # told apart beside the facets: "1" what the headline counts, "" the rest
DOCUMENTS = Q(is_public=True) & ~Q(kind="report")  # of reports there is one for each project and month


def reach(today: date) -> Reach:
    """The earliest days that a page can be asked for."""
    first = Standing.objects.aggregate(asof=Min("asof_from"), known=Min("known_from"))
    return Reach(first["asof"] or today, first["known"] or today)


def on(clocks: Clocks) -> QuerySet[Standing]:
    """One row a project; a project on which nothing was known is absent."""
    return Standing.objects.today() if clocks.is_today else Standing.objects.on(clocks.asof, clocks.known)


def with_counted(rows: QuerySet[Standing], clocks: Clocks) -> QuerySet[Standing]:
    """Each row with whether the headline counts it: by its type, not cancelled, without counted phases.

    What is known of it decides on the day, so the rule is a query, and no plain function beside it.
    """
    by_itself = Q(project__record_type__in=COUNTED_TYPES) & ~Q(condition=Condition.CANCELLED)
    # Not correlated: asked once for all rows, however little the planner knows of the tables.
    phases = on(clocks).filter(by_itself, project__parent__isnull=False).values("project__parent")
    return rows.annotate(is_counted=Q(by_itself, ~Q(project__in=phases)))


def facets(results: dict[str, QuerySet[Standing]]) -> dict[str, dict[str, int]]:
    """How many rows each choice would give, for every facet, in one statement.

    `results` holds for each facet the rows that all other filters leave; for `COUNTED` all that are left.
    """
    parts = [
        rows.order_by()
        .annotate(facet=Value(name), choice=_choice(name))
        .values("facet", "choice")
        .annotate(n=Count("id"))
        for name, rows in results.items()
    ]
    first, *rest = parts
    counts: dict[str, dict[str, int]] = {name: {} for name in results}
    for row in first.union(*rest, all=True):
        counts[row["facet"]][row["choice"] or ""] = row["n"]
    return counts


def _choice(name: str) -> F | Case:
    if name == COUNTED:
        return Case(When(is_counted=True, then=Value("1")), default=Value(""))
    return F(FACETS[name])


@dataclass(frozen=True, slots=True)
class SourceCount:
    code: str
    title: str
    title_en: str
    count: int


def by_source(rows: QuerySet[Standing]) -> list[SourceCount]:
    """The documents, each with the number of rows that draw on it."""
    counted = Source.objects.filter(DOCUMENTS).annotate(n=number_drawing(rows))
    return [SourceCount(*one) for one in counted.values_list("code", "title", "title_en", "n")]


def number_drawing(rows: QuerySet[Standing]) -> Coalesce:
    """Of a query of sources: how many of the rows draw on each."""
    return number_of(rows.filter(sources__contains=Concat(Value(" "), OuterRef("code"), Value(" "))))


def number_of(rows: QuerySet) -> Coalesce:
    """How many rows a query beside another's rows finds: no join multiplies them."""
    number = rows.order_by().annotate(all=Value(1)).values("all").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(number), 0)


def sum_of(rows: QuerySet[Standing], topic: str) -> Total:
    """The sum of one amount over the rows, by the rule of what may be added."""
    values = rows.order_by().values_list("project__code", "project__parent__code", topic, "amounts")
    return total(
        Item(code, parent, topic, yuan, said.get("qualifier", ""), said.get("method", ""))
        for code, parent, yuan, said in (
            (code, parent, yuan, amounts.get(topic, {})) for code, parent, yuan, amounts in values
        )
    )
