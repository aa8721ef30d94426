"""Atom feeds of the news: of one project, or of those that the list's filters leave."""

from __future__ import annotations

from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from projects.choices import Basis
from projects.core.clocks import Clocks
from projects.pages import atom_file, keyset, page_frame
from projects.pages.atom_file import Feed, FeedEntry
from projects.pages.keyset import KeysetPage
from projects.records import filters, list_question, one_project, recent_news
from projects.records.footnotes import words_of
from projects.records.old_addresses import moved
from projects.records.recent_news import NewsLine
from projects.words.language import either, in_language
from projects.words.news_sentences import kind_word, sentence

RELATIONS = {"before": "previous", "after": "next"}
LONGEST_TITLE, LEAST_OF_NAME = 120, 30  # of a long one the name is cut, and not what happened
MAX_ENTRIES = 2_000  # that are remembered


@page_frame.public_page(*filters.FILTERS, *keyset.LINKS)
def projects_feed(request: HttpRequest) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    clean, _ignored = list_question.meant(request)
    rows = filters.narrowed_prepared(clean, clocks) if clean else None
    found = recent_news.page(clocks, request.GET, clean.urlencode(), rows)
    about = reverse("project_list" if clean else "news")
    return _atom(request, clocks, _("News"), about, *found)


@page_frame.public_page(*keyset.LINKS)
def project_feed(request: HttpRequest, slug: str) -> HttpResponse:
    project = one_project.find(slug)
    if project is None:
        return moved(request, slug, "project_feed")
    clocks = page_frame.clocks_of(request)
    found = recent_news.page_of_one(clocks, request.GET, project)
    title, page = in_language(project, "name"), reverse("project_page", args=[slug])
    return _atom(request, clocks, title, page, *found)


def _atom(
    request: HttpRequest, clocks: Clocks, title: str, page: str, lines: list[NewsLine], found: KeysetPage
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
    carried = tuple(page_frame.carried(request, clocks).items())
    entries = [_entry(line, root, carried, get_language()) for line in lines]
    return HttpResponse(atom_file.atom(feed, entries), content_type=atom_file.CONTENT_TYPE)


@lru_cache(MAX_ENTRIES)
def _entry(line: NewsLine, root: str, carried: tuple[tuple[str, str], ...], language: str) -> FeedEntry:
    """Recognised by the claim that says it: no claim tells of two."""
    event = line.event
    claim, words = event.claim, sentence(event)
    mark = _(" (inferred)") if claim.basis == Basis.INFERRED else ""
    told = f"{either('：', ': ')}{words}{mark}"
    name = Truncator(in_language(event.project, "name"))
    path = reverse("project_page", args=[event.project.slug])
    return FeedEntry(
        ref=claim.ref,
        known_on=event.known_on,
        title=name.chars(max(LONGEST_TITLE - len(told), LEAST_OF_NAME)) + told,
        summary=f"{words} — {words_of(claim)}",
        note=claim.note,
        term=event.what,
        label=kind_word(event.what, event.project),
        url=root + page_frame.link(path, dict(carried), claim.ref),
    )
