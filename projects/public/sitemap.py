"""For search engines: every public address in both languages, in parts, and where not to look."""

from collections.abc import Sequence

from django.conf import settings
from django.db.models import Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation

from projects.models import Project, Source
from projects.pages import page_frame
from projects.words.column import LANGUAGES
from tracker.kept import public_page

MARK = "x-mark-x"  # stands for what tells the addresses of a kind apart
PAGES = (
    "home",
    "project_list",
    "timeline",
    "wall",
    "promises",
    "compare",
    "news",
    "statistics",
    "source_list",
    "data",
    "about",
    "site_changes",
)


MAX_ADDRESSES = 10_000  # of a part, each in two languages
KEYS = MAX_ADDRESSES // 2  # of a part: it goes by key, and stays the same while records come in
PARTS = {"projects": ("project_page", "slug"), "sources": ("source_page", "code")}


@public_page()
def sitemap(request: HttpRequest) -> HttpResponse:
    """The parts: of the pages that there are once, and of what there are many."""
    names = ["pages-1"]
    for name in PARTS:
        names += [f"{name}-{part}" for part in _parts(name)]
    root = page_frame.root(request)
    parts = [root + reverse("sitemap_part", args=name.split("-")) for name in names]
    return _xml("public/sitemap.xml", {"parts": parts})


@public_page()
def sitemap_part(request: HttpRequest, name: str, part: int) -> HttpResponse:
    root = page_frame.root(request)
    if (name, part) == ("pages", 1):
        entries = [tuple(_in(language, root, page) for language in LANGUAGES) for page in PAGES]
    elif name in PARTS and part in _parts(name):
        view, column = PARTS[name]
        rows = _rows(name).filter(pk__gt=(part - 1) * KEYS, pk__lte=part * KEYS).order_by("pk")
        formats = [_in(language, root, view, [MARK]) for language in LANGUAGES]
        codes = rows.values_list(column, flat=True)
        entries = [tuple(one.replace(MARK, code) for one in formats) for code in codes]
    else:
        raise Http404
    return _xml("public/sitemap_part.xml", {"entries": entries})


def _parts(name: str) -> range:
    """By the last key: one that nothing is left of, or that keys have leapt over, is empty."""
    last = _rows(name).aggregate(last=Max("pk"))["last"] or 0
    return range(1, -(-last // KEYS) + 1)


def _rows(name: str) -> QuerySet:
    return Project.objects.public() if name == "projects" else Source.objects.filter(is_public=True)


def _xml(template: str, context: dict) -> HttpResponse:
    return HttpResponse(render_to_string(template, context), content_type="application/xml; charset=utf-8")


def _in(language: str, root: str, name: str, args: Sequence[str] = ()) -> str:
    with translation.override(language):
        return root + reverse(name, args=args)


@public_page()
def robots(request: HttpRequest) -> HttpResponse:
    root = page_frame.root(request)
    shut = (*settings.PRIVATE_DOORS, "/tell/")  # a form for people
    doors = [f"Disallow: {language}{door}" for door in shut for language in ("", "/en")]
    lines = ["User-agent: *", *doors, f"Sitemap: {root}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@public_page()
def favicon(request: HttpRequest) -> HttpResponse:
    """For who asks without looking into a page, which names its icon."""
    return HttpResponseRedirect(static("icon.svg"))
