"""The portfolio in one screen: counts, money, the largest, what happened, what fell due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from projects.choices import Condition, Stage, Topic, Verdict
from projects.claims import stage_ages, standings
from projects.claims.standings import MoneySum, PortfolioCounts
from projects.core.clocks import Clocks
from projects.models import Claim, Place
from projects.models.assertion import holds_only
from projects.pages import charts, page_frame
from projects.records import project_rows, promise_list
from projects.records.facets import counted_within
from projects.records.project_rows import COLUMNS
from projects.records.promise_list import PromiseRow

MOST = 3
NEWS = (Topic.ACTUAL, Topic.TOTAL_INVESTMENT, Topic.CONDITION)


@dataclass(frozen=True, slots=True)
class Overview:
    count: int
    cancelled: int
    facets: dict[str, dict[str, int]]
    money: MoneySum
    largest: list[project_rows.ProjectListRow]
    news: list[Claim]
    tally: list[tuple[Verdict, int]]
    due: list[PromiseRow]
    last_known: tuple[date, str] | None  # the last day of it, and as its source dates it


def overview(clocks: Clocks) -> Overview:
    """Every figure of the headline is about the rows that `?counted=1` lists."""
    rows = standings.on(clocks)
    counts, cancelled = _counts(rows, clocks)
    largest, last_known = _extremes(rows)
    return Overview(
        count=sum(counts.facets["kind"].values()),
        cancelled=cancelled,
        facets=counts.facets,
        money=counts.money,
        largest=largest,
        news=_news(clocks),
        tally=promise_list.tally(promise_list.verdict_counts(clocks)),
        due=promise_list.fallen_due(clocks, MOST),
        last_known=last_known,
    )


def _extremes(rows: QuerySet) -> tuple[list[project_rows.ProjectListRow], tuple[date, str] | None]:
    """The largest, and the last word on any: each at an end of its index, in one statement."""
    known = rows.filter(total_investment__isnull=False)
    largest = known.order_by("-total_investment", "number").values("pk")[:MOST]
    newest = rows.order_by("-last_known_on", "-number").values("pk")[:1]
    found = rows.filter(Q(pk__in=largest) | Q(pk__in=newest)).order_by()
    values = list(found.values_list("last_known_on", "number", "last_known", "total_investment", *COLUMNS))
    by_size = sorted((one for one in values if one[3] is not None), key=lambda one: (-one[3], one[1]))
    last = max(((on, text) for on, _, text, *_ in values), default=None)
    return [project_rows.from_values(one[4:]) for one in by_size[:MOST]], last


def _counts(rows: QuerySet, clocks: Clocks) -> tuple[PortfolioCounts, int]:
    """Of what the headline counts; and how many are cancelled of all."""
    if clocks.is_today:
        kept = standings.portfolio_counts(clocks.asof, counted_only=True)
        return kept, kept.facets["condition"][Condition.CANCELLED]
    counted = rows.filter(is_counted=True)
    facets = standings.facets(dict.fromkeys(standings.FACETS, counted), clocks.asof)
    ages = stage_ages.counted(counted, clocks.asof)
    cancelled = rows.filter(condition=Condition.CANCELLED).count()
    return PortfolioCounts(facets, standings.sum_of(counted), ages), cancelled


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
