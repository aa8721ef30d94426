"""How many first promises were kept, on (D, K): by verdict, and the share of those of which there is word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from projects.audit.version_memory import until_published
from projects.choices import Basis, Verdict
from projects.core.clocks import Clocks
from projects.models import PortfolioTally
from projects.models.prepared import Prepared
from projects.records import promise_list

WITH_WORD = (Verdict.KEPT, Verdict.PARTLY, Verdict.LATE)  # what a share of those kept is taken of


@dataclass(frozen=True, slots=True)
class PromiseCounts:
    """How many first promises have each verdict, "" where a cancellation left none; how many are inferred."""

    verdicts: Counter[str]
    inferred: int


@until_published
def promise_counts(clocks: Clocks) -> PromiseCounts:
    counts: Counter[str] = Counter()
    inferred = 0
    for until, after, basis, fallen, open_still in _groups(clocks):
        counts[until] += open_still
        counts[after] += fallen
        inferred += (fallen + open_still) * (basis == Basis.INFERRED)
    return PromiseCounts(counts, inferred)


def _groups(clocks: Clocks) -> Iterator[tuple[str, str, str, int, int]]:
    """Verdict until the day and after it, basis, how many are past their day and how many are not."""
    if clocks.is_today:
        for choice, fallen, open_still in Prepared(_tallies, (clocks.asof,)).fetch():
            yield *choice.split(" "), fallen or 0, open_still or 0
        return
    for until, after, is_stated, fallen, open_still in _counted(clocks):
        yield until, after, Basis.STATED if is_stated else Basis.INFERRED, fallen, open_still


def _tallies(asof: date) -> QuerySet:
    rows = PortfolioTally.objects.filter(what="promise").values_list("choice")
    past, coming = Sum("n", filter=Q(day__lt=asof)), Sum("n", filter=Q(day__gte=asof))
    return rows.annotate(fallen=past, open_still=coming)


def _counted(clocks: Clocks) -> QuerySet:
    rows = promise_list.first_promised(clocks).order_by()
    past, coming = Q(first_latest__lt=clocks.asof), Q(first_latest__gte=clocks.asof)
    groups = rows.values_list("verdict_until", "verdict_after", "is_first_stated")
    return groups.annotate(fallen=Count("pk", filter=past), open_still=Count("pk", filter=coming))


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
