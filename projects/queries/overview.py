"""The portfolio in one screen: counts, money, the largest, what happened, what fell due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from projects.choices import Topic
from projects.models import Claim, Standing
from projects.queries import listing, promised, standings
from projects.queries.promised import Promise
from projects.rules.clocks import Clocks
from projects.rules.sums import Total

MOST = 5
NEWS = (Topic.ACTUAL, Topic.TOTAL_INVESTMENT, Topic.CONDITION)


@dataclass(frozen=True, slots=True)
class Overview:
    count: int
    cancelled: int
    facets: dict[str, dict[str, int]]
    total: Total
    largest: list[listing.Row]
    news: list[Claim]
    due: list[Promise]
    newest_source: Claim | None


def overview(clocks: Clocks) -> Overview:
    """Counts are over the rows that `?counted=1` lists; money over all, since a counted phase's whole
    may hold the amount."""
    everything = standings.with_counted(standings.on(clocks), clocks)
    rows = everything.filter(is_counted=True)
    facets = standings.facets(dict.fromkeys(standings.FACETS, rows))
    news = _news(clocks)
    judged = promised.promises(clocks)
    return Overview(
        count=sum(facets["kind"].values()),
        cancelled=_cancelled(everything),
        facets=facets,
        total=standings.sum_of(everything, Topic.TOTAL_INVESTMENT.value),
        largest=listing.page(_by_size(everything), 1, MOST),
        news=news[:MOST],
        due=[one for one in judged if one.told.first.value.latest < clocks.asof][:MOST],
        newest_source=_newest(clocks),
    )


def _cancelled(rows: QuerySet[Standing]) -> int:
    return rows.filter(condition="cancelled").count()


def _by_size(rows: QuerySet[Standing]) -> QuerySet[Standing]:
    return listing.ordered(rows.filter(total_investment__isnull=False), "-total")


def _live(clocks: Clocks) -> QuerySet[Claim]:
    """Claims known on K and true by D that nothing known by K corrects."""
    corrected = Q(corrections__approved_at__isnull=False, corrections__known_on__lte=clocks.known)
    rows = Claim.objects.public(clocks.known).filter(as_of_latest__lte=clocks.asof)
    return rows.exclude(corrected).select_related("project", "source", "section")


def _news(clocks: Clocks) -> list[Claim]:
    """What happened last, by the day on which it was true."""
    rows = _live(clocks).filter(topic__in=NEWS, scope="").exclude(value_date="", topic=Topic.ACTUAL)
    return list(rows.order_by("-as_of_latest", "-ref")[: MOST * 2])


def _newest(clocks: Clocks) -> Claim | None:
    return _live(clocks).order_by("-known_on", "-ref").first()


def last_known(clocks: Clocks) -> date | None:
    newest = _newest(clocks)
    return newest.known_on if newest else None
