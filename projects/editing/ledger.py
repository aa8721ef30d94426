"""Every claim of a project or a source, as the admin reads it: pending, refused and corrected ones too.

What the public may see of them is `records.project_record` and `public.sources`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Case, Count, Q, Value, When

from projects.choices import Topic
from projects.core.statements import Series
from projects.models import Claim, Indicator, Project, Source, Statistic
from projects.models.assertion import Assertion

PENDING, PUBLISHED, CORRECTED, WITHDRAWN, REFUSED = (
    "pending",
    "published",
    "corrected",
    "withdrawn",
    "refused",
)
MAX_CLAIMS = 50  # on a page
PENDS = Q(approved_at=None, refused_at=None)
IN_ORDER = (
    *("position", "measure", "scope", "period", "method"),
    *("known_on", "as_of_latest", "entered_at", "pk"),
)
NEEDED = ("source", "section", "corrects", "entered_by", "approved_by", "refused_by")


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One row of the history: what it says, and what became of it."""

    row: Assertion
    state: str
    corrected_by: Assertion | None

    @property
    def is_struck(self) -> bool:
        return self.state in (CORRECTED, WITHDRAWN, REFUSED)


@dataclass(frozen=True, slots=True)
class Chapter:
    """All that was said on one series."""

    series: Series
    measure: Indicator | None
    entries: list[LedgerEntry]


@dataclass(frozen=True, slots=True)
class Ledger:
    """A page of the history, how many claims there are in all, and after which one the next page begins."""

    chapters: list[Chapter]
    count: int
    pending_count: int
    after: int | None
    is_later: bool  # than the first page


def of_project(project: Project, after: int | None = None) -> Ledger:
    """By topic; within each in the order in which things became known; a page, from a claim's key on."""
    rows = Claim.objects.filter(project=project)
    counts = rows.aggregate(count=Count("pk"), pending_count=Count("pk", filter=PENDS))
    ordered = rows.annotate(position=_position()).order_by(*IN_ORDER)
    last = ordered.filter(pk=after).values_list(*IN_ORDER).first() if after else None
    page = ordered.filter(_beyond(last)) if last else ordered
    found = list(page.select_related(*NEEDED)[: MAX_CLAIMS + 1])
    shown = found[:MAX_CLAIMS]
    measures = {one.code: one for one in Indicator.objects.filter(code__in={row.measure for row in shown})}
    return Ledger(
        [
            Chapter(series, measures.get(series.measure), list(group))
            for series, group in groupby(entries(shown), key=lambda entry: entry.row.series())
        ],
        after=shown[-1].pk if len(found) > MAX_CLAIMS else None,
        is_later=last is not None,
        **counts,
    )


def _position() -> Case:
    """Of the topic, as they are listed."""
    return Case(*(When(topic=topic, then=Value(number)) for number, topic in enumerate(Topic)))


def _beyond(last: tuple) -> Q:
    """What comes after a row, told by its values in the order."""
    further = Q()
    for number, (name, value) in enumerate(zip(IN_ORDER, last, strict=True)):
        same = dict(zip(IN_ORDER[:number], last, strict=False))
        further |= Q(**same, **{f"{name}__gt": value})
    return further


def of_source(source: Source) -> list[LedgerEntry]:
    """Claims and statistics taken from a document, in its order."""
    claims = source.claims.select_related(*NEEDED, "project")
    figures = source.statistics.select_related(*NEEDED, "subject")
    return sorted([*entries(claims), *entries(figures)], key=_by_place)


def entries(rows: Iterable[Assertion]) -> list[LedgerEntry]:
    """With what corrects each, in one further read."""
    rows = list(rows)
    if not rows:
        return []
    model = type(rows[0])
    corrections = {one.corrects_id: one for one in model.objects.approved().filter(corrects__in=rows)}
    return [_entry(row, corrections.get(row.pk)) for row in rows]


def entry(row: Assertion) -> LedgerEntry:
    return _entry(row, type(row).objects.approved().filter(corrects=row).first())


def waiting(most: int) -> list[Assertion]:
    """What a second person should look at, oldest first; a few of them."""
    claims = (
        Claim.objects.waiting_alone().select_related("project", "entered_by").order_by("entered_at")[:most]
    )
    figures = (
        Statistic.objects.waiting_alone()
        .select_related("subject", "entered_by")
        .order_by("entered_at")[:most]
    )
    return sorted([*claims, *figures], key=lambda row: row.entered_at)[:most]


def state_of(row: Assertion, is_corrected: bool, is_withdrawn: bool = False) -> str:
    if row.refused_at:
        return REFUSED
    if not row.approved_at:
        return PENDING
    if is_corrected:
        return WITHDRAWN if is_withdrawn else CORRECTED
    return PUBLISHED


def _entry(row: Assertion, correction: Assertion | None) -> LedgerEntry:
    is_withdrawn = correction is not None and correction.is_withdrawal
    return LedgerEntry(row, state_of(row, correction is not None, is_withdrawn), correction)


def _by_place(one: LedgerEntry) -> tuple:
    row = one.row
    return (row.section.position if row.section else 0, row.paragraph or 0, row.sentence or 0, row.ref)
