"""The portfolio in one screen: counts, money, the largest, what happened, what fell due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from projects.choices import Condition, Stage, Topic, Verdict
from projects.claims import standings
from projects.core.clocks import Clocks
from projects.core.sums import Item, Total, total
from projects.models import Claim, Place, Standing
from projects.models.assertion import holds_only
from projects.pages import charts, page_frame
from projects.records import project_rows, promise_list
from projects.records.facets import counted_within
from projects.records.promise_list import PromiseRow

MOST = 3
TOTAL = Topic.TOTAL_INVESTMENT.value
# What sums and ages are made from, in one read.
VALUES = (
    *("project__code", "project__parent__code", TOTAL, "amounts", "condition"),
    *("is_counted", "last_known", "last_known_on"),
)
NEWS = (Topic.ACTUAL, Topic.TOTAL_INVESTMENT, Topic.CONDITION)


@dataclass(frozen=True, slots=True)
class MoneyOfRows:
    """The sum of what some rows cost, how many of them have a figure, and how many of these are inferred."""

    total: Total
    with_figure: int
    inferred: int


@dataclass(frozen=True, slots=True)
class Overview:
    count: int
    cancelled: int
    facets: dict[str, dict[str, int]]
    money: MoneyOfRows
    largest: list[project_rows.ProjectListRow]
    news: list[Claim]
    tally: list[tuple[Verdict, int]]
    due: list[PromiseRow]
    last_known: tuple[date, str] | None  # the last day of it, and as its source dates it


def overview(clocks: Clocks) -> Overview:
    """Every figure of the headline is about the rows that `?counted=1` lists."""
    everything = standings.with_counted(standings.on(clocks), clocks)
    facets = standings.facets(dict.fromkeys(standings.FACETS, everything.filter(is_counted=True)))
    values = list(everything.order_by().values(*VALUES))
    judged = promise_list.promises(clocks)
    return Overview(
        count=sum(facets["kind"].values()),
        cancelled=sum(row["condition"] == Condition.CANCELLED for row in values),
        facets=facets,
        money=money_of([row for row in values if row["is_counted"]]),
        largest=project_rows.page(_by_size(everything), 1, MOST),
        news=_news(clocks),
        tally=promise_list.tally(judged),
        due=[one for one in judged if one.told.first.value.latest < clocks.asof][:MOST],
        last_known=max(((row["last_known_on"], row["last_known"]) for row in values), default=None),
    )


def money_of(rows: list[dict]) -> MoneyOfRows:
    said = [row["amounts"][TOTAL] for row in rows if row[TOTAL] is not None]
    items = (
        Item(
            row["project__code"],
            row["project__parent__code"],
            TOTAL,
            row[TOTAL],
            row["amounts"].get(TOTAL, {}).get("qualifier", ""),
        )
        for row in rows
    )
    return MoneyOfRows(total(items), len(said), sum(not one["is_stated"] for one in said))


def _by_size(rows: QuerySet[Standing]) -> QuerySet[Standing]:
    return project_rows.ordered(rows.filter(total_investment__isnull=False), "-total")


def _live(clocks: Clocks) -> QuerySet[Claim]:
    """Claims known on K and true by D that nothing known by K corrects."""
    public = Claim.objects.public(clocks.known)
    rows = public.filter(~Exists(public.filter(corrects=OuterRef("pk"))), as_of_latest__lte=clocks.asof)
    return rows.select_related("project", "source", "section")


def _news(clocks: Clocks) -> list[Claim]:
    """What happened last, by the day on which it was true."""
    rows = _live(clocks).filter(topic__in=NEWS, scope="").exclude(holds_only(None))
    return list(rows.order_by("-as_of_latest", "-ref")[:MOST])


MOST_BARS = 5


@page_frame.public_page()
def home(request: HttpRequest) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    found = overview(clocks)
    stages = {stage.value: found.facets["stage"].get(stage.value, 0) for stage in Stage}
    context = page_frame.frame(request, clocks, "home") | {
        "overview": found,
        "stages": (pieces := charts.pieces(stages.items())),
        "furthest_first": pieces[::-1],
        "unknown_stage": found.facets["stage"].get("", 0),
        "kinds": charts.bars(found.facets["kind"].items())[:MOST_BARS],
        "sectors": charts.bars((code, n) for code, n in found.facets["sector"].items() if code)[:MOST_BARS],
        "places": charts.bars(_places(found.facets["place"]))[:MOST_BARS],
    }
    return render(request, "public/home.html", context)


def _places(counts: dict[str, int]) -> list[tuple[Place, int]]:
    """Places with what lies in them, each as a row with its name."""
    rows = {place.code: place for place in Place.objects.select_related("parent__parent")}
    return [(rows[code], count) for code, count in counted_within(counts, rows).items()]
