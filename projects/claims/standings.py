"""Where projects stand on any (as-of, known): the rows of today, for a past day one WHERE on the rectangles.

Both have the same columns, so that one question serves both. What a standing says is decided by
`core.rectangles`; here it is only found and added up. What facets count is `claims.facet_counts`; counts of
everything are kept (`claims.tallies`).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Substr

from projects.audit.version_memory import until_published
from projects.choices import COUNTED_TYPES, Condition, Kind
from projects.claims import stage_ages
from projects.core.clocks import Clocks, Reach
from projects.core.codes import OWN_PREFIX
from projects.core.money import weakest_qualifier
from projects.core.today import ADDS, UNKNOWN
from projects.models import Current, PortfolioTally, Project, Standing
from projects.models.prepared import Prepared

FACETS = {
    "kind": "kind",
    "sector": "sector",
    "stage": "stage",
    "record_type": "record_type",
    "place": "place_id",
}
AGE = "age"  # of the stage, by when it was last said
COUNTED = "counted"  # told apart beside the facets: "1" what the headline counts, "" the rest
IDENTITY = ("code", "slug", "name", "name_en", "kind", "sector", "record_type", "funding")
# A phase belongs to a project, a project to a programme; the rows of today know which of them has a total.
WHOLES = {
    Current: ("above", "above__current__above"),
    Standing: ("project__parent", "project__parent__parent"),
}
NUMBER = Cast(Substr("project__code", len(OWN_PREFIX) + 2), IntegerField())


@until_published
def reach(today: date) -> Reach:
    """The earliest days that a page can be asked for: the first entries of two indexes, in one read."""
    found = Prepared(_first_days).fetch()
    return Reach(*(found[0] if found else (today, today)))


def _first_days() -> QuerySet:
    first_asof = Standing.objects.order_by("asof_from").values("asof_from")[:1]
    rows = Standing.objects.order_by("known_from").annotate(first_asof=Subquery(first_asof))
    return rows.values_list("first_asof", "known_from")[:1]


def on(clocks: Clocks) -> QuerySet:
    """One row a project; a project on which nothing was known is absent."""
    return Current.objects.all() if clocks.is_today else rectangles_on(clocks)


def rectangles_on(clocks: Clocks, of: QuerySet[Project] | None = None) -> QuerySet[Standing]:
    """The standings themselves, with the columns that the rows of today have; of all projects or of some.

    The headline counts a record by its type, not cancelled, without counted phases; what is known of it
    decides on the day.
    """
    rows = Standing.objects.held(clocks)
    by_itself = Q(project__record_type__in=COUNTED_TYPES) & ~Q(condition=Condition.CANCELLED)
    # Not correlated, and begun from the few parts: quick even where the planner has no statistics.
    whole = {"parent__isnull": False} if of is None else {"parent__in": of}
    parts = Project.objects.filter(**whole)
    phases = rows.filter(by_itself, project__in=parts).values("project__parent")
    if of is not None:
        rows = rows.filter(project__in=of)
    return _named(rows).annotate(is_counted=Q(by_itself, ~Q(project__in=phases)))


def every_rectangle() -> QuerySet[Standing]:
    """Those of all days, to be found by their keys: with the columns of today but whether it counts."""
    return _named(Standing.objects.all())


def _named(rows: QuerySet[Standing]) -> QuerySet[Standing]:
    names = {name: F(f"project__{name}") for name in IDENTITY}
    return rows.annotate(**names, number=NUMBER, place_id=F("project__place_id"))


@dataclass(frozen=True, slots=True)
class MoneySum:
    """What of some rows is added, of how many; how many are left out as parts; None where none is known."""

    yuan: int | None
    qualifier: str | None
    added: int
    left_out: int
    unknown: int
    inferred: int  # of those that have a figure

    @property
    def known(self) -> int:
        return self.added + self.left_out


@dataclass(frozen=True, slots=True)
class PortfolioCounts:
    """What a page about everything says: counts by choice, and the money of the same rows."""

    facets: dict[str, dict[str, int]]
    money: MoneySum
    stage_ages: dict[tuple[str, str], int]


@until_published
def portfolio_counts(day: date, *, counted_only: bool = False) -> PortfolioCounts:
    """Of today, in one statement that reads no row a project; or of what the headline counts alone."""
    money = "headline" if counted_only else "total"
    groups = Prepared(_tallies, (money, day)).fetch()
    facets: dict[str, Counter] = {name: Counter() for name in (*FACETS, AGE, "condition", COUNTED)}
    ages: Counter[tuple[str, str]] = Counter()
    sums = []
    for what, choice, is_counted, age, n, yuan in groups:
        if what == money:
            sums.append((choice, n, yuan))
        elif is_counted or not counted_only or what == "condition":
            name, code = (AGE, age) if what == "said" else (what, choice)
            facets[name][code] += n
            facets[COUNTED]["1" if is_counted else ""] += n * (what == "kind")
            ages[choice, age] += n * (what == "said")
    return PortfolioCounts(facets, _money(_told(*one) for one in sums), +ages)


def kinds(day: date) -> list[Kind]:
    """Those of which there is a record."""
    counts = portfolio_counts(day).facets["kind"]
    return [kind for kind in Kind if counts[kind]]


def _tallies(money: str, day: date) -> QuerySet:
    rows = PortfolioTally.objects.filter(what__in=[*FACETS, "condition", "said", money])
    rows = rows.annotate(age=Case(When(what="said", then=stage_ages.age_on(day, "day")), default=Value("")))
    return rows.values_list("what", "choice", "is_counted", "age").annotate(Sum("n"), Sum("yuan"))


def _told(choice: str, n: int, yuan: int) -> tuple:
    state, *words = choice.split()
    basis, qualifier = (*words, "", "")[:2]
    return state == ADDS, state == UNKNOWN, basis == "inferred", qualifier, n, yuan


def sum_of(rows: QuerySet) -> MoneySum:
    """Of the totals of these rows; of a whole and its parts among them the topmost that has a figure."""
    return sum_told(sum_rows(rows))


def sum_rows(rows: QuerySet) -> QuerySet:
    """By whether a total is left out, unknown, stated, and its qualifier: how many, and how much."""
    known = rows.filter(total_investment__isnull=False)
    near, far = WHOLES[rows.model]
    is_alone = Q(**{f"{near}__isnull": True}) | Q(total_investment__isnull=True)
    within = [When(Exists(known.filter(project=OuterRef(whole))), then=True) for whole in (near, far)]
    left_out = Case(When(is_alone, then=False), *within, default=False, output_field=BooleanField())
    unknown = Case(When(total_investment__isnull=True, then=True), default=False, output_field=BooleanField())
    groups = rows.order_by().annotate(is_left_out=left_out, is_unknown=unknown)
    groups = groups.values_list("is_left_out", "is_unknown", "is_total_stated", "total_qualifier")
    return groups.annotate(n=Count("pk"), yuan=Sum("total_investment"))


def sum_told(groups: Iterable[tuple]) -> MoneySum:
    return _money(
        (not is_left_out and not is_unknown, is_unknown, not is_stated, qualifier, n, yuan or 0)
        for is_left_out, is_unknown, is_stated, qualifier, n, yuan in groups
    )


def _money(groups: Iterable[tuple]) -> MoneySum:
    """Groups of rows: whether added, whether unknown, whether inferred, qualifier, how many, how much."""
    groups = list(groups)
    adding = [group for group in groups if group[0]]
    added, unknown = sum(group[4] for group in adding), sum(group[4] for group in groups if group[1])
    return MoneySum(
        yuan=sum(group[5] for group in adding) if added else None,
        qualifier=weakest_qualifier(group[3] for group in adding),
        added=added,
        left_out=sum(group[4] for group in groups) - added - unknown,
        unknown=unknown,
        inferred=sum(group[4] for group in groups if group[2] and not group[1]),
    )


def number_of(rows: QuerySet) -> Coalesce:
    """How many rows a query beside another's rows finds: no join multiplies them."""
    number = rows.order_by().annotate(all=Value(1)).values("all").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(number), 0)
