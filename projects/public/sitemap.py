"""For search engines: every public address in both languages, and where not to look."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation

from projects.models import Project, Source
from projects.pages import page_frame
from tracker.kept import public_page

PAGES = (
    "home",
    "project_list",
    "timeline",
    "promises",
    "compare",
    "statistics",
    "source_list",
    "data",
    "about",
    "site_changes",
)


@public_page()
def sitemap(request: HttpRequest) -> HttpResponse:
    slugs = Project.objects.public().values_list("slug", flat=True)
    codes = Source.objects.filter(is_public=True).order_by("code").values_list("code", flat=True)
    names = [(name, []) for name in PAGES]
    names += [("project_page", [slug]) for slug in slugs] + [("source_page", [code]) for code in codes]
    root = page_frame.root(request)
    entries = [(_in("zh-hans", root, *one), _in("en", root, *one)) for one in names]
    text = render_to_string("public/sitemap.xml", {"entries": entries})
    return HttpResponse(text, content_type="application/xml; charset=utf-8")


def _in(language: str, root: str, name: str, args: list[str]) -> str:
    with translation.override(language):
        return root + reverse(name, args=args)


@public_page()
def robots(request: HttpRequest) -> HttpResponse:
    root = page_frame.root(request)
    doors = [f"Disallow: {language}{door}" for door in settings.PRIVATE_DOORS for language in ("", "/en")]
    lines = ["User-agent: *", *doors, f"Sitemap: {root}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@public_page()
def favicon(request: HttpRequest) -> HttpResponse:
    """For who asks without looking into a page, which names its icon."""
    return HttpResponseRedirect(static("icon.svg"))
