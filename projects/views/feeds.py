"""Atom feeds of what became known: of one project, or of those that the list's filters leave."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from projects.choices import Topic, ValueKind
from projects.core.clocks import Clocks
from projects.core.statements import Statement
from projects.formats import feeds
from projects.formats.feeds import Entry, Feed
from projects.models import Claim
from projects.queries import records, standings
from projects.queries.news import news
from projects.templatetags.reading import in_language, value
from projects.views import asking
from projects.views.footnotes import words_of
from projects.views.moving import moved
from projects.words import series

LONGEST_TITLE = 120


@asking.public_page(*asking.FILTERS)
def projects_feed(request: HttpRequest) -> HttpResponse:
    clocks = asking.clocks_of(request)
    claims = news(asking.rows(request, clocks), clocks)
    return _atom(request, clocks, _("What became known"), reverse("project_list"), claims)


@asking.public_page()
def project_feed(request: HttpRequest, slug: str) -> HttpResponse:
    project = records.find(slug)
    if project is None:
        return moved(request, slug, "project_feed")
    clocks = asking.clocks_of(request)
    claims = news(standings.on(clocks).filter(project=project), clocks)
    title, page = in_language(project, "name"), reverse("project_page", args=[slug])
    return _atom(request, clocks, title, page, claims)


def _atom(request: HttpRequest, clocks: Clocks, title: str, page: str, claims: list[Claim]) -> HttpResponse:
    root, site = asking.root(request), _("Qijiang Project Progress")
    asked = asking.question(request)
    query = f"?{asked.urlencode()}" if asked else ""
    feed = Feed(
        about=f"{request.path}{query}",
        title=f"{title} · {site}",
        author=site,
        language=request.LANGUAGE_CODE,
        url=f"{root}{request.path}{query}",
        page=f"{root}{page}{query}",
        day=clocks.asof,
    )
    carried = asking.carried(request, clocks)
    entries = [_entry(claim, root, carried) for claim in claims]
    return HttpResponse(feeds.atom(feed, entries), content_type=feeds.CONTENT_TYPE)


def _words(said: Statement) -> str:
    if said.value is None:
        return _("withdrawn")
    is_text = Topic(said.series.topic).takes == ValueKind.TEXT
    return str(said.value if is_text else value(said.value, said.qualifier, said.series.topic))


def _entry(claim: Claim, root: str, carried: dict) -> Entry:
    said = claim.statement()
    heading = series.heading(said.series, in_language(claim, "measure_name") or "")
    words = _words(said)
    title = f"{in_language(claim.project, 'name')}: {heading} · {words}"
    path = reverse("project_page", args=[claim.project.slug])
    return Entry(
        ref=claim.ref,
        known_on=claim.known_on,
        title=Truncator(title).chars(LONGEST_TITLE),
        summary=f"{words} — {words_of(claim)}",
        note=claim.note,
        category=str(Topic(claim.topic).label),
        url=f"{root}{path}{'?' + urlencode(carried) if carried else ''}#{claim.ref}",
    )
