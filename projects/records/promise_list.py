"""Every promised date on (D, K): who said it, when, what became of it.

Today from rows that have an index for each order, a page at a time; a past day from its rectangles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet, Sum
from django.http import QueryDict

from projects.choices import Basis, Verdict
from projects.claims import standings
from projects.core.clocks import Clocks
from projects.core.promises import Facts, slippage, verdict
from projects.models import Claim, PortfolioTally, ProjectMilestone
from projects.models.standing import facts_from_json
from projects.pages import keyset
from projects.pages.keyset import KeysetPage, Segment

IDENTITY = (
    "project__slug",
    "project__name",
    "project__name_en",
    "project__kind",
    "project__record_type",
)
PAGE_SIZE = 50
SILENT_FIRST = "silent"  # what is past its day without a word, then the rest, then what is to come
ORDERS = (SILENT_FIRST, "due", "-due", "slip", "-slip", "name", "verdict")
VERDICTS = list(Verdict)
WITH_WORD = (Verdict.KEPT, Verdict.PARTLY, Verdict.LATE)  # what a share of those kept is taken of


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """A first promise with its project, its verdict and slippage on the day, and the claim that made it."""

    slug: str
    name: str
    name_en: str
    kind: str
    record_type: str
    told: Facts
    verdict: Verdict | None
    slip: tuple[int, int] | None
    claim: Claim | None = None

    @property
    def has_moved(self) -> bool:
        promised, first = self.told.promised, self.told.first
        return promised is not None and promised.value.text != first.value.text

    @property
    def is_slip_told(self) -> bool:
        """Whether there is a slippage to speak of; by nothing is one only of what was kept."""
        return bool(self.slip) and (any(self.slip) or self.verdict == Verdict.KEPT)


def page(verdicts: list[str], sort: str, clocks: Clocks, params: QueryDict) -> KeysetPage:
    """Of those with one of these verdicts, or of all; each with the claim that made it."""
    question = f"{sort}?{','.join(verdicts)}"
    if clocks.is_today:
        found = keyset.page(
            _segments(verdicts, sort, clocks.asof), (*IDENTITY, "told"), PAGE_SIZE, params, question
        )
        rows = [_row(values[:-1], facts_from_json(values[-1]), clocks.asof) for values in found.rows]
    else:
        shown = [one for one in _on_past(clocks) if not verdicts or one.verdict in verdicts]
        found = keyset.page_of_list(ordered(shown, sort, clocks.asof), _name, PAGE_SIZE, params, question)
        rows = found.rows
    return replace(found, rows=_with_claims(rows))


def _row(identity: Iterable[str], told: Facts, asof: date) -> PromiseRow:
    return PromiseRow(*identity, told, verdict(told, asof), slippage(told, asof))


def _name(one: PromiseRow) -> str:
    return f"{one.slug}~{one.told.milestone}~{one.told.scope}"


def _first_promised() -> QuerySet[ProjectMilestone]:
    return ProjectMilestone.objects.filter(first_latest__isnull=False)


def _judged(code: str, asof: date) -> tuple[Q, Q]:
    """Those with a verdict on the day that fell due before it, and those that did not yet."""
    past, coming = Q(first_latest__lt=asof), Q(first_latest__gte=asof)
    return Q(past, verdict_after=code), Q(coming, verdict_until=code)


def _segments(verdicts: list[str], sort: str, asof: date) -> list[Segment]:
    """In the order of an index, whichever it is."""
    rows, minus = _first_promised(), "-" if sort.startswith("-") else ""
    by_due = (f"{minus}first_latest", f"{minus}id")
    if sort == SILENT_FIRST and not verdicts:
        silent, _ = _judged(Verdict.NO_WORD, asof)
        past = rows.filter(first_latest__lt=asof).exclude(silent)
        coming = rows.filter(first_latest__gte=asof)
        return [
            Segment(rows.filter(silent), by_due),
            Segment(past, ("-first_latest", "-id")),
            Segment(coming, by_due),
        ]
    if sort == "verdict":
        codes = [code for code in (*VERDICTS, "") if not verdicts or code in verdicts]
        return [Segment(rows.filter(part), by_due) for code in codes for part in _judged(code, asof)]
    if len(verdicts) == 1 and sort.endswith(("due", SILENT_FIRST)):
        parts = _judged(verdicts[0], asof)[:: -1 if minus else 1]
        return [Segment(rows.filter(part), by_due) for part in parts]
    if verdicts:
        parts = [part for code in verdicts for part in _judged(code, asof)]
        rows = rows.filter(reduce(or_, parts))
    if sort.endswith("slip"):
        known = Segment(rows.filter(slip_order__isnull=False), (f"{minus}slip_order", f"{minus}id"))
        return [known, Segment(rows.filter(slip_order__isnull=True), ("first_latest", "id"))]
    return [Segment(rows, ("name", "id") if sort == "name" else by_due)]


def _on_past(clocks: Clocks) -> list[PromiseRow]:
    rows = standings.on(clocks).exclude(milestones=[]).values_list(*IDENTITY, "milestones")
    return [
        _row(identity, told, clocks.asof)
        for *identity, milestones in rows
        for told in map(facts_from_json, milestones)
        if told.first is not None
    ]


def silent(clocks: Clocks, most: int | None = None) -> list[PromiseRow]:
    """Those whose last day is past and of which nothing was heard, the most overdue first."""
    if clocks.is_today:
        past, _ = _judged(Verdict.NO_WORD, clocks.asof)
        rows = _first_promised().filter(past).order_by("first_latest", "id")
        values = rows.values_list(*IDENTITY, "told")[:most]
        return [_row(identity, facts_from_json(told), clocks.asof) for *identity, told in values]
    found = [one for one in _on_past(clocks) if one.verdict == Verdict.NO_WORD]
    return sorted(found, key=lambda one: (one.told.first.value.latest, one.slug))[:most]


def _with_claims(found: list[PromiseRow]) -> list[PromiseRow]:
    """Each with the claim that made it: which publication, where, when."""
    refs = [one.told.first.ref for one in found]
    claims = Claim.objects.filter(ref__in=refs).select_related("source", "section")
    by_ref = {claim.ref: claim for claim in claims}
    return [replace(one, claim=by_ref[one.told.first.ref]) for one in found]


def ordered(found: list[PromiseRow], order: str, asof: date) -> list[PromiseRow]:
    """By a name of `ORDERS`; what has no slippage comes last either way."""
    if order == SILENT_FIRST:
        return sorted(found, key=lambda one: (_urgency(one, asof), one.slug))
    name = order.removeprefix("-")
    ranked = sorted(found, key=lambda one: (_key(one, name), one.slug), reverse=order.startswith("-"))
    return sorted(ranked, key=lambda one: one.slip is None) if name == "slip" else ranked


def _urgency(one: PromiseRow, asof: date) -> tuple[int, int]:
    due = one.told.first.value.latest
    if due >= asof:
        return 2, due.toordinal()
    return (0, due.toordinal()) if one.verdict == Verdict.NO_WORD else (1, -due.toordinal())


def _key(one: PromiseRow, name: str) -> tuple:
    if name == "slip":
        return one.slip or (0, 0)
    if name == "verdict":
        return (VERDICTS.index(one.verdict) if one.verdict else len(VERDICTS),)
    return (one.name,) if name == "name" else (one.told.first.value.latest,)


@dataclass(frozen=True, slots=True)
class PromiseCounts:
    """How many first promises have each verdict, "" where a cancellation left none; how many are inferred."""

    verdicts: Counter[str]
    inferred: int


def promise_counts(clocks: Clocks) -> PromiseCounts:
    if not clocks.is_today:
        found = _on_past(clocks)
        inferred = sum(not one.told.first.is_stated for one in found)
        return PromiseCounts(Counter(one.verdict or "" for one in found), inferred)
    rows = PortfolioTally.objects.filter(what="promise").values_list("choice")
    past, coming = Sum("n", filter=Q(day__lt=clocks.asof)), Sum("n", filter=Q(day__gte=clocks.asof))
    counts: Counter[str] = Counter()
    inferred = 0
    for choice, fallen, open_still in rows.annotate(fallen=past, open_still=coming):
        until, after, basis = choice.split(" ")
        counts[until] += open_still or 0
        counts[after] += fallen or 0
        inferred += ((fallen or 0) + (open_still or 0)) * (basis == Basis.INFERRED)
    return PromiseCounts(counts, inferred)


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
