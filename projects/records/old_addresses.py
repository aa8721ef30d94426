"""Where an address of a project that is not its own leads; which are kept is `records.addresses`."""

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.urls import reverse

from projects.models import OldSlug, Project
from projects.records import hiding


def moved_to(slug: str) -> str | None:
    """Where an old address, a record number, or the address of a double leads now."""
    old = OldSlug.objects.filter(slug=slug).select_related("project").first()
    once = old.project if old else Project.objects.filter(Q(slug=slug) | Q(code=slug.upper())).first()
    stays = hiding.leads_to(once) if once else None
    return stays.slug if stays else None


def moved(request: HttpRequest, slug: str, page: str) -> HttpResponsePermanentRedirect:
    """An old address or a record number leads to the address of now for ever, with the question."""
    now = moved_to(slug)
    if now is None:
        raise Http404
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(reverse(page, args=[now]) + (f"?{query}" if query else ""))
