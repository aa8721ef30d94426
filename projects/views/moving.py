"""Where a project is not at its address any more: on to the new one, or 404."""

from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.urls import reverse

from projects.queries import records


def moved(request: HttpRequest, slug: str, page: str) -> HttpResponsePermanentRedirect:
    """An old address leads to the new one for ever, with its question."""
    now = records.moved_to(slug)
    if now is None:
        raise Http404
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(reverse(page, args=[now]) + (f"?{query}" if query else ""))
