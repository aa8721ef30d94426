"""The pages of sources: each document, and what was taken from it in its own order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from projects.claims import source_counts, standings
from projects.core import precedence, stages
from projects.core.clocks import Clocks
from projects.core.statements import Statement
from projects.models import Claim, Indicator, PortfolioTally, Source, SourceSection, Statistic
from projects.models.prepared import Prepared, among
from projects.pages import keyset, page_frame
from projects.pages.keyset import KeysetPage
from projects.records import list_question
from projects.records.last_report import LastReport


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
    count: int  # of all its pages
    page: KeysetPage

    @property
    def told(self) -> list[Part]:
        """The parts from which something was taken."""
        return [part for part in self.parts if part.taken]

    @property
    def untold(self) -> list[SourceSection]:
        """Sections from which nothing was taken; only where all stands on one page, else nobody knows yet."""
        return [part.section for part in self.parts if part.section and not part.taken]


PAGE_SIZE = 50
NO_PLACE = 10**6  # behind the last section
COUNTS = {"taken": "claim_count", "drawn": "project_count"}


def documents(clocks: Clocks, params: QueryDict) -> KeysetPage:
    """Public documents out by K, the newest first, each with how much was taken and what draws on it."""
    segments = [keyset.Segment(Prepared(_documents, (clocks.known,)), ("-published_latest", "-code"))]
    found = keyset.page(segments, ("pk",), PAGE_SIZE, params, "sources")
    keys = [pk for (pk,) in found.rows]
    listed = Prepared(_with_figures, (clocks.known,)).then(among, "pk", keys=keys).fetch() if keys else []
    (_count_today if clocks.is_today else _count_on_past)(listed, clocks)
    for source in listed:
        source.taken_count = source.claim_count + source.figure_count
    return replace(found, rows=listed)


def _documents(known: date) -> QuerySet[Source]:
    return Source.objects.documents().filter(published_earliest__lte=known)


def _with_figures(known: date) -> QuerySet[Source]:
    figures = Statistic.objects.public(known).filter(source=OuterRef("pk"))
    sources = Source.objects.order_by("-published_latest", "-code")
    return sources.annotate(figure_count=standings.number_of(figures))


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
    drawn = {one.code: one.count for one in source_counts.by_source(standings.on(clocks), PAGE_SIZE)}
    for source in listed:
        source.claim_count, source.project_count = taken.get(source.pk, 0), drawn.get(source.code, 0)


def document_of(code: str, clocks: Clocks, params: QueryDict) -> Document | None:
    """A page of what was taken from it, in its own order; of the rest only the places are read."""
    source = Source.objects.filter(is_public=True, code=code).first()
    if source is None:
        return None
    places = _places(source, clocks.known)
    page = keyset.page_of_list(
        places, lambda one: one.ref, PAGE_SIZE, _with_page_of(params, places, source), code
    )
    refs = [one.ref for one in page.rows]
    order = {ref: number for number, ref in enumerate(refs)}
    taken = [*_claims(refs, clocks.known), *_statistics(refs, clocks.known)]
    taken.sort(key=lambda one: order[one.row.ref])
    measures = {
        one.row.measure for one in taken if isinstance(one.row, Claim) and one.row.topic == "capacity"
    }
    names = {one.code: one for one in Indicator.objects.filter(code__in=measures)}
    return Document(source, _parts(source, taken, len(places)), names, len(places), page)


def _parts(source: Source, taken: list[Taken], count: int) -> list[Part]:
    """Every section where all stands on one page, else those of which something stands there."""
    sections = list(source.sections.order_by("position"))
    by_section: dict[int | None, list[Taken]] = {}
    for one in taken:
        by_section.setdefault(one.row.section_id, []).append(one)
    parts = [Part(section, by_section.get(section.pk, [])) for section in sections]
    if None in by_section:
        parts.append(Part(None, by_section[None]))
    return [part for part in parts if part.taken or len(taken) == count]


@dataclass(frozen=True, slots=True, order=True)
class PlaceInDocument:
    """Where a row stands, to sort by; what has no place comes last."""

    section: int
    paragraph: int
    sentence: int
    ref: str


def _places(source: Source, known_on: date) -> list[PlaceInDocument]:
    names = ("section__position", "paragraph", "sentence", "ref")
    claims, figures = (
        model.objects.public(known_on).filter(source=source).order_by().values_list(*names)
        for model in (Claim, Statistic)
    )
    return sorted(
        PlaceInDocument(NO_PLACE if section is None else section, paragraph or 0, sentence or 0, ref)
        for section, paragraph, sentence, ref in claims.union(figures, all=True)
    )


def _with_page_of(params: QueryDict, places: list[PlaceInDocument], source: Source) -> QueryDict:
    """A link to one row leads to the page on which it stands: to the key of the row before that page."""
    asked = params.copy()
    refs = [one.ref for one in places]
    if (at := params.get("at", "")) in refs and (begin := refs.index(at) // PAGE_SIZE * PAGE_SIZE):
        asked[keyset.AFTER] = keyset.key_in_list(refs[begin - 1], source.code)
    return asked


def _claims(refs: list[str], known_on: date) -> list[Taken]:
    """With the other claims of the same projects: what contradicts a line may stand elsewhere."""
    projects = Claim.objects.filter(ref__in=refs).values("project")
    rows = Claim.objects.public(known_on).filter(project__in=projects)
    rows = rows.select_related("project", "source", "section", "corrects").order_by("ref")
    by_project: dict[int, list[Claim]] = {}
    for claim in rows:
        by_project.setdefault(claim.project_id, []).append(claim)
    return [one for group in by_project.values() for one in _taken(group, refs, known_on)]


def _statistics(refs: list[str], known_on: date) -> list[Taken]:
    """With the other figures of the same subjects."""
    subjects = Statistic.objects.filter(ref__in=refs).values("subject")
    rows = Statistic.objects.public(known_on).filter(subject__in=subjects)
    rows = rows.select_related("subject", "source", "section", "corrects")
    return _taken(list(rows.order_by("ref")), refs, known_on)


def _taken(rows: list, refs: list[str], known_on: date) -> list[Taken]:
    said = [row.statement() for row in rows]
    corrections = precedence.corrections((one.ref, one.corrects) for one in said)
    contested = contested_refs(precedence.live(said, known_on))
    shown = set(refs)
    return [Taken(row, corrections.get(row.ref), row.ref in contested) for row in rows if row.ref in shown]


def contested_refs(alive: list[Statement]) -> set[str]:
    """The refs on both sides of every conflict among live statements."""
    found: set[str] = set()
    for held in stages.holdings([one for one in alive if one.value is not None]).values():
        if held.conflicts:
            found |= {held.winner.ref, *(conflict.other.ref for conflict in held.conflicts)}
    return found


def _newest(page: KeysetPage) -> LastReport | None:
    """The newest document, by which the page says its age: the first row, so on the first page alone."""
    newest = None if page.before or not page.rows else page.rows[0]
    return newest and LastReport(newest.published_latest, newest.published)


@page_frame.public_page(*keyset.LINKS)
def source_list(request: HttpRequest) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    page = documents(clocks, request.GET)
    context = page_frame.frame(request, clocks, "sources") | {
        "last_report": _newest(page),
        "sources": page.rows,
        "pages": page.links(page_frame.question(request)),
        "ignored": list_question.told(request, page.bad),
    }
    return render(request, "public/source_list.html", context)


@page_frame.public_page("at", "page", *keyset.LINKS)
def source_page(request: HttpRequest, code: str) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    document = document_of(code, clocks, request.GET)
    if document is None:
        raise Http404
    question = page_frame.question(request)
    question.pop("at", None)
    source = document.source
    context = page_frame.frame(request, clocks, "sources") | {
        "document": document,
        "published": LastReport(source.published_latest, source.published),
        "pages": document.page.links(question),
        "ignored": list_question.told(request, document.page.bad + list_question.old_page(request.GET)),
    }
    return render(request, "public/source_page.html", context)
