"""Every promised date on (D, K): who said it, when, what became of it.

Today from rows that have an index for each order, a page at a time; a past day from its rectangles. How many
have which verdict is `records.promise_counts`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, reduce
from operator import or_

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.http import QueryDict

from projects.audit.version_memory import until_published
from projects.choices import Verdict
from projects.claims import standings
from projects.core.clocks import Clocks
from projects.core.promises import Facts, slippage, verdict
from projects.models import Claim, ProjectMilestone
from projects.models.prepared import Prepared, same
from projects.models.standing import facts_from_json, facts_from_text
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
MAX_ROWS, MAX_ORDERS = 2_000, 100  # that are remembered
SILENT_FIRST = "silent"  # what is past its day without a word, then the rest, then what is to come
ORDERS = (SILENT_FIRST, "due", "-due", "slip", "-slip", "name", "verdict")
VERDICTS = list(Verdict)


@dataclass(frozen=True, slots=True, eq=False)
class PromiseRow:
    """A first promise with its project, its verdict and slippage on the day, and the claim that made it.

    Those of today are remembered as they are.
    """

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
        segments = _segments(tuple(verdicts), sort, clocks.asof)
        found = keyset.page(segments, (*IDENTITY, "told_text"), PAGE_SIZE, params, question)
        return replace(found, rows=_remembered(found.rows, clocks.asof))
    shown = [one for one in on_past(clocks) if not verdicts or one.verdict in verdicts]
    found = keyset.page_of_list(ordered(shown, sort, clocks.asof), _name, PAGE_SIZE, params, question)
    return replace(found, rows=_with_claims(found.rows))


def _remembered(rows: list[tuple], asof: date) -> list[PromiseRow]:
    """Each with the claim that made it, read once a data version."""
    known = _known()
    found = {values: known.get((values, asof)) for values in rows}
    new = [values for values, one in found.items() if one is None]
    if len(known) > MAX_ROWS:
        known.clear()
    made = [_row(identity, facts_from_text(told), asof) for *identity, told in new]
    for values, one in zip(new, _with_claims(made), strict=True):
        known[values, asof] = found[values] = one
    return [found[values] for values in rows]


@until_published
def _known() -> dict[tuple, PromiseRow]:
    """What was read since something was published, by what its row says and the day."""
    return {}


def _row(identity: Iterable[str], told: Facts, asof: date) -> PromiseRow:
    return PromiseRow(*identity, told, verdict(told, asof), slippage(told, asof))


def _name(one: PromiseRow) -> str:
    return f"{one.slug}~{one.told.milestone}~{one.told.scope}"


def _first_promised() -> QuerySet[ProjectMilestone]:
    rows = ProjectMilestone.objects.filter(first_latest__isnull=False)
    return rows.annotate(told_text=Cast("told", TextField()))


def _judged(code: str, asof: date) -> tuple[Q, Q]:
    """Those with a verdict on the day that fell due before it, and those that did not yet."""
    past, coming = Q(first_latest__lt=asof), Q(first_latest__gte=asof)
    return Q(past, verdict_after=code), Q(coming, verdict_until=code)


@lru_cache(MAX_ORDERS)
def _segments(verdicts: tuple[str, ...], sort: str, asof: date) -> list[Segment]:
    """The same queries for the same question, so that their statements are written once."""
    return [replace(one, rows=Prepared(same, (one.rows,))) for one in _in_order(verdicts, sort, asof)]


def _in_order(verdicts: tuple[str, ...], sort: str, asof: date) -> list[Segment]:
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


def on_past(clocks: Clocks) -> list[PromiseRow]:
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
        values = Prepared(_silent, (clocks.asof, most)).fetch()
        return [_row(identity, facts_from_text(told), clocks.asof) for *identity, told in values]
    found = [one for one in on_past(clocks) if one.verdict == Verdict.NO_WORD]
    return sorted(found, key=lambda one: (one.told.first.value.latest, one.slug))[:most]


def _silent(asof: date, most: int | None) -> QuerySet:
    past, _ = _judged(Verdict.NO_WORD, asof)
    rows = _first_promised().filter(past).order_by("first_latest", "id")
    return rows.values_list(*IDENTITY, "told_text")[:most]


def _with_claims(found: list[PromiseRow]) -> list[PromiseRow]:
    """Each with the claim that made it: which publication, where, when."""
    if not found:
        return []
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
