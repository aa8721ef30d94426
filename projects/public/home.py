"""The overview: how far everything is, how old that is, what was promised, what happened last."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Q, QuerySet, Sum, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from projects.audit.version_memory import until_published
from projects.choices import Basis, Condition, EventKind, Stage, Verdict
from projects.claims import past_day, stage_ages, stage_counts, standings
from projects.claims.stage_counts import StageCounts
from projects.claims.standings import MoneySum, PortfolioCounts
from projects.claims.tallies import BY_STAGE
from projects.core.clocks import Clocks
from projects.core.today import EVENT
from projects.models import PortfolioTally
from projects.models.prepared import Prepared
from projects.pages import charts, page_frame
from projects.pages.charts import Piece
from projects.public import places, stage_bars
from projects.records import last_report, promise_list, recent_news
from projects.records.last_report import LastReport
from projects.records.promise_list import PromiseRow
from projects.records.recent_news import NewsLine

MOST, MOST_PLACES = 3, 6
BEGUN, ENDED = EventKind.STARTED, (EventKind.COMPLETED, EventKind.OPERATING)
# What people look for; each finds something by its name.
COMMON = (_("hospital"), _("reservoir"), _("railway"), _("park"), _("road"))


@dataclass(frozen=True, slots=True)
class DayCounts:
    """What the headline counts by kind and by place; how many stages are inferred; what turns on a day."""

    by_kind: dict[str, StageCounts]
    by_place: dict[str, StageCounts]
    inferred: int
    silent: int
    started: int
    finished: int


@dataclass(frozen=True, slots=True, eq=False)
class Overview:
    """The figures of the page. Not compared by value: what is written of them is remembered by the object."""

    counts: PortfolioCounts
    cancelled: int
    days: DayCounts
    news: list[NewsLine]
    silent: list[PromiseRow]
    last_report: LastReport | None

    @property
    def count(self) -> int:
        return sum(self.counts.facets["kind"].values())

    @property
    def money(self) -> MoneySum:
        return self.counts.money


def overview(clocks: Clocks) -> Overview:
    """Every figure of the headline is about the rows that `?counted=1` lists."""
    counts, cancelled, days = _today(clocks) if clocks.is_today else _on_past(clocks)
    return Overview(
        counts=counts,
        cancelled=cancelled,
        days=days,
        news=recent_news.newest(clocks, MOST),
        silent=promise_list.silent(clocks, MOST),
        last_report=last_report.of_projects(clocks, counted_only=True),
    )


def _today(clocks: Clocks) -> tuple[PortfolioCounts, int, DayCounts]:
    """The same from the tallies, which are kept for today."""
    kept = standings.portfolio_counts(clocks.asof, counted_only=True)
    return kept, kept.facets["condition"][Condition.CANCELLED], _kept_counts(clocks)


def _on_past(clocks: Clocks) -> tuple[PortfolioCounts, int, DayCounts]:
    """The counts of what the headline counts, how many of all are cancelled, and what turns on the day."""
    rows = standings.on(clocks)
    silent = promise_list.silent_count(clocks)
    [everything] = past_day.groups([rows], clocks.asof)
    counted = [alike for alike in everything if alike.is_counted]
    facets = {name: past_day.by_choice(counted, column) for name, column in standings.FACETS.items()}
    ages = past_day.counted(counted, "stage", "age")
    counts = PortfolioCounts(facets, standings.sum_of(rows.filter(is_counted=True)), ages)
    by_kind, by_place = (stage_counts.of_groups(name, counted) for name in ("kind", "place"))
    inferred = past_day.counted(counted, "stage_basis")[Basis.INFERRED.value]
    since = _begun_and_ended(recent_news.counts([BEGUN, *ENDED], _end_of_last_year(clocks.asof), clocks))
    cancelled = past_day.counted(everything, "condition")[Condition.CANCELLED.value]
    return counts, cancelled, DayCounts(by_kind, by_place, inferred, silent, *since)


@until_published
def _kept_counts(clocks: Clocks) -> DayCounts:
    """The counts of today from the tallies, in one statement."""
    rows = Prepared(_tallies, (clocks.asof, _end_of_last_year(clocks.asof))).fetch()
    groups: dict[str, list[tuple[str, str, int]]] = {what: [] for what in BY_STAGE.values()}
    sums: Counter[str] = Counter()
    for what, choice, age_of, n, past, since in rows:
        if what in groups:
            groups[what].append((choice, age_of, n))
        sums["inferred"] += n * ((what, choice) == ("stage_basis", Basis.INFERRED.value))
        sums["silent"] += (past or 0) * (what == "promise" and choice.split(" ")[1] == Verdict.NO_WORD)
        sums[choice] += (since or 0) * (what == EVENT)
    by_kind, by_place = (stage_counts.by_choice(groups[BY_STAGE[name]]) for name in ("kind", "place"))
    return DayCounts(by_kind, by_place, sums["inferred"], sums["silent"], *_begun_and_ended(sums))


def _tallies(day: date, year: date) -> QuerySet:
    of_headline = Q(what__in=[*BY_STAGE.values(), "stage_basis", EVENT], is_counted=True)
    kept = PortfolioTally.objects.filter(of_headline | Q(what="promise"))
    age = Case(When(what__in=BY_STAGE.values(), then=stage_ages.age_on(day, "day")), default=Value(""))
    return (
        kept.annotate(age=age)
        .values_list("what", "choice", "age")
        .annotate(
            Sum("n"),
            past=Sum("n", filter=Q(day__lt=day)),
            since=Sum("n", filter=Q(day__gt=year, day__lte=day)),
        )
    )


def _begun_and_ended(events: Counter[str]) -> tuple[int, int]:
    return events[BEGUN], sum(events[kind] for kind in ENDED)


def _end_of_last_year(day: date) -> date:
    return date(day.year - 1, 12, 31)


# What is drawn


@dataclass(frozen=True, slots=True)
class KindRow:
    kind: str
    count: int
    pieces: list[Piece]


def stage_pieces(counts: PortfolioCounts) -> list[Piece]:
    return stage_bars.pieces(counts.stage_ages | {("", ""): counts.facets["stage"].get("", 0)})


def kind_rows(by_kind: dict[str, StageCounts]) -> list[KindRow]:
    """The largest first, all to the scale of that one."""
    sizes = sorted(((sum(stages.values()), kind) for kind, stages in by_kind.items()), reverse=True)
    most = sizes[0][0] if sizes else 0
    return [KindRow(kind, n, stage_bars.pieces(by_kind[kind], most)) for n, kind in sizes]


@until_published
def shown(clocks: Clocks) -> dict[str, object]:
    """The overview with what is drawn of it: all that the page says of that day."""
    found = overview(clocks)
    stages = found.counts.facets["stage"]
    largest, unplaced = places.largest(found.days.by_place, MOST_PLACES)
    in_order = [(stage.value, n) for stage in Stage if (n := stages.get(stage.value, 0))]
    return {
        "overview": found,
        "pieces": stage_pieces(found.counts),
        "labels": charts.pieces([*in_order, ("", stages.get("", 0))]),
        "stages": in_order,
        "furthest_first": in_order[::-1],
        "unknown_stage": stages.get("", 0),
        "places": largest,
        "unplaced": unplaced,
        "kinds": kind_rows(found.days.by_kind),
        "last_year": _end_of_last_year(clocks.asof),
    }


@page_frame.public_page()
def home(request: HttpRequest) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    found = shown(clocks.alone)
    words = {"shown": found, "common": [str(words) for words in COMMON]}
    return render(request, "public/home.html", page_frame.frame(request, clocks, "home") | found | words)
