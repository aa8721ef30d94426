"""Atom feeds of what became known: of one project, or of those that the list's filters leave."""

from __future__ import annotations

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from projects.choices import Topic, ValueKind
from projects.claims import standings
from projects.core.clocks import Clocks
from projects.core.statements import Statement
from projects.models import Claim, Indicator
from projects.pages import atom_file, keyset, page_frame
from projects.pages.atom_file import Feed, FeedEntry
from projects.pages.keyset import KeysetPage, Segment
from projects.pages.value_tags import value
from projects.records import filters, list_question, project_record
from projects.records.footnotes import words_of
from projects.records.project_record import moved
from projects.words import series
from projects.words.language import in_language

PAGE_SIZE = 50
RELATIONS = {"before": "previous", "after": "next"}
NEWEST = ("-known_on", "-as_of_latest", "ref")


def news(
    rows: QuerySet | None, clocks: Clocks, params: QueryDict, question: str
) -> tuple[list[Claim], KeysetPage]:
    """A page of the claims of all projects or of some, the newest first, each with what it measures."""
    public = Claim.objects.public(clocks.known).filter(as_of_latest__lte=clocks.asof)
    if rows is not None:
        public = public.filter(project__in=rows.order_by().values("project"))
    page = keyset.page([Segment(public, NEWEST)], ("pk",), PAGE_SIZE, params, question)
    measure = Indicator.objects.filter(code=OuterRef("measure"))
    claims = Claim.objects.filter(pk__in=[pk for (pk,) in page.rows]).annotate(
        measure_name=Subquery(measure.values("name")), measure_name_en=Subquery(measure.values("name_en"))
    )
    return list(claims.select_related("project", "source", "section").order_by(*NEWEST)), page


LONGEST_TITLE = 120


@page_frame.public_page(*filters.FILTERS, *keyset.LINKS)
def projects_feed(request: HttpRequest) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    clean, _ignored = list_question.meant(request)
    rows = filters.narrowed(clean, clocks) if clean else None
    found = news(rows, clocks, request.GET, clean.urlencode())
    return _atom(request, clocks, _("What became known"), reverse("project_list"), *found)


@page_frame.public_page(*keyset.LINKS)
def project_feed(request: HttpRequest, slug: str) -> HttpResponse:
    project = project_record.find(slug)
    if project is None:
        return moved(request, slug, "project_feed")
    clocks = page_frame.clocks_of(request)
    found = news(standings.on(clocks).filter(project=project), clocks, request.GET, project.code)
    title, page = in_language(project, "name"), reverse("project_page", args=[slug])
    return _atom(request, clocks, title, page, *found)


def _atom(
    request: HttpRequest, clocks: Clocks, title: str, page: str, claims: list[Claim], found: KeysetPage
) -> HttpResponse:
    root, site = page_frame.root(request), _("Qijiang Project Progress")
    asked = page_frame.question(request)
    links = found.links(asked)
    for name in keyset.LINKS:
        asked.pop(name, None)  # it is the same feed on each of its pages
    query = f"?{asked.urlencode()}" if asked else ""
    here = f"{root}{request.path}"
    feed = Feed(
        about=f"{request.path}{query}",
        title=f"{title} · {site}",
        author=site,
        language=request.LANGUAGE_CODE,
        url=f"{here}{query}",
        page=f"{root}{page}{query}",
        day=clocks.asof,
        beside={rel: f"{here}?{links[name]}" for name, rel in RELATIONS.items() if name in links},
    )
    carried = page_frame.carried(request, clocks)
    entries = [_entry(claim, root, carried) for claim in claims]
    return HttpResponse(atom_file.atom(feed, entries), content_type=atom_file.CONTENT_TYPE)


def _words(said: Statement) -> str:
    if said.value is None:
        return _("withdrawn")
    is_text = Topic(said.series.topic).takes == ValueKind.TEXT
    return str(said.value if is_text else value(said.value, said.qualifier, said.series.topic))


def _entry(claim: Claim, root: str, carried: dict) -> FeedEntry:
    said = claim.statement()
    heading = series.heading(said.series, in_language(claim, "measure_name") or "")
    words = _words(said)
    title = f"{in_language(claim.project, 'name')}: {heading} · {words}"
    path = reverse("project_page", args=[claim.project.slug])
    return FeedEntry(
        ref=claim.ref,
        known_on=claim.known_on,
        title=Truncator(title).chars(LONGEST_TITLE),
        summary=f"{words} — {words_of(claim)}",
        note=claim.note,
        category=str(Topic(claim.topic).label),
        url=root + page_frame.link(path, carried, claim.ref),
    )
