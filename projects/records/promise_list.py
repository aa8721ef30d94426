"""Every promised date on (D, K): who said it, when, what became of it.

From rows that hold for a rectangle of days, a page at a time: those of today have an index for each order.
How many have which verdict is `records.promise_counts`.
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

from projects.audit.version_memory import read_missing, until_published
from projects.choices import Verdict
from projects.core.clocks import Clocks
from projects.core.promises import Facts, slippage, verdict
from projects.models import Claim, ProjectMilestone
from projects.models.milestone import YearOf
from projects.models.prepared import Prepared, same
from projects.models.standing import facts_from_text
from projects.pages import keyset
from projects.pages.keyset import KeysetPage, Segment

# What names the project of a milestone and says how its steps are called.
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
BY_ANOTHER = ("slip", "-slip", "name")  # than the day
VERDICTS = list(Verdict)


@dataclass(frozen=True, slots=True, eq=False)
class PromiseRow:
    """A first promise with its project, its verdict and slippage on the day, and the claim that made it.

    They are remembered as they are.
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
    def is_slip_told(self) -> bool:
        """Whether there is a slippage to speak of; by nothing is one only of what was kept."""
        return bool(self.slip) and (any(self.slip) or self.verdict == Verdict.KEPT)


def page(verdicts: list[str], year: str, sort: str, clocks: Clocks, params: QueryDict) -> KeysetPage:
    """Of those with one of these verdicts that fall due in a year, or of all; each with its claim."""
    question = f"{sort}?{','.join((*verdicts, year))}"
    segments = _segments(tuple(verdicts), year, sort, clocks)
    found = keyset.page(segments, (*IDENTITY, "told_text"), PAGE_SIZE, params, question)
    return replace(found, rows=_remembered(found.rows, clocks.asof))


def _remembered(rows: list[tuple], asof: date) -> list[PromiseRow]:
    """Each with the claim that made it, read once a data version."""
    return read_missing(_known(), [(values, asof) for values in rows], _read, MAX_ROWS)


def _read(new: list[tuple[tuple, date]]) -> dict[tuple[tuple, date], PromiseRow]:
    made = [_row(identity, facts_from_text(told), asof) for (*identity, told), asof in new]
    return dict(zip(new, _with_claims(made), strict=True))


@until_published
def _known() -> dict[tuple[tuple, date], PromiseRow]:
    """What was read since something was published, by what its row says and the day."""
    return {}


def _row(identity: Iterable[str], told: Facts, asof: date) -> PromiseRow:
    return PromiseRow(*identity, told, verdict(told, asof), slippage(told, asof))


def first_promised(clocks: Clocks) -> QuerySet[ProjectMilestone]:
    """Of today by an index for each order, of a past day by one that covers it."""
    return ProjectMilestone.objects.held(clocks).filter(first_latest__isnull=False)


def _readable(rows: QuerySet[ProjectMilestone]) -> QuerySet[ProjectMilestone]:
    return rows.annotate(told_text=Cast("told", TextField()))


def _every_row() -> QuerySet[ProjectMilestone]:
    """To be found by their keys."""
    return _readable(ProjectMilestone.objects.all())


def _judged(code: str, asof: date) -> tuple[Q, Q]:
    """Those with a verdict on the day that fell due before it, and those that did not yet."""
    past, coming = Q(first_latest__lt=asof), Q(first_latest__gte=asof)
    return Q(past, verdict_after=code), Q(coming, verdict_until=code)


@lru_cache(MAX_ORDERS)
def _segments(verdicts: tuple[str, ...], year: str, sort: str, clocks: Clocks) -> list[Segment]:
    """The same queries for the same question, so that their statements are written once."""
    rows, whole = _readable(first_promised(clocks)), None if clocks.is_today else _every_row
    ordered = (_by_another if sort in BY_ANOTHER else _by_due)(rows, verdicts, year, sort, clocks.asof)
    return [replace(one, rows=Prepared(same, (one.rows,)), whole=whole) for one in ordered]


def _by_due(rows: QuerySet, verdicts: tuple[str, ...], year: str, sort: str, asof: date) -> list[Segment]:
    """In the order of an index that has the days, whichever it is."""
    rows = _due_in(rows, year)
    minus = "-" if sort.startswith("-") else ""
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
    if len(verdicts) == 1:
        parts = _judged(verdicts[0], asof)[:: -1 if minus else 1]
        return [Segment(rows.filter(part), by_due) for part in parts]
    return [Segment(_with_verdicts(rows, verdicts, asof), by_due)]


def _by_another(rows: QuerySet, verdicts: tuple[str, ...], year: str, sort: str, asof: date) -> list[Segment]:
    """In the order of an index of the year, or of all."""
    rows = _with_verdicts(rows, verdicts, asof)
    in_order = rows.annotate(due_in=YearOf("first_latest")).filter(due_in=year) if year else rows
    if sort == "name":
        return [Segment(in_order, ("name", "id"))]
    minus = "-" if sort.startswith("-") else ""
    known = Segment(in_order.filter(slip_order__isnull=False), (f"{minus}slip_order", f"{minus}id"))
    unknown = _due_in(rows, year).filter(slip_order__isnull=True)
    return [known, Segment(unknown, ("first_latest", "id"))]


def _due_in(rows: QuerySet, year: str) -> QuerySet:
    return rows.filter(first_latest__range=(date(int(year), 1, 1), date(int(year), 12, 31))) if year else rows


def _with_verdicts(rows: QuerySet, verdicts: tuple[str, ...], asof: date) -> QuerySet:
    parts = [part for code in verdicts for part in _judged(code, asof)]
    return rows.filter(reduce(or_, parts)) if parts else rows


def silent(clocks: Clocks, most: int | None = None) -> list[PromiseRow]:
    """Those whose last day is past and of which nothing was heard, the most overdue first."""
    values = Prepared(_silent, (clocks, most)).fetch()
    return [_row(identity, facts_from_text(told), clocks.asof) for *identity, told in values]


def silent_count(clocks: Clocks) -> int:
    return _all_silent(clocks).count()


def _all_silent(clocks: Clocks) -> QuerySet[ProjectMilestone]:
    past, _ = _judged(Verdict.NO_WORD, clocks.asof)
    return first_promised(clocks).filter(past)


def _silent(clocks: Clocks, most: int | None) -> QuerySet:
    keys = _all_silent(clocks).order_by("first_latest", "id").values("pk")[:most]
    rows = _every_row().filter(pk__in=keys).order_by("first_latest", "id")
    return rows.values_list(*IDENTITY, "told_text")


def _with_claims(found: list[PromiseRow]) -> list[PromiseRow]:
    """Each with the claim that made it: which publication, where, when."""
    if not found:
        return []
    refs = [one.told.first.ref for one in found]
    claims = Claim.objects.filter(ref__in=refs).select_related("source", "section")
    by_ref = {claim.ref: claim for claim in claims}
    return [replace(one, claim=by_ref[one.told.first.ref]) for one in found]
