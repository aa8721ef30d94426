"""How many first promises were kept, on (D, K): by verdict, and the share of those of which there is word."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Sum

from projects.choices import Basis, Verdict
from projects.core.clocks import Clocks
from projects.models import PortfolioTally
from projects.models.prepared import Prepared
from projects.records.promise_list import on_past

WITH_WORD = (Verdict.KEPT, Verdict.PARTLY, Verdict.LATE)  # what a share of those kept is taken of


@dataclass(frozen=True, slots=True)
class PromiseCounts:
    """How many first promises have each verdict, "" where a cancellation left none; how many are inferred."""

    verdicts: Counter[str]
    inferred: int


def promise_counts(clocks: Clocks) -> PromiseCounts:
    if not clocks.is_today:
        found = on_past(clocks)
        inferred = sum(not one.told.first.is_stated for one in found)
        return PromiseCounts(Counter(one.verdict or "" for one in found), inferred)
    counts: Counter[str] = Counter()
    inferred = 0
    for choice, fallen, open_still in Prepared(_tallies, (clocks.asof,)).fetch():
        until, after, basis = choice.split(" ")
        counts[until] += open_still or 0
        counts[after] += fallen or 0
        inferred += ((fallen or 0) + (open_still or 0)) * (basis == Basis.INFERRED)
    return PromiseCounts(counts, inferred)


def _tallies(asof: date) -> QuerySet:
    rows = PortfolioTally.objects.filter(what="promise").values_list("choice")
    past, coming = Sum("n", filter=Q(day__lt=asof)), Sum("n", filter=Q(day__gte=asof))
    return rows.annotate(fallen=past, open_still=coming)


@dataclass(frozen=True, slots=True)
class KeptShare:
    """How many first promises were kept of those due on which there is word; the silent ones beside it."""

    kept: int
    with_word: int
    silent: int
    still_open: int


def share_kept(counts: Counter[str]) -> KeptShare:
    return KeptShare(
        kept=counts[Verdict.KEPT],
        with_word=sum(counts[verdict] for verdict in WITH_WORD),
        silent=counts[Verdict.NO_WORD],
        still_open=counts[Verdict.OPEN] + counts[Verdict.PERHAPS],
    )


def tally(counts: Counter[str]) -> list[tuple[Verdict, int]]:
    """How many have each verdict, those that none has left out."""
    return [(verdict, counts[verdict]) for verdict in Verdict if counts[verdict]]
