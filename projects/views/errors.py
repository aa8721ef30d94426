"""Pages for what is not there or was refused, in the language of the path."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from projects.views import asking


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "public/not_found.html", asking.bare_frame(request), status=404)
