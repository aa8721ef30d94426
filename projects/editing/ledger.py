"""Every claim of a project or a source, as the admin reads it: pending, refused and corrected ones too.

What the public may see of them is `records.project_record` and `public.sources`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet

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
    chapters: list[Chapter]

    @property
    def count(self) -> int:
        return sum(len(chapter.entries) for chapter in self.chapters)

    @property
    def pending_count(self) -> int:
        return sum(entry.state == PENDING for chapter in self.chapters for entry in chapter.entries)


def of_project(project: Project) -> Ledger:
    """By topic; within each in the order in which things became known, on both clocks."""
    rows = Claim.objects.filter(project=project).select_related(*NEEDED)
    found = sorted(entries(rows), key=_by_series)
    measures = {
        one.code: one for one in Indicator.objects.filter(code__in={entry.row.measure for entry in found})
    }
    return Ledger(
        [
            Chapter(series, measures.get(series.measure), sorted(group, key=_by_clocks))
            for series, group in groupby(found, key=lambda entry: entry.row.series())
        ]
    )


def of_source(source: Source) -> list[LedgerEntry]:
    """Claims and statistics taken from a document, in its order."""
    claims = source.claims.select_related(*NEEDED, "project")
    figures = source.statistics.select_related(*NEEDED, "subject")
    return sorted([*entries(claims), *entries(figures)], key=_by_place)


def entries(rows: QuerySet) -> list[LedgerEntry]:
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


def _by_series(one: LedgerEntry) -> tuple:
    series = one.row.series()
    return (list(Topic).index(series.topic), series.measure, series.scope, series.period)


def _by_clocks(one: LedgerEntry) -> tuple:
    return (one.row.known_on, one.row.as_of_latest, one.row.entered_at, one.row.ref)


def _by_place(one: LedgerEntry) -> tuple:
    row = one.row
    return (row.section.position if row.section else 0, row.paragraph or 0, row.sentence or 0, row.ref)
