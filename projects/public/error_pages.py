"""Pages for what is not there, not allowed or asked too often, in the language of the path."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from projects.models import Current
from projects.models.prepared import Prepared
from projects.pages import page_frame
from projects.search.results import near


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """For a project that is not at its address: those whose names are close to what was asked for."""
    slug = request.resolver_match.kwargs.get("slug", "") if request.resolver_match else ""
    close = near(Prepared(Current.objects.all), slug) if slug else []
    return _page(request, "public/not_found.html", 404, {"near": close})


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """For somebody who is signed in: in the admin it is no secret that there is such a page."""
    return _page(request, "accounts/forbidden.html", 403)


def too_many(request: HttpRequest) -> HttpResponse:
    """`handler429`, by which allauth answers."""
    return _page(request, "accounts/too_many.html", 429)


def _page(request: HttpRequest, template: str, status: int, more: dict | None = None) -> HttpResponse:
    """Nobody stores it: by the next time the page may be there, or allowed."""
    context = page_frame.bare_frame(request) | (more or {})
    answer = render(request, template, context, status=status)
    answer["Cache-Control"] = "no-store"
    return answer
