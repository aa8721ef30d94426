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
NEWS = (Topic.ACTUAL, Topic.TOTAL_INVESTMENT, Topic.CONDITION)


@dataclass(frozen=True, slots=True)
class Overview:
    count: int
    cancelled: int
    facets: dict[str, dict[str, int]]
    total: Total
    largest: list[project_rows.ProjectListRow]
    news: list[Claim]
    tally: list[tuple[Verdict, int]]
    due: list[PromiseRow]
    last_known_on: date | None


def overview(clocks: Clocks) -> Overview:
    """Counts are over the rows that `?counted=1` lists; money over all, since a counted phase's whole
    may hold the amount."""
    everything = standings.with_counted(standings.on(clocks), clocks)
    rows = everything.filter(is_counted=True)
    facets = standings.facets(dict.fromkeys(standings.FACETS, rows))
    values = _values(everything)
    judged = promise_list.promises(clocks)
    return Overview(
        count=sum(facets["kind"].values()),
        cancelled=sum(condition == Condition.CANCELLED for *_, condition, _ in values),
        facets=facets,
        total=total(
            Item(code, parent, TOTAL, yuan, _qualifier(said)) for code, parent, yuan, said, *_ in values
        ),
        largest=project_rows.page(_by_size(everything), 1, MOST),
        news=_news(clocks),
        tally=promise_list.tally(judged),
        due=[one for one in judged if one.told.first.value.latest < clocks.asof][:MOST],
        last_known_on=max((on for *_, on in values), default=None),
    )


def _values(rows: QuerySet[Standing]) -> list[tuple]:
    """What sums and ages are made from, in one read."""
    names = ("project__code", "project__parent__code", TOTAL, "amounts", "condition", "last_known_on")
    return list(rows.order_by().values_list(*names))


def _qualifier(amounts: dict) -> str:
    return amounts.get(TOTAL, {}).get("qualifier", "")


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
