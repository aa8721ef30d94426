"""The pages of sources: each document, and what was taken from it in its own order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, OuterRef
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from projects.claims import standings
from projects.core import precedence, stages
from projects.core.clocks import Clocks
from projects.core.statements import Statement
from projects.models import Claim, Indicator, PortfolioTally, Source, SourceSection, Statistic
from projects.pages import keyset, page_frame
from projects.pages.keyset import KeysetPage
from projects.records import list_question
from projects.records.filters import Ignored


@dataclass(frozen=True, slots=True)
class Taken:
    """One claim or statistic in its place, with what stands against it."""

    row: Claim | Statistic
    corrected_by: str | None
    is_contested: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the outline with what was taken from it, by paragraph and sentence."""

    section: SourceSection | None
    taken: list[Taken]


@dataclass(frozen=True, slots=True)
class Document:
    source: Source
    parts: list[Part]
    measures: dict[str, Indicator]

    @property
    def count(self) -> int:
        return sum(len(part.taken) for part in self.parts)


PAGE_SIZE = 50
COUNTS = {"taken": "claim_count", "drawn": "project_count"}


def documents(clocks: Clocks, params: QueryDict) -> KeysetPage:
    """Public documents that were out by K, each with how much was taken from it and what draws on it."""
    rows = Source.objects.documents().filter(published_earliest__lte=clocks.known)
    segments = [keyset.Segment(rows, ("published_latest", "code"))]
    found = keyset.page(segments, ("pk",), PAGE_SIZE, params, "sources")
    figures = Statistic.objects.public(clocks.known).filter(source=OuterRef("pk"))
    sources = Source.objects.filter(pk__in=[pk for (pk,) in found.rows]).order_by("published_latest", "code")
    listed = list(sources.annotate(figure_count=standings.number_of(figures)))
    (_count_today if clocks.is_today else _count_on_past)(listed, clocks)
    return replace(found, rows=listed)


def _count_today(listed: list[Source], clocks: Clocks) -> None:
    by_key = {str(source.pk): source for source in listed}
    for source in listed:
        source.claim_count = source.project_count = 0
    kept = PortfolioTally.objects.filter(what__in=COUNTS, choice__in=by_key)
    for what, choice, n in kept.values_list("what", "choice", "n"):
        setattr(by_key[choice], COUNTS[what], n)


def _count_on_past(listed: list[Source], clocks: Clocks) -> None:
    claims = Claim.objects.public(clocks.known).filter(source__in=listed).order_by()
    taken = dict(claims.values_list("source").annotate(n=Count("pk")))
    drawn = {one.code: one.count for one in standings.by_source(standings.on(clocks), PAGE_SIZE)}
    for source in listed:
        source.claim_count, source.project_count = taken.get(source.pk, 0), drawn.get(source.code, 0)


def document_of(code: str, clocks: Clocks) -> Document | None:
    source = Source.objects.filter(is_public=True, code=code).first()
    if source is None:
        return None
    sections = list(source.sections.order_by("position"))
    taken = [*_claims(source, clocks.known), *_statistics(source, clocks.known)]
    taken.sort(key=lambda one: (one.row.paragraph or 0, one.row.sentence or 0, one.row.ref))
    parts = [
        Part(section, [one for one in taken if one.row.section_id == section.pk]) for section in sections
    ]
    loose = [one for one in taken if one.row.section_id is None]
    measures = {
        one.row.measure for one in taken if isinstance(one.row, Claim) and one.row.topic == "capacity"
    }
    names = {one.code: one for one in Indicator.objects.filter(code__in=measures)}
    return Document(source, [*parts, *([Part(None, loose)] if loose else [])], names)


def _claims(source: Source, known_on: date) -> list[Taken]:
    """With the other claims of the same projects: what contradicts a line may stand elsewhere."""
    projects = Claim.objects.filter(source=source).values("project")
    rows = Claim.objects.public(known_on).filter(project__in=projects)
    rows = rows.select_related("project", "source", "section", "corrects").order_by("ref")
    by_project: dict[int, list[Claim]] = {}
    for claim in rows:
        by_project.setdefault(claim.project_id, []).append(claim)
    return [one for group in by_project.values() for one in _taken(group, source, known_on)]


def _statistics(source: Source, known_on: date) -> list[Taken]:
    rows = Statistic.objects.public(known_on).select_related("subject", "source", "section", "corrects")
    return _taken(list(rows.order_by("ref")), source, known_on)


def _taken(rows: list, source: Source, known_on: date) -> list[Taken]:
    said = [row.statement() for row in rows]
    corrections = precedence.corrections((one.ref, one.corrects) for one in said)
    contested = contested_refs(precedence.live(said, known_on))
    return [
        Taken(row, corrections.get(row.ref), row.ref in contested)
        for row in rows
        if row.source_id == source.pk
    ]


def contested_refs(alive: list[Statement]) -> set[str]:
    """The refs on both sides of every conflict among live statements."""
    found: set[str] = set()
    for held in stages.holdings([one for one in alive if one.value is not None]).values():
        if held.conflicts:
            found |= {held.winner.ref, *(conflict.other.ref for conflict in held.conflicts)}
    return found


@page_frame.public_page(*keyset.LINKS)
def source_list(request: HttpRequest) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    page = documents(clocks, request.GET)
    context = page_frame.frame(request, clocks, "sources") | {
        "sources": page.rows,
        "pages": page.links(page_frame.question(request)),
        "ignored": list_question.told(request, [Ignored(*one) for one in page.bad]),
    }
    return render(request, "public/source_list.html", context)


@page_frame.public_page()
def source_page(request: HttpRequest, code: str) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    document = document_of(code, clocks)
    if document is None:
        raise Http404
    context = page_frame.frame(request, clocks, "sources") | {"document": document}
    return render(request, "public/source_page.html", context)
