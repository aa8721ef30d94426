"""How many first promises were kept, on (D, K): by year and verdict, and the share of those with word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from projects.audit.version_memory import until_published
from projects.choices import Basis, Verdict
from projects.core.clocks import Clocks
from projects.models import PortfolioTally
from projects.models.milestone import YearOf
from projects.models.prepared import Prepared
from projects.records import promise_list

WITH_WORD = (Verdict.KEPT, Verdict.PARTLY, Verdict.LATE)  # what a share of those kept is taken of


@dataclass(frozen=True, slots=True)
class PromiseCounts:
    """How many first promises there are by the year in which they fall due and by verdict, "" where a
    cancellation left none; how many are inferred.
    """

    counted: Counter[tuple[str, str]]
    inferred: int

    def verdicts(self, year: str = "") -> Counter[str]:
        """Of one year, or of all."""
        found: Counter[str] = Counter()
        for (due, verdict), n in self.counted.items():
            found[verdict] += n if year in ("", due) else 0
        return found

    def years(self, verdicts: Collection[str] = ()) -> list[tuple[str, int]]:
        """Each year in which one falls due, with how many do that have one of these verdicts, or any."""
        found = dict.fromkeys(sorted(due for due, _ in self.counted), 0)
        for (due, verdict), n in self.counted.items():
            found[due] += n if not verdicts or verdict in verdicts else 0
        return list(found.items())


@until_published
def promise_counts(clocks: Clocks) -> PromiseCounts:
    counts: Counter[tuple[str, str]] = Counter()
    inferred = 0
    for year, until, after, basis, fallen, open_still in _groups(clocks):
        counts[year, until] += open_still
        counts[year, after] += fallen
        inferred += (fallen + open_still) * (basis == Basis.INFERRED)
    return PromiseCounts(+counts, inferred)


def _groups(clocks: Clocks) -> Iterator[tuple[str, str, str, str, int, int]]:
    """Year, verdict until the day and after it, basis, how many are past their day and how many are not."""
    if clocks.is_today:
        for year, choice, fallen, open_still in Prepared(_tallies, (clocks.asof,)).fetch():
            yield year, *choice.split(" "), fallen or 0, open_still or 0
        return
    for year, until, after, is_stated, fallen, open_still in _counted(clocks):
        yield year, until, after, Basis.STATED if is_stated else Basis.INFERRED, fallen, open_still


def _tallies(asof: date) -> QuerySet:
    rows = PortfolioTally.objects.filter(what="promise").values_list(YearOf("day"), "choice")
    past, coming = Sum("n", filter=Q(day__lt=asof)), Sum("n", filter=Q(day__gte=asof))
    return rows.annotate(fallen=past, open_still=coming)


def _counted(clocks: Clocks) -> QuerySet:
    rows = promise_list.first_promised(clocks).order_by()
    past, coming = Q(first_latest__lt=clocks.asof), Q(first_latest__gte=clocks.asof)
    year = YearOf("first_latest")
    groups = rows.values_list(year, "verdict_until", "verdict_after", "is_first_stated")
    return groups.annotate(fallen=Count("pk", filter=past), open_still=Count("pk", filter=coming))


@dataclass(frozen=True, slots=True)
class KeptShare:
    """How many first promises were kept of those due on which there is word; the silent ones beside it."""

    kept: int
    with_word: int
    silent: int


def share_kept(counts: Counter[str]) -> KeptShare:
    return KeptShare(
        kept=counts[Verdict.KEPT],
        with_word=sum(counts[verdict] for verdict in WITH_WORD),
        silent=counts[Verdict.NO_WORD],
    )


def tally(counts: Counter[str]) -> list[tuple[Verdict, int]]:
    """How many have each verdict, those that none has left out."""
    return [(verdict, counts[verdict]) for verdict in Verdict if counts[verdict]]
